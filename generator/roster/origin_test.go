package roster

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
)

func TestTrace(t *testing.T) {
	people := []device.Person{
		{Username: "anna", Department: " Finance "},
		{Username: "ben", Manager: "Carla"},
	}
	for name, test := range map[string]struct {
		device device.Device
		want   Origin
	}{
		"roster":                       {device.Device{Home: &device.Home{Department: "Sales"}, Username: "ANNA"}, Origin{FromRoster, "Finance", &people[0]}},
		"roster without a department":  {device.Device{Home: &device.Home{Department: "Sales"}, Username: "ben"}, Origin{FromReport, "Sales", &people[1]}},
		"not on the roster, by report": {device.Device{Home: &device.Home{Department: "Sales", Organization: "North"}, Username: "dora"}, Origin{FromReport, "Sales", nil}},
		"organisation":                 {device.Device{Home: &device.Home{Organization: "North"}}, Origin{FromOrganization, "North", nil}},
		"nothing":                      {device.Device{Home: &device.Home{}, Name: "pc-1"}, Origin{From: FromNothing}},
	} {
		t.Run(name, func(t *testing.T) {
			got := Trace(&test.device, []*device.Device{&test.device}, people)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			want := got.Found
			if want == "" {
				want = Unassigned
			}
			if assigned := Assign([]*device.Device{&test.device}, people, nil).Departments[0]; assigned != want {
				t.Errorf("Assign says %q, Trace %q", assigned, want)
			}
		})
	}
}
