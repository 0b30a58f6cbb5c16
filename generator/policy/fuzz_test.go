package policy_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// Whatever a policy file holds, reading it ends in a policy that can be used,
// or in problems that all say where.
func FuzzParse(f *testing.F) {
	for _, name := range policy.BuiltIn() {
		f.Add(string(named(f, name).Text))
	}
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatalf("found %d files (%v), want seeds", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, seed := range []string{"", "a", "- a\n", "a: &b [*b]\n", "\ufeffid: x\n", "{}", "id: [\n", "? a\n", "%YAML 9.9\n---\n", "versions: {connects: '>= 1 || < 1, > 3'}\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := policy.Parse("p.yaml", []byte(text))
		if err != nil {
			var problems problem.List
			if !errors.As(err, &problems) || len(problems) == 0 {
				t.Fatalf("found error %v, want a list of problems", err)
			}
			for _, found := range problems {
				if found.File != "p.yaml" || found.Row < 0 || found.Column < 0 || (found.Row == 0) != (found.Column == 0) || found.Message == "" {
					t.Fatalf("found problem %+v, want a place and words", found)
				}
			}
			return
		}
		policy.Lint(p)
		policy.LintProse(p, "p.md", []byte(text))
		rules := policy.New(p, policy.DefaultSettings())
		for _, version := range []string{"4.7", "5.4", "?"} {
			d := &device.Device{Home: &device.Home{Destinations: in(cloud)}, Software: &device.Software{Version: device.ParseVersion(version)}, Connections: []device.Connection{seen(4282, "", none)}}
			a := rules.Assess(d, p.Effective)
			if a.Verdict == "" || rules.Why(d, a, p.Effective) == "" {
				t.Fatalf("found %+v without a verdict or a reason", a)
			}
			rules.Action(d, a)
		}
	})
}

// A range that reads is one that some version fits.
func FuzzParseRanges(f *testing.F) {
	for _, seed := range []string{">= 5.4", "4.8", "4.8.x || 7", "> 4, <= 5.4.1", "= 1", "<0", "999999999.999999999.999999999", "", ",", "||", ">"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ranges, err := policy.ParseRanges(text)
		if err != nil {
			return
		}
		for _, r := range ranges {
			lowest := device.Version{Known: true}
			if r.From != nil {
				lowest = *r.From
			}
			if !r.Contains(lowest) {
				t.Errorf("found %+v without its own lowest version", r)
			}
		}
	})
}
