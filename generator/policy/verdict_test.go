package policy_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

func TestVerdicts(t *testing.T) {
	var got []policy.Verdict
	for place, want := range []struct {
		verdict          policy.Verdict
		affected, listed bool
	}{
		{policy.UpgradeAndChangePort, true, true},
		{policy.Upgrade, true, true},
		{policy.ChangePort, true, true},
		{policy.Check, false, true},
		{policy.UpgradeRecommended, false, true},
		{policy.VerifyPort, false, false},
		{policy.Ready, false, false},
		{policy.NotAffected, false, false},
		{policy.Inactive, false, false},
	} {
		v := want.verdict
		got = append(got, v)
		if v.Place() != place || v.Affected() != want.affected || v.Listed() != want.listed {
			t.Errorf("%s: found place %d, affected %t, listed %t, want %d, %t, %t", v, v.Place(), v.Affected(), v.Listed(), place, want.affected, want.listed)
		}
	}
	if diff := cmp.Diff(got, policy.Verdicts()); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
	if place := policy.Verdict("").Place(); place != len(got) {
		t.Errorf("no verdict: found place %d, want %d", place, len(got))
	}
}

func TestWhatIsPossible(t *testing.T) {
	unsupported := *fromFile(t, "testdata/harbor-tls.yaml")
	unsupported.Versions.Unsupported = ranges(t, "12")
	for _, test := range []struct {
		name      string
		policy    *policy.Policy
		supported bool // there is a list
		want      policy.Possible
	}{
		{"ports in a cloud, with a page on support", named(t, "code42-port-4282"), false, policy.Possible{Ports: true, Destinations: true, Support: true}},
		{"no word on support", fromFile(t, "testdata/harbor-tls.yaml"), false, policy.Possible{Ports: true, Destinations: true}},
		{"a list of supported versions", fromFile(t, "testdata/harbor-tls.yaml"), true, policy.Possible{Ports: true, Destinations: true, Support: true}},
		{"unsupported versions", &unsupported, false, policy.Possible{Ports: true, Destinations: true, Support: true}},
		{"a system", parsed(t, endOfWindows), false, policy.Possible{Families: true, System: true}},
	} {
		if got := test.policy.Possible(test.supported); got != test.want {
			t.Errorf("%s: found %+v, want %+v", test.name, got, test.want)
		}
	}
}

// A system that is too old is named where something has to be upgraded on it.
func TestOldSystem(t *testing.T) {
	rules := policy.New(named(t, "code42-port-4282"), policy.DefaultSettings())
	for _, test := range []struct {
		version, system string
		connections     []device.Connection
		want            string
	}{
		{"4.3.0", "10.6.8", nil, "Mac OS X 10.6 or older"},
		{"4.3.0", "10.6.8", []device.Connection{seen(4282, "", none)}, "Mac OS X 10.6 or older"},
		{"4.3.0", "10.14", nil, ""},
		{"", "10.6.8", nil, ""},
		{"4.8.2", "10.6.8", nil, ""},
	} {
		d := &device.Device{Home: &device.Home{Destinations: in(cloud)}, Software: &device.Software{Version: device.ParseVersion(test.version), OS: "mac", OSVersion: test.system}, Connections: test.connections}
		got := ""
		if system := rules.OldSystem(d, rules.Assess(d, today)); system != nil {
			got = system.Name
		}
		if got != test.want {
			t.Errorf("%q on %s: found %q, want %q", test.version, test.system, got, test.want)
		}
	}
}

// The explanation says where an unclassified destination counts as cloud.
func TestExplainTakenAsCloud(t *testing.T) {
	for _, test := range []struct {
		destination device.Destination
		isCloud     bool
		want        string
	}{
		{unclassified, true, "destination unclassified (taken as cloud), version 4.7.0 too-old"},
		{unclassified, false, "destination unclassified, version 4.7.0 too-old"},
		{cloud, true, "destination cloud, version 4.7.0 too-old"},
	} {
		s := policy.DefaultSettings()
		s.UnclassifiedIsCloud = test.isCloud
		d := &device.Device{Home: &device.Home{Destinations: in(test.destination)}, Software: &device.Software{Version: device.ParseVersion("4.7")}}
		for _, line := range policy.New(named(t, "code42-port-4282"), s).Explain(d, today) {
			if line.Verdict == policy.Upgrade && !strings.HasPrefix(line.Values, test.want) {
				t.Errorf("%s, cloud %t: found %q, want %q", test.destination, test.isCloud, line.Values, test.want)
			}
		}
	}
}
