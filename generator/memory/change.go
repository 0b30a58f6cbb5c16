package memory

import (
	"example.org/cutoff/generator/policy"
)

// Kind is what happened to a device between two nights.
type Kind string

// The kinds of change, in the order in which they are tried. A device has at most
// one.
const (
	New           Kind = "new"            // was never there before
	Back          Kind = "back"           // was not there then, but on some earlier night
	Gone          Kind = "gone"           // is in no report now, which does not count as fixed
	Returned      Kind = "returned"       // is affected, was not then, but had been before
	NewlyAffected Kind = "newly-affected" // is affected, was not then
	Unclear       Kind = "unclear"        // was affected, and nobody can tell any more: not fixed
	Fixed         Kind = "fixed"          // was affected, is not any more
	Waived        Kind = "waived"         // still affected, the waiver began
	WaiverEnded   Kind = "waiver-ended"   // still affected, the waiver ended
	Changed       Kind = "changed"        // has another verdict
)

// Kinds gives every kind in the order in which they are tried.
func Kinds() []Kind {
	return []Kind{New, Back, Gone, Returned, NewlyAffected, Unclear, Fixed, Waived, WaiverEnded, Changed}
}

// How is what fixed a device; "" for all other changes.
type How string

// What fixed a device. If several fit, the first one counts.
const (
	ByDeactivation How = "deactivated"
	ByMoving       How = "on-premises"
	ByBoth         How = "upgraded-and-port-changed"
	ByUpgrade      How = "upgraded"
	ByPort         How = "port-changed"
	ByRules        How = "rules" // only the rules or the configuration changed
)

// Change is what happened to one device between two nights.
type Change struct {
	Kind Kind
	How  How
	// GUID is "" for a device that is known by name and user.
	GUID string
	// Then and Now are the device on the two nights; nil where no report had it.
	Then, Now *Facts
	// RulesAlone is set when the verdict changed although nothing that is known
	// about the device did.
	RulesAlone bool
}

// Shown gives the facts to show for the device: tonight's, else the earlier ones.
func (c *Change) Shown() *Facts {
	if c.Now != nil {
		return c.Now
	}
	return c.Then
}

// earlier says what any night before tonight knew about a device.
type earlier struct {
	seen     bool // on any night
	affected bool
}

// kindOf gives the first kind of change that fits; "" for no change. nil means that
// no report had the device on that night.
func kindOf(then, now *Facts, before earlier) Kind {
	switch {
	case then == nil && now == nil:
		return ""
	case then == nil && before.seen:
		return Back
	case then == nil:
		return New
	case now == nil:
		return Gone
	case now.affected() && !then.affected() && before.affected:
		return Returned
	case now.affected() && !then.affected():
		return NewlyAffected
	case then.affected() && (now.Verdict == policy.Check || evidenceAged(then, now)):
		return Unclear
	case then.affected() && !now.affected():
		return Fixed
	case now.affected() && now.waived() && !then.waived():
		return Waived
	case now.affected() && then.waived() && !now.waived():
		return WaiverEnded
	case now.Verdict != then.Verdict:
		return Changed
	}
	return ""
}

// evidenceAged reports whether the evidence only became too old: nobody saw the
// device leave the retired port.
func evidenceAged(then, now *Facts) bool {
	return then.PortStatus == policy.Retired && now.PortStatus == policy.Unverified &&
		(now.Verdict == policy.VerifyPort || now.Verdict == policy.UpgradeRecommended)
}

// howFixed says what fixed a device that was affected then and is not now.
func howFixed(then, now *Facts) How {
	upgraded := then.VersionStatus == policy.TooOld &&
		(passes(now.VersionStatus) && !sameVersions(then, now) || now.Verdict == policy.NotAffected && otherSystem(then, now))
	portChanged := then.PortStatus == policy.Retired && now.PortStatus == policy.Allowed && then.Port != now.Port
	switch {
	case now.Verdict == policy.Inactive && now.Deactivated:
		return ByDeactivation
	case now.DestinationKind == policy.OnPremises && then.Destination != now.Destination:
		return ByMoving
	case upgraded && portChanged:
		return ByBoth
	case upgraded:
		return ByUpgrade
	case portChanged:
		return ByPort
	}
	return ByRules
}

func passes(status policy.VersionStatus) bool {
	return status == policy.Supported || status == policy.Connects || status == policy.Unsupported
}

// changeOf compares one device on two nights; false for no change.
func changeOf(then, now *Facts, before earlier) (Change, bool) {
	c := Change{Kind: kindOf(then, now, before), Then: then, Now: now}
	if c.Kind == Fixed {
		c.How = howFixed(then, now)
	}
	if then != nil && now != nil {
		c.RulesAlone = then.Verdict != now.Verdict && sameGround(then, now)
	}
	return c, c.Kind != ""
}
