package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

func TestExplain(t *testing.T) {
	rules := policy.New(named(t, "code42-port-4282"), policy.DefaultSettings())
	d := &device.Device{
		Home: &device.Home{Destinations: in(cloud)}, Software: &device.Software{Version: device.ParseVersion("4.7.1"), Status: "Active, Blocked"}, Connections: []device.Connection{seen(4282, "2020-01-10T08:00:00Z", office)},
	}
	var got []string
	for _, line := range rules.Explain(d, today) {
		mark := "-"
		switch {
		case line.Decides:
			mark = "*"
		case line.Fits:
			mark = "+"
		}
		got = append(got, fmt.Sprintf("%d %s %s (%s): %s", line.Number, mark, line.Verdict, line.Condition, line.Values))
	}
	want := []string{
		"1 - inactive (the status says deactivated): status Active, Blocked",
		"2 - not-affected (all destinations are on premises): destination cloud",
		"3 * upgrade-and-change-port (a destination is in the cloud, the version is too old, and the retired port was seen): destination cloud, version 4.7.1 too-old, port 4282 retired",
		"4 + upgrade (a destination is in the cloud, and the version is too old): destination cloud, version 4.7.1 too-old",
		"5 - check (the version is unknown, or it is too old and the destination unclassified): destination cloud, version 4.7.1 too-old",
		"6 + change-port (the retired port was seen): port 4282 retired",
		"7 - upgrade-recommended (the version is unsupported): version 4.7.1 too-old",
		"8 - verify-port (no evidence tells the port): port 4282 retired",
		"9 - ready (otherwise): status Active, Blocked, destination cloud, version 4.7.1 too-old, port 4282 retired",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
}

func TestObservations(t *testing.T) {
	rules := policy.New(named(t, "code42-port-4282"), policy.DefaultSettings())
	s := rules.Settings()
	s.OnPremisesDestinations = []string{"900123"}
	rules = policy.New(rules.Policy(), s)
	d := &device.Device{Home: &device.Home{Destinations: in(cloud, onPremises)}, Connections: []device.Connection{
		seen(443, "", office),
		seen(4282, "2020-01-09T00:00:00Z", office),
		seen(443, "2020-01-10T00:00:00Z", office),
		seen(4282, "", branch),
		seen(4282, "2019-01-10T00:00:00Z", branch),
		seen(4282, "2020-01-16T12:00:00Z", branch),
		seen(4242, "2020-01-08T00:00:00Z", none),
		row(4282, "2020-01-07T00:00:00Z", onPremises),
	}}
	var got []string
	for _, o := range rules.Observations(d, today) {
		date := "undated"
		if !o.Time.IsZero() {
			date = o.Time.Format("2006-01-02")
		}
		line := fmt.Sprintf("%s %d %s: %s", date, o.Port, o.Network, o.Weight)
		if o.Decides {
			line += ", decides"
		}
		got = append(got, strings.ReplaceAll(line, "invalid Prefix", "no network"))
	}
	want := []string{
		"2020-01-16 4282 203.0.113.0/24: later than the as-of date",
		"2020-01-10 443 198.51.100.0/24: counts, decides",
		"2020-01-09 4282 198.51.100.0/24: counts",
		"2020-01-08 4242 no network: port is neither retired nor allowed",
		"2020-01-07 4282 no network: row is of an on-premises destination",
		"2019-01-10 4282 203.0.113.0/24: older than the window",
		"undated 4282 203.0.113.0/24: counts, decides",
		"undated 443 198.51.100.0/24: undated, and a dated one exists in its network",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
}

func TestTurns(t *testing.T) {
	s := policy.DefaultSettings()
	s.OnPremisesDestinations = []string{"900123"}
	rules := policy.New(named(t, "code42-port-4282"), s)
	tests := []struct {
		name        string
		version     string
		status      device.Status
		destination device.Destination
		connections []device.Connection
		want        []string
	}{
		{"too old on the retired port", "4.7", "", cloud, []device.Connection{seen(4282, "", none)}, []string{
			"it were deactivated: inactive",
			"it stored on premises only: not-affected",
			"its version were 5.4 or later: change-port",
			"it were seen on port 443 or 4287 alone: upgrade",
		}},
		{"ready", "5.4", "", cloud, []device.Connection{seen(443, "", none)}, []string{
			"it were deactivated: inactive",
			"it stored on premises only: not-affected",
			"its version were older than 5.4 and not 4.8 or 4.9: upgrade",
			"it were seen on port 4282: change-port",
		}},
		{"not affected, new", "5.4", "", onPremises, nil, []string{
			"it were deactivated: inactive",
			"it stored in the Code42 cloud: verify-port",
		}},
		{"unclassified, too old", "4.7", "", unclassified, []device.Connection{seen(443, "", none)}, []string{
			"it were deactivated: inactive",
			"it stored in the Code42 cloud: upgrade",
			"it stored on premises only: not-affected",
			"its version were 5.4 or later: ready",
		}},
		{"deactivated, on the retired port", "6.8", "Deactivated", cloud, []device.Connection{seen(4282, "", none)}, []string{
			"it were active: change-port",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, turn := range rules.Turns(&device.Device{Home: &device.Home{Destinations: in(test.destination)}, Software: &device.Software{Version: device.ParseVersion(test.version), Status: test.status}, Connections: test.connections}, today) {
				got = append(got, turn.If+": "+string(turn.Verdict))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
			}
		})
	}
}

// The settings win over the policy on a destination, and a conflict is reported.
func TestOverruled(t *testing.T) {
	s := policy.DefaultSettings()
	s.OnPremisesDestinations = []string{"Backup Server 1", "crashplan CENTRAL", "43"}
	rules := policy.New(named(t, "code42-port-4282"), s)
	if diff := cmp.Diff([]string{"crashplan CENTRAL", "43"}, rules.Overruled()); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
	for destination, want := range map[device.Destination]policy.DestinationKind{
		{Name: "CrashPlan Central"}:            policy.OnPremises,
		{UID: "42", Name: "CrashPlan Central"}: policy.Cloud,
		{UID: "43"}:                            policy.OnPremises,
	} {
		if got := rules.Classify(destination); got != want {
			t.Errorf("%+v: found %s, want %s", destination, got, want)
		}
	}
}
