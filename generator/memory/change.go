package memory

import (
	"example.org/cutoff/generator/policy"
)

// Kind is what happened to a device between two nights.
type Kind string

// The kinds of change, in the order in which they are tried: a device has at
// most one.
const (
	New           Kind = "new"            // was never there before
	Back          Kind = "back"           // was not there then, but on some earlier night
	Gone          Kind = "gone"           // is in no report now: not fixed
	Returned      Kind = "returned"       // is affected, was not then, but had been before
	NewlyAffected Kind = "newly-affected" // is affected, was not then
	Unclear       Kind = "unclear"        // was affected, and it cannot be told any more: not fixed
	Fixed         Kind = "fixed"          // was affected, is not
	Waived        Kind = "waived"         // affected as then, the waiver began
	WaiverEnded   Kind = "waiver-ended"   // affected as then, the waiver ended
	Changed       Kind = "changed"        // has another verdict
)

// Kinds gives every kind in the order in which they are tried.
func Kinds() []Kind {
	return []Kind{New, Back, Gone, Returned, NewlyAffected, Unclear, Fixed, Waived, WaiverEnded, Changed}
}

// How is what fixed a device; "" for all other changes.
type How string

// What fixed a device; of several the first counts.
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
	// RulesAlone is set when the verdict is another one although nothing that
	// is known of the device changed.
	RulesAlone bool
}

// Shown gives the facts to name the device by: tonight's, else those of then.
func (c *Change) Shown() *Facts {
	if c.Now != nil {
		return c.Now
	}
	return c.Then
}

// earlier says what was known of a device before the night compared with.
type earlier struct {
	seen     bool // on any night
	affected bool
}

// kindOf gives the first line of the table of changes that fits; "" for no
// change. nil stands for a night on which no report had the device.
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

// evidenceAged: nobody saw the device leave the retired port, there is only no
// evidence of it any more.
func evidenceAged(then, now *Facts) bool {
	return then.PortStatus == policy.Retired && now.PortStatus == policy.Unverified &&
		(now.Verdict == policy.VerifyPort || now.Verdict == policy.UpgradeRecommended)
}

// howFixed says what fixed a device, which was affected then and is not now.
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
