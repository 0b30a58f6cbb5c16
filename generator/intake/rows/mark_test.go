package rows

import "testing"

func TestTotals(t *testing.T) {
	for _, test := range []struct {
		first  string
		filled int
		want   bool
	}{
		{"Total", 2, true},
		{"TOTAL: 400", 1, true},
		{"Summe", 3, true},
		{"Gesamt (12)", 1, true},
		{"400 devices", 1, true},
		{"400", 1, false},
		{"Total", 4, false},
		{"Totally-PC", 1, false},
		{"Counter", 2, false},
		{"400 Main Street", 1, false},
		{"", 0, false},
	} {
		if got := (Mark{Filled: test.filled, First: test.first}).Total(); got != test.want {
			t.Errorf("found %t for %q with %d cells, want %t", got, test.first, test.filled, test.want)
		}
	}
}
