package policy

import (
	"fmt"
	"strings"
	"sync"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
)

// phrasebook words what verdicts mean. Devices in the same situation share one
// sentence: it is made once, and kept.
type phrasebook struct {
	policy *Policy
	// aim, tooOld and allowed are parts of sentences that the policy decides;
	// tooOld is "" when every version connects.
	aim, tooOld, allowed, cloud, effective string
	product, app, passes                   string
	possible                               Possible

	mu   sync.RWMutex
	kept map[situation]string
}

// situation is everything that a sentence depends on.
type situation struct {
	why     bool // the reason, not the action
	shared  bool // the action in the words that all versions share
	inForce bool // only reasons have a tense
	Assessment
	version        [3]int // 0.0.0 when it is unknown or the verdict does not name it
	release        string // in place of the version: "Windows 10", when no report says more
	system         int    // index in Policy.Systems, -1 for none
	cloudByChoice  bool   // an unclassified destination that counts as cloud
	supportChecked bool
}

// keptLimit bounds the sentences kept: a fleet with more distinct versions than
// this is not one that people run.
const keptLimit = 10_000

func newPhrasebook(p *Policy, s Settings) *phrasebook {
	layout := s.DateLayout
	if layout == "" {
		layout = "2 January 2006"
	}
	return &phrasebook{
		policy:    p,
		aim:       aim(p, s),
		tooOld:    tooOldInWords(p),
		allowed:   portsInWords(p.Ports.Allowed),
		cloud:     p.Hosts(),
		effective: p.Effective.Format(layout),
		product:   p.TheProduct(),
		app:       p.TheApp(),
		passes:    p.Passes(),
		possible:  p.Possible(s.Supported != nil),
		kept:      map[situation]string{},
	}
}

// Aim names the versions to upgrade to: "5.4 or later".
func (r *Rules) Aim() string { return r.words.aim }

// Action says what to do about a device, in one sentence; "" where nothing is
// to be done. It names the version and the port where both matter. For
// verify-port it is a task of the network team.
func (r *Rules) Action(d *device.Device, a Assessment) string {
	switch a.Verdict {
	case Inactive, NotAffected, Ready:
		return ""
	}
	return r.words.sentence(r.situation(d, a, false, false))
}

// Task is Action without the device's own version: devices that have the same
// thing to do share the sentence, and a list says it once.
func (r *Rules) Task(d *device.Device, a Assessment) string {
	switch a.Verdict {
	case Inactive, NotAffected, Ready:
		return ""
	}
	s := r.situation(d, a, false, false)
	s.shared, s.version, s.release = true, [3]int{}, ""
	return r.words.sentence(s)
}

// OldSystem is the operating system that has to be replaced before the app can
// be upgraded; nil where nothing has to be upgraded, or where the app runs.
func (r *Rules) OldSystem(d *device.Device, a Assessment) *System {
	if a.VersionStatus == UnknownVersion || a.Verdict != Upgrade && a.Verdict != UpgradeAndChangePort {
		return nil
	}
	if i := r.system(d); i >= 0 {
		return &r.policy.Systems[i]
	}
	return nil
}

// Why says in one sentence why a device has its verdict; its tense is right for
// the as-of day.
func (r *Rules) Why(d *device.Device, a Assessment, asOf calendar.Day) string {
	return r.words.sentence(r.situation(d, a, true, r.Phase(asOf) == InForce))
}

func (r *Rules) situation(d *device.Device, a Assessment, why, inForce bool) situation {
	s := situation{
		why: why, inForce: inForce, Assessment: a, system: -1,
		cloudByChoice:  a.DestinationKind == Unclassified && r.settings.UnclassifiedIsCloud,
		supportChecked: r.settings.Supported != nil,
	}
	if d.Version.Known && a.Verdict != Inactive && a.Verdict != NotAffected {
		s.version = [3]int{d.Version.Major, d.Version.Minor, d.Version.Patch}
		if d.Version.IsRelease() {
			s.release = d.Version.Text
		}
	}
	if a.VersionStatus != UnknownVersion && !why {
		s.system = r.system(d)
	}
	return s
}

