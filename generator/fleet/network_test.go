package fleet

import (
	"maps"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/roster"
)

// observed is a device with what was seen of its port.
type observed struct {
	name, department string
	outside          string // network of its outside address
	connections      []device.Connection
	status           device.Status
	// os, osVersion and version are its system and app; "" is a new app.
	os, osVersion, version string
}

func seen(port int, network string, daysAgo int) device.Connection {
	c := device.Connection{Port: port, Time: asOf.Add(-daysAgo).Start().Add(9 * time.Hour)}
	if network != "" {
		c.Network = netip.MustParsePrefix(network)
	}
	return c
}

func observedFleet(t *testing.T, devices ...observed) (*Fleet, *policy.Rules) {
	t.Helper()
	p, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	rules := policy.New(p, policy.DefaultSettings())
	facts := Facts{AsOf: asOf, StaleDays: 90}
	names := map[string]bool{}
	for _, o := range devices {
		if o.version == "" {
			o.version = "7.0.1"
		}
		d := &device.Device{
			GUID: o.name, Name: o.name, Home: &device.Home{Destinations: []device.Destination{{UID: "42", Name: "CrashPlan Central"}}}, Software: &device.Software{Status: o.status, Version: device.ParseVersion(o.version), OS: o.os, OSVersion: o.osVersion},
			Connections: o.connections,
		}
		if o.outside != "" {
			d.RemoteNetwork = new(netip.MustParsePrefix(o.outside))
		}
		facts.Devices = append(facts.Devices, d)
		facts.Assessments = append(facts.Assessments, new(rules.Assess(d, asOf)))
		facts.Waivers = append(facts.Waivers, nil)
		facts.Assignment.Departments = append(facts.Assignment.Departments, o.department)
		names[o.department] = true
	}
	facts.Assignment = roster.Assignment{Departments: facts.Assignment.Departments, Names: slices.Sorted(maps.Keys(names))}
	f, err := Group(rules, facts)
	if err != nil {
		t.Fatal(err)
	}
	return f, rules
}

// shownNetwork is a network as a test compares it.
type shownNetwork struct {
	Place       string
	Outside     bool
	Devices     []string
	Departments []string
	LastSeen    string
	Allowed     []int
}

func TestNetworks(t *testing.T) {
	for _, c := range []struct {
		name    string
		devices []observed
		want    []shownNetwork
	}{
		{"nothing seen", []observed{{name: "a", department: "X"}}, nil},
		{"most devices first", []observed{
			{name: "a", department: "X", connections: []device.Connection{seen(4282, "10.1.0.0/24", 3)}},
			{name: "b", department: "X", connections: []device.Connection{seen(4282, "10.2.0.0/24", 4)}},
			{name: "c", department: "Y", connections: []device.Connection{seen(4282, "10.2.0.0/24", 2)}},
		}, []shownNetwork{
			{"10.2.0.0/24", false, []string{"b", "c"}, []string{"X", "Y"}, asOf.Add(-2).String(), nil},
			{"10.1.0.0/24", false, []string{"a"}, []string{"X"}, asOf.Add(-3).String(), nil},
		}},
		{"a port that others are let out on", []observed{
			{name: "a", department: "X", connections: []device.Connection{seen(4282, "10.1.0.0/24", 3)}},
			{name: "b", department: "X", connections: []device.Connection{seen(4287, "10.1.0.0/24", 9), seen(443, "10.1.0.0/24", 1)}},
		}, []shownNetwork{{"10.1.0.0/24", false, []string{"a"}, []string{"X"}, asOf.Add(-3).String(), []int{443, 4287}}}},
		{"changed yesterday", []observed{
			{name: "a", department: "X", connections: []device.Connection{seen(4282, "10.1.0.0/24", 3), seen(4287, "10.1.0.0/24", 1)}},
		}, nil},
		{"roaming between two networks", []observed{
			{name: "a", department: "X", connections: []device.Connection{seen(4282, "10.1.0.0/24", 9), seen(4287, "10.2.0.0/24", 1)}},
		}, []shownNetwork{{"10.1.0.0/24", false, []string{"a"}, []string{"X"}, asOf.Add(-9).String(), nil}}},
		{"older than the window", []observed{
			{name: "a", department: "X", connections: []device.Connection{seen(4282, "10.1.0.0/24", 31)}},
		}, nil},
		{"no source: the outside address", []observed{
			{name: "a", department: "X", outside: "203.0.113.0/24", connections: []device.Connection{seen(4282, "", 3)}},
			{name: "b", department: "X", connections: []device.Connection{seen(4282, "", 3)}},
		}, []shownNetwork{
			{"invalid Prefix", false, []string{"b"}, []string{"X"}, asOf.Add(-3).String(), nil},
			{"203.0.113.0/24", true, []string{"a"}, []string{"X"}, asOf.Add(-3).String(), nil},
		}},
		{"undated", []observed{
			{name: "a", department: "X", connections: []device.Connection{{Port: 4282, Network: netip.MustParsePrefix("10.1.0.0/24")}}},
		}, []shownNetwork{{"10.1.0.0/24", false, []string{"a"}, []string{"X"}, "", nil}}},
		{"deactivated", []observed{
			{name: "a", department: "X", status: "Deactivated", connections: []device.Connection{seen(4282, "10.1.0.0/24", 3)}},
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, rules := observedFleet(t, c.devices...)
			var got []shownNetwork
			for _, n := range Networks(f, rules) {
				s := shownNetwork{Place: n.Prefix.String(), Outside: n.Outside, Departments: n.Departments, LastSeen: n.LastSeen.String(), Allowed: n.Allowed}
				for _, a := range n.Devices {
					s.Devices = append(s.Devices, a.Name)
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("networks (-want +got):\n%s", diff)
			}
		})
	}
}
