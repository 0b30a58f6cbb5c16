package fleet

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
)

// installation is a device of one computer; age is how many days ago it was
// seen, below 0 for never.
type installation struct {
	guid, host, user string
	age              int
	status           device.Status
}

func TestSupersededBy(t *testing.T) {
	for _, c := range []struct {
		name    string
		devices []installation
		want    map[string]string
	}{
		{"seven days later", []installation{{"1", "pc", "ann", 7, ""}, {"2", "pc", "ann", 0, ""}}, map[string]string{"1": "2"}},
		{"six days later", []installation{{"1", "pc", "ann", 6, ""}, {"2", "pc", "ann", 0, ""}}, nil},
		{"another case, and a mark that does not show", []installation{{"1", "PC", "Änn", 9, ""}, {"2", "pc\u200b", "änn", 0, ""}}, map[string]string{"1": "2"}},
		{"another user", []installation{{"1", "pc", "ann", 9, ""}, {"2", "pc", "bob", 0, ""}}, nil},
		{"another host", []installation{{"1", "pc", "ann", 9, ""}, {"2", "pd", "ann", 0, ""}}, nil},
		{"the later one is deactivated", []installation{{"1", "pc", "ann", 9, ""}, {"2", "pc", "ann", 0, "Deactivated"}}, nil},
		{"the earlier one is deactivated", []installation{{"1", "pc", "ann", 9, "Deactivated"}, {"2", "pc", "ann", 0, "Active"}}, map[string]string{"1": "2"}},
		{"the latest of three", []installation{{"1", "pc", "ann", 40, ""}, {"2", "pc", "ann", 20, ""}, {"3", "pc", "ann", 0, ""}}, map[string]string{"1": "3", "2": "3"}},
		{"the greater of two seen at once", []installation{{"1", "pc", "ann", 40, ""}, {"3", "pc", "ann", 0, ""}, {"2", "pc", "ann", 0, ""}}, map[string]string{"1": "3"}},
		{"never seen", []installation{{"1", "pc", "ann", -1, ""}, {"2", "pc", "ann", 0, ""}}, nil},
		{"no host name", []installation{{"1", "", "ann", 9, ""}, {"2", "", "ann", 0, ""}}, nil},
		{"a host name that the console does not know", []installation{{"1", "UNKNOWN", "ann", 9, ""}, {"2", "UNKNOWN", "ann", 0, ""}}, nil},
		{"no user", []installation{{"1", "pc", "", 9, ""}, {"2", "pc", "", 0, ""}}, nil},
		{"no GUID", []installation{{"1", "pc", "ann", 9, ""}, {"", "pc", "ann", 0, ""}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var devices []*Assessed
			for _, i := range c.devices {
				d := &device.Device{GUID: i.guid, Hostname: i.host, Username: i.user, Home: &device.Home{}, Software: &device.Software{Status: i.status}}
				if i.age >= 0 {
					d.LastActivity = device.InstantOf(asOf.Add(-i.age).Start())
				}
				devices = append(devices, &Assessed{Device: d})
			}
			markSuperseded(devices)
			var got map[string]string
			for _, a := range devices {
				if a.SupersededBy != "" {
					if got == nil {
						got = map[string]string{}
					}
					got[a.GUID] = a.SupersededBy
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("superseded by (-want +got):\n%s", diff)
			}
		})
	}
}
