package policy

import (
	"fmt"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/spelling"
)

// situation is everything that a sentence depends on.
type situation struct {
	why     bool // the reason, not the action
	shared  bool // the action in the words that all versions share
	inForce bool // only reasons have a tense
	Assessment
	// version is zero when it is unknown or the sentence does not name it. It has
	// a text only if no report says more than a release: "Windows 10".
	version device.Version
	system  *System // nil for none
}

// keptLimit bounds the memory for kept sentences. Later ones are made anew each
// time; no real fleet has so many distinct versions.
const keptLimit = 10_000

// Aim names the versions to upgrade to: "5.4 or later".
func (r *Rules) Aim() string { return r.aim }

// Action says in one sentence what to do about a device; "" if there is nothing to
// do. It names the version and the port where they matter. For verify-port it is
// a task for the network team.
func (r *Rules) Action(d *device.Device, a Assessment) string { return r.action(d, a, false) }

// Task is Action without the device's own version. Devices with the same thing to
// do share the sentence, so a list says it once.
func (r *Rules) Task(d *device.Device, a Assessment) string { return r.action(d, a, true) }

func (r *Rules) action(d *device.Device, a Assessment, shared bool) string {
	switch a.Verdict {
	case Inactive, NotAffected, Ready:
		return ""
	}
	s := r.situation(d, a, false, false)
	if s.shared = shared; shared {
		s.version = device.Version{}
	}
	return r.sentence(s)
}

// OldSystem is the operating system that has to be replaced before the app can be
// upgraded; nil if nothing has to be upgraded, or if the system is new enough.
func (r *Rules) OldSystem(d *device.Device, a Assessment) *System {
	if a.Verdict != Upgrade && a.Verdict != UpgradeAndChangePort {
		return nil
	}
	return r.system(d)
}

// Why says in one sentence why a device has its verdict; its tense is right for
// the as-of day.
func (r *Rules) Why(d *device.Device, a Assessment, asOf calendar.Day) string {
	return r.sentence(r.situation(d, a, true, r.Phase(asOf) == InForce))
}

func (r *Rules) situation(d *device.Device, a Assessment, why, inForce bool) situation {
	s := situation{why: why, inForce: inForce, Assessment: a}
	if d.Version.Known && a.Verdict != Inactive && a.Verdict != NotAffected {
		s.version = d.Version
		if !d.Version.IsRelease() {
			s.version.Text = ""
		}
	}
	if a.VersionStatus != UnknownVersion && !why {
		s.system = r.system(d)
	}
	return s
}

// system finds the entry of the policy for an operating system on which no
// passing version runs; nil when there is none.
func (r *Rules) system(d *device.Device) *System {
	for i := range r.policy.Systems {
		system := &r.policy.Systems[i]
		if system.isOf(d) && system.Versions.Contains(device.SystemVersion(d.OS, d.OSVersion)) {
			return system
		}
	}
	return nil
}

// isOf reports whether a device has the system, whatever its version: "win" is
// "Windows".
func (s *System) isOf(d *device.Device) bool {
	if strings.EqualFold(s.OS, d.OS) {
		return true
	}
	family := device.FamilyOf(s.OS)
	return family != "" && family == d.Family()
}

func (r *Rules) sentence(s situation) string {
	r.mu.RLock()
	text, ok := r.kept[s]
	r.mu.RUnlock()
	if ok {
		return text
	}
	words := r.todo
	if s.why {
		words = r.reason
	}
	text = spelling.Capitalised(words(s))
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.kept) < keptLimit {
		r.kept[s] = text
	}
	return text
}

// named gives "version 10.0.19045", or the release.
func (s situation) named() string {
	if s.isNamed() {
		return s.version.Text
	}
	return "version " + s.version.String()
}

// isNamed reports whether only a release is known, by its name.
func (s situation) isNamed() bool { return strings.HasPrefix(s.version.Text, "Windows") }

// todo words what to do.
func (r *Rules) todo(s situation) string {
	switch s.Verdict {
	case UpgradeAndChangePort:
		return r.upgrade(s) + ", then " + r.changePort(s, "it") + "."
	case Upgrade:
		return r.upgrade(s) + "."
	case ChangePort:
		app := r.policy.TheProduct()
		if !s.shared {
			app += " (" + s.version.String() + ")"
		}
		text := r.changePort(s, app)
		if s.VersionStatus == Unsupported {
			return text + ", and upgrade it to " + r.aim + " when you can."
		}
		return text + "."
	case UpgradeRecommended:
		return r.upgrade(s) + " when you can: it " + r.goesOn() + " if you don't, but without support."
	case VerifyPort:
		return "Nothing on this computer: the network team makes sure that " + r.allowed + " to " + r.policy.Hosts() + " is open where it is used."
	}
	return r.check(s)
}

// upgrade words the upgrade from a known version. If no passing version runs on
// the device's system, the system comes first.
func (r *Rules) upgrade(s situation) string {
	words := "upgrade " + r.policy.TheProduct()
	if s.isNamed() {
		words = "upgrade this computer" // the release names the product
	}
	if !s.shared {
		words += " from " + s.version.String()
	}
	words += " to " + r.aim
	if s.system == nil {
		return words
	}
	first := "first give this computer a newer system: it has " + s.system.Name
	if s.system.LastApp != "" {
		first += " (" + r.policy.TheApp() + "'s last version for it is " + s.system.LastApp + ")"
	}
	return first + ", then " + words
}

