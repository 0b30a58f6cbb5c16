package site

import (
	"fmt"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// A list goes on on a further page after so many rows, or earlier when their
// cells are long: no page is above 500 KB.
const (
	rowsPerPage  = 500
	bytesPerPage = 440_000
)

// sheet is the part of a department's list that stands on one page.
type sheet struct {
	groups []group
	// first and last number its rows from 1; both 0 on an empty sheet.
	first, last int
}

// sheets writes a department's list, parted by page. There is always one.
func (s *Site) sheets(d *fleet.Department) []sheet {
	var all []sheet
	current := sheet{}
	r := &rows{}
	size, row := 0, 0
	for _, run := range listedRuns(d.Devices) {
		verdict, devices := run[0].Verdict, run
		whole := s.group(verdict, devices)
		begin := 0
		closeGroup := func(end int) {
			if end == begin {
				return
			}
			g := whole
			g.Here, g.Rows = end-begin, r.html()
			if g.Here < g.Count {
				g.Range = fmt.Sprintf("here %s to %s", s.words.number(begin+1), s.words.number(end))
			}
			current.groups = append(current.groups, g)
			size += len(r.buf)
			r.buf = r.buf[:0]
			begin = end
		}
		for i, a := range devices {
			if row-current.start() >= rowsPerPage || size+len(r.buf) > bytesPerPage {
				closeGroup(i)
				current.last = row
				all = append(all, current)
				current, size = sheet{}, 0
			}
			if current.first == 0 {
				current.first = row + 1
			}
			s.deviceRow(r, a)
			row++
		}
		closeGroup(len(devices))
	}
	current.last = row
	return append(all, current)
}

// size is how many bytes its rows have.
func (s *sheet) size() (size int) {
	for _, g := range s.groups {
		size += len(g.Rows)
	}
	return size
}

// start is how many rows stand on the pages before.
func (s *sheet) start() int { return max(0, s.first-1) }

// listedRuns parts the devices that pages list by verdict. The devices are in
// the order of the pages already.
func listedRuns(devices []*fleet.Assessed) [][]*fleet.Assessed {
	var runs [][]*fleet.Assessed
	for i := 0; i < len(devices); {
		j := i + 1
		for j < len(devices) && devices[j].Verdict == devices[i].Verdict {
			j++
		}
		if devices[i].Verdict.Listed() {
			runs = append(runs, devices[i:j])
		}
		i = j
	}
	return runs
}

func (s *Site) group(verdict policy.Verdict, devices []*fleet.Assessed) group {
	waived := 0
	for _, a := range devices {
		if a.Verdict.Affected() && a.Waiver != nil {
			waived++
		}
	}
	g := group{
		Verdict: verdict,
		Word:    verdictWord(verdict),
		Action:  s.groupAction(verdict),
		Count:   len(devices),
		Number:  s.words.count(len(devices), "device", "devices"),
	}
	if waived > 0 {
		g.Exempt = fmt.Sprintf("%s of them %s waived for now", s.words.number(waived), plural("is", "are", waived))
	}
	return g
}

// deviceRow writes one device: name, user, app version, destination, port,
// last seen, why, what to do.
func (s *Site) deviceRow(r *rows, a *fleet.Assessed) {
	r.markup(`<tr data-verdict="`)
	r.attr(string(a.Verdict))
	r.markup(`" data-guid="`)
	r.attr(a.GUID)
	if a.Open() {
		r.markup(`" data-open="true`)
	}
	r.markup(`"><th scope="row">`)
	r.text(a.Called())
	if a.GUID != "" && a.Name != "" {
		r.markup(`<span class="guid">`)
		r.text(a.GUID)
		r.markup(`</span>`)
	}
	s.marks(r, a)
	r.markup(`</th><td>`)
	if s.in.Config.Privacy.UserNames {
		r.text(s.in.Config.Privacy.User(a.Username))
		r.markup(`</td><td>`)
	}
	if a.Version.Text == "" {
		r.markup(`unknown`)
	} else {
		r.text(a.Version.Text)
	}
	r.markup(`</td><td>`)
	destinations(r, a.Destinations)
	r.markup(`</td><td>`)
	portCell(r, a)
	r.markup(`</td><td>`)
	r.day(calendar.Of(a.LastSeen()), s.words)
	r.markup(`</td><td>`)
	r.sentence(a.Why)
	r.markup(`</td><td>`)
	r.sentence(a.Action)
	r.markup("</td></tr>\n")
}

func destinations(r *rows, all []device.Destination) {
	if len(all) == 0 {
		r.markup(`not reported`)
		return
	}
	for i, destination := range all {
		if i > 0 {
			r.markup(`; `)
		}
		if name := destination.String(); name != "" {
			r.text(name)
		} else {
			r.markup(`(blank)`)
		}
	}
}

func portCell(r *rows, a *fleet.Assessed) {
	switch {
	case a.Port != 0:
		r.number(a.Port)
	case a.ConfirmedPort:
		r.markup(`confirmed`)
	default:
		r.markup(`not seen`)
	}
}

// marks writes what stands beside a verdict without changing it: not seen
// lately, waived.
func (s *Site) marks(r *rows, a *fleet.Assessed) {
	switch a.Stale {
	case fleet.Stale:
		r.markup(`<span class="tag tag--stale">not seen lately</span>`)
	case fleet.SeenNever:
		r.markup(`<span class="tag tag--stale">never seen</span>`)
	}
	if w := a.Waiver; w != nil {
		r.markup(`<span class="tag tag--waived">waived until `)
		r.text(s.words.shortDay(w.Expires))
		if by := w.Approver; by != "" {
			r.markup(`, by `)
			r.text(by)
		}
		if w.Reason != "" {
			r.markup(`: `)
			r.text(w.Reason)
		}
		r.markup(`</span>`)
	}
}
