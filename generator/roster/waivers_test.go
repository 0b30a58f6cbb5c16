package roster

import (
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/problem"
)

func TestWaive(t *testing.T) {
	asOf := calendar.New(2020, 1, 15)
	devices := []*device.Device{
		{GUID: "1", Name: "lab-1"},
		{GUID: "2", Name: "twin"},
		{GUID: "3", Name: "Twin"},
		{GUID: "4", Name: "fine"},
		{GUID: "5", Name: "mac", Hostname: "mac.local"},
		{GUID: "6F9619FF-8B86", Name: "hex"},
	}
	affected := func(i int) bool { return devices[i].Name != "fine" }
	for name, test := range map[string]struct {
		device   string
		expires  calendar.Day
		standing Standing
		kind     problem.Kind
		holder   int // index of the device that holds it, -1 for none
	}{
		"by GUID":                       {"1", asOf.Add(100), Holds, "", 0},
		"by a GUID with letters":        {"6F9619FF-8B86", asOf.Add(100), Holds, "", 5},
		"by name, ignoring case":        {"LAB-1", asOf.Add(100), Holds, "", 0},
		"by host name":                  {"mac.LOCAL", asOf.Add(100), Holds, "", 4},
		"on its last day":               {"1", asOf, Expires, "", 0},
		"thirty days left":              {"1", asOf.Add(30), Expires, "", 0},
		"thirty-one days left":          {"1", asOf.Add(31), Holds, "", 0},
		"the day after":                 {"1", asOf.Add(-1), Expired, problem.ExpiredWaiver, -1},
		"366 days away":                 {"1", asOf.Add(366), Holds, "", 0},
		"367 days away":                 {"1", asOf.Add(367), Refused, problem.RefusedWaiver, -1},
		"without expiry":                {"1", calendar.Day{}, Refused, problem.RefusedWaiver, -1},
		"a name that two devices have":  {"twin", asOf.Add(100), Ambiguous, problem.AmbiguousWaiver, -1},
		"no such device":                {"nobody", asOf.Add(100), Unused, problem.UnusedWaiver, -1},
		"no name at all":                {"", asOf.Add(100), Unused, problem.UnusedWaiver, -1},
		"a device that is not affected": {"4", asOf.Add(100), Unused, problem.UnusedWaiver, 3},
	} {
		t.Run(name, func(t *testing.T) {
			waivers := []device.Waiver{{Device: test.device, Expires: test.expires, Reason: "r", Owner: "o", Approver: "a", Source: device.Source{File: "waivers.csv", Row: 2}}}
			held, exemptions, problems := Waive(waivers, devices, affected, asOf)
			if got := exemptions[0].Standing; got != test.standing {
				t.Errorf("standing = %q, want %q", got, test.standing)
			}
			for i, waiver := range held {
				if got, want := waiver != nil, i == test.holder; got != want {
					t.Errorf("device %d holds a waiver: %v, want %v", i, got, want)
				}
			}
			var kind problem.Kind
			if len(problems) > 0 {
				kind = problems[0].Kind
			}
			if kind != test.kind {
				t.Errorf("problem = %q, want %q", kind, test.kind)
			}
		})
	}
}

func TestWaiveSeveralForOneDevice(t *testing.T) {
	asOf := calendar.New(2020, 1, 15)
	waivers := []device.Waiver{
		{Device: "1", Expires: asOf.Add(60)},
		{Device: "lab-1", Expires: asOf.Add(90)},
		{Device: "1", Expires: asOf.Add(70)},
	}
	held, _, _ := Waive(waivers, []*device.Device{{GUID: "1", Name: "lab-1"}}, func(int) bool { return true }, asOf)
	if held[0] == nil || held[0].Expires != asOf.Add(90) {
		t.Errorf("held = %+v, want the one that expires last", held[0])
	}
}

func TestWaiveIncomplete(t *testing.T) {
	asOf := calendar.New(2020, 1, 15)
	waivers := []device.Waiver{{Device: "1", Expires: asOf.Add(90), Owner: "lab", Source: device.Source{File: "waivers.csv", Row: 2}}}
	held, _, problems := Waive(waivers, []*device.Device{{GUID: "1"}}, func(int) bool { return true }, asOf)
	if held[0] == nil {
		t.Error("the waiver does not hold, want it to: it has its end")
	}
	if len(problems) != 1 || problems[0].Kind != problem.IncompleteWaiver || problems[0].Message != "found no reason and no approver, want reason, owner and approver" {
		t.Errorf("problems = %v", problems)
	}
}
