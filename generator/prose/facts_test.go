package prose

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/policy"
)

func TestVersionWords(t *testing.T) {
	for _, tt := range []struct{ name, ranges, want string }{
		{"minor versions one by one", "4.8 || 4.9", "4.8 and 4.9"},
		{"a range of minor versions", ">= 4.8, < 4.10", "4.8 and 4.9"},
		{"a range of many", ">= 4.1, < 4.10", "from 4.1 to before 4.10"},
		{"an open range", ">= 5.4", "5.4 or later"},
		{"an open range from a patch", ">= 5.4.2", "5.4.2 or later"},
		{"exceptions below an open range, in any order", ">= 5.4 || 4.9 || 4.8", "4.8, 4.9 and 5.4 or later"},
		{"across major versions", ">= 4.8, < 5.2", "from 4.8 to before 5.2"},
		{"a major version", ">= 4.0, < 5.0", "4.x"},
		{"one patch", ">= 4.8.2, < 4.8.3", "4.8.2"},
		{"within a minor version", ">= 4.8.2, < 4.9", "from 4.8.2 to before 4.9"},
		{"no lower bound", "< 4.8", "older than 4.8"},
		{"any", ">= 0", "any version"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, inWords(rangesOf(t, tt.ranges)).String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNewFactsOfThePolicy(t *testing.T) {
	facts := factsFor(t, policy.Approaching, "many")
	got := map[string]string{
		"Announced": facts.Announced.String(), "Effective": facts.Effective.String(),
		"AsOf": facts.AsOf.String(), "Newest": facts.Newest.String(),
		"RetiredPorts": facts.RetiredPorts.Named(), "AllowedPorts": facts.AllowedPorts.Named(),
		"AllowedPorts.Or": facts.AllowedPorts.NamedOr(), "PassingVersions": facts.PassingVersions.String(),
		"OldestVersion": facts.OldestVersion, "ExceptedVersions": facts.ExceptedVersions.Or(),
		"UnsupportedVersions": facts.UnsupportedVersions.String(), "SupportedVersions": facts.SupportedVersions.String(),
		"SupportedChecked": facts.SupportedChecked.String(), "ConfirmedOn": facts.ConfirmedOn.String(),
	}
	want := map[string]string{
		"Announced": "3 October 2019", "Effective": "4 February 2020",
		"AsOf": "21 December 2019", "Newest": "20 December 2019",
		"RetiredPorts": "port 4282", "AllowedPorts": "ports 443 and 4287",
		"AllowedPorts.Or": "port 443 or 4287", "PassingVersions": "4.8, 4.9 and 5.4 or later",
		"OldestVersion": "5.4", "ExceptedVersions": "4.8 or 4.9",
		"UnsupportedVersions": "4.8 and 4.9", "SupportedVersions": "7.0 or later",
		"SupportedChecked": "1 October 2019", "ConfirmedOn": "20 November 2019",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if facts.AllowedPorts.Highest() != 4287 || !facts.VersionRule {
		t.Errorf("found highest port %d and version rule %t, want 4287 and true", facts.AllowedPorts.Highest(), facts.VersionRule)
	}
}

func TestNewFactsAddUp(t *testing.T) {
	for _, size := range sizes {
		f := factsFor(t, policy.Announced, size)
		sum := f.UpgradeAndChangePort + f.Upgrade + f.ChangePort + f.Check + f.UpgradeRecommended +
			f.VerifyPort + f.Ready + f.NotAffected + f.Inactive
		if sum != f.Devices {
			t.Errorf("%s: found verdicts of %d devices, want %d", size, sum, f.Devices)
		}
		if f.UpgradeAndChangePort+f.Upgrade+f.ChangePort != f.Affected || f.Open+f.Waived != f.Affected {
			t.Errorf("%s: found affected %d, open %d, waived %d, want sums that agree", size, f.Affected, f.Open, f.Waived)
		}
		if got := f.withoutAffected(); got.Devices != f.Devices ||
			got.Ready+got.NotAffected+got.Inactive != f.Devices {
			t.Errorf("%s: found %+v without affected devices, want the same number of devices", size, got)
		}
	}
}

func TestNewFactsCountDays(t *testing.T) {
	p := shapes(t)["all rules"]
	for _, tt := range []struct {
		name        string
		asOf        calendar.Day
		phase       policy.Phase
		left, since int
	}{
		{"the day before", p.Effective.Add(-1), policy.Imminent, 1, 0},
		{"on the day", p.Effective, policy.InForce, 0, 0},
		{"the day after", p.Effective.Add(1), policy.InForce, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := matterFor(t, p, tt.phase, "one")
			in.Fleet.AsOf = tt.asOf
			f := FactsOf(in)
			if f.DaysLeft != tt.left || f.DaysSince != tt.since || f.InForce != (tt.phase == policy.InForce) {
				t.Errorf("found %d days left, %d since, in force %t", f.DaysLeft, f.DaysSince, f.InForce)
			}
		})
	}
}

func TestNewFactsWithoutSettings(t *testing.T) {
	in := matterFor(t, shapes(t)["only the required"], policy.Announced, "none")
	in.Fleet.Newest = calendar.Day{}
	f := FactsOf(in)
	if f.Newest.Known() || f.Newest.String() != "" || f.NetworkConfirmed || f.Pages.Find != "" ||
		f.RetiredPorts.Named() != "" || f.AllowedPorts.NamedOr() != "" || f.AllowedPorts.Highest() != 0 || f.SupportedVersions != nil {
		t.Errorf("found %+v, want nothing of what is not configured", f)
	}
}

func TestDateFollowsTheLook(t *testing.T) {
	day := newDate(NewWords(config.Look{Dates: "Jan 2, 2006"}), calendar.New(2020, time.February, 4))
	if day.String() != "Feb 4, 2020" {
		t.Errorf("found %q, want Feb 4, 2020", day)
	}
}

// TestEveryPlaceholderIsDocumented makes sure that authors find every
// placeholder in the comments of Facts, and that the program's texts use each
// but the spare ones.
func TestEveryPlaceholderIsDocumented(t *testing.T) {
	file, err := parser.ParseFile(gotoken.NewFileSet(), "facts.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	texts := ""
	for _, name := range contentFiles(t) {
		texts += readContent(t, name)
	}
	// These are for an organisation's own texts.
	spare := map[string]bool{
		"Announcement": true, "FAQ": true, "DeviceList": true, "ApproachingDays": true, "ImminentDays": true,
		"AffectedRecent": true, "AffectedUnseen": true, "NeedUpgrade": true, "NeedPort": true,
		"Departments": true, "WindowDays": true, "WillAll": true, "DoesAll": true, "Dates": true, "OldData": true,
	}
	fields := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || spec.Name.Name != "Facts" && spec.Name.Name != "Pages" {
			return true
		}
		for _, field := range spec.Type.(*ast.StructType).Fields.List {
			doc := field.Doc.Text()
			for _, name := range fieldNames(field) {
				if !ast.IsExported(name) {
					continue
				}
				fields++
				if !regexp.MustCompile(`\b` + name + `\b`).MatchString(doc) {
					t.Errorf("found no %s in the comment above it, want its meaning", name)
				}
				used := regexp.MustCompile(`\.` + name + `\b`).MatchString(texts)
				if used == spare[name] {
					t.Errorf("found %s used in the texts: %t, want the list of spare placeholders to say so", name, used)
				}
			}
		}
		return false
	})
	if fields < 50 {
		t.Errorf("found %d placeholders, want all of them", fields)
	}
}

func fieldNames(field *ast.Field) []string {
	var names []string
	for _, name := range field.Names {
		names = append(names, name.Name)
	}
	return names
}