// system finds the entry of the policy for an operating system on which no
// passing version runs; -1 when there is none.
func (r *Rules) system(d *device.Device) int {
	for i := range r.policy.Systems {
		system := &r.policy.Systems[i]
		if system.isOf(d) && system.Versions.Contains(device.SystemVersion(d.OS, d.OSVersion)) {
			return i
		}
	}
	return -1
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

func (b *phrasebook) sentence(s situation) string {
	b.mu.RLock()
	text, ok := b.kept[s]
	b.mu.RUnlock()
	if ok {
		return text
	}
	if s.why {
		text = b.reason(s)
	} else {
		text = b.action(s)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.kept) < keptLimit {
		b.kept[s] = text
	}
	return text
}

func (s situation) versionText() string {
	if s.release != "" {
		return s.release
	}
	return fmt.Sprintf("%d.%d.%d", s.version[0], s.version[1], s.version[2])
}

// named gives "version 10.0.19045", or the release.
func (s situation) named() string {
	if s.isNamed() {
		return s.release
	}
	return "version " + s.versionText()
}

// isNamed reports whether only a release is known, by its name.
func (s situation) isNamed() bool { return strings.HasPrefix(s.release, "Windows") }

// action words what to do.
func (b *phrasebook) action(s situation) string {
	switch s.Verdict {
	case UpgradeAndChangePort:
		return capital(b.upgrade(s) + ", then " + b.changePort(s, "it") + ".")
	case Upgrade:
		return capital(b.upgrade(s) + ".")
	case ChangePort:
		app := b.product
		if !s.shared {
			app += " (" + s.versionText() + ")"
		}
		text := b.changePort(s, app)
		if s.VersionStatus == Unsupported {
			return capital(text + ", and upgrade it to " + b.aim + " when you can.")
		}
		return capital(text + ".")
	case UpgradeRecommended:
		return capital(b.upgrade(s) + " when you can: it " + b.goesOn() + " if you don't, but without support.")
	case VerifyPort:
		return "Nothing on this computer: the network team makes sure that " + b.allowed + " to " + b.cloud + " is open where it is used."
	case Check:
		return capital(b.check(s))
	}
	return ""
}

// upgrade words the upgrade of a version that is known, with the system first
// where the app cannot run on it.
func (b *phrasebook) upgrade(s situation) string {
	words := "upgrade " + b.product
	if s.isNamed() {
		words = "upgrade this computer" // the release names the product
	}
	if !s.shared {
		words += " from " + s.versionText()
	}
	words += " to " + b.aim
	if s.system < 0 {
		return words
	}
	return b.newSystem(s) + ", then " + words
}

func (b *phrasebook) newSystem(s situation) string {
	system := b.policy.Systems[s.system]
	words := "first give this computer a newer system: it has " + system.Name
	if system.LastApp != "" {
		words += " (" + b.app + "'s last version for it is " + system.LastApp + ")"
	}
	return words
}

func (b *phrasebook) changePort(s situation, what string) string {
	return fmt.Sprintf("allow %s through the firewall on %s instead of %d", what, b.allowed, s.Port)
}

// check words what to look up, and what would follow from each answer.
func (b *phrasebook) check(s situation) string {
	app := b.product
	then := "upgrade it to " + b.aim
	otherwise := "otherwise there is nothing to do"
	switch {
	case s.PortStatus == Retired:
		then += ", then " + b.changePort(s, "it")
		otherwise = "otherwise " + b.changePort(s, "it")
	case s.PortStatus == Unverified:
		otherwise = "otherwise only its port is left to verify"
	}
	switch {
	case b.tooOld == "":
		return fmt.Sprintf("look up the version of %s on this computer: every one %s; %s.", app, b.goesOn(), strings.TrimPrefix(otherwise, "otherwise "))
	case s.VersionStatus != UnknownVersion && b.possible.Destinations: // too old, and the destination is not classified
		upgrade := b.upgrade(s)
		if s.PortStatus == Retired {
			upgrade += ", then " + b.changePort(s, "it")
		}
		return fmt.Sprintf("find out where this computer stores its backups: if in %s, %s; if on a server of your own, there is nothing to do.", b.cloud, upgrade)
	case s.DestinationKind == Unclassified && !s.cloudByChoice && b.possible.Destinations:
		return fmt.Sprintf("find out where this computer stores its backups, and which version of %s it has: if on a server of your own, there is nothing to do; if in %s and the version is %s, %s; %s.",
			app, b.cloud, b.tooOld, then, otherwise)
	}
	return fmt.Sprintf("look up the version of %s on this computer: if it is %s, %s; %s.", app, b.tooOld, then, otherwise)
}

// reason words why the verdict is what it is.
func (b *phrasebook) reason(s situation) string {
	switch s.Verdict {
	case Inactive:
		return "It is deactivated."
	case NotAffected:
		if b.possible.Families {
			return "It runs another system than " + b.policy.Scope.systems() + ", which the notice does not concern."
		}
		return "It stores on premises only, which the notice does not concern."
	case UpgradeAndChangePort:
		return b.cutOff(s) + ", and the device was seen on port " + fmt.Sprint(s.Port) + ", which " + b.closes(s) + "."
	case Upgrade:
		return b.cutOff(s) + "."
	case ChangePort:
		return fmt.Sprintf("It was seen on port %d, which %s.", s.Port, b.closes(s))
	case Check:
		return b.unsure(s)
	case UpgradeRecommended:
		return fmt.Sprintf("%s %s%s, but %s does not support it.", capital(s.named()), b.passes, b.toCloud(), b.policy.Vendor)
	case VerifyPort:
		return fmt.Sprintf("%s %s, but nothing shows which port it uses.", capital(s.named()), b.passes)
	}
	return b.fine(s)
}

func (b *phrasebook) cutOff(s situation) string {
	switch {
	case b.policy.CutOff() && s.inForce:
		return fmt.Sprintf("Version %s has not been able to connect%s since %s", s.versionText(), b.toCloud(), b.effective)
	case b.policy.CutOff():
		return fmt.Sprintf("Version %s cannot connect%s from %s on", s.versionText(), b.toCloud(), b.effective)
	case s.inForce:
		return fmt.Sprintf("Since %s, %s %s", b.effective, s.named(), b.policy.Does(1))
	}
	return fmt.Sprintf("From %s on, %s %s", b.effective, s.named(), b.policy.Will(1))
}

// toCloud says to where a version connects, where that matters.
func (b *phrasebook) toCloud() string {
	if b.possible.Destinations {
		return " to " + b.cloud
	}
	return ""
}

// goesOn says of a version that it will pass.
func (b *phrasebook) goesOn() string {
	if b.policy.CutOff() {
		return "still connects"
	}
	return "passes"
}

func (b *phrasebook) closes(s situation) string {
	if s.inForce {
		return b.cloud + " closed on " + b.effective
	}
	return b.cloud + " closes on " + b.effective
}

func (b *phrasebook) unsure(s situation) string {
	unclassified := s.DestinationKind == Unclassified && !s.cloudByChoice && b.possible.Destinations
	switch {
	case s.VersionStatus != UnknownVersion:
		return b.cutOff(s) + ", but where it stores is not known."
	case unclassified:
		return "Neither its version nor where it stores is known."
	}
	if s.release != "" {
		return "Its version is not known well enough: some of " + s.release + " " + several(b.passes) + ", and some is too old."
	}
	return "Its version is not known."
}

func (b *phrasebook) fine(s situation) string {
	words := capital(s.named()) + " " + b.passes
	switch {
	case s.VersionStatus == Supported:
		words = capital(s.named()) + " is supported"
	case !s.supportChecked && b.possible.Support:
		words += " (support not checked)"
	}
	switch {
	case s.Port != 0:
		return words + fmt.Sprintf(", and the device was seen on port %d.", s.Port)
	case s.ConfirmedPort:
		return words + ", and " + b.allowed + " is confirmed to be open."
	}
	return words + "."
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
