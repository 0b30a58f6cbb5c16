package site

import (
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fleet"
)

// deviceRow writes one device of a list: name, user, what the configuration
// shows, system, app version, last seen, and the list's own columns.
func (s *Site) deviceRow(r *rows, a *fleet.Assessed, l *list) {
	r.markup(`<tr data-verdict="`)
	r.attr(string(a.Verdict))
	r.markup(`" data-guid="`)
	r.attr(a.GUID)
	if a.Open() {
		r.markup(`" data-open="true`)
	}
	r.markup(`"><th scope="row">`)
	r.name(a.Called())
	if a.GUID != "" && a.Name != "" {
		r.markup(`<span class="guid">`)
		r.text(a.GUID)
		r.markup(`</span>`)
	}
	if a.Further().Other != nil {
		r.markup(`<span class="guid">two computers in use carry this GUID</span>`)
	}
	r.markup(`</th><td>`)
	if s.in.Config.Privacy.UserNames {
		r.name(s.in.Config.Privacy.User(a.Username))
		r.markup(`</td><td>`)
	}
	for i := range s.in.Config.Show {
		if shown := a.Further().Shown; shown != nil {
			r.name(shown[i])
		}
		r.markup(`</td><td>`)
	}
	r.name(a.System())
	r.markup(`</td><td>`)
	if a.Version.Text == "" {
		r.markup(`unknown`)
	} else {
		r.name(a.Version.Shown())
	}
	r.markup(`</td><td>`)
	r.day(calendar.Of(a.LastSeen()), s.words)
	if l.Replaced {
		r.markup(`</td><td><span class="code">`)
		r.text(a.SupersededBy)
		r.markup(`</span>`)
	}
	if l.Waivers {
		r.markup(`</td><td class="list-note">`)
		s.waiver(r, a)
	}
	if l.Tasks {
		r.markup(`</td><td class="list-note">`)
		if a.Task != l.task {
			r.sentence(a.Task)
		}
	}
	r.markup("</td></tr>\n")
}

// waiver writes until when a device is waived, by whom and why.
func (s *Site) waiver(r *rows, a *fleet.Assessed) {
	r.markup(`until `)
	r.text(s.words.ShortDay(a.Waiver.Expires))
	if by := a.Waiver.Approver; by != "" {
		r.markup(`, by `)
		r.text(by)
	}
	if a.Waiver.Reason != "" {
		r.markup(`: `)
		r.text(a.Waiver.Reason)
	}
}
