package roster

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
)

func TestAssignDepartment(t *testing.T) {
	people := []device.Person{
		{Username: "anna", Email: "anna@example.com", Department: "Finance"},
		{Email: "BEN@example.com", Department: "Sales"},
		{Username: "carl", Department: ""},
	}
	for name, test := range map[string]struct {
		device device.Device
		want   string
	}{
		"by user name, ignoring case":             {device.Device{Home: &device.Home{}, Username: "ANNA"}, "Finance"},
		"by e-mail":                               {device.Device{Home: &device.Home{}, Username: "b.smith", Email: "ben@example.com"}, "Sales"},
		"user name that is the roster's e-mail":   {device.Device{Home: &device.Home{}, Username: "ben@EXAMPLE.com"}, "Sales"},
		"roster before the report":                {device.Device{Home: &device.Home{Department: "Marketing", Organization: "HQ"}, Username: "anna"}, "Finance"},
		"listed without a department":             {device.Device{Home: &device.Home{Department: "Marketing"}, Username: "carl"}, "Marketing"},
		"not listed: the report's column":         {device.Device{Home: &device.Home{Department: " Marketing ", Organization: "HQ"}, Username: "dora"}, "Marketing"},
		"no department: the organisation":         {device.Device{Home: &device.Home{Organization: "HQ"}, Username: "dora"}, "HQ"},
		"nothing known":                           {device.Device{Home: &device.Home{}}, Unassigned},
		"empty user name matches no empty column": {device.Device{Home: &device.Home{}, Username: "", Email: ""}, Unassigned},
	} {
		t.Run(name, func(t *testing.T) {
			got := Assign([]*device.Device{&test.device}, people, nil)
			if got.Departments[0] != test.want {
				t.Errorf("department = %q, want %q", got.Departments[0], test.want)
			}
		})
	}
}

func TestAssignSpellings(t *testing.T) {
	for name, test := range map[string]struct {
		spellings []string // one device each
		roster    []string // one person without a device each
		aliases   map[string]string
		want      []string
	}{
		"most frequent spelling":          {spellings: []string{"FINANCE", "Finance", " Finance"}, want: []string{"Finance"}},
		"tie: first in byte order":        {spellings: []string{"finance", "Finance"}, want: []string{"Finance"}},
		"white space inside":              {spellings: []string{"Human  Resources", "Human Resources", "Human Resources", "Human\u00a0resources"}, want: []string{"Human Resources"}},
		"decomposed letters":              {spellings: []string{"Bu\u0308ro", "B\u00fcro", "B\u00fcro"}, want: []string{"B\u00fcro"}},
		"punctuation parts":               {spellings: []string{"R&D", "R D"}, want: []string{"R D", "R&D"}},
		"alias table decides":             {spellings: []string{"r&d", "RnD", "RnD"}, aliases: map[string]string{"R&D": "Research", "RND": "Research"}, want: []string{"Research"}},
		"alias name in another case":      {spellings: []string{"research", "research"}, aliases: map[string]string{"R&D": "Research"}, want: []string{"Research"}},
		"department only in the roster":   {spellings: []string{"Sales"}, roster: []string{"Legal"}, want: []string{"Legal", "Sales"}},
		"roster does not outvote devices": {spellings: []string{"sales"}, roster: []string{"SALES", "SALES"}, want: []string{"sales"}},
	} {
		t.Run(name, func(t *testing.T) {
			var devices []*device.Device
			for _, spelling := range test.spellings {
				devices = append(devices, &device.Device{Home: &device.Home{Department: spelling}})
			}
			var people []device.Person
			for _, spelling := range test.roster {
				people = append(people, device.Person{Username: "x" + spelling, Department: spelling})
			}
			got := Assign(devices, people, test.aliases)
			if diff := cmp.Diff(test.want, got.Names); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
			for i, name := range got.Departments {
				if len(test.want) == 1 && name != test.want[0] {
					t.Errorf("device %d is in %q, want %q", i, name, test.want[0])
				}
			}
		})
	}
}

func TestAssignUnlisted(t *testing.T) {
	devices := []*device.Device{{Username: "zoe"}, {Username: "Bob"}, {Username: "bob"}, {Username: "anna"}, {}}
	for _, d := range devices {
		d.Home = &device.Home{}
	}
	got := Assign(devices, []device.Person{{Username: "Anna", Department: "HQ"}}, nil).Unlisted
	want := []UserCount{{"Bob", 2}, {"", 1}, {"zoe", 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unlisted (-want +got):\n%s", diff)
	}
	if got := Assign(devices, nil, nil).Unlisted; got != nil {
		t.Errorf("without a roster, unlisted = %v, want nil", got)
	}
}
