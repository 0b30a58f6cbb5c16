package report

import (
	"reflect"
	"slices"
	"testing"

	"example.org/cutoff/generator/intake/column"
)

// TestCellsTakeEveryColumn checks that every canonical column has a field in cells.
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
