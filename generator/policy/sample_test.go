package policy_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/policy"
)

// The policies of the sample can be read, lint finds nothing, and their texts name
// only their own versions, dates and ports.
func TestSamplePolicies(t *testing.T) {
	const folder = "../../sample-data/policies"
	var files []string
	for _, pattern := range []string{"/*.yaml", "/*/policy.yaml"} {
		found, err := filepath.Glob(folder + pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: found %d policies (%v), want one or more", pattern, len(found), err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		p := fromFile(t, filepath.ToSlash(file))
		if want := idOf(file); p.ID != want {
			t.Errorf("%s: found id %s, want %s", file, p.ID, want)
		}
		problems := policy.Lint(p)
		for _, name := range []string{"announcement.md", "faq.md"} {
			text := path.Join(path.Dir(filepath.ToSlash(file)), p.Content, name)
			content, err := os.ReadFile(text)
			if err != nil {
				t.Fatal(err)
			}
			problems = append(problems, policy.LintProse(p, text, content)...)
		}
		if len(problems) > 0 {
			t.Errorf("%s:\n%s", file, strings.Join(fixture.Lines(problems), "\n"))
		}
	}
}

// idOf is the file's name, or that of its folder.
func idOf(file string) string {
	if name := strings.TrimSuffix(filepath.Base(file), ".yaml"); name != "policy" {
		return name
	}
	return filepath.Base(filepath.Dir(file))
}

// Another real notice, without ports and without a day of announcement.
func TestLegacyAgent(t *testing.T) {
	rules := policy.New(fromFile(t, "../../sample-data/policies/code42-legacy-agent.yaml"), policy.DefaultSettings())
	tests := []struct {
		day     calendar.Day
		version string
		want    policy.Verdict
		phase   policy.Phase
	}{
		{calendar.New(2020, 1, 15), "7.0.0", policy.Upgrade, policy.Announced},
		{calendar.New(2024, 2, 10), "11.99.99", policy.Upgrade, policy.Approaching},
		{calendar.New(2024, 4, 9), "11.0", policy.Upgrade, policy.Imminent},
		{calendar.New(2024, 4, 10), "15252000061000", policy.Upgrade, policy.InForce}, // 10.0.0
		{calendar.New(2024, 4, 10), "12.0.0", policy.Ready, policy.InForce},
		{calendar.New(2024, 4, 10), "1.10.0", policy.Ready, policy.InForce},
		{calendar.New(2024, 4, 10), "2.0", policy.Upgrade, policy.InForce},
	}
	for _, test := range tests {
		// A port seen long ago under another notice decides nothing.
		d := &device.Device{Home: &device.Home{Destinations: in(cloud)}, Software: &device.Software{Version: device.ParseVersion(test.version)}, Connections: []device.Connection{seen(4282, "", none)}}
		a := rules.Assess(d, test.day)
		if a.Verdict != test.want || a.PortStatus != policy.Allowed || rules.Phase(test.day) != test.phase {
			t.Errorf("%s on %s: found %s, port %s, phase %s, want %s, allowed, %s", test.version, test.day, a.Verdict, a.PortStatus, rules.Phase(test.day), test.want, test.phase)
		}
	}
	d := &device.Device{Home: &device.Home{Destinations: in(cloud)}, Software: &device.Software{Version: device.ParseVersion("11.1")}}
	if got, want := rules.Action(d, rules.Assess(d, calendar.New(2024, 4, 1))), "Upgrade the Code42 agent from 11.1.0 to 12.0 or later."; got != want {
		t.Errorf("action: found %q, want %q", got, want)
	}
}
