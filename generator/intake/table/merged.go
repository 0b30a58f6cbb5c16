package table

import (
	"bytes"
	"cmp"
	"slices"

	"example.org/cutoff/generator/intake/table/ooxml"
	"example.org/cutoff/generator/problem"
)

// maxMerged bounds the merged ranges of a sheet.
const maxMerged = 1 << 20

// merged is a range of cells that a sheet shows as one. Rows and columns count
// from 1.
type merged struct {
	top, bottom int32 // rows
	left, right int16 // columns
}

// merge reads the merged range that just began.
func (s *sheetScanner) merge() error {
	from, to, ok := bytes.Cut(s.x.Attrs.Ref, []byte(":"))
	if !ok {
		return nil // a range of one cell
	}
	left, top, ok := cellReference(from)
	right, bottom, also := cellReference(to)
	if !ok || !also || right < left || bottom < top || bottom > lastRow {
		return ooxml.Damaged("found the merged range %s, want one like A2:A3: the workbook is damaged", problem.Quote(string(s.x.Attrs.Ref)))
	}
	if len(s.merged) == maxMerged {
		return ooxml.TooLarge("found more than %d merged ranges, want fewer: save the sheet as CSV", maxMerged)
	}
	s.merged = append(s.merged, merged{int32(top), int32(bottom), int16(left), int16(right)})
	return nil
}

// sortMerged sorts ranges by their first rows, as [holder.row] needs them.
func sortMerged(all []merged) {
	slices.SortFunc(all, func(a, b merged) int { return cmp.Or(cmp.Compare(a.top, b.top), cmp.Compare(a.left, b.left)) })
}

// holder repeats the value of a merged range in all rows of the range, in its first
// column.
type holder struct {
	merged []merged   // those whose first row was not given yet
	held   []heldCell // by column
	bytes  int64      // how many bytes were repeated
}

type heldCell struct {
	bottom int // the last row that the value holds for
	value  string
}

// row adds the repeated values to the cells of a row. A row without a value of its
// own is blank and gets none. It reports whether the row is a title: its only own
// value is merged across columns.
func (h *holder) row(number int, cells []string) (full []string, title bool) {
	if len(h.merged) == 0 && len(h.held) == 0 {
		return cells, false
	}
	own := 0
	for i, cell := range cells {
		if cell != "" && !h.holds(i, number) {
			own++
		}
	}
	if own == 0 {
		cells = cells[:0]
	}
	for i := range h.held {
		if own > 0 && h.holds(i, number) {
			for len(cells) <= i {
				cells = append(cells, "")
			}
			cells[i] = h.held[i].value
			h.bytes += int64(len(cells[i]))
		}
	}
	for len(h.merged) > 0 && int(h.merged[0].top) <= number {
		m, column := h.merged[0], int(h.merged[0].left)-1
		h.merged = h.merged[1:]
		if int(m.top) < number || column >= len(cells) || cells[column] == "" || h.holds(column, number) {
			continue
		}
		title = title || own == 1 && m.right > m.left
		if m.bottom > m.top {
			for len(h.held) <= column {
				h.held = append(h.held, heldCell{})
			}
			h.held[column] = heldCell{int(m.bottom), cells[column]}
		}
	}
	return cells, title
}

// holds reports whether a value from above is repeated in a cell.
func (h *holder) holds(column, row int) bool {
	return column < len(h.held) && h.held[column].bottom >= row
}
