package site

import (
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fleet"
)

// deviceRow writes one device of a list: name, user, what the configuration
// adds, system, version, last seen, and the list's own columns.
func (s *Site) deviceRow(r *rows, a *fleet.Assessed, l *list) {
	r.write(`<tr data-verdict="{}" data-guid="{}"`, a.Verdict, attr(a.GUID))
	if a.Open() {
		r.write(` data-open="true"`)
	}
	r.write(`><th scope="row">{}`, name(a.Called()))
	if a.GUID != "" && a.Name != "" {
		r.write(`<span class="guid">{}</span>`, a.GUID)
	}
	if a.Further().Other != nil {
		r.write(`<span class="guid">two computers in use carry this GUID</span>`)
	}
	r.write(`</th>`)
	if s.in.Config.Privacy.UserNames {
		r.write(`<td>{}</td>`, name(s.in.Config.Privacy.User(a.Username)))
	}
	for i := range s.in.Config.Show {
		shown := ""
		if all := a.Further().Shown; all != nil {
			shown = all[i]
		}
		r.write(`<td>{}</td>`, name(shown))
	}
	r.write(`<td>{}</td><td>`, name(a.System()))
	if a.Version.Text == "" {
		r.write(`unknown`)
	} else {
		r.name(a.Version.Shown())
	}
	r.write(`</td><td>{}</td>`, calendar.Of(a.LastSeen()))
	if l.Replaced {
		r.write(`<td><span class="code">{}</span></td>`, a.SupersededBy)
	}
	if l.Waivers {
		r.write(`<td class="list-note">`)
		s.waiver(r, a)
		r.write(`</td>`)
	}
	if l.Tasks {
		own := a.Task
		if own == l.task {
			own = ""
		}
		r.write(`<td class="list-note">{}</td>`, sentence(own))
	}
	r.write("</tr>\n")
}

// waiver writes until when a device is waived, by whom, and why.
func (s *Site) waiver(r *rows, a *fleet.Assessed) {
	r.write(`until {}`, s.words.ShortDay(a.Waiver.Expires))
	if by := a.Waiver.Approver; by != "" {
		r.write(`, by {}`, by)
	}
	if a.Waiver.Reason != "" {
		r.write(`: {}`, a.Waiver.Reason)
	}
}
