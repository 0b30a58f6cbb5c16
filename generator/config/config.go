// Package config reads cutoff.yaml, the one file that an organisation keeps: where
// its reports are, what its destinations and departments are called, how its site
// should look. Reading is strict. Every unknown key, wrong type and unreadable value
// is collected with line and column, so that one run names them all. REFERENCE.md
// documents every key.
package config

import (
	"net/netip"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// Config is what the configuration file says, with defaults filled in. Paths
// are as written: relative ones are relative to Dir.
type Config struct {
	// File is the path of the file, Dir its folder; "" and "." without a file.
	File, Dir string
	// Text is the file's bytes, which the manifest hashes; nil without a file.
	Text []byte

	Organization string
	// SiteURL is the address at which the site is served, with a slash at its end,
	// for links in files that are used outside the site; "" if it is not set.
	SiteURL string
	// The inputs are paths or globs.
	Reports     []string
	Connections []string
	Roster      []string
	Waivers     []string
	// Policy is a built-in name or a file.
	Policy string
	// Out is the site's folder. Memory is the folder for what is remembered
	// between nights; "" for the default beside Out.
	Out, Memory string
	AsOf        calendar.Day // zero: not set
	// Rules are what the organisation adds to the policy: supported,
	// destinations, evidence.window, network, phases.
	Rules policy.Settings
	// Network says who vouches that an allowed port is open everywhere; nil if
	// nobody does.
	Network *Confirmation
	// DepartmentAliases maps another spelling to the department's name.
	DepartmentAliases map[string]string
	// Show has header texts of the reports. Their cells are shown in lists and
	// files as they are: things that people know a computer by.
	Show []string
	// Columns maps a canonical column name to header texts that mean it too.
	Columns map[string][]string
	// DateOrder decides dates such as 03/04/2020.
	DateOrder value.DateOrder
	// Encodings says how input files are encoded. The first that fits counts.
	Encodings []EncodedFile
	// EvidenceNetworks and EvidenceDomains are further addresses and domains of
	// the vendor's cloud. EvidenceDevices maps a service.log to its device.
	EvidenceNetworks []netip.Prefix
	EvidenceDomains  []string
	EvidenceDevices  map[string]string
	// EvidenceSuccesses and EvidenceFailures are the words of the organisation's
	// own logs for a connection that worked, and one that did not.
	EvidenceSuccesses, EvidenceFailures []string
	// StaleDays is how many days a device may go unseen before it is stale.
	StaleDays int
	// OldDays is how many days old the newest row must be before every page says
	// that the data are old.
	OldDays int
	Limits  table.Limits
	Stop    Stop
	// PaceDays is how many days back the pace looks.
	PaceDays  int
	Privacy   Privacy
	Workbooks bool // whether departments get an XLSX file
	// Standalone is whether departments get a stand-alone HTML file.
	Standalone bool
	Contacts   []Contact
	// TestHosts are the hosts that connection-test.html tries.
	TestHosts []string
	Look      Look
	Bundle    Bundle
	Mail      Mail

	// positions says where in the file each value is, by its path.
	positions map[string]problem.Position
}

// Confirmation says who vouches for the network, since when, and where it is
// written down.
type Confirmation struct {
	By     string
	On     calendar.Day
	Source string
}

// Stop has the bounds. A run that passes one publishes nothing unless it is forced.
// Shares are from 0 to 1.
type Stop struct {
	RejectedShare float64 // rejected rows of a file; default 0.05
	AgeDays       int     // age of the newest row in days; default 0: no bound
	FewerShare    float64 // missing devices, of the last night's; default 0.2
}

// Privacy says what pages and data files show.
type Privacy struct {
	Emails     bool // show e-mail addresses; default false
	Addresses  bool // show network addresses outside network.html; default false
	UserNames  bool // show user names; default true
	FleetFiles bool // write the whole-fleet files devices.csv and find; default true
}

// Contact is somebody to ask, shown on every page.
type Contact struct {
	Name, Email, URL, Phone string
}

// Look is an organisation's own appearance.
type Look struct {
	Logo   string // path of a PNG or SVG image
	Accent string // #rrggbb
	// Dates is the layout, for package time, of days on pages: "2 January 2006".
	Dates string
	// Thousands is the mark between the thousands of a number.
	Thousands string
	// Overrides is a folder with templates, texts and styles that replace the
	// program's own, one by one.
	Overrides string
}
