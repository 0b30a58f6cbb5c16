package column

import (
	"slices"

	"example.org/cutoff/generator/problem"
)

// Depth is how many rows from the top of a sheet are searched for the header.
const Depth = 50

// Header is a header row. It says which cell of a row is which column. Cells
// count from 0, other than the columns of positions.
type Header struct {
	Row int
	// Names are the canonical columns that the file has, in the file's order.
	// Cells says for each which cell of a row it is.
	Names []string
	Cells []int
	// Width is how many cells the header has. Further cells of a row belong to no
	// column.
	Width int
	Twins []Twin
	// Key is the index in Names of the column that identifies a row.
	Key int
	// Columns says which header text was read as which column, in the file's order.
	// Unknown has the texts without a meaning here.
	Columns []Column
	Unknown []string
	// Shown has the cells of the columns to show, in the configuration's order; -1
	// for a column that the file does not have.
	Shown []int
	// Outcomes are the columns that say what became of a connection; a file may
	// have several. Others are the cells of the columns without a known header
	// text: what is in them may be outcomes all the same.
	Outcomes []Outcome
	Others   []int
	// Unnamed has the cells without a header text. The rows below show whether such
	// a column has anything in it.
	Unnamed []int
	// Zeek marks the header of a file in Zeek's format: rows that begin with "#"
	// are remarks, and "-" is an empty cell.
	Zeek bool
}

// Twin is a column with the same meaning as another one to its left. The file can
// only be used if both are equal in every row.
type Twin struct {
	Name          string
	First, Second int // cells
	Texts         [2]string
}

// Has reports whether the file has one of the columns.
func (h *Header) Has(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return h.Number(name) > 0 })
}

// Number gives the number of a canonical column as positions count it, from 1; 0
// if the file does not have it.
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

// Outcome is a column whose name says that it holds what became of a connection.
// Perhaps marks a name that can mean other things.
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
