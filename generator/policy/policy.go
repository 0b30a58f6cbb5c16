// Package policy holds the rules of a cutoff notice as data, and applies them.
// A [Policy] comes from a YAML file, built in or the user's own; [New] joins it
// with the settings that an organisation adds; [Rules.Assess] gives the verdict
// on one device for one day, and is pure: the same device, rules and day give
// the same verdict, and nothing is read or remembered. What the verdict means
// (the action, the reason) is worded here too, because the words name the
// policy's versions and ports.
package policy

import (
	"net/netip"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/problem"
)

// Policy is a notice as data.
type Policy struct {
	ID        string // a file-name-safe word: code42-port-4282
	Title     string // the notice's subject in a few words
	Vendor    string
	Product   string       // its name in a sentence: "Code42 app", "Windows"
	Announced calendar.Day // zero when the vendor's page names no day
	Effective calendar.Day // the first day on which devices are cut off

	Subject     Subject     // which version the rule reads
	Scope       Scope       // which devices the notice is about
	Consequence Consequence // what happens to those that do not pass
	Versions    VersionRule
	Ports       Ports

	Destinations []CloudDestination // the vendor's cloud destinations
	Cloud        CloudHosts         // the vendor's cloud, for filtering evidence
	Systems      []System           // operating systems that cannot run a passing version
	Links        Links
	Dates        []NamedDay // further days that the notice names, in the order of the file
	Source       string     // the vendor's page that the facts come from
	// Content is the folder with this policy's announcement.md and faq.md, relative
	// to the policy's file; empty for the texts that come with the program.
	Content string
	// File is the path or built-in name that the policy was read from; Text is
	// the file's bytes, which the manifest hashes.
	File string
	Text []byte

	// positions says where each value is in the file, by its path.
	positions map[string]problem.Position
	// connectsAt and unsupportedAt have the path of the value that each range
	// comes from. One value may hold several ranges.
	connectsAt, unsupportedAt []string
}

// Consequence words what happens to a device that does not pass. A text that the
// policy does not give is "".
type Consequence struct {
	Title  string // "cut off"; it is, or will be, ...
	Before string // "will be unable to connect"; until the effective date, it ...
	After  string // "cannot connect"; from that day on, it ...
}

// NamedDay is a further day that a notice names: the end of paid updates, say.
type NamedDay struct {
	Day  calendar.Day
	What string // what it is, to follow "the": "end of Extended Security Updates"
}

// VersionRule says which versions pass from the effective date on, and what they
// are called.
type VersionRule struct {
	Target      string  // what to move to, for a sentence: "Windows 11"; "" for words made from the ranges
	Connects    []Range // those that pass; a version in none of them is too old
	Unsupported []Range // those that pass without support, whatever the supported list says
}

// Ports are destination ports in the vendor's cloud. A policy that retires
// none leaves the port axis out: every device's port then counts as allowed.
type Ports struct {
	Retired []int
	Allowed []int
}

// CloudDestination is one of the vendor's cloud destinations. Names are whole
// names, compared without regard to case.
type CloudDestination struct {
	UID   string
	Names []string
}

// CloudHosts says which hosts are in the vendor's cloud: a domain with all
// below it, or an address in one of the networks.
type CloudHosts struct {
	Domains  []string
	Networks []netip.Prefix
}

// System is an operating system that runs no passing version of the app, so the
// system has to be replaced first.
type System struct {
	OS       string // as exported: mac
	Versions Range
	Name     string // Mac OS X 10.6
	LastApp  string // 4.3.x
}

// Links lead to the vendor's pages; an empty one has no page.
type Links struct {
	Notice, VersionPolicy, LifecyclePolicy, ConnectionTest, DeviceReport, Help string
}

// SupportList is an organisation's list of the versions that the vendor supports.
// Notices do not list them, so it is a setting, with its source and the day on
// which somebody checked it.
type SupportList struct {
	Versions []Range
	Source   string
	Checked  calendar.Day
}

// Settings are what an organisation adds to a policy.
type Settings struct {
	Supported *SupportList // nil: support is not checked
	// CloudDestinations and OnPremisesDestinations are names or UIDs beside
	// the policy's own.
	CloudDestinations, OnPremisesDestinations []string
	// UnclassifiedIsCloud treats unclassified destinations as cloud in the
	// verdicts; the destination kind stays unclassified.
	UnclassifiedIsCloud bool
	// WindowDays is how many days before the as-of date an observation still
	// counts: with 30, it is at most 30 days old.
	WindowDays int
	// NetworkConfirmed says that somebody vouches that an allowed port is open
	// everywhere. A port that was unverified then counts as allowed.
	NetworkConfirmed              bool
	ApproachingDays, ImminentDays int    // the thresholds of the phases
	DateLayout                    string // of days in sentences, for package time; "" is 2 January 2006
}

// DefaultSettings are the settings of an organisation that has set nothing.
func DefaultSettings() Settings {
	return Settings{WindowDays: 30, ApproachingDays: 60, ImminentDays: 14}
}

// Assessment is what the rules say of one device on one day.
type Assessment struct {
	Verdict         Verdict
	VersionStatus   VersionStatus
	PortStatus      PortStatus
	DestinationKind DestinationKind
	// Subject is [SystemVersion] where the version is the system's, else "".
	// SystemFamily is the kind of system where the scope asks for it, else "".
	Subject      Subject
	SystemFamily string
	// Port is the port that decided the port status; 0 when unverified or when
	// only a confirmation made it allowed.
	Port int
	// ConfirmedPort is set when the network confirmation, and no observation,
	// made the port allowed.
	ConfirmedPort bool
	// CloudPortOnPremises is set when an on-premises device was seen on a
	// retired port at the vendor's cloud. It keeps its verdict, but somebody
	// should look at it.
	CloudPortOnPremises bool
}
