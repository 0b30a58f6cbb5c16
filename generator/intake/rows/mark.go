package rows

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/value"
)

// Mark is what is known of a row beside its columns.
type Mark struct {
	Row int // as a spreadsheet numbers it
	// Filled counts the row's cells that are not blank, and First is the first
	// of them. Both are taken only for a row whose identity is not digits alone.
	Filled int
	First  string
	// Cells is how many cells a row of text has when it has others than the
	// header, else 0.
	Cells int
	// Shown are the cells of the columns to show, until the next row is taken; nil
	// where there are none.
	Shown []string
	// All are all cells of the row where the sheet was asked for them (see
	// [Sheet.Whole]), until the next row is taken.
	All []string
}

// Total reports whether a row is a line of totals: few cells, of which the
// first begins with a word for it.
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

// Blank reports whether no cell has anything in it that shows.
func Blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return shown(cell) != "" })
}

// shown gives what of a cell shows; its end does not matter where its beginning
// does.
func shown(cell string) string {
	if cell == "" || cell[0] > ' ' && cell[0] < 0x7f {
		return cell
	}
	return strings.TrimFunc(cell, value.Ignorable)
}

// filled counts the cells that are not blank, and gives the first of them.
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

// CloneCells copies cells out of the memory that they share with their row.
func CloneCells(cells []string) []string {
	clones := make([]string, len(cells))
	for i, cell := range cells {
		clones[i] = strings.Clone(cell)
	}
	return clones
}
