package generator

import (
	"fmt"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// The other computer's rows are judged by what they say, with the same evidence.
func TestShared(t *testing.T) {
	notice, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	rules := policy.New(notice, policy.DefaultSettings())
	asOf := calendar.New(2020, 1, 31)
	cloud := []device.Destination{{UID: "42"}}
	software := device.Software{Version: device.ParseVersion("7.0"), Status: "Active"}
	d := &device.Device{
		GUID: "101", Home: &device.Home{Destinations: cloud}, Rare: &device.Rare{Other: &device.Claim{Source: device.Source{File: "b.csv", Row: 7}, Version: device.ParseVersion("7.0"), Destinations: cloud,
			Next: &device.Claim{Source: device.Source{File: "b.csv", Row: 9}, Version: device.ParseVersion("5.3.1"), Destinations: cloud}}}, Software: new(software), Source: device.Source{File: "a.csv", Row: 3},
	}
	devices := []*device.Device{{GUID: "100", Home: &device.Home{}, Software: &device.Software{}}, d}
	assessments := rules.AssessAll(devices, asOf)
	defer func() {
		if *d.Software != software {
			t.Errorf("what devices share became %+v, want it as it was", *d.Software)
		}
	}()
	got := shared(rules, devices, assessments, asOf)
	const want = "a.csv:3: found the GUID on another computer with another user too (b.csv:%d), both seen lately, want a GUID for each: they count as one device with the verdict verify-port, the other row alone would give %s"
	if len(got) != 2 || got[0].Kind != problem.SharedGUID || got[0].String() != fmt.Sprintf(want, 7, "verify-port") || got[1].String() != fmt.Sprintf(want, 9, "upgrade") {
		t.Errorf("found %v, want two like %s", got, want)
	}
}