func (r *Rules) changePort(s situation, what string) string {
	return fmt.Sprintf("allow %s through the firewall on %s instead of %d", what, r.allowed, s.Port)
}

// unplaced reports whether somebody has to find out where the device stores.
func (r *Rules) unplaced(s situation) bool {
	return r.policy.Scope.Destinations && s.DestinationKind == Unclassified && !r.settings.UnclassifiedIsCloud
}

// check words what to look up, and what would follow from each answer.
func (r *Rules) check(s situation) string {
	app, andPort, rest := r.policy.TheProduct(), "", "there is nothing to do"
	switch s.PortStatus {
	case Retired:
		rest = r.changePort(s, "it")
		andPort = ", then " + rest
	case Unverified:
		rest = "only its port is left to verify"
	}
	then := "upgrade it to " + r.aim + andPort
	switch {
	case r.tooOld == "":
		return fmt.Sprintf("look up the version of %s on this computer: every one %s; %s.", app, r.goesOn(), rest)
	case s.VersionStatus != UnknownVersion && r.policy.Scope.Destinations: // too old, and the destination is not classified
		return fmt.Sprintf("find out where this computer stores its backups: if in %s, %s; if on a server of your own, there is nothing to do.", r.policy.Hosts(), r.upgrade(s)+andPort)
	case r.unplaced(s):
		return fmt.Sprintf("find out where this computer stores its backups, and which version of %s it has: if on a server of your own, there is nothing to do; if in %s and the version is %s, %s; otherwise %s.",
			app, r.policy.Hosts(), r.tooOld, then, rest)
	}
	return fmt.Sprintf("look up the version of %s on this computer: if it is %s, %s; otherwise %s.", app, r.tooOld, then, rest)
}

// reason words why the verdict is what it is.
func (r *Rules) reason(s situation) string {
	switch s.Verdict {
	case Inactive:
		return "It is deactivated."
	case NotAffected:
		if len(r.policy.Scope.Families) > 0 {
			return "It runs another system than " + r.policy.Scope.systems() + ", which the notice does not concern."
		}
		return "It stores on premises only, which the notice does not concern."
	case UpgradeAndChangePort:
		return r.cutOff(s) + ", and the device was seen on port " + fmt.Sprint(s.Port) + ", which " + r.closes(s) + "."
	case Upgrade:
		return r.cutOff(s) + "."
	case ChangePort:
		return fmt.Sprintf("It was seen on port %d, which %s.", s.Port, r.closes(s))
	case Check:
		return r.unsure(s)
	case UpgradeRecommended:
		return fmt.Sprintf("%s %s%s, but %s does not support it.", s.named(), r.policy.Passes(), r.toCloud(), r.policy.Vendor)
	case VerifyPort:
		return fmt.Sprintf("%s %s, but nothing shows which port it uses.", s.named(), r.policy.Passes())
	}
	return r.fine(s)
}

func (r *Rules) cutOff(s situation) string {
	switch {
	case r.policy.CutOff() && s.inForce:
		return fmt.Sprintf("Version %s has not been able to connect%s since %s", s.version.String(), r.toCloud(), r.effective)
	case r.policy.CutOff():
		return fmt.Sprintf("Version %s cannot connect%s from %s on", s.version.String(), r.toCloud(), r.effective)
	case s.inForce:
		return fmt.Sprintf("Since %s, %s %s", r.effective, s.named(), r.policy.Does(1))
	}
	return fmt.Sprintf("From %s on, %s %s", r.effective, s.named(), r.policy.Will(1))
}

// toCloud says where a version connects to; "" if destinations do not decide.
func (r *Rules) toCloud() string {
	if r.policy.Scope.Destinations {
		return " to " + r.policy.Hosts()
	}
	return ""
}

// goesOn says of a version that it will pass.
func (r *Rules) goesOn() string {
	if r.policy.CutOff() {
		return "still connects"
	}
	return "passes"
}

func (r *Rules) closes(s situation) string {
	if s.inForce {
		return r.policy.Hosts() + " closed on " + r.effective
	}
	return r.policy.Hosts() + " closes on " + r.effective
}

func (r *Rules) unsure(s situation) string {
	switch {
	case s.VersionStatus != UnknownVersion:
		return r.cutOff(s) + ", but where it stores is not known."
	case r.unplaced(s):
		return "Neither its version nor where it stores is known."
	}
	if s.version.Text != "" {
		return "Its version is not known well enough: some of " + s.version.Text + " " + several(r.policy.Passes()) + ", and some is too old."
	}
	return "Its version is not known."
}

func (r *Rules) fine(s situation) string {
	words := s.named() + " " + r.policy.Passes()
	switch {
	case s.VersionStatus == Supported:
		words = s.named() + " is supported"
	case r.settings.Supported == nil && r.Possible().Support:
		words += " (support not checked)"
	}
	switch {
	case s.Port != 0:
		return words + fmt.Sprintf(", and the device was seen on port %d.", s.Port)
	case s.ConfirmedPort:
		return words + ", and " + r.allowed + " is confirmed to be open."
	}
	return words + "."
}
