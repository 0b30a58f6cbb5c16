package fleet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
)

// stepWords gives a way on one line: each step with the devices that need it and
// those that are fixed by then.
func stepWords(w Way) string {
	var words []string
	for _, step := range w.Steps {
		name := step.Family + step.System
		if step.Network != nil {
			name = step.Network.Prefix.String()
		}
		words = append(words, fmt.Sprintf("%s %d %d", name, step.Devices, step.Fixed))
	}
	return strings.Join(words, ", ") + fmt.Sprintf(" of %d", w.Open)
}

func TestShortestWay(t *testing.T) {
	const office, branch, home = "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"
	on := func(network string) []device.Connection { return []device.Connection{seen(4282, network, 1)} }
	old := func(name, os, version string, connections ...device.Connection) observed {
		return observed{name: name, department: "A", connections: connections, os: os, osVersion: version, version: "4.7.1"}
	}
	onPort := func(name, network string) observed {
		return observed{name: name, department: "B", connections: on(network)}
	}
	for _, c := range []struct {
		name    string
		devices []observed
		want    string
	}{
		{"nothing to do", []observed{{name: "1", department: "A"}}, " of 0"},
		{"most first", []observed{onPort("1", office), onPort("2", branch), onPort("3", branch)}, "198.51.100.0/24 2 2, 192.0.2.0/24 1 3 of 3"},
		{"a device needs both", []observed{old("1", "win", "10.0", on(office)...), old("2", "win", "10.0"), onPort("3", office)},
			"192.0.2.0/24 2 1, Windows 2 3 of 3"},
		{"every device needs both", []observed{old("1", "win", "10.0", on(office)...)}, "192.0.2.0/24 1 0, Windows 1 1 of 1"},
		{"a device in two networks", []observed{{name: "1", department: "A", connections: append(on(office), on(branch)...)}, onPort("2", office)},
			"192.0.2.0/24 2 1, 198.51.100.0/24 1 2 of 2"},
		{"systems apart", []observed{old("1", "win", "10.0"), old("2", "win64", "10.0"), old("3", "mac", "10.14"), old("4", "", "")},
			"Windows 2 2, Mac 1 3,  1 4 of 4"},
		{"an old system", []observed{old("1", "mac", "10.6.8"), old("2", "mac", "10.14")}, "MacMac OS X 10.6 or older 1 1, Mac 1 2 of 2"},
		{"waived and deactivated ones", []observed{{name: "1", department: "A", connections: on(office), status: "Deactivated"}, onPort("2", home)},
			"203.0.113.0/24 1 1 of 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, rules := observedFleet(t, c.devices...)
			w := NewWays(f, Networks(f, rules))
			if diff := cmp.Diff(c.want, stepWords(w.Shortest(f.Devices))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A way has five steps at most, and none at its end that fixes nothing.
func TestShortestWayIsShort(t *testing.T) {
	var devices []observed
	for i := range 9 {
		devices = append(devices, observed{name: fmt.Sprint(i), department: "A", connections: []device.Connection{seen(4282, fmt.Sprintf("192.0.%d.0/24", i), 1)}})
	}
	f, rules := observedFleet(t, devices...)
	way := NewWays(f, Networks(f, rules)).Shortest(f.Devices)
	if len(way.Steps) != mostSteps || way.Steps[mostSteps-1].Fixed != mostSteps || way.Open != 9 {
		t.Errorf("found %s", stepWords(way))
	}
	apart := []observed{{name: "0", department: "A", connections: []device.Connection{seen(4282, "192.0.2.0/24", 1)}}}
	both := observed{name: "1", department: "A"}
	for i := range 6 {
		both.connections = append(both.connections, seen(4282, fmt.Sprintf("198.51.%d.0/24", i), 1))
	}
	f, rules = observedFleet(t, append(apart, both)...)
	way = NewWays(f, Networks(f, rules)).Shortest(f.Devices)
	if got, want := stepWords(way), "192.0.2.0/24 1 1 of 2"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

// A department's way counts only the department's own devices.
func TestShortestWayOfADepartment(t *testing.T) {
	f, rules := observedFleet(t,
		observed{name: "1", department: "A", connections: []device.Connection{seen(4282, "192.0.2.0/24", 1)}},
		observed{name: "2", department: "B", connections: []device.Connection{seen(4282, "192.0.2.0/24", 1)}},
	)
	w := NewWays(f, Networks(f, rules))
	for _, d := range f.Departments {
		if got, want := stepWords(w.Shortest(d.Devices)), "192.0.2.0/24 1 1 of 1"; got != want {
			t.Errorf("%s: found %s, want %s", d.Name, got, want)
		}
	}
}
