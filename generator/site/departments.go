package site

import (
	"fmt"
	"html/template"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/policy"
)

// departmentTable has the departments with their figures, or those of them that
// are on one page.
type departmentTable struct {
	Count   string
	Several bool // more than one department
	Rows    template.HTML
	Total   fleet.Counts
	// Open, Waived, Check, Devices and Done are the total's figures as text.
	Open, Waived, Check, Devices, Done string
	// Legend has the verdicts that the bars show; nil on pages without bars.
	Legend []policy.Verdict
	// Paced is true when there are columns for the week's change and the pace.
	// Week is the night from which the change is counted.
	Paced bool
	Week  string
	// WeekChange is the whole fleet's change.
	WeekChange string
	// Search is true when there are enough departments to search among.
	Search bool
	pager
}

// departmentsPage continues the first page's table.
type departmentsPage struct {
	frame
	Departments departmentTable
}

const (
	// fewRows is how many rows one sees at a glance. A search field for so few
	// would only be in the way.
	fewRows = 12
	// mostTableBytes bounds the rows of the first page, and mostBarBytes those
	// of them that have a bar, so that the page loads quickly. mostPageBytes
	// bounds the rows of each further page.
	mostTableBytes = 105_000
	mostBarBytes   = 40_000
	mostPageBytes  = 440_000
)

// departmentTables splits the departments into pages. There is always one.
func (s *Site) departmentTables() []departmentTable {
	f := s.in.Fleet
	whole := departmentTable{
		Count:   s.words.Count(len(f.Departments), "department", "departments"),
		Several: len(f.Departments) > 1,
		Total:   f.Counts,
		Open:    s.words.Number(f.Open),
		Waived:  s.words.Number(f.Waived),
		Check:   s.words.Number(f.Verdicts[policy.Check]),
		Devices: s.words.Number(f.Counts.Devices),
		Done:    percentDone(f.Counts),
		Search:  len(f.Departments) > fewRows,
	}
	if from := s.weekAgo(); from >= 0 {
		whole.Paced, whole.Week = true, s.words.Day(s.nights()[from])
		whole.WeekChange = s.weekChange(&s.in.Memory.History.Fleet, from)
	}
	var tables []departmentTable
	r, first := s.newRows(), 0
	for i, d := range f.Departments {
		s.departmentRow(r, d, len(tables) == 0 && len(r.buf) < mostBarBytes)
		most := mostPageBytes
		if len(tables) == 0 {
			most = mostTableBytes
		}
		if len(r.buf) > most || i == len(f.Departments)-1 {
			table := whole
			table.Rows = r.html()
			table.Range = fmt.Sprintf("%s to %s of %s", s.words.Number(first+1), s.words.Number(i+1), whole.Count)
			tables = append(tables, table)
			r, first = s.newRows(), i+1
		}
	}
	if len(tables) == 0 {
		return []departmentTable{whole}
	}
	for _, v := range policy.Verdicts() {
		if f.Verdicts[v] > 0 {
			tables[0].Legend = append(tables[0].Legend, v)
		}
	}
	names := departmentsFiles(len(tables))
	for i := range tables {
		tables[i].pager = s.pager(names, i, tables[i].Range)
	}
	return tables
}

// departmentsFiles gives index.html, departments-2.html and so on.
func departmentsFiles(pages int) []string {
	names := pageFiles("departments", pages)
	names[0] = "index.html"
	return names
}

// furtherDepartments gives the pages after the first one.
func (s *Site) furtherDepartments(tables []departmentTable) []page {
	names := departmentsFiles(len(tables))
	var pages []page
	for i, table := range tables[1:] {
		title := fmt.Sprintf("Departments, page %d of %d", i+2, len(tables))
		content := &departmentsPage{s.frame(title, "index", "", "cutoff.js"), table}
		pages = append(pages, page{names[i+1], "departments", content})
	}
	return pages
}

