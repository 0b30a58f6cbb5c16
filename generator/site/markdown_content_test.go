package site

import (
	"testing"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// factsFor gives the placeholders' values for a policy's own phase and a fleet
// of one of three sizes.
func factsFor(t *testing.T, phase policy.Phase, size string) Facts {
	t.Helper()
	p, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	return newFacts(inputFor(t, p, phase, size))
}

// inputFor gives an input whose fleet has the counts of a size: "none" is
// nothing affected, "one" is a single device that is, "many" has every verdict.
func inputFor(t *testing.T, p *policy.Policy, phase policy.Phase, size string) Input {
	t.Helper()
	days := map[policy.Phase]int{
		policy.Before: 130, policy.Announced: 100, policy.Approaching: 45, policy.Imminent: 1, policy.InForce: -1,
	}
	asOf := p.Effective.Add(-days[phase])
	f := &fleet.Fleet{AsOf: asOf, Phase: phase, Counts: countsFor(t, size)}
	open := &fleet.Department{Name: "Sales", Counts: fleet.Counts{Open: 1}}
	if size != "none" {
		f.Departments = append(f.Departments, open)
		f.Newest = asOf.Add(-1)
	}
	if size == "many" {
		f.Departments = append(f.Departments, open, &fleet.Department{Name: "Board"})
	}
	c := &config.Config{Organization: "Northwind", StaleDays: 90}
	c.Rules.ApproachingDays, c.Rules.ImminentDays, c.Rules.WindowDays = 60, 14, 30
	c.Privacy.FleetFiles = true
	if size == "many" {
		c.Contacts = []config.Contact{{Name: "Service Desk", Email: "desk@example.com", Phone: "+44 20 7946 0000"}}
		c.Rules.Supported = &policy.SupportList{
			Versions: ranges(t, p), Source: "https://example.com/versions",
			Checked: calendar.New(2019, time.October, 1),
		}
	}
	return Input{Fleet: f, Policy: p, Rules: policy.New(p, c.Rules), Config: c}
}

func ranges(t *testing.T, p *policy.Policy) []policy.Range {
	t.Helper()
	return p.Versions.Connects[len(p.Versions.Connects)-1:]
}

func countsFor(t *testing.T, size string) fleet.Counts {
	t.Helper()
	verdicts := map[policy.Verdict]int{}
	for _, v := range policy.Verdicts() {
		verdicts[v] = 0
	}
	counts := fleet.Counts{Verdicts: verdicts}
	switch size {
	case "none":
		counts.Devices, verdicts[policy.Ready], verdicts[policy.NotAffected] = 3, 2, 1
	case "one":
		counts.Devices, verdicts[policy.Upgrade] = 1, 1
		counts.Affected, counts.Open, counts.AffectedRecent = 1, 1, 1
	case "many":
		for i, v := range policy.Verdicts() {
			verdicts[v] = 1000 + i
			counts.Devices += 1000 + i
		}
		counts.Affected = verdicts[policy.UpgradeAndChangePort] + verdicts[policy.Upgrade] + verdicts[policy.ChangePort]
		counts.Waived, counts.AffectedStale = 7, 11
		counts.Open, counts.AffectedRecent = counts.Affected-7, counts.Affected-11
	default:
		t.Fatalf("found size %q, want none, one or many", size)
	}
	return counts
}
