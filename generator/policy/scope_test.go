package policy_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

func parsed(t testing.TB, text string) *policy.Policy {
	t.Helper()
	p, err := policy.Parse("a.yaml", []byte(head+text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const endOfWindows = `subject: os_version
scope: {os: [windows]}
consequence: {title: out of support, before: will get no more updates, after: gets no more updates}
versions: {connects: ">= 10.0.22000", target: Windows 11}
`

// Boundary builds, other families, releases without a build.
func TestAssessSystem(t *testing.T) {
	rules := policy.New(parsed(t, endOfWindows), policy.DefaultSettings())
	for _, c := range []struct {
		os, version string
		status      device.Status
		want        policy.Verdict
		is          policy.VersionStatus
	}{
		{"Windows", "10.0.21999", "", policy.Upgrade, policy.TooOld},
		{"Windows", "10.0.22000", "", policy.Ready, policy.Connects},
		{"Windows", "10.0.19045.3803", "", policy.Upgrade, policy.TooOld},
		{"win", "6.1", "", policy.Upgrade, policy.TooOld},
		{"Windows 10 Pro", "", "", policy.Upgrade, policy.TooOld},
		{"Windows 11 Pro", "", "", policy.Ready, policy.Connects},
		{"Windows", "10.0", "", policy.Check, policy.UnknownVersion},
		{"Windows", "", "", policy.Check, policy.UnknownVersion},
		{"", "", "", policy.Check, policy.UnknownVersion},
		{"", "10.0.19045", "", policy.Upgrade, policy.TooOld}, // without a system: in scope
		{"macOS", "10.0.1", "", policy.NotAffected, policy.UnknownVersion},
		{"Mac OS X", "10.6.8", "", policy.NotAffected, policy.UnknownVersion},
		{"Linux", "5.4.0", "", policy.NotAffected, policy.UnknownVersion},
		{"iOS", "17.1", "", policy.NotAffected, policy.UnknownVersion},
		{"macOS", "14.2", "Deactivated", policy.Inactive, policy.UnknownVersion},
	} {
		d := &device.Device{
			Home: &device.Home{Destinations: in(unclassified)}, Software: &device.Software{OS: c.os, OSVersion: c.version, Version: device.SystemVersion(c.os, c.version), Status: c.status},
			Connections: []device.Connection{seen(4282, "", none)},
		}
		a := rules.Assess(d, today)
		want := policy.Assessment{
			Verdict: c.want, VersionStatus: c.is, PortStatus: policy.Allowed, DestinationKind: policy.Unclassified,
			Subject: policy.SystemVersion, SystemFamily: d.Family(),
		}
		if a != want {
			t.Errorf("%q %q: found %+v, want %+v", c.os, c.version, a, want)
		}
	}
	// Half of Windows 10 passes: which half a device is of, the name does not say.
	half := policy.New(parsed(t, "subject: os_version\nversions: {connects: '>= 10.0.19045'}\n"), policy.DefaultSettings())
	d := &device.Device{Home: &device.Home{}, Software: &device.Software{OS: "Windows 10", Version: device.SystemVersion("Windows 10", "")}}
	if got := half.Assess(d, today).Verdict; got != policy.Check {
		t.Errorf("Windows 10 without a build: found %s, want check", got)
	}
}

// A policy without destinations does not ask where a device stores. Ports decide
// as usual.
func TestAssessAnywhere(t *testing.T) {
	rules := policy.New(parsed(t, "versions: {connects: '>= 5.4'}\nports: {retired: [4282], allowed: [443]}\n"), policy.DefaultSettings())
	for _, c := range []struct {
		version string
		place   device.Destination
		port    int
		want    policy.Verdict
	}{
		{"5.3.99", onPremises, 4282, policy.UpgradeAndChangePort},
		{"5.3.99", blank, 0, policy.Upgrade},
		{"5.4", unclassified, 4282, policy.ChangePort},
		{"5.4", cloud, 443, policy.Ready},
		{"5.4", cloud, 0, policy.VerifyPort},
		{"", cloud, 4282, policy.Check},
	} {
		d := &device.Device{Home: &device.Home{Destinations: in(c.place)}, Software: &device.Software{Version: device.ParseVersion(c.version), OS: "mac"}}
		if c.port != 0 {
			d.Connections = []device.Connection{seen(c.port, "", none)}
		}
		if got := rules.Assess(d, today); got.Verdict != c.want || got.SystemFamily != "" {
			t.Errorf("%q at %s on port %d: found %s for the system %q, want %s for any", c.version, c.place, c.port, got.Verdict, got.SystemFamily, c.want)
		}
	}
	mac := policy.New(parsed(t, "scope: {os: [mac, linux]}\nversions: {connects: '>= 5.4'}\n"), policy.DefaultSettings())
	for os, want := range map[string]policy.Verdict{"mac": policy.Upgrade, "linux": policy.Upgrade, "win64": policy.NotAffected, "": policy.Upgrade} {
		if got := mac.Assess(&device.Device{Home: &device.Home{}, Software: &device.Software{Version: device.ParseVersion("5.0"), OS: os}}, today).Verdict; got != want {
			t.Errorf("%q: found %s, want %s", os, got, want)
		}
	}
}

func TestScopeFaults(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"scope: {os: [windows, beos]}\n", `a.yaml:8:23: scope.os[1]: found "beos", want one of windows, mac, linux`},
		{"scope: everywhere\n", `a.yaml:8:8: scope: found "everywhere", want destinations, all, or the key os with families of systems: {os: [windows]}`},
		{"scope: {family: windows}\n", `a.yaml:8:8: scope.os: found no key "os", want a list of windows, mac or linux`},
		{"scope: {os: []}\n", `a.yaml:8:13: scope.os: found nothing in it, want a list of windows, mac or linux`},
		{"subject: version\n", `a.yaml:8:10: subject: found "version", want app_version or os_version`},
		{"consequence: out of support\n", `a.yaml:8:14: consequence: found "out of support", want keys with values`},
		{"ports: {retired: [1]}\n", `a.yaml:8:18: ports.retired: found retired ports and no allowed one, want the ports that go on in ports.allowed`},
		{"consequence: {titel: x}\n", `a.yaml:8:15: consequence: found unknown key "titel" (did you mean "title"?), want one of title, before, after`},
	} {
		_, err := policy.Parse("a.yaml", []byte(head+c.text+"versions: {connects: '>= 5'}\n"))
		var problems problem.List
		if !errors.As(err, &problems) {
			t.Errorf("%s: found error %v, want problems", c.text, err)
			continue
		}
		if found := fixture.Lines(problems); found[0] != c.want {
			t.Errorf("found %q, want %q", found, c.want)
		}
	}
}

// The words of an operating system, before its day, on it and after it.
func TestSystemWords(t *testing.T) {
	p := parsed(t, endOfWindows)
	p.Product, p.Vendor = "Windows", "Microsoft"
	rules := policy.New(p, policy.DefaultSettings())
	dayBefore, day := p.Effective.Add(-1), p.Effective
	for _, c := range []struct {
		os, version string
		asOf        calendar.Day
		action, why string
	}{
		{"Windows", "10.0.19045.3803", dayBefore, "Upgrade Windows from 10.0.19045 to Windows 11.", "From 1 February 2020 on, version 10.0.19045 will get no more updates."},
		{"Windows", "10.0.19045.3803", day, "Upgrade Windows from 10.0.19045 to Windows 11.", "Since 1 February 2020, version 10.0.19045 gets no more updates."},
		{"Windows 10 Pro", "", day.Add(1), "Upgrade this computer from Windows 10 to Windows 11.", "Since 1 February 2020, Windows 10 gets no more updates."},
		{"Windows", "", day, "Look up the version of Windows on this computer: if it is older than 10.0.22000, upgrade it to Windows 11; otherwise there is nothing to do.", "Its version is not known."},
		{"macOS", "14.1", day, "", "It runs another system than Windows, which the notice does not concern."},
		{"Windows", "10.0.22631", day, "", "Version 10.0.22631 passes."},
	} {
		d := &device.Device{Home: &device.Home{}, Software: &device.Software{OS: c.os, OSVersion: c.version, Version: device.SystemVersion(c.os, c.version)}}
		a := rules.Assess(d, c.asOf)
		if diff := cmp.Diff([]string{c.action, c.why}, []string{rules.Action(d, a), rules.Why(d, a, c.asOf)}); diff != "" {
			t.Errorf("%s %s on %s: found (+) is not what was wanted (-):\n%s", c.os, c.version, c.asOf, diff)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ product, the, short string }{
		{"Code42 app", "the Code42 app", "the app"}, {"Harbor Sync client", "the Harbor Sync client", "the client"},
		{"Windows", "Windows", "Windows"}, {"Mozilla Firefox", "Mozilla Firefox", "Mozilla Firefox"}, {"TLS", "TLS", "TLS"},
		{"the Acme Suite", "the Acme Suite", "the Acme Suite"}, {"Java runtime", "the Java runtime", "the runtime"},
	} {
		p := &policy.Policy{Product: c.product}
		if p.TheProduct() != c.the || p.TheApp() != c.short {
			t.Errorf("%s: found %q and %q, want %q and %q", c.product, p.TheProduct(), p.TheApp(), c.the, c.short)
		}
	}
	p := &policy.Policy{Consequence: policy.Consequence{Title: "Out of support", Before: "Is to get none", After: "passes on none"}}
	for _, c := range []struct{ got, want string }{
		{p.Fate(), "out of support"}, {p.Will(1), "is to get none"}, {p.Will(2), "are to get none"}, {p.Does(2), "pass on none"},
		{(&policy.Policy{}).Does(2), "cannot connect"}, {(&policy.Policy{Consequence: policy.Consequence{After: "IT has none"}}).Does(1), "IT has none"},
	} {
		if c.got != c.want {
			t.Errorf("found %q, want %q", c.got, c.want)
		}
	}
}

// What a policy makes impossible decides nothing, and is left out.
func TestPossible(t *testing.T) {
	for _, c := range []struct {
		name string
		of   policy.Possible
		want []policy.Verdict
	}{
		{"the built-in notice", named(t, "code42-port-4282").Possible(false), policy.Verdicts()},
		{"a version for all", parsed(t, "versions: {connects: '>= 5'}\n").Possible(false),
			[]policy.Verdict{policy.Upgrade, policy.Check, policy.Ready, policy.Inactive}},
		{"a system", parsed(t, endOfWindows).Possible(true),
			[]policy.Verdict{policy.Upgrade, policy.Check, policy.UpgradeRecommended, policy.Ready, policy.NotAffected, policy.Inactive}},
		{"a port for all", parsed(t, "versions: {connects: '>= 5'}\nports: {retired: [1], allowed: [2]}\n").Possible(false),
			[]policy.Verdict{policy.UpgradeAndChangePort, policy.Upgrade, policy.ChangePort, policy.Check, policy.VerifyPort, policy.Ready, policy.Inactive}},
	} {
		if diff := cmp.Diff(c.want, c.of.Verdicts()); diff != "" {
			t.Errorf("%s: found (+) is not what was wanted (-):\n%s", c.name, diff)
		}
	}
}

// An explanation leaves out the lines that no device can fit, and the facts that
// decide nothing.
func TestExplainSystem(t *testing.T) {
	rules := policy.New(parsed(t, endOfWindows), policy.DefaultSettings())
	d := &device.Device{Home: &device.Home{Destinations: in(cloud)}, Software: &device.Software{OS: "Windows", Version: device.ParseVersion("10.0.19045")}}
	var got []string
	for _, line := range rules.Explain(d, today) {
		got = append(got, string(line.Verdict)+": "+line.Condition+": "+line.Values)
	}
	for _, turn := range rules.Turns(d, today) {
		got = append(got, "if "+turn.If+": "+string(turn.Verdict))
	}
	want := []string{
		"inactive: the status says deactivated: no status",
		"not-affected: the system is none that the notice is about: system Windows",
		"upgrade: the version is too old: version 10.0.19045 too-old",
		"check: the version is unknown: version 10.0.19045 too-old",
		"ready: otherwise: no status, system Windows, version 10.0.19045 too-old",
		"if it were deactivated: inactive",
		"if it ran another system than Windows: not-affected",
		"if its version were Windows 11: ready",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
}
