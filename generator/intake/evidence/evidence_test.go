package evidence

import (
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"example.org/cutoff/generator/intake/column"
)

func TestInCloud(t *testing.T) {
	opts := Options{
		CloudDomains:  []string{"crashplan.com", "code42.com"},
		CloudNetworks: []netip.Prefix{netip.MustParsePrefix("162.222.40.0/21")},
	}
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

// TestCellsTakeEveryColumn checks that every canonical column has a field in cells.
func TestCellsTakeEveryColumn(t *testing.T) {
	taken := []string{"outcome"} // a file may have several: they are in Header.Outcomes
	for i := range reflect.TypeFor[cells]().NumField() {
		taken = append(taken, reflect.TypeFor[cells]().Field(i).Tag.Get("csv"))
	}
	for _, name := range column.Canonical(column.Connections) {
		if !slices.Contains(taken, name) {
			t.Errorf("found the column %s taken by no field", name)
		}
	}
}
