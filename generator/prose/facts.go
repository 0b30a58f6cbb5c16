package prose

import (
	"cmp"
	"fmt"
	"slices"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// Facts are the placeholders that announcement.md and faq.md may use, so that a
// text cannot contradict the rules. Each value fits into a sentence. Values
// from a report or the configuration are escaped when they are filled in, so
// that they stay plain text.
type Facts struct {
	// Organization is the organisation's name; "" when none is configured.
	Organization string
	// Vendor, Product and Notice name the vendor ("Code42"), its app in a
	// sentence ("Code42 app") and the notice's subject.
	Vendor, Product, Notice string
	// TheProduct and TheApp name the product with its article where it has one:
	// "the Code42 app" and "the app", "Windows" and "Windows". Aim names the
	// versions to upgrade to: "5.4 or later", "Windows 11".
	TheProduct, TheApp, Aim string
	// Whose follows the word "devices" and says which ones the notice is about:
	// "that store in the Code42 cloud", "with Windows"; "" for all.
	Whose string
	// Fate says in a word or two what an affected device is, or will be: "cut
	// off". Will says what will happen to a single device, Does what happens to
	// it from the effective date on: "will be unable to connect", "cannot
	// connect". WillAll and DoesAll say the same of several devices.
	Fate, Will, Does, WillAll, DoesAll string
	// CutOff is true when the policy has no words of its own for this: devices
	// are cut off and cannot connect.
	CutOff bool
	// Possible says what the policy makes possible: .Ports, .Destinations,
	// .Families, .Support, .System.
	Possible policy.Possible

	// Announced and Effective are the notice's days, AsOf is the day that the
	// site describes. Newest is the latest day on which any device was seen. It
	// is no day when no report has a date; then {{if .Newest.Known}} is false.
	Announced, Effective, AsOf, Newest Date
	// Dates are further days that the notice names. Each has .Day and .What.
	Dates []FactDate
	// Phase is before, announced, approaching, imminent or in-force.
	Phase policy.Phase
	// InForce is true from the effective date on: affected devices are cut off.
	InForce bool
	// DaysLeft counts the days until the effective date, DaysSince the days
	// since then. Neither is negative; on the date itself, both are 0.
	DaysLeft, DaysSince int
	// ApproachingDays and ImminentDays are the thresholds of the phases.
	ApproachingDays, ImminentDays int

	// RetiredPorts stop working on the effective date, AllowedPorts keep
	// working. Both are in ascending order, and empty for a notice that is not
	// about ports.
	RetiredPorts, AllowedPorts Ports
	// VersionRule is true when some versions cannot connect from the effective
	// date on.
	VersionRule bool
	// PassingVersions are the versions that can connect: "4.8", "4.9", "5.4 or
	// later".
	PassingVersions Versions
	// OldestVersion is the first version of the passing range that has no end:
	// "5.4"; "" when every range ends or every version passes.
	OldestVersion string
	// ExceptedVersions are older than OldestVersion and can still connect:
	// "4.8", "4.9".
	ExceptedVersions Versions
	// UnsupportedVersions can connect, but without the vendor's support,
	// whatever the list of supported versions says: "4.8", "4.9".
	UnsupportedVersions Versions
	// SupportedVersions are the supported versions by the configuration: "7.0
	// or later"; empty when it does not say.
	SupportedVersions Versions
	// SupportedSource says where somebody looked that up: a link or text.
	SupportedSource string
	// SupportedChecked is the day on which somebody did.
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

	// Devices counts all devices. Each has one verdict, so the nine counts
	// after this one add up to it.
	Devices int
	// UpgradeAndChangePort, Upgrade and ChangePort count the affected devices
	// by what they need.
	UpgradeAndChangePort, Upgrade, ChangePort int
	// Check counts the devices that nobody can judge yet, UpgradeRecommended
	// those that connect without support, VerifyPort those whose port nobody
	// has seen.
	Check, UpgradeRecommended, VerifyPort int
	// Ready counts the devices that need nothing, NotAffected those that the
	// notice is not about (they store on-premises only, or run another system),
	// Inactive the deactivated ones.
	Ready, NotAffected, Inactive int
	// Affected counts the devices that will be, or are, cut off. Open counts
	// those of them still to be dealt with, Waived those with an exemption.
	Affected, Open, Waived int
	// AffectedRecent, AffectedStale and AffectedUnseen split Affected into
	// devices seen in the last StaleDays days, devices not seen for longer, and
	// devices without any date.
	AffectedRecent, AffectedStale, AffectedUnseen int
	// NeedUpgrade counts the affected devices that need a newer version,
	// NeedPort those that need a port opened. Some need both.
	NeedUpgrade, NeedPort int
	// Departments counts the departments, DepartmentsOpen those with an open
	// device.
	Departments, DepartmentsOpen int
	// StaleDays is how many days a device may go unseen and still count as seen
	// recently. WindowDays is for how many days an observation of a port
	// counts.
	StaleDays, WindowDays int
	// OldData says that the newest row is old, and what follows from that; ""
	// while it is not old.
	OldData string

	// UnclassifiedIsCloud is true when the organisation treats destinations of
	// unknown kind as the vendor's cloud.
	UnclassifiedIsCloud bool
	// NetworkConfirmed is true when somebody has confirmed that an allowed port
	// is open everywhere.
	NetworkConfirmed bool
	// ConfirmedBy says who confirmed it, ConfirmedSource where that is written
	// down.
	ConfirmedBy, ConfirmedSource string
	// ConfirmedOn is the day on which they confirmed it.
	ConfirmedOn Date
	// Contacts are the people to ask inside the organisation. Each has .Name,
	// .Email, .URL and .Phone; some of these may be empty.
	Contacts []config.Contact

	words Words
}

// FactDate is a further day that a notice names.
type FactDate struct {
	Day  Date
	What string
}

// Pages are the site's own pages, relative to its root. A page that this site
// does not have is empty, and a Markdown link to it leaves only its text.
type Pages struct {
	// Announcement is the whole announcement, FAQ has the questions and
	// answers.
	Announcement, FAQ string
	// ConnectionTest says how to test a network, Network says where a retired
	// port was seen.
	ConnectionTest, Network string
	// Inputs lists the input files and the problems found in them.
	Inputs string
	// Find is the search for a device, DeviceList the file of all devices. Both
	// are empty when the organisation keeps whole-fleet files private.
	Find, DeviceList string
}

// Tense gives the first wording before the effective date, and the second from
// that day on.
func (f Facts) Tense(until, from string) string {
	if f.InForce {
		return from
	}
	return until
}

// in gives the facts as they would be in another phase.
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

// withoutAffected gives the facts of the same fleet with nothing left to do.
func (f Facts) withoutAffected() Facts {
	f.Ready += f.Affected + f.Check + f.UpgradeRecommended + f.VerifyPort
	f.UpgradeAndChangePort, f.Upgrade, f.ChangePort = 0, 0, 0
	f.Check, f.UpgradeRecommended, f.VerifyPort = 0, 0, 0
	f.Affected, f.Open, f.Waived, f.NeedUpgrade, f.NeedPort = 0, 0, 0, 0, 0
	f.AffectedRecent, f.AffectedStale, f.AffectedUnseen, f.DepartmentsOpen = 0, 0, 0, 0
	return f
}

// Matter is what the facts are taken from.
type Matter struct {
	Fleet  *fleet.Fleet
	Policy *policy.Policy
	Rules  *policy.Rules
	Config *config.Config
}

// FactsOf gives the facts of a whole site.
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

// OldData says that the newest row is older than the configuration allows; ""
// when it is not, and when no row has a date.
func OldData(in Matter, w Words) string {
	days := in.Fleet.Newest.Until(in.Fleet.AsOf)
	if in.Fleet.Newest.IsZero() || days <= in.Config.OldDays {
		return ""
	}
	return fmt.Sprintf("The newest data is %s old: the reports end on %s. Later upgrades are not counted.", w.Count(days, "day", "days"), w.Day(in.Fleet.Newest))
}