// departmentRow writes a row: name, bar, still to fix, waived, to check,
// devices, done; with a memory also the week's change and the pace.
func (s *Site) departmentRow(r *rows, d *fleet.Department, bar bool) {
	r.write(`<tr><th scope="row"><a href="departments/{}.html">{}</a></th><td>`, attr(d.Slug), d.Name)
	if bar {
		s.stack(r, d.Counts)
	}
	r.write(`</td>`)
	for _, n := range []int{d.Open, d.Waived, d.Verdicts[policy.Check], d.Counts.Devices} {
		r.write(`<td>{}</td>`, s.words.Number(n))
	}
	r.write(`<td>{}</td>`, percentDone(d.Counts))
	if from := s.weekAgo(); from >= 0 {
		series := s.history(d)
		r.write(`<td>{}</td>`, s.weekChange(series, from))
		if word := s.paceWord(d, series); word == late {
			r.write(`<td><span class="late">late</span></td>`)
		} else {
			r.write(`<td>{}</td>`, word)
		}
	}
	r.write("</tr>\n")
}

// weekAgo gives the index of the latest night that is at least a week old. When
// all are younger it gives the first night, on the first night itself -1.
func (s *Site) weekAgo() int {
	nights, from := s.nights(), -1
	for i := range len(nights) - 1 {
		if i == 0 || nights[i].Until(s.in.Fleet.AsOf) >= 7 {
			from = i
		}
	}
	return from
}

// weekChange gives how many devices more or fewer are still to fix than on a
// night; a dash when there were no devices then.
func (s *Site) weekChange(series *memory.Series, from int) string {
	if series == nil || series.Devices[from] == 0 {
		return "–"
	}
	switch change := series.Open[len(series.Open)-1] - series.Open[from]; {
	case change < 0:
		return "−" + s.words.Number(-change)
	case change > 0:
		return "+" + s.words.Number(change)
	}
	return "0"
}

// Whether a department will be done in time.
const (
	done    = "done"
	onTrack = "on track"
	late    = "late"
)

// paceWord says whether a department will be done in time at its pace; a dash
// when nobody can tell yet.
func (s *Site) paceWord(d *fleet.Department, series *memory.Series) string {
	if d.Open == 0 {
		return done
	}
	if s.in.Fleet.Phase == policy.InForce {
		return late
	}
	if series == nil {
		return "–"
	}
	switch pace := s.departmentPace(series); {
	case pace == nil:
		return "–"
	case pace.OpenOnEffective == 0:
		return onTrack
	}
	return late
}

// percentDone gives the share of devices that are neither affected nor still to
// be checked; a dash for no devices.
func percentDone(counts fleet.Counts) string {
	if counts.Devices == 0 {
		return "–"
	}
	return percent(counts.Devices-counts.Affected-counts.Verdicts[policy.Check], counts.Devices)
}

// labelled is the share of a bar, in permille, from which a part shows its
// number.
const labelled = 60

// stack writes a department's verdicts as the parts of one bar. An index may
// have hundreds of bars, so the parts have no classes: the style sheet knows
// each by its place among the verdicts, and a verdict that does not occur has
// an empty part. Screen readers skip the bar, because the columns beside it
// have the figures.
func (s *Site) stack(r *rows, counts fleet.Counts) {
	if counts.Devices == 0 {
		return
	}
	rects, texts := s.newRows(), s.newRows()
	before := 0
	for _, v := range policy.Verdicts() {
		n := counts.Verdicts[v]
		from, to := before*1000/counts.Devices, (before+n)*1000/counts.Devices
		before += n
		if n == 0 {
			rects.write(`<rect/>`)
		} else {
			rects.write(`<rect x="{}" width="{}"/>`, permille(from), permille(max(to-from, 8)))
		}
		if to-from < labelled {
			texts.write(`<text/>`)
		} else {
			texts.write(`<text x="{}">{}</text>`, permille((from+to)/2), s.words.Number(n))
		}
	}
	r.write(`<svg class="stack" aria-hidden="true">`)
	r.buf = append(append(r.buf, rects.buf...), texts.buf...)
	r.write(`</svg>`)
}
