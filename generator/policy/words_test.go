package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

func TestWords(t *testing.T) {
	lists := func(text string) func(*policy.Settings) { return supports(t, text) }
	retired, allowed := seen(4282, "", none), seen(4287, "", none)
	before, after := today, calendar.New(2020, 2, 4)
	tests := []struct {
		name        string
		version     string
		system      string // of a Mac
		destination device.Destination
		connection  *device.Connection
		settings    func(*policy.Settings)
		asOf        calendar.Day
		action, why string
	}{
		{"upgrade", "4.7.1", "", cloud, nil, nil, before,
			"Upgrade the Code42 app from 4.7.1 to 5.4 or later.",
			"Version 4.7.1 cannot connect to the Code42 cloud from 4 February 2020 on."},
		{"upgrade, in force", "4.7.1", "", cloud, nil, nil, after,
			"Upgrade the Code42 app from 4.7.1 to 5.4 or later.",
			"Version 4.7.1 has not been able to connect to the Code42 cloud since 4 February 2020."},
		{"upgrade, with a supported list", "4.7.1", "", cloud, nil, lists(">= 7.0"), before,
			"Upgrade the Code42 app from 4.7.1 to 7.0 or later.",
			"Version 4.7.1 cannot connect to the Code42 cloud from 4 February 2020 on."},
		{"upgrade and change port", "4.7.1.9", "", cloud, &retired, nil, before,
			"Upgrade the Code42 app from 4.7.1 to 5.4 or later, then allow it through the firewall on port 443 or 4287 instead of 4282.",
			"Version 4.7.1 cannot connect to the Code42 cloud from 4 February 2020 on, and the device was seen on port 4282, which the Code42 cloud closes on 4 February 2020."},
		{"upgrade and change port, in force", "4.7.1", "", cloud, &retired, nil, after,
			"Upgrade the Code42 app from 4.7.1 to 5.4 or later, then allow it through the firewall on port 443 or 4287 instead of 4282.",
			"Version 4.7.1 has not been able to connect to the Code42 cloud since 4 February 2020, and the device was seen on port 4282, which the Code42 cloud closed on 4 February 2020."},
		{"change port", "6.8.3", "", cloud, &retired, nil, before,
			"Allow the Code42 app (6.8.3) through the firewall on port 443 or 4287 instead of 4282.",
			"It was seen on port 4282, which the Code42 cloud closes on 4 February 2020."},
		{"change port, unsupported", "4.8.4", "", cloud, &retired, nil, before,
			"Allow the Code42 app (4.8.4) through the firewall on port 443 or 4287 instead of 4282, and upgrade it to 5.4 or later when you can.",
			"It was seen on port 4282, which the Code42 cloud closes on 4 February 2020."},
		{"old system", "4.3.0", "10.6.8", cloud, nil, nil, before,
			"First give this computer a newer system: it has Mac OS X 10.6 or older (the app's last version for it is 4.3.x), then upgrade the Code42 app from 4.3.0 to 5.4 or later.",
			"Version 4.3.0 cannot connect to the Code42 cloud from 4 February 2020 on."},
		{"newer system", "4.3.0", "10.7", cloud, nil, nil, before,
			"Upgrade the Code42 app from 4.3.0 to 5.4 or later.",
			"Version 4.3.0 cannot connect to the Code42 cloud from 4 February 2020 on."},
		{"upgrade recommended", "4.9.0", "", cloud, &allowed, lists(">= 7.0"), before,
			"Upgrade the Code42 app from 4.9.0 to 7.0 or later when you can: it still connects if you don't, but without support.",
			"Version 4.9.0 connects to the Code42 cloud, but Code42 does not support it."},
		{"unknown version, allowed port", "", "", cloud, &allowed, nil, before,
			"Look up the version of the Code42 app on this computer: if it is older than 5.4 and not 4.8 or 4.9, upgrade it to 5.4 or later; otherwise there is nothing to do.",
			"Its version is not known."},
		{"unknown version, retired port", "", "", cloud, &retired, nil, before,
			"Look up the version of the Code42 app on this computer: if it is older than 5.4 and not 4.8 or 4.9, upgrade it to 5.4 or later, then allow it through the firewall on port 443 or 4287 instead of 4282; otherwise allow it through the firewall on port 443 or 4287 instead of 4282.",
			"Its version is not known."},
		{"unclassified, too old", "4.7.1", "", unclassified, &allowed, nil, before,
			"Find out where this computer stores its backups: if in the Code42 cloud, upgrade the Code42 app from 4.7.1 to 5.4 or later; if on a server of your own, there is nothing to do.",
			"Version 4.7.1 cannot connect to the Code42 cloud from 4 February 2020 on, but where it stores is not known."},
		{"unclassified, unknown version", "", "", unclassified, nil, nil, before,
			"Find out where this computer stores its backups, and which version of the Code42 app it has: if on a server of your own, there is nothing to do; if in the Code42 cloud and the version is older than 5.4 and not 4.8 or 4.9, upgrade it to 5.4 or later; otherwise only its port is left to verify.",
			"Neither its version nor where it stores is known."},
		{"unclassified as cloud, unknown version", "", "", unclassified, &allowed, unclassifiedIsCloud, before,
			"Look up the version of the Code42 app on this computer: if it is older than 5.4 and not 4.8 or 4.9, upgrade it to 5.4 or later; otherwise there is nothing to do.",
			"Its version is not known."},
		{"verify port", "6.8.3", "", cloud, nil, nil, before,
			"Nothing on this computer: the network team makes sure that port 443 or 4287 to the Code42 cloud is open where it is used.",
			"Version 6.8.3 connects, but nothing shows which port it uses."},
		{"ready", "6.8.3", "", cloud, &allowed, nil, before, "",
			"Version 6.8.3 connects (support not checked), and the device was seen on port 4287."},
		{"ready and supported", "7.0.0", "", cloud, &allowed, lists(">= 7.0"), before, "",
			"Version 7.0.0 is supported, and the device was seen on port 4287."},
		{"ready by confirmation", "7.0.0", "", cloud, nil, confirmed, before, "",
			"Version 7.0.0 connects (support not checked), and port 443 or 4287 is confirmed to be open."},
		{"not affected", "4.0", "", onPremises, nil, nil, before, "",
			"It stores on premises only, which the notice does not concern."},
	}
	p := named(t, "code42-port-4282")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := policy.DefaultSettings()
			s.OnPremisesDestinations = []string{"900123"}
			if test.settings != nil {
				test.settings(&s)
			}
			d := &device.Device{Home: &device.Home{Destinations: in(test.destination)}, Software: &device.Software{Version: device.ParseVersion(test.version), OS: "mac", OSVersion: test.system}}
			if test.connection != nil {
				d.Connections = []device.Connection{*test.connection}
			}
			rules := policy.New(p, s)
			a := rules.Assess(d, test.asOf)
			for range 2 { // the second time from what is kept
				if diff := cmp.Diff(test.action, rules.Action(d, a)); diff != "" {
					t.Errorf("action found (+) is not what was wanted (-):\n%s", diff)
				}
				if diff := cmp.Diff(test.why, rules.Why(d, a, test.asOf)); diff != "" {
					t.Errorf("reason found (+) is not what was wanted (-):\n%s", diff)
				}
			}
		})
	}
}

