package site

import (
	"fmt"
	"html/template"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// indexPage is the first page, in the order of a reader who comes back: where
// the fleet stands, which departments, what to do, then the announcement.
type indexPage struct {
	frame
	Heading string // what happens and when
	Summary string
	// Figures say how many of this fleet's devices will be cut off, and how many
	// days are left.
	Figures      []figure
	Timeline     []step
	Announcement Text   // in brief once the date is near
	Onwards      []link // what goes with the announcement
	Bar          bar
	Split        []splitRow // the affected devices by when they were last seen
	NetworkTask  string     // the one task for verify-port; "" when no device has it
	Departments  departmentTable
	Versions     versionChart
	FleetFiles   bool
}

// splitRow is a part of the affected devices.
type splitRow struct {
	Key, Text, Number string
	Count             int
}

type departmentTable struct {
	Count string
	Rows  template.HTML
	Total fleet.Counts
	// Sums are the total's figures as shown.
	Open, Waived, Check, Devices string
	// Search is whether there are enough departments to search in, Bars whether
	// each has a bar.
	Search, Bars bool
}

func (s *Site) index(announcement Text) *indexPage {
	f := s.in.Fleet
	onIndex, onwards := s.onIndex(announcement)
	page := &indexPage{
		frame:        s.frame("Overview", "index", "", "cutoff.js"),
		Heading:      announcement.Title,
		Summary:      announcement.Summary,
		Figures:      []figure{s.fleetFigure(), s.daysFigure()},
		Timeline:     s.timeline(),
		Announcement: onIndex,
		Onwards:      onwards,
		Bar:          s.bar("fleet", "Verdicts of the whole fleet", f.Counts, func(policy.Verdict) string { return "" }),
		Split:        s.split(f.Counts),
		NetworkTask:  s.networkTask(f.Verdicts[policy.VerifyPort]),
		Departments:  s.departmentTable(),
		Versions:     s.versionChart(),
		FleetFiles:   s.in.Config.Privacy.FleetFiles,
	}
	page.Notes = s.notes("")
	return page
}

// split parts the affected devices by when they were last seen, and by waiver.
func (s *Site) split(counts fleet.Counts) []splitRow {
	days := s.words.count(s.in.Config.StaleDays, "day", "days")
	rows := []splitRow{
		{Key: "recent", Text: "seen in the last " + days, Count: counts.AffectedRecent},
		{Key: "stale", Text: "not seen for more than " + days, Count: counts.AffectedStale},
		{Key: "unseen", Text: "without any date", Count: counts.AffectedUnseen},
	}
	for i := range rows {
		rows[i].Number = s.words.number(rows[i].Count)
	}
	return rows
}

// networkTask is the one sentence that stands for all devices whose port
// nobody has seen.
func (s *Site) networkTask(devices int) string {
	if devices == 0 {
		return ""
	}
	return fmt.Sprintf("Of %s nothing else, nothing was seen of the port. That is one task for the network, not one for each device: make sure that port %s is open from every network, and record who confirmed it.",
		s.words.count(devices, "device that needs", "devices that need"), Ports(s.in.Policy.Ports.Allowed).Or())
}

// fewRows is how many rows of a table one sees at a glance; a search field
// would only be in the way.
const fewRows = 12

// mostTableBytes bounds the departments' rows: with more, and longer names, the
// bars go, so that the page stays quick to load.
const mostTableBytes = 115_000

func (s *Site) departmentTable() departmentTable {
	f := s.in.Fleet
	table := departmentTable{
		Count:   s.words.count(len(f.Departments), "department", "departments"),
		Total:   f.Counts,
		Open:    s.words.number(f.Open),
		Waived:  s.words.number(f.Waived),
		Check:   s.words.number(f.Verdicts[policy.Check]),
		Devices: s.words.number(f.Counts.Devices),
		Search:  len(f.Departments) > fewRows,
		Bars:    true,
	}
	r := s.departmentRows(true)
	if len(r.buf) > mostTableBytes {
		table.Bars = false
		r = s.departmentRows(false)
	}
	table.Rows = r.html()
	return table
}

func (s *Site) departmentRows(bars bool) *rows {
	r := &rows{}
	for _, d := range s.in.Fleet.Departments {
		r.markup(`<tr><th scope="row"><a href="departments/`)
		r.attr(d.Slug)
		r.markup(`.html">`)
		r.text(d.Name)
		r.markup(`</a></th>`)
		check := d.Verdicts[policy.Check]
		if bars {
			miniBar(r, d.Open, check, d.Counts.Devices)
		}
		for _, n := range []int{d.Open, d.Waived, check, d.Counts.Devices} {
			r.markup(`<td>`)
			r.text(s.words.number(n))
			r.markup(`</td>`)
		}
		r.markup("</tr>\n")
	}
	return r
}

// miniBar is the department's open and unclear devices as shares of one line:
// first the open ones, then the unclear. The columns beside it have the figures,
// so it is left out of what is read aloud. An index may have hundreds, so it
// has no classes of its own.
func miniBar(r *rows, open, check, devices int) {
	r.markup(`<td><svg class="mini" viewBox="0 0 100 8" aria-hidden="true">`)
	x := 0
	for _, n := range []int{open, check} {
		width := 0
		if n > 0 {
			width = min(max(1, n*100/devices), 100-x)
		}
		r.markup(`<path d="M`)
		r.number(x)
		r.markup(` 0h`)
		r.number(width)
		r.markup(`v8H`)
		r.number(x)
		r.markup(`z"/>`)
		x += width
	}
	r.markup(`</svg></td>`)
}
