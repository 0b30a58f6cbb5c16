package report

import (
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// identify finds out which device a row belongs to. It reports false when there
// is nothing more to do with the row now: it is accounted for, or held.
func (s *sheet) identify(r *row, c *cells, m rows.Mark) bool {
	if s.named {
		name := value.Name(c.Name)
		if name == "" {
			name = value.Host(c.Hostname)
		}
		switch {
		case m.Filled == 1 && !m.Total():
			s.in.Account.Other(1)
			s.in.Problem(problem.NoteRow, m.Row, 0, "found a row with a single text in a file without GUIDs, want a name and a version: it is taken for a note, and counts for no device")
			return false
		case name == "" || m.Total():
			s.unidentified(c, m)
			return false
		}
		s.rejectFooters()
		return true
	}
	guid, how := value.GUID(c.GUID, s.in.Workbook)
	if !s.whole {
		s.guids.count(guid, how)
	}
	if how == value.NoGUID || how == value.ForeignText || how == value.WordGUID && s.aside(c, m) {
		s.unidentified(c, m)
		return false
	}
	s.rejectFooters()
	switch {
	case how == value.DamagedGUID:
		s.reject(problem.DamagedGUID, m.Row, "device_guid",
			"found a number that is no GUID, as a spreadsheet's rounding leaves it, want up to 19 digits: export again, or import the column as text")
		return false
	case how == value.RoundedGUID && !s.whole:
		s.hold(c, m)
		return false
	case how == value.RoundedGUID && s.guids.tooManyRounded():
		s.reject(problem.DamagedGUID, m.Row, "device_guid",
			"found a GUID that ends in 000 as too many others do, want the digits that a spreadsheet rounded away: export again, or import the column as text")
		return false
	case how == value.RoundedGUID && s.guids.manyRounded():
		s.problem(problem.Suspicious, m.Row, "device_guid",
			"found a GUID that ends in 000 as more do than by chance, want the digits that a spreadsheet may have rounded away: the row counts")
	}
	r.guid = guid
	return true
}

// Rows below a table may be notes: at most footerRows of them, with at most
// footerCells filled cells each.
const (
	footerRows  = 10
	footerCells = 2
)

// aside reports whether a row says too little to be about a device: it has no
// version, and at most two filled cells (one in a narrow table).
func (s *sheet) aside(c *cells, m rows.Mark) bool {
	few := footerCells
	if s.in.Header.Width <= 2*footerCells {
		few = 1
	}
	return m.Filled <= few && value.Clean(c.Version) == ""
}

// unidentified accounts for a row without an identity: a totals line, a note
// below the table, or a row that lost its GUID.
func (s *sheet) unidentified(c *cells, m rows.Mark) {
	switch {
	case m.Total():
		s.in.Account.Other(1)
	case s.in.Header.Width > 2*footerCells && s.aside(c, m) && len(s.footers) < footerRows:
		s.footers = append(s.footers, m)
	default:
		s.rejectFooters()
		s.rejectNameless(m)
	}
}

// rejectFooters rejects the rows that looked like notes below the table: the
// table goes on, so they are not.
func (s *sheet) rejectFooters() {
	for _, m := range s.footers {
		s.rejectNameless(m)
	}
	s.footers = s.footers[:0]
}

// rejectNameless rejects a row that names no device.
func (s *sheet) rejectNameless(m rows.Mark) {
	if s.named {
		s.reject(problem.MissingGUID, m.Row, "device_name", "found no name of a device, want one: the row belongs to no device")
		return
	}
	s.reject(problem.MissingGUID, m.Row, "device_guid", "found no GUID, want up to 19 digits, a UUID or a serial number: the row belongs to no device")
}

// guids counts the GUIDs of a sheet that have more digits than a spreadsheet
// keeps: only those can have been rounded.
type guids struct {
	long    int
	rounded int // how many of long end in 000
	floats  int // how many of long may have been floating-point numbers
}

// One GUID in a thousand ends in 000 by chance. Above these bounds it is no
// chance.
const (
	judgedGUIDs   = 5  // fewer long GUIDs prove nothing
	judgedFloats  = 8  // the same for floats, which are a weaker sign
	chanceGUIDs   = 5  // up to 5 may end in 000
	chanceOneInto = 50 // or up to one in 50, if that is more

	expectedOneIn = 250 // more than one in 250, and one, is worth a warning
)

func (g *guids) count(guid string, how value.Identity) {
	if len(guid) <= value.ExactDigits || !value.Digits(guid) {
		return
	}
	g.long++
	if value.PassedFloat(guid) {
		g.floats++
	}
	if how == value.RoundedGUID {
		g.rounded++
	}
}

// damaged says how many of the long GUIDs a spreadsheet rounded, and how many
// long ones there are. Unless it rounded more than half of them, n is 0.
func (g *guids) damaged() (n, of int) {
	if g.long >= judgedGUIDs && 2*g.rounded > g.long || g.long >= judgedFloats && 2*g.floats > g.long {
		return max(g.rounded, g.floats), g.long
	}
	return 0, g.long
}

// tooManyRounded reports whether so many GUIDs end in 000 that they are rejected.
func (g *guids) tooManyRounded() bool {
	return g.rounded > max(chanceGUIDs, g.long/chanceOneInto)
}

// manyRounded reports whether so many GUIDs end in 000 that they are worth a
// warning.
func (g *guids) manyRounded() bool { return g.rounded > 1+g.long/expectedOneIn }