// Words of a policy without this one's versions, ports and vendor.
func TestWordsOfAnotherPolicy(t *testing.T) {
	rules := policy.New(fromFile(t, "testdata/harbor-tls.yaml"), policy.DefaultSettings())
	asOf := calendar.New(2031, 9, 1)
	tests := []struct{ version, os, system, want string }{
		{"3.1", "win", "10.0.18362", "Upgrade the Harbor Sync client from 3.1.0 to 3.2 or later, but below 13.0, then allow it through the firewall on port 8443 instead of 9000."},
		{"3.1", "WIN", "6.1", "First give this computer a newer system: it has Windows 7 or older, then upgrade the Harbor Sync client from 3.1.0 to 3.2 or later, but below 13.0, then allow it through the firewall on port 8443 instead of 9000."},
		{"?", "win", "10.0", "Look up the version of the Harbor Sync client on this computer: if it is not 2.1.4 and not from 3.2 up to below 13.0, upgrade it to 3.2 or later, but below 13.0, then allow it through the firewall on port 8443 instead of 9000; otherwise allow it through the firewall on port 8443 instead of 9000."},
	}
	for _, test := range tests {
		d := &device.Device{
			Home: &device.Home{Destinations: in(device.Destination{Name: "Harbor North"})}, Software: &device.Software{Version: device.ParseVersion(test.version), OS: test.os, OSVersion: test.system},
			Connections: []device.Connection{seen(9000, "", none)},
		}
		if diff := cmp.Diff(test.want, rules.Action(d, rules.Assess(d, asOf))); diff != "" {
			t.Errorf("%s: found (+) is not what was wanted (-):\n%s", test.version, diff)
		}
	}
}

// The version to aim for, under supported lists of every shape.
func TestAim(t *testing.T) {
	p := named(t, "code42-port-4282")
	tests := []struct{ supported, want string }{
		{"", "5.4 or later"},
		{">= 7.0", "7.0 or later"},
		{"> 6", "7.0 or later"},
		{"6.8 || 7.0 || 7.2", "6.8"},
		{"7.0 || 7.1", "7.0 or 7.1"},
		{">= 6.8.2, < 8", "6.8.2 or later, but below 8.0"},
		{">= 4.0", "5.4 or later"},
		{"4.8 || >= 7", "7.0 or later"},
		{"4.7", "5.4 or later"},
	}
	for _, test := range tests {
		s := policy.DefaultSettings()
		if test.supported != "" {
			supports(t, test.supported)(&s)
		}
		if got := policy.New(p, s).Aim(); got != test.want {
			t.Errorf("%s: found %s, want %s", test.supported, got, test.want)
		}
	}
}

