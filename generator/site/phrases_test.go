package site

import (
	"net/netip"
	"testing"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// only gives every device of a fleet the same version and port.
func only(version string, port int) func(int, *device.Device) {
	return func(_ int, d *device.Device) {
		d.Version = device.ParseVersion(version)
		d.Status = "Active"
		d.Destinations = []device.Destination{{UID: "42", Name: "CrashPlan Central"}}
		d.Connections = []device.Connection{{Port: port, Time: d.LastSeen()}}
	}
}

func TestFirstSentences(t *testing.T) {
	before, onTheDay := calendar.New(2019, time.September, 20), calendar.New(2020, time.February, 4)
	dayBefore, dayAfter := onTheDay.Add(-1), onTheDay.Add(1)
	for _, c := range []struct {
		name                    string
		fleet                   made
		lead, open, days, daysN string
	}{
		{"before the announcement", made{devices: 3, asOf: before, change: only("4.7.1", 443)},
			"All 3 devices need action before 4 February 2020.",
			"of 3 devices at Northwind Traders will be cut off on 4 February 2020 unless somebody acts", "days left until 4 February 2020", "137"},
		{"the day before", made{devices: 1, asOf: dayBefore, change: only("4.7.1", 443)},
			"Its only device needs action before 4 February 2020.",
			"of 1 device at Northwind Traders will be cut off on 4 February 2020 unless somebody acts", "day left until 4 February 2020", "1"},
		{"on the day", made{devices: 3, asOf: onTheDay, change: only("4.7.1", 443)},
			"All 3 devices are cut off from today, 4 February 2020.",
			"of 3 devices at Northwind Traders are cut off", "days left: the cutoff is today, 4 February 2020", "0"},
		{"the day after", made{devices: 3, asOf: dayAfter, change: only("7.0.1", 4282)},
			"All 3 devices have been cut off since 4 February 2020.",
			"of 3 devices at Northwind Traders are cut off", "day since the cutoff on 4 February 2020", "1"},
		{"nothing to do", made{devices: 3, change: only("7.0.1", 443)},
			"None of its 3 devices is known to need action before 4 February 2020.",
			"of 3 devices at Northwind Traders will be cut off on 4 February 2020, as far as is known", "days left until 4 February 2020", "50"},
		{"nothing to do afterwards", made{devices: 3, asOf: afterwards, change: only("7.0.1", 443)},
			"None of its 3 devices is known to have been cut off on 4 February 2020.",
			"of 3 devices at Northwind Traders are cut off, as far as is known", "days since the cutoff on 4 February 2020", "28"},
		{"only something to check", made{devices: 3, change: only("garbled", 443)},
			"None of its 3 devices is known to need action before 4 February 2020; 3 still to be checked.",
			"of 3 devices at Northwind Traders will be cut off on 4 February 2020, as far as is known", "days left until 4 February 2020", "50"},
		{"one device, nothing to do", made{devices: 1, change: only("7.0.1", 443)},
			"Its only device is not known to need action before 4 February 2020.",
			"of 1 device at Northwind Traders will be cut off on 4 February 2020, as far as is known", "days left until 4 February 2020", "50"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := New(c.fleet.input(t))
			if err != nil {
				t.Fatal(err)
			}
			if got := s.departmentLead(s.in.Fleet.Departments[0]); got != c.lead {
				t.Errorf("the department says %q, want %q", got, c.lead)
			}
			if got := s.fleetFigure().Text; got != c.open {
				t.Errorf("the fleet's figure says %q, want %q", got, c.open)
			}
			if got := s.daysFigure(); got.Text != c.days || got.Number != c.daysN {
				t.Errorf("the days say %q %q, want %q %q", got.Number, got.Text, c.daysN, c.days)
			}
		})
	}
	s, err := New(emptyInput(t))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.departmentLead(&fleet.Department{}), "The reports name no device of this department."; got != want {
		t.Errorf("an empty department says %q, want %q", got, want)
	}
}

