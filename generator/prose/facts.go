package prose

import (
	"cmp"
	"fmt"
	"slices"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// Facts are the placeholders that announcement.md and faq.md may use, so that
// a text and the rules cannot disagree. Everything is ready to be written
// into a sentence; what a report or the configuration says is escaped when it
// is filled in, so that it stays plain text.
type Facts struct {
	// Organization is the organisation's name; "" when none is configured.
	Organization string
	// Vendor, Product and Notice name the vendor ("Code42"), its app in a
	// sentence ("Code42 app") and the notice's subject.
	Vendor, Product, Notice string
	// TheProduct and TheApp name it with its article where it has one: "the Code42
	// app" and "the app", "Windows" and "Windows". Aim names the versions to
	// upgrade to: "5.4 or later", "Windows 11".
	TheProduct, TheApp, Aim string
	// Whose follows "devices" and says which the notice is about: "that store in
	// the Code42 cloud", "with Windows"; "" for all.
	Whose string
	// Fate is what an affected device is, or will be: "cut off". Will and Does say
	// what happens to one device until the effective date and from it on: "will be
	// unable to connect", "cannot connect"; WillAll and DoesAll to several.
	Fate, Will, Does, WillAll, DoesAll string
	// CutOff says that the policy has no words of its own for that: devices are
	// cut off, and cannot connect.
	CutOff bool
	// Possible says what the policy makes possible: .Ports, .Destinations,
	// .Families, .Support, .System.
	Possible policy.Possible

	// Announced and Effective are the notice's days, AsOf the day for which the
	// site speaks. Newest is the latest day on which any device was seen; no
	// day when no report has a date, and then {{if .Newest.Known}} is false.
	Announced, Effective, AsOf, Newest Date
	// Dates are further days that the notice names, each with .Day and .What.
	Dates []FactDate
	// Phase is before, announced, approaching, imminent or in-force.
	Phase policy.Phase
	// InForce says that the effective date has come: devices are cut off.
	InForce bool
	// DaysLeft counts the days until the effective date, DaysSince those since
	// it; each is 0 on the date itself and on the other side of it.
	DaysLeft, DaysSince int
	// ApproachingDays and ImminentDays are the thresholds of the phases.
	ApproachingDays, ImminentDays int

	// RetiredPorts stop working on the effective date, AllowedPorts go on; both
	// upwards, both empty for a notice that is not about ports.
	RetiredPorts, AllowedPorts Ports
	// VersionRule says that some versions cannot connect from the effective
	// date on.
	VersionRule bool
	// PassingVersions are those that can: "4.8", "4.9", "5.4 or later".
	PassingVersions Versions
	// OldestVersion begins the open-ended run of these: "5.4"; "" for none.
	OldestVersion string
	// ExceptedVersions are older than OldestVersion and can connect all the
	// same: "4.8", "4.9".
	ExceptedVersions Versions
	// UnsupportedVersions connect without the vendor's support, whatever the
	// list of supported versions says: "4.8", "4.9".
	UnsupportedVersions Versions
	// SupportedVersions are those that the configuration says are supported:
	// "7.0 or later"; empty when it does not say.
	SupportedVersions Versions
	// SupportedSource is where that was looked up, a link or text.
	SupportedSource string
	// SupportedChecked is the day on which it was looked up.
	SupportedChecked Date
	// Systems are operating systems that must be replaced before a passing
	// version can be installed, each with .Name and .LastApp.
	Systems []policy.System
	// Links lead to the vendor's pages: .Notice, .VersionPolicy,
	// .LifecyclePolicy, .ConnectionTest, .DeviceReport, .Help. A Markdown link
	// to an empty one leaves its text.
	Links policy.Links
	// Pages lead to the site's own pages.
	Pages Pages

	// Devices counts all devices. Each has one of the verdicts, so that the
	// nine counts after it add up to it.
	Devices int
	// UpgradeAndChangePort, Upgrade and ChangePort are the affected devices, by
	// what they need.
	UpgradeAndChangePort, Upgrade, ChangePort int
	// Check counts the devices that cannot be judged yet, UpgradeRecommended
	// those that connect without support, VerifyPort those of whose port
	// nothing was seen.
	Check, UpgradeRecommended, VerifyPort int
	// Ready devices need nothing, NotAffected ones store on-premises only,
	// Inactive ones are deactivated.
	Ready, NotAffected, Inactive int
	// Affected counts the devices that will be, or are, cut off: Open ones are
	// still to be dealt with, Waived ones have an exemption.
	Affected, Open, Waived int
	// AffectedRecent, AffectedStale and AffectedUnseen split Affected: seen in
	// the last StaleDays days, not seen for longer, without any date.
	AffectedRecent, AffectedStale, AffectedUnseen int
	// NeedUpgrade counts the affected devices that need a newer app, NeedPort
	// those that need a port opened; some need both.
	NeedUpgrade, NeedPort int
	// Departments counts the departments, DepartmentsOpen those with at least
	// one open device.
	Departments, DepartmentsOpen int
	// StaleDays is after how many days unseen a device counts as not seen
	// recently; WindowDays is how far back an observation of a port counts.
	StaleDays, WindowDays int
	// OldData says that the newest row is old, and what follows; "" while it is
	// not.
	OldData string

	// UnclassifiedIsCloud says that the organisation treats destinations of
	// unknown kind as the vendor's cloud.
	UnclassifiedIsCloud bool
	// NetworkConfirmed says that somebody vouches for an allowed port being
	// open everywhere.
	NetworkConfirmed bool
	// ConfirmedBy is who does, ConfirmedSource where that is written down.
	ConfirmedBy, ConfirmedSource string
	// ConfirmedOn is the day on which they did.
	ConfirmedOn Date
	// Contacts are whom to ask inside the organisation, each with .Name,
	// .Email, .URL and .Phone; some of these may be empty.
	Contacts []config.Contact

	words Words
}

// FactDate is a further day that a notice names.
type FactDate struct {
	Day  Date
	What string
}

// Pages are the site's own pages, relative to its root. One that this site
// does not have is empty, and a Markdown link to it leaves its text.
type Pages struct {
	// Announcement is the whole announcement, FAQ the questions and answers.
	Announcement, FAQ string
	// ConnectionTest says how to test a network, Network where the retired
	// port was seen.
	ConnectionTest, Network string
	// Inputs lists the files and problems.
	Inputs string
	// Find looks for a device, DeviceList is the file of all devices; both are
	// empty where the whole fleet is not to be shown.
	Find, DeviceList string
}

// Tense gives the first wording until the effective date, the second from that
// day on.
func (f Facts) Tense(until, from string) string {
	if f.InForce {
		return from
	}
	return until
}

// in gives the facts as they would stand in another phase.
func (f Facts) in(phase policy.Phase) Facts {
	if phase == f.Phase {
		return f
	}
	f.Phase, f.InForce = phase, phase == policy.InForce
	f.DaysLeft, f.DaysSince = 0, 0
	switch phase {
	case policy.Before, policy.Announced:
		f.DaysLeft = f.ApproachingDays + 1
	case policy.Approaching:
		f.DaysLeft = f.ImminentDays + 1
	case policy.Imminent:
		f.DaysLeft = 1
	}
	return f
}

// withoutAffected gives the facts of the fleet with nothing left to do.
func (f Facts) withoutAffected() Facts {
	f.Ready += f.Affected + f.Check + f.UpgradeRecommended + f.VerifyPort
	f.UpgradeAndChangePort, f.Upgrade, f.ChangePort = 0, 0, 0
	f.Check, f.UpgradeRecommended, f.VerifyPort = 0, 0, 0
	f.Affected, f.Open, f.Waived, f.NeedUpgrade, f.NeedPort = 0, 0, 0, 0, 0
	f.AffectedRecent, f.AffectedStale, f.AffectedUnseen, f.DepartmentsOpen = 0, 0, 0, 0
	return f
}

// Matter is what the placeholders' values are taken from.
type Matter struct {
	Fleet  *fleet.Fleet
	Policy *policy.Policy
	Rules  *policy.Rules
	Config *config.Config
}

// FactsOf takes the placeholders' values from what the site shows.
func FactsOf(in Matter) Facts {
	rules, w := in.Config.Rules, NewWords(in.Config.Look)
	facts := Facts{
		Organization: in.Config.Organization,
		Vendor:       in.Policy.Vendor,
		Product:      in.Policy.Product,
		Notice:       in.Policy.Title,
		TheProduct:   in.Policy.TheProduct(),
		TheApp:       in.Policy.TheApp(),
		Aim:          in.Rules.Aim(),
		Whose:        in.Policy.Whose(),
		CutOff:       in.Policy.CutOff(),
		Fate:         in.Policy.Fate(),
		Will:         in.Policy.Will(1),
		Does:         in.Policy.Does(1),
		WillAll:      in.Policy.Will(2),
		DoesAll:      in.Policy.Does(2),
		Possible:     in.Policy.Possible(in.Config.Rules.Supported != nil),

		Announced:       newDate(w, in.Policy.Announced),
		Effective:       newDate(w, in.Policy.Effective),
		AsOf:            newDate(w, in.Fleet.AsOf),
		Newest:          newDate(w, in.Fleet.Newest),
		Phase:           in.Fleet.Phase,
		InForce:         in.Fleet.Phase == policy.InForce,
		DaysLeft:        max(0, in.Fleet.AsOf.Until(in.Policy.Effective)),
		DaysSince:       max(0, in.Policy.Effective.Until(in.Fleet.AsOf)),
		ApproachingDays: rules.ApproachingDays,
		ImminentDays:    rules.ImminentDays,

		RetiredPorts:        slices.Sorted(slices.Values(in.Policy.Ports.Retired)),
		AllowedPorts:        slices.Sorted(slices.Values(in.Policy.Ports.Allowed)),
		UnsupportedVersions: inWords(in.Policy.Versions.Unsupported),
		Systems:             slices.Clone(in.Policy.Systems),
		Links:               in.Policy.Links,
		Pages:               sitePages(in),

		Departments:         len(in.Fleet.Departments),
		StaleDays:           in.Config.StaleDays,
		WindowDays:          rules.WindowDays,
		UnclassifiedIsCloud: rules.UnclassifiedIsCloud,
		OldData:             OldData(in, w),
		Contacts:            slices.Clone(in.Config.Contacts),
		words:               w,
	}
	facts.Links.Notice = cmp.Or(facts.Links.Notice, in.Policy.Source)
	for _, d := range in.Policy.Dates {
		facts.Dates = append(facts.Dates, FactDate{newDate(w, d.Day), d.What})
	}
	facts.applyVersions(in.Policy.Versions.Connects)
	if target := in.Policy.Versions.Target; target != "" && len(facts.PassingVersions) == 1 {
		facts.PassingVersions = Versions{facts.PassingVersions[0] + " (upgrade to " + target + ")"}
	}
	facts.applySettings(in.Config, w)
	facts.count(in)
	return facts
}

func sitePages(in Matter) Pages {
	pages := Pages{
		Announcement: "announcement.html", FAQ: "faq.html",
		Inputs: "inputs.html",
	}
	if in.Policy.Possible(in.Config.Rules.Supported != nil).Ports {
		pages.ConnectionTest, pages.Network = "connection-test.html", "network.html"
	}
	if in.Config.Privacy.FleetFiles {
		pages.Find = "find.html"
		pages.DeviceList = "data/devices.csv"
	}
	return pages
}

func (f *Facts) applyVersions(connects []policy.Range) {
	f.VersionRule = true
	var excepted []policy.Range
	for _, r := range connects {
		switch {
		case r.FromTheFirst() && r.Below == nil:
			f.VersionRule = false
		case r.Below == nil:
			f.OldestVersion = r.From.Short()
		default:
			excepted = append(excepted, r)
		}
	}
	f.PassingVersions = inWords(connects)
	f.ExceptedVersions = inWords(excepted)
}

func (f *Facts) applySettings(c *config.Config, w Words) {
	if support := c.Rules.Supported; support != nil {
		f.SupportedVersions = inWords(support.Versions)
		f.SupportedSource = support.Source
		f.SupportedChecked = newDate(w, support.Checked)
	}
	if c.Network != nil {
		f.NetworkConfirmed = true
		f.ConfirmedBy, f.ConfirmedSource = c.Network.By, c.Network.Source
		f.ConfirmedOn = newDate(w, c.Network.On)
	}
}

func (f *Facts) count(in Matter) {
	f.countOf(in.Fleet.Counts)
	for _, department := range in.Fleet.Departments {
		if department.Open > 0 {
			f.DepartmentsOpen++
		}
	}
}

// OldData says that the newest row is older than the settings let pass without a
// word; "" while it is not, and when no row has a date.
func OldData(in Matter, w Words) string {
	days := in.Fleet.Newest.Until(in.Fleet.AsOf)
	if in.Fleet.Newest.IsZero() || days <= in.Config.OldDays {
		return ""
	}
	return fmt.Sprintf("The newest data is %s old: the reports end on %s. Later upgrades are not counted.", w.Count(days, "day", "days"), w.Day(in.Fleet.Newest))
}
