package rows

import (
	"fmt"
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// forms are the forms of the canonical columns. A column that is not listed takes
// anything.
var forms = map[column.Kind]map[string]value.Form{
	column.Report: {
		"device_guid": value.NumberForm, "device_name": value.TextForm, "hostname": value.TextForm,
		"username": value.TextForm, "email": value.EmailForm, "department": value.TextForm, "organization": value.TextForm,
		"app_version": value.VersionForm, "status": value.StatusForm,
		"destination": value.TextForm, "destination_uid": value.NumberForm, "port": value.PortForm,
		"last_connected": value.DateForm, "last_activity": value.DateForm,
		"address": value.AddressForm, "remote_address": value.AddressForm,
	},
	column.Connections: {
		"address": value.AddressForm, "destination": value.TextForm, "destination_host": value.TextForm,
		"port": value.PortForm, "date": value.DateForm, "time": value.ClockForm,
	},
	column.Roster: {
		"username": value.TextForm, "email": value.EmailForm, "department": value.NameForm, "manager_email": value.EmailForm,
	},
	column.Waivers: {
		"reason": value.TextForm, "owner": value.TextForm, "approver": value.TextForm, "expires": value.DateForm,
	},
}

// furthest is by how many cells a row is tried to be moved back.
const furthest = 3

// shifts finds rows whose cells are not under their headers.
type shifts struct {
	forms    []value.Form // of each column; nil for those that take anything
	workbook bool
	fits     []value.Fit // of the row's cells
}

func newShifts(h *column.Header, kind column.Kind, workbook bool) *shifts {
	s := &shifts{forms: make([]value.Form, h.Width), workbook: workbook}
	for i, name := range h.Names {
		s.forms[h.Cells[i]] = forms[kind][name]
	}
	return s
}

// fit says how a cell fits a column.
func (s *shifts) fit(cell string, column int) value.Fit {
	if column >= len(s.forms) || s.forms[column] == nil {
		return value.Either
	}
	if cell = value.Clean(cell); cell == "" {
		return value.Either
	}
	return s.forms[column](cell, s.workbook)
}

// find counts the cells of a row that do not fit their columns, and gives the
// first one. It reports true if the row has shifted: there are at least two such
// cells, and from one of them on every cell fits after moving by the same
// distance. first is then where the shift begins.
func (s *shifts) find(cells []string) (first, misfits int, shifted bool) {
	s.fits = s.fits[:0]
	for i, cell := range cells {
		fit := s.fit(cell, i)
		s.fits = append(s.fits, fit)
		if fit == value.Misfit {
			if misfits++; misfits == 1 {
				first = i
			}
		}
	}
	left := misfits
	for start := first; start < len(cells) && left > 1; start++ {
		if s.fits[start] != value.Misfit {
			continue
		}
		left--
		for by := -furthest; by <= furthest; by++ {
			if by != 0 && s.moved(cells, start, by) {
				return start, misfits, true
			}
		}
	}
	return first, misfits, false
}

// moved reports whether all cells from start on fit when they are moved left by
// some columns (right if by is negative), and one of those that did not fit
// surely belongs in its new column.
func (s *shifts) moved(cells []string, start, by int) bool {
	belongs := false
	for i := start; i < len(cells); i++ {
		if value.Clean(cells[i]) == "" {
			continue
		}
		if i-by < 0 || i-by >= len(s.forms) {
			return false
		}
		fit := s.fit(cells[i], i-by)
		if fit == value.Misfit {
			return false
		}
		belongs = belongs || fit == value.Fits && s.fits[i] == value.Misfit
	}
	return belongs
}

// shifted gives the problem with a row that has filled cells beyond the header, or
// whose cells have shifted. It reports false for any other row.
func (s *Sheet) shifted(cells []string) (problem.Problem, bool) {
	width := s.Header.Width
	beyond := len(cells) > width && !Blank(cells[width:])
	first, misfits, shifted := s.shifts.find(cells)
	if !beyond && !shifted {
		return problem.Problem{}, false
	}
	p := problem.Problem{Kind: problem.ShiftedRow, Position: problem.Position{Column: first + 1}}
	found := "found cells that would fit their columns if they were moved"
	if beyond {
		p.Kind = problem.ExtraCells
		found = fmt.Sprintf("found %d cells, want %d as in the header", len(cells), width)
		if misfits == 0 {
			p.Column = width + 1
		}
	}
	from := ""
	if misfits > 0 {
		from = fmt.Sprintf(" from column %s on", problem.ColumnLetters(first+1))
		if i := slices.Index(s.Header.Cells, first); i >= 0 {
			from = fmt.Sprintf(" from column %s (%s) on", problem.Quote(s.Header.Columns[i].Header), problem.ColumnLetters(first+1))
		}
	}
	want := "quotes around a cell that holds a separator"
	if s.Workbook {
		want = "each value below its header"
	}
	p.Message = fmt.Sprintf("%s: shifted%s? the row does not count, want %s", found, from, want)
	return p, true
}

// signs are the separators of text files.
const signs = ",;\t|"

// otherSign finds a row with another separator than the header's, because files
// were put together.
func (s *Sheet) otherSign(cells []string) (problem.Problem, bool) {
	const fewest = 4 // cells of the header; the row has half of them at most
	width := s.Header.Width
	if s.Workbook || width < fewest || 2*len(cells) > width {
		return problem.Problem{}, false
	}
	for _, sign := range signs {
		n := 0
		for _, cell := range cells {
			n += strings.Count(cell, string(sign))
		}
		if 2*(n+1) > width && n >= len(cells) {
			return problem.Problem{Kind: problem.ShiftedRow, Position: problem.Position{Column: 1}, Message: fmt.Sprintf(
				"found %s, and %d parted by %q, want the sign of the header: were files put together? the row does not count", plural.Count(len(cells), "cell", "cells"), n+1, sign)}, true
		}
	}
	return problem.Problem{}, false
}

// otherHeader gives the separator that makes a header of a line with a single
// cell; 0 for none.
func (s *Sheet) otherHeader(cells []string) rune {
	if s.Workbook || len(cells) != 1 {
		return 0
	}
	for _, sign := range signs {
		texts := strings.Split(cells[0], string(sign))
		if known := s.headers.Known(texts); len(texts) > 2 && 3*known >= 2*len(texts) {
			return sign
		}
	}
	return 0
}