func TestFiguresCountWhatIsCutOffFirst(t *testing.T) {
	s, err := New(made{devices: 3}.input(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		counts       fleet.Counts
		number, more string
	}{
		{fleet.Counts{Devices: 9, Affected: 3, Open: 3}, "3", ""},
		{fleet.Counts{Devices: 9, Affected: 3, Open: 2, Waived: 1}, "3", "2 still to fix, 1 waived (cut off too)"},
		{fleet.Counts{Devices: 9, Affected: 3, Waived: 3}, "3", "0 still to fix, 3 waived (cut off too)"},
		{fleet.Counts{Devices: 9}, "0", ""},
		{fleet.Counts{Devices: 9, Verdicts: map[policy.Verdict]int{policy.Check: 4}}, "0", "4 still to be checked"},
	} {
		if got := s.departmentFigure(&fleet.Department{Counts: c.counts}); got.Number != c.number || got.More != c.more {
			t.Errorf("%+v: found %q %q, want %q %q", c.counts, got.Number, got.More, c.number, c.more)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		n, of int
		want  string
	}{
		{0, 0, "0%"}, {0, 10, "0%"}, {1, 1000, "<1%"}, {1, 100, "1%"}, {1, 8, "13%"}, {1, 2, "50%"},
		{999, 1000, ">99%"}, {99, 100, "99%"}, {10, 10, "100%"},
	} {
		if got := percent(c.n, c.of); got != c.want {
			t.Errorf("percent(%d, %d) = %s, want %s", c.n, c.of, got, c.want)
		}
	}
}

func TestWaivedDevicesAreCutOffToo(t *testing.T) {
	s, err := New(made{devices: 3, asOf: afterwards, change: only("4.7.1", 443)}.input(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		counts fleet.Counts
		want   string
	}{
		{fleet.Counts{Devices: 13, Affected: 10, Open: 9, Waived: 1}, "10 of 13 devices have been cut off since 4 February 2020; 1 of them is waived."},
		{fleet.Counts{Devices: 2, Affected: 2, Waived: 2}, "Both devices have been cut off since 4 February 2020, and they are waived."},
		{fleet.Counts{Devices: 1, Affected: 1, Waived: 1}, "Its only device has been cut off since 4 February 2020, and is waived."},
		{fleet.Counts{Devices: 1, Affected: 1, Open: 1}, "Its only device has been cut off since 4 February 2020."},
	} {
		if got := s.departmentLead(&fleet.Department{Counts: c.counts}); got != c.want {
			t.Errorf("%+v: %q, want %q", c.counts, got, c.want)
		}
	}
}

func TestShortestWayIsASentence(t *testing.T) {
	s, err := New(made{devices: 3}.input(t))
	if err != nil {
		t.Fatal(err)
	}
	network := &fleet.Network{Departments: []string{"Sales", "Legal"}, Prefix: netip.MustParsePrefix("192.0.2.0/24")}
	rule, upgrade := fleet.Step{Network: network, Devices: 4, Fixed: 4}, fleet.Step{Family: "Windows", Devices: 3, Fixed: 7}
	for _, c := range []struct {
		way  fleet.Way
		want string
	}{
		{fleet.Way{}, ""},
		{fleet.Way{Open: 1, Steps: []fleet.Step{{Family: "Mac", Devices: 1, Fixed: 1}}}, "1 upgrade fixes the one device still to fix."},
		{fleet.Way{Open: 7, Steps: []fleet.Step{rule, upgrade}}, "1 firewall rule and 1 upgrade fix all 7 devices still to fix."},
		{fleet.Way{Open: 9, Steps: []fleet.Step{rule, rule, {System: "Mac OS X 10.6", Fixed: 8}}}, "2 firewall rules and 1 new operating system fix 8 of the 9 devices still to fix."},
	} {
		if got := s.shortest(c.way, "network.html", "#systems", false).Sentence; got != c.want {
			t.Errorf("found %q, want %q", got, c.want)
		}
	}
	for own, want := range map[bool]string{
		false: "Allow the app through the firewall on 443 or 4287 in a network of Sales and Legal.",
		true:  "Allow the app through the firewall on 443 or 4287 in a network.",
	} {
		if got := s.stepText(rule, own); got != want {
			t.Errorf("found %q, want %q", got, want)
		}
	}
}
