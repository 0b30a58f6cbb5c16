package site

import (
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/spelling"
)

// verdictMeaning says in one short sentence what a verdict means.
func (s *Site) verdictMeaning(v policy.Verdict) string {
	p, possible := s.in.Policy, s.in.Fleet.Possible
	retired := "a retired port"
	if len(p.Ports.Retired) > 0 {
		retired = "port " + prose.Ports(p.Ports.Retired).Or()
	}
	switch v {
	case policy.UpgradeAndChangePort:
		return "Too old, and last seen on " + retired + "."
	case policy.Upgrade:
		if !p.CutOff() {
			return "Too old, and so " + prose.Visible(p.Fate()) + s.fromTheDate()
		}
		if s.in.Fleet.Phase == policy.InForce {
			return "Too old to connect."
		}
		return "Too old to connect from the cutoff on."
	case policy.ChangePort:
		return "New enough, but last seen on " + retired + "."
	case policy.Check:
		return "Its version" + s.orDestination("its") + " is unclear, so nobody can call it safe."
	case policy.UpgradeRecommended:
		return spelling.Capitalised(p.Passes()) + ", but without the vendor's support."
	case policy.VerifyPort:
		return "New enough; we have no evidence of its port."
	case policy.Ready:
		return "Nothing to do."
	case policy.NotAffected:
		if possible.Families {
			return "Runs another system."
		}
		return "Stores on-premises only."
	case policy.Inactive:
		if !p.CutOff() {
			return "Deactivated, so not counted."
		}
		return "Deactivated, so it need not connect."
	}
	return ""
}

// fromTheDate ends a sentence that says what affected devices are, or will be.
func (s *Site) fromTheDate() string {
	if s.in.Fleet.Phase == policy.InForce {
		return "."
	}
	return " from the date on."
}

// theDate names the effective date: "the cutoff" when devices are cut off,
// otherwise "the date".
func theDate(p *policy.Policy) string {
	if p.CutOff() {
		return "the cutoff"
	}
	return "the date"
}

// orDestination follows "its version" or "their version"; "" when it does not
// matter where a device stores.
func (s *Site) orDestination(whose string) string {
	if s.in.Fleet.Possible.Destinations {
		return " or " + whose + " destination"
	}
	return ""
}

// theProduct and theApp name the product inside a sentence (see
// [policy.Policy.TheProduct]).
func (s *Site) theProduct() string { return prose.Visible(s.in.Policy.TheProduct()) }

func (s *Site) theApp() string { return prose.Visible(s.in.Policy.TheApp()) }

// fate, will and does say what happens to affected devices (see
// [policy.Policy.Fate]).
func (s *Site) fate() string { return prose.Visible(s.in.Policy.Fate()) }

func (s *Site) will(devices int) string { return prose.Visible(s.in.Policy.Will(devices)) }

func (s *Site) does(devices int) string { return prose.Visible(s.in.Policy.Does(devices)) }
