package policy

import "slices"

// Verdict is what the rules say of a device on the as-of date.
type Verdict string

// The verdicts, in the order in which their conditions are tried.
const (
	Inactive             Verdict = "inactive"
	NotAffected          Verdict = "not-affected"
	UpgradeAndChangePort Verdict = "upgrade-and-change-port"
	Upgrade              Verdict = "upgrade"
	Check                Verdict = "check"
	ChangePort           Verdict = "change-port"
	UpgradeRecommended   Verdict = "upgrade-recommended"
	VerifyPort           Verdict = "verify-port"
	Ready                Verdict = "ready"
)

// worstFirst has the verdicts in the order in which pages show them.
var worstFirst = [...]Verdict{
	UpgradeAndChangePort, Upgrade, ChangePort, Check, UpgradeRecommended,
	VerifyPort, Ready, NotAffected, Inactive,
}

// Verdicts gives every verdict, worst first, which is the order in which pages
// show them. Those that pages list come first (see [Verdict.Listed]).
func Verdicts() []Verdict { return slices.Clone(worstFirst[:]) }

// Place is the verdict's place in [Verdicts], from 0. A text that is not a verdict
// comes after all of them.
func (v Verdict) Place() int {
	if place := slices.Index(worstFirst[:], v); place >= 0 {
		return place
	}
	return len(worstFirst)
}

// Affected reports whether a device with this verdict will be, or is, cut off.
func (v Verdict) Affected() bool {
	return v == UpgradeAndChangePort || v == Upgrade || v == ChangePort
}

// Listed reports whether pages list the devices with this verdict one by one.
// Devices with other verdicts are only counted.
func (v Verdict) Listed() bool {
	return v.Affected() || v == Check || v == UpgradeRecommended
}

// VersionStatus is the first axis: what the device's version means.
type VersionStatus string

// What a version means under a policy.
const (
	TooOld         VersionStatus = "too-old"     // cannot connect from the effective date on
	Unsupported    VersionStatus = "unsupported" // connects, without the vendor's support
	Connects       VersionStatus = "connects"    // connects; support was not checked
	Supported      VersionStatus = "supported"   // connects, and on the supported list
	UnknownVersion VersionStatus = "unknown"
)

// PortStatus is the second axis: what was seen of the device's ports.
type PortStatus string

// What the evidence says of a device's ports.
const (
	Retired    PortStatus = "retired"    // some network still uses the retired port
	Allowed    PortStatus = "allowed"    // seen on an allowed port, nowhere on a retired one
	Unverified PortStatus = "unverified" // no evidence that counts
)

// DestinationKind is the third axis: where the device stores.
type DestinationKind string

// Where a device stores, all its destinations taken together.
const (
	Cloud        DestinationKind = "cloud"
	Mixed        DestinationKind = "mixed" // cloud and on-premises
	OnPremises   DestinationKind = "on-premises"
	Unclassified DestinationKind = "unclassified"
)

// Phase says how near the effective date is.
type Phase string

// The phases, from the first to the last.
const (
	Before      Phase = "before" // the announcement is still to come
	Announced   Phase = "announced"
	Approaching Phase = "approaching" // 60 days or fewer, unless set otherwise
	Imminent    Phase = "imminent"    // 14 days or fewer, unless set otherwise
	InForce     Phase = "in-force"    // the effective date or later
)
