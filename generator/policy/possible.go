package policy

import "slices"

// Possible says what a policy makes possible. Every output asks it which verdicts,
// columns, pages, questions, files and sentences to leave out.
type Possible struct {
	// Ports: the policy retires one. Ports are observed, verified and opened.
	Ports bool
	// Destinations: where a device stores decides.
	Destinations bool
	// Families: the kind of system decides.
	Families bool
	// Support: a version can pass and still have no support.
	Support bool
	// System: the version is the operating system's, not an app's.
	System bool
}

// Possible says what the policy makes possible with its settings.
func (r *Rules) Possible() Possible { return r.policy.Possible(r.settings.Supported != nil) }

// Possible says what the policy makes possible; supported says whether the settings
// have a list of supported versions.
func (p *Policy) Possible(supported bool) Possible {
	return Possible{
		Ports:        len(p.Ports.Retired) > 0,
		Destinations: p.Scope.Destinations,
		Families:     len(p.Scope.Families) > 0,
		Support:      supported || len(p.Versions.Unsupported) > 0 || p.Links.VersionPolicy != "",
		System:       p.Subject == SystemVersion,
	}
}

// Verdict reports whether a device can have a verdict.
func (x Possible) Verdict(v Verdict) bool {
	switch v {
	case UpgradeAndChangePort, ChangePort, VerifyPort:
		return x.Ports
	case UpgradeRecommended:
		return x.Support
	case NotAffected:
		return x.Destinations || x.Families
	}
	return true
}

// Verdicts gives the verdicts that a device can have, worst first.
func (x Possible) Verdicts() []Verdict {
	return slices.DeleteFunc(Verdicts(), func(v Verdict) bool { return !x.Verdict(v) })
}
