package report

import (
	"testing"

	"example.org/cutoff/generator/intake/column"
)

// TestCellsTakeEveryColumn checks that no canonical column is forgotten where
// rows are decoded.
func TestCellsTakeEveryColumn(t *testing.T) {
	for _, name := range column.Canonical(column.Report) {
		var c cells
		if err := c.UnmarshalCSVWithFields(name, "x"); err != nil || c == (cells{}) {
			t.Errorf("found the column %s taken by no field (%v)", name, err)
		}
	}
}
