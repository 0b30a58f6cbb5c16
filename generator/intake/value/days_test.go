package value

import (
	"slices"
	"testing"
)

// TestDaysThatComeAgain checks that a date is read as if it were the only one,
// whatever dates of the same day came before.
func TestDaysThatComeAgain(t *testing.T) {
	var cells []string
	for _, day := range []string{"2020-01-10", "2020-02-29", "2019-02-29", "2020-13-01", "0001-01-01", "1900-01-01", "2300-01-01", "2020/01/10", "20x0-01-10"} {
		for _, clock := range []string{"", "T", "T1", "T09:58:12Z", "T23:59:60.5+02:00", "T24:00", " 09:58", "T09:58 PM", "Tx"} {
			cells = append(cells, day+clock)
		}
	}
	var column Dates
	for range 3 {
		for _, cell := range slices.Concat(cells, cells) {
			for range 3 {
				want, wantHow := (&Dates{}).Read(cell)
				if got, how := column.Read(cell); !got.Equal(want) || how != wantHow {
					t.Fatalf("found %v (%d) for %q, want %v (%d)", got, how, cell, want, wantHow)
				}
			}
		}
		slices.Reverse(cells)
	}
}
