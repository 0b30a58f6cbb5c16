package rows

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/value"
)

// Mark is what is known of a row beside the cells of its columns.
type Mark struct {
	Row int // as a spreadsheet numbers it
	// Filled counts the row's cells that are not blank. First is the first of them.
	// Both are left empty for a row whose key is digits alone, unless it is in a
	// report without GUIDs.
	Filled int
	First  string
	// Cells is how many cells a row of a text file has, if that differs from the
	// header, else 0.
	Cells int
	// Shown are the cells of the columns to show; nil if there are none. They are
	// overwritten after the row is taken.
	Shown []string
	// All are all cells of the row if [Sheet.Whole] asks for them. They are
	// overwritten after the row is taken.
	All []string
}

// Total reports whether a row is a line of totals: it has few cells, and the
// first is a word for a total or a count of rows.
func (m Mark) Total() bool {
	const most = 3 // the word, a count, a sum
	return m.Filled > 0 && m.Filled <= most && (value.TotalWord(m.First) || value.CountOf(m.First))
}

func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

// Blank reports whether all cells are empty or hold only what does not show.
func Blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return shown(cell) != "" })
}

// shown gives the visible part of a cell, or the whole cell if its first
// character is visible: callers only ask whether there is any.
func shown(cell string) string {
	if cell == "" || cell[0] > ' ' && cell[0] < 0x7f {
		return cell
	}
	return strings.TrimFunc(cell, value.Ignorable)
}

// filled counts the cells that are not blank, and gives the first one, trimmed.
func filled(cells []string) (n int, first string) {
	for _, cell := range cells {
		if shown(cell) != "" {
			if n++; n == 1 {
				first = strings.TrimFunc(cell, value.Ignorable)
			}
		}
	}
	return n, first
}

// CloneCells copies cells and their texts, so that they can be kept.
func CloneCells(cells []string) []string {
	clones := make([]string, len(cells))
	for i, cell := range cells {
		clones[i] = strings.Clone(cell)
	}
	return clones
}
