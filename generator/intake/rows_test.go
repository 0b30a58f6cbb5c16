package intake

import (
	"testing"

	"example.org/cutoff/generator/intake/column"
)

func TestInCloud(t *testing.T) {
	opts := storyOptions()
	for host, want := range map[string]bool{
		"crashplan.com":          true,
		"Central.CrashPlan.COM.": true,
		"a.b.code42.com":         true,
		"notcrashplan.com":       false,
		"crashplan.com.evil.net": false,
		"162.222.40.1":           true,
		"162.222.47.255":         true,
		"162.222.48.0":           false,
		"::ffff:162.222.40.1":    true,
		"":                       false,
	} {
		if got := opts.inCloud(host); got != want {
			t.Errorf("found %t for %q, want %t", got, host, want)
		}
	}
}

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
		if got := isTotal(mark{filled: test.filled, first: test.first}); got != test.want {
			t.Errorf("found %t for %q with %d cells, want %t", got, test.first, test.filled, test.want)
		}
	}
}

// TestRowsTakeEveryColumn checks that no canonical column is forgotten where
// rows are decoded.
func TestRowsTakeEveryColumn(t *testing.T) {
	for _, name := range column.Canonical(Report) {
		var row reportRow
		if err := row.UnmarshalCSVWithFields(name, "x"); err != nil || row == (reportRow{}) {
			t.Errorf("found the report's column %s taken by no field (%v)", name, err)
		}
	}
	for _, name := range column.Canonical(Connections) {
		var row connectionRow
		if err := row.UnmarshalCSVWithFields(name, "x"); err != nil || row == (connectionRow{}) {
			t.Errorf("found the evidence's column %s taken by no field (%v)", name, err)
		}
	}
}
