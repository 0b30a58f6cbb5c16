package report

import (
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// identify finds out to which device a row belongs. It reports false for a row
// that has been accounted for, or held.
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

// footerRows is how many rows below a table may be notes, and footerCells how
// many cells such a row may have.
const (
	footerRows  = 10
	footerCells = 2
)

// aside reports whether a row says too little to be about a device: nearly
// nothing beside its first cell, and no version.
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

// rejectFooters accounts for rows that looked like notes below the table, when
// the table goes on.
func (s *sheet) rejectFooters() {
	for _, m := range s.footers {
		s.rejectNameless(m)
	}
	s.footers = s.footers[:0]
}

// rejectNameless accounts for a row that belongs to no device.
func (s *sheet) rejectNameless(m rows.Mark) {
	if s.named {
		s.reject(problem.MissingGUID, m.Row, "device_name", "found no name of a device, want one: the row belongs to no device")
		return
	}
	s.reject(problem.MissingGUID, m.Row, "device_guid", "found no GUID, want up to 19 digits, a UUID or a serial number: the row belongs to no device")
}

// guids counts the GUIDs of a sheet that have more digits than a spreadsheet
// keeps.
type guids struct {
	long    int
	rounded int // of those, the ones that end in 000
	floats  int // of those, the ones that a floating-point number may have been
}

// Rounded GUIDs come by chance too: one in a thousand ends in 000. Above these
// bounds they do not.
const (
	judgedGUIDs   = 5  // fewer GUIDs prove nothing
	judgedFloats  = 8  // likewise, of the weaker sign
	chanceGUIDs   = 5  // so many may end in 000
	chanceOneInto = 50 // or one in so many

	expectedOneIn = 250 // more are worth a warning: one in 1,000 ends so by chance
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

// damaged gives how many GUIDs a spreadsheet rounded where that is most of
// them, and of how many; else 0.
func (g *guids) damaged() (n, of int) {
	if g.long >= judgedGUIDs && 2*g.rounded > g.long || g.long >= judgedFloats && 2*g.floats > g.long {
		return max(g.rounded, g.floats), g.long
	}
	return 0, g.long
}

// tooManyRounded reports whether GUIDs that end in 000 are too many to be chance.
func (g *guids) tooManyRounded() bool {
	return g.rounded > max(chanceGUIDs, g.long/chanceOneInto)
}

// manyRounded reports whether GUIDs that end in 000 are more than chance gives.
func (g *guids) manyRounded() bool { return g.rounded > 1+g.long/expectedOneIn }
