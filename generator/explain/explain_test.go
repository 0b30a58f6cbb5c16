package explain

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
)

func TestFind(t *testing.T) {
	devices := []*fleet.Assessed{
		{Device: &device.Device{GUID: "1001", Name: "PC-1", Username: "anna"}},
		{Device: &device.Device{GUID: "1002", Name: "pc-10", Hostname: "STRASSE", Username: "Anna"}},
		{Device: &device.Device{GUID: "1003", Name: "1001", Email: "ben@example.com"}},
		{Device: &device.Device{Name: "pc-own"}},
	}
	for name, test := range map[string]struct {
		name string
		want []string
	}{
		"a GUID goes before a name that is the same": {"1001", []string{"1001"}},
		"whole name goes before a longer one":        {"pc-1", []string{"1001"}},
		"user of two devices":                        {"ANNA", []string{"1001", "1002"}},
		"host name in another case of ß":             {"straße", []string{"1002"}},
		"e-mail address":                             {"Ben@Example.com", []string{"1003"}},
		"start of a name":                            {"pc-", []string{"1001", "1002", ""}},
		"start of a GUID":                            {"100", []string{"1001", "1002", "1003"}},
		"without a GUID":                             {"pc-own", []string{""}},
		"blanks around":                              {" pc-10 ", []string{"1002"}},
		"nothing":                                    {" ", nil},
		"no such name":                               {"pc-2", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, a := range Find(devices, test.name) {
				got = append(got, a.GUID)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNear(t *testing.T) {
	devices := []*fleet.Assessed{
		{Device: &device.Device{GUID: "1001", Name: "PC-ANNA", Username: "anna"}},
		{Device: &device.Device{GUID: "1002", Name: "pc-hanna"}},
		{Device: &device.Device{GUID: "1003", Name: "server"}},
	}
	for name, want := range map[string][]string{
		"pc-ana":    {"PC-ANNA", "pc-hanna"},
		"pc-annna":  {"PC-ANNA", "pc-hanna"},
		"sever":     {"server"},
		"workplace": nil,
		"":          nil,
	} {
		if diff := cmp.Diff(want, Near(devices, name)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", name, diff)
		}
	}
}
