package column

import (
	"slices"

	"example.org/cutoff/generator/problem"
)

// Depth is within how many rows of a sheet the header must stand.
const Depth = 50

// Header is a header row: which cell of a row is which column.
type Header struct {
	Row int
	// Names are the canonical columns that the file has, in the file's order,
	// and Cells where each is in a row.
	Names []string
	Cells []int
	// Width is how many cells the header has; a row's further cells belong to
	// no column.
	Width int
	Twins []Twin
	// Key is the place among names of the one that identifies a row.
	Key int
	// Columns says which text was read as which column, in the file's order;
	// Unknown has the texts that mean nothing to us.
	Columns []Column
	Unknown []string
	// Shown has the cells of the columns to show, in the order of the
	// configuration; -1 for one that the file does not have.
	Shown []int
	// Outcomes are the columns that say what became of a connection; a file may
	// have several. Others are the columns whose texts mean nothing to us, those
	// without a text included: what stands in one may be outcomes all the same.
	Outcomes []Outcome
	Others   []int
	// Unnamed has the cells without a text. Whether such a column matters shows
	// in the rows below.
	Unnamed []int
	// Zeek marks the header of a file in Zeek's format, where rows that begin
	// with "#" are remarks and "-" is nothing.
	Zeek bool
}

// Twin is a column with the same meaning as another one to its left. The file
// can be used only when both are equal in every row.
type Twin struct {
	Name          string
	First, Second int // cells
	Texts         [2]string
}

// Has reports whether the file has one of the columns.
func (h *Header) Has(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return h.Number(name) > 0 })
}

// Number gives the number of a canonical column as positions count it, 0 when
// the file has none.
func (h *Header) Number(name string) int {
	if i := slices.Index(h.Names, name); i >= 0 {
		return h.Cells[i] + 1
	}
	return 0
}

// Column is a header text and the canonical column it was read as.
type Column struct {
	Header, Name string
	Position     problem.Position
}

// Outcome is a column that says what became of a connection, by its name. A name
// that can mean other things does so only perhaps.
type Outcome struct {
	Column
	Cell    int
	Perhaps bool
}

// SameColumns reports whether two headers have the same columns in the same
// cells.
func (h *Header) SameColumns(other *Header) bool {
	return slices.Equal(h.Names, other.Names) && slices.Equal(h.Cells, other.Cells) && slices.Equal(h.Shown, other.Shown) &&
		slices.EqualFunc(h.Outcomes, other.Outcomes, func(a, b Outcome) bool { return a.Cell == b.Cell })
}
