package policy

// facts are what the table of verdicts asks.
type facts struct {
	deactivated bool
	// otherSystem is set when the device's system puts it out of scope. stores is
	// set when the place where a device stores decides.
	otherSystem, stores bool
	kind                DestinationKind
	version             VersionStatus
	port                PortStatus
	unclassifiedIsCloud bool
}

// inScope is "cloud or mixed" if the place where a device stores decides, else it
// is always true. An unclassified device is in scope if the settings say so.
func (f facts) inScope() bool {
	return !f.stores || f.kind == Cloud || f.kind == Mixed || f.kind == Unclassified && f.unclassifiedIsCloud
}

// line is one line of the table of verdicts.
type line struct {
	verdict   Verdict
	condition string
	// anywhere is the condition for a policy under which the place where a device
	// stores does not decide; "" if it is the same.
	anywhere string
	fits     func(facts) bool
}

// verdictOf gives the verdict of the first line that fits.
func verdictOf(f facts) Verdict {
	for i := range table {
		if table[i].fits(f) {
			return table[i].verdict
		}
	}
	panic("unreachable: the last line always fits")
}

// table has the conditions in the order in which they are tried. The first one
// that fits gives the verdict; the last one always fits. [Rules.Assess] and
// [Rules.Explain] both go through it, so they cannot disagree.
var table = [...]line{
	{Inactive, "the status says deactivated", "",
		func(f facts) bool { return f.deactivated }},
	{NotAffected, "all destinations are on premises", "the system is none that the notice is about",
		func(f facts) bool { return f.otherSystem || f.stores && f.kind == OnPremises }},
	{UpgradeAndChangePort, "a destination is in the cloud, the version is too old, and the retired port was seen",
		"the version is too old, and the retired port was seen",
		func(f facts) bool { return f.inScope() && f.version == TooOld && f.port == Retired }},
	{Upgrade, "a destination is in the cloud, and the version is too old", "the version is too old",
		func(f facts) bool { return f.inScope() && f.version == TooOld }},
	{Check, "the version is unknown, or it is too old and the destination unclassified",
		"the version is unknown",
		func(f facts) bool {
			return f.version == UnknownVersion || f.stores && f.kind == Unclassified && f.version == TooOld
		}},
	{ChangePort, "the retired port was seen", "",
		func(f facts) bool { return f.port == Retired }},
	{UpgradeRecommended, "the version is unsupported", "",
		func(f facts) bool { return f.version == Unsupported }},
	{VerifyPort, "no evidence tells the port", "",
		func(f facts) bool { return f.port == Unverified }},
	{Ready, "otherwise", "",
		func(facts) bool { return true }},
}
