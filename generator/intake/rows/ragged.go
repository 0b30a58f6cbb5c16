package rows

import (
	"fmt"
	"slices"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/problem"
)

// deciding are the columns that a row must not lack because it was cut: without
// them it would say something else.
var deciding = map[column.Kind][]string{
	column.Report:      {"app_version", "status", "destination", "destination_uid"},
	column.Connections: {"port", "destination", "outcome", "time"},
	column.Waivers:     {"expires"},
}

// ragged collects the rows of a text file that have fewer cells than the header, or
// further empty ones.
type ragged struct {
	full int
	rows []Mark
}

// count adds a row. It skips a short one with one or two filled cells, which may
// be a note.
func (r *ragged) count(m Mark) {
	const note = 2 // cells
	switch {
	case m.Cells == 0:
		r.full++
	case m.Filled == 0 || m.Filled > note:
		m.First, m.Shown, m.All = "", nil, nil // their memory is used again
		r.rows = append(r.rows, m)
	}
}

// report adds the problems: each row that lacks a deciding column; each other
// ragged row, if nearly all the others are full; and a header that no row fits.
func (r *ragged) report(s *Sheet) {
	h := s.Header
	others := r.full + len(r.rows) - 1
	few := others > 0 && 20*r.full >= 19*others
	longer := 0
	for _, m := range r.rows {
		if m.Cells > h.Width {
			longer++
		}
		cut := slices.IndexFunc(h.Names, func(name string) bool {
			return h.Number(name) > m.Cells && slices.Contains(deciding[s.Account.Kind()], name)
		})
		switch {
		case cut >= 0:
			s.Problem(problem.ShortRow, m.Row, h.Cells[cut]+1, fmt.Sprintf(
				"found %d cells of %d: cut? %s and what follows counts as empty", m.Cells, h.Width, problem.Quote(h.Columns[cut].Header)))
		case few && m.Cells < h.Width:
			s.Problem(problem.ShortRow, m.Row, m.Cells+1, fmt.Sprintf(
				"found %d cells of %d, want all as in the other rows: cut? what follows counts as empty", m.Cells, h.Width))
		case few:
			s.Problem(problem.ExtraCells, m.Row, h.Width+1, fmt.Sprintf(
				"found %d cells, want %d as in the other rows: shifted? those beyond are empty, the row counts", m.Cells, h.Width))
		}
	}
	if r.full > 0 || len(r.rows) < 2 {
		return
	}
	switch longer {
	case 0:
		s.Problem(problem.Suspicious, h.Row, 0, fmt.Sprintf(
			"found a header of %d cells and no row with so many, want one text for each column: are the cells under their headers?", h.Width))
	case len(r.rows):
		s.Problem(problem.Suspicious, h.Row, 0, fmt.Sprintf(
			"found a header of %d cells and no row with so few, want one text for each column: if no separator is missing in the header, the empty cells at the rows' ends are ignored", h.Width))
	}
}
