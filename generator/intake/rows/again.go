package rows

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// again reports whether a row below the header is a header again. If it has other
// columns, the sheet goes on below it with those (see [Sheet.next]). A header
// without the needed columns is refused.
func (s *Sheet) again(row table.Row) (bool, error) {
	if !s.likeHeader(row.Cells) {
		return false, nil
	}
	known, all := 0, 0
	for _, cell := range row.Cells {
		if strings.TrimFunc(cell, value.Ignorable) == "" {
			continue
		}
		all++
		known += s.headers.Known([]string{cell})
		if all == 2 && known == 0 {
			return false, nil // the first two cells are enough for most rows
		}
	}
	zeek := row.Cells[0] == "#fields"
	if !zeek && (known < 2 || 3*known < 2*all) {
		return false, nil
	}
	h, ok := s.headers.Header(row.Number, CloneCells(row.Cells), s.place(0))
	switch {
	case ok && h.SameColumns(s.Header):
	case ok:
		s.next = h
	case zeek || known == all && all > 2:
		return false, table.Refuse(s.place(row.Number), problem.Unrecognised, s.headers.Missing(row.Cells, ""))
	default:
		return false, nil
	}
	return true, nil
}

// likeHeader rules out most rows quickly: no header text begins with a digit.
func (s *Sheet) likeHeader(cells []string) bool {
	for _, c := range s.Header.Cells {
		if cell := at(cells, c); cell != "" && cell[0] >= '0' && cell[0] <= '9' {
			return false
		}
	}
	return true
}

// longestText is how long the first text of a glued header may be.
const longestText = 100

// glued looks for a header glued to the end of a row, without a line end between:
// somebody joined two files, and the first had no line end. It gives the cells of
// the row without the header.
func (s *Sheet) glued(row table.Row) []string {
	last := s.Header.Width - 1
	if len(row.Cells) <= s.Header.Width || s.headers.Known(row.Cells[s.Header.Width:]) < len(row.Cells)-s.Header.Width {
		return row.Cells
	}
	cell := row.Cells[last]
	for i := range cell {
		if i == 0 || len(cell)-i > longestText || s.headers.Known([]string{cell[i:]}) == 0 {
			continue
		}
		header := append([]string{cell[i:]}, row.Cells[s.Header.Width:]...)
		if h, ok := s.headers.Header(row.Number, CloneCells(header), s.place(0)); ok {
			s.next = h
			return append(slices.Clone(row.Cells[:last]), cell[:i])
		}
	}
	return row.Cells
}