// The versions to aim for, and those that are too old, in ranges of every shape.
func TestWordsOfRanges(t *testing.T) {
	for _, test := range []struct{ connects, unsupported, aim, tooOld string }{
		{">= 5.4", "", "5.4 or later", "older than 5.4"},
		{"< 5", "", "a version below 5.0", "not below 5.0"},
		{"< 4 || 5.1", "", "5.1", "not 5.1 and not below 4.0"},
		{"4.6 || 4.8 || >= 5.4.1", "", "5.4.1 or later", "older than 5.4.1 and not 4.6 or 4.8"},
		{">= 4.6.2, < 4.8 || >= 5", "", "5.0 or later", "older than 5.0 and not from 4.6.2 up to below 4.8"},
		{">= 4.6, < 4.8.1", "", "4.6 or later, but below 4.8.1", "not from 4.6 up to below 4.8.1"},
		{">= 4.1, < 4.4", "", "4.1, 4.2 or 4.3", "not 4.1, 4.2 or 4.3"},
		{">= 4.1, < 4.5", "", "4.1 or later, but below 4.5", "not from 4.1 up to below 4.5"},
		{"4.1.1", "", "4.1.1", "not 4.1.1"},
		{">= 4.1.1, <= 4.1.2", "", "4.1.1 or later, but below 4.1.3", "not from 4.1.1 up to below 4.1.3"},
		{">= 4.1.1, < 4.2.2", "", "4.1.1 or later, but below 4.2.2", "not from 4.1.1 up to below 4.2.2"},
		{"5", "5", "5.0 or later, but below 6.0", "not from 5.0 up to below 6.0"}, // none is left to aim for
		{"4.8 || >= 5.4", ">= 5.4", "4.8", "older than 5.4 and not 4.8"},
	} {
		p := *named(t, "code42-port-4282")
		p.Versions = policy.VersionRule{Connects: ranges(t, test.connects)}
		if test.unsupported != "" {
			p.Versions.Unsupported = ranges(t, test.unsupported)
		}
		rules := policy.New(&p, policy.DefaultSettings())
		d := &device.Device{Home: &device.Home{Destinations: in(cloud)}, Software: &device.Software{}}
		want := fmt.Sprintf("Look up the version of the Code42 app on this computer: if it is %s, upgrade it to %s; otherwise only its port is left to verify.", test.tooOld, test.aim)
		if diff := cmp.Diff(want, rules.Action(d, rules.Assess(d, today))); diff != "" {
			t.Errorf("%s: found (+) is not what was wanted (-):\n%s", test.connects, diff)
		}
	}
}

// A notice about ports alone lets every version connect, however its ranges say
// so. A device without a version still has to be checked.
func TestEveryVersionConnects(t *testing.T) {
	for _, connects := range []string{">= 0", "< 5.5 || >= 5.4", "< 5.4 || >= 5.4", "<= 4 || > 4"} {
		p := *named(t, "code42-port-4282")
		var err error
		if p.Versions.Connects, err = policy.ParseRanges(connects); err != nil {
			t.Fatal(err)
		}
		p.Versions.Unsupported = nil
		rules := policy.New(&p, policy.DefaultSettings())
		if got := rules.Aim(); got != "any version" {
			t.Errorf("%s: found the aim %q, want any version", connects, got)
		}
		for _, test := range []struct {
			seen []device.Connection
			want string
		}{
			{nil, "Look up the version of the Code42 app on this computer: every one still connects; only its port is left to verify."},
			{[]device.Connection{seen(443, "", none)}, "Look up the version of the Code42 app on this computer: every one still connects; there is nothing to do."},
			{[]device.Connection{seen(4282, "", none)}, "Look up the version of the Code42 app on this computer: every one still connects; allow it through the firewall on port 443 or 4287 instead of 4282."},
		} {
			d := &device.Device{Home: &device.Home{Destinations: in(cloud)}, Software: &device.Software{}, Connections: test.seen}
			if diff := cmp.Diff(test.want, rules.Action(d, rules.Assess(d, today))); diff != "" {
				t.Errorf("%s: found (+) is not what was wanted (-):\n%s", connects, diff)
			}
		}
	}
}

// More situations than are kept still get their sentences.
func TestWordsBeyondWhatIsKept(t *testing.T) {
	rules := policy.New(named(t, "code42-port-4282"), policy.DefaultSettings())
	for patch := range 12_000 {
		d := &device.Device{Home: &device.Home{Destinations: in(cloud)}, Software: &device.Software{Version: device.ParseVersion(fmt.Sprintf("4.7.%d", patch))}}
		if got := rules.Action(d, rules.Assess(d, today)); !strings.Contains(got, fmt.Sprintf(" 4.7.%d to ", patch)) {
			t.Fatalf("found %q for 4.7.%d", got, patch)
		}
	}
}
