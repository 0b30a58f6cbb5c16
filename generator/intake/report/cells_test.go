package report

import (
	"reflect"
	"slices"
	"testing"

	"example.org/cutoff/generator/intake/column"
)

// TestCellsTakeEveryColumn checks that no canonical column is forgotten where
// rows are taken.
func TestCellsTakeEveryColumn(t *testing.T) {
	var taken []string
	for i := range reflect.TypeFor[cells]().NumField() {
		taken = append(taken, reflect.TypeFor[cells]().Field(i).Tag.Get("csv"))
	}
	for _, name := range column.Canonical(column.Report) {
		if !slices.Contains(taken, name) {
			t.Errorf("found the column %s taken by no field", name)
		}
	}
}
