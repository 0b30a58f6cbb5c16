// Package fleet groups assessed devices by department and counts them. Devices
// come in with their assessments; a [Fleet] goes out: the departments, worst
// first, every one with its devices in the order of the pages, and sums that
// agree because all of them are taken from the same slice. Nothing is read,
// written or judged here.
package fleet

import (
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/roster"
)

// Assessed is a device with everything that is said of it. Its assessment and its
// words are shared with other devices.
type Assessed struct {
	*device.Device
	*policy.Assessment
	// Department is the department's name in the spelling that all pages use.
	Department string
	*Words
	// Waiver is the exemption that holds on the as-of date; nil for none.
	Waiver *device.Waiver
	// AffectedSince is the day since when the device is known to be affected:
	// the as-of date, since no earlier night is remembered. The zero Day when it
	// is not.
	AffectedSince calendar.Day
	// Stale says whether the device was not seen for the configured time.
	Stale Staleness
	// SupersededBy is the GUID of the device that probably replaced this one;
	// empty for none.
	SupersededBy string
}

// Words are what is said of devices with the same software and assessment, which
// share them.
type Words struct {
	// Action is what to do, one sentence; empty where there is nothing to do.
	Action string
	// Task is Action in the words that devices with the same thing to do share:
	// it names no version.
	Task string
	// OldSystem is the operating system that has to be replaced before the app
	// can be upgraded; nil for none.
	OldSystem *policy.System
	// Why is the reason for the verdict, one sentence.
	Why string
}

// Open reports whether the device is affected and not waived.
func (a *Assessed) Open() bool { return a.Verdict.Affected() && a.Waiver == nil }

// Staleness says whether a device was seen recently. It is a number, as every
// device has one.
type Staleness uint8

// Whether a device was seen recently. A device that no report dates is unknown.
const (
	SeenNever Staleness = iota
	Recent
	Stale
)

// String gives the word that files have for it.
func (s Staleness) String() string { return [...]string{"unknown", "false", "true"}[s] }

// MarshalText gives the same for programs.
func (s Staleness) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Counts are the sums over some devices, also as summary.json has them.
type Counts struct {
	Devices  int                    `json:"devices"`
	Verdicts map[policy.Verdict]int `json:"verdicts"` // every verdict has an entry, zero too
	Affected int                    `json:"affected"`
	Open     int                    `json:"open"`
	Waived   int                    `json:"waived"` // affected and waived
	// The affected devices by when they were last seen.
	AffectedRecent int `json:"affected_recent"`
	AffectedStale  int `json:"affected_stale"`
	AffectedUnseen int `json:"affected_unseen"`
}

// Department is a group of devices with one manager's interest.
type Department struct {
	Name string
	// Slug is the name's stable form for file names (see [Slug]).
	Slug string
	Counts
	// Managers are the names of those who answer for it, as far as the roster
	// says; nil when it does not.
	Managers []string
	// Devices has all of the department's devices in the order of the pages:
	// by verdict, worst first, then [Turn], then what there is to do, then
	// device name, then GUID.
	Devices []*Assessed
}

// Fleet is all devices on one day.
type Fleet struct {
	AsOf  calendar.Day
	Phase policy.Phase
	// Possible says what the policy makes possible.
	Possible policy.Possible
	Counts
	// Devices is ordered by GUID, then name, then username, then source.
	Devices []*Assessed
	// Departments is ordered worst first: by open, affected, check, all
	// devices, each downwards, then by name.
	Departments []*Department
	// Newest is the latest day on which any device was seen: the age of the
	// data. The zero Day when no device is dated.
	Newest calendar.Day
	// Unclassified counts the devices of each destination that neither the
	// policy nor the configuration knows, most devices first, then by name; nil
	// where destinations decide nothing.
	Unclassified []DestinationCount
	// Unlisted has the users that the roster does not name, most devices
	// first, then by name; nil without a roster.
	Unlisted []roster.UserCount
	// Exemptions has every waiver with its standing, by file and row.
	Exemptions []roster.Exemption
}

// DestinationCount is a destination with the number of devices that store there.
type DestinationCount struct {
	device.Destination
	Devices int
	// Hidden says that the name is not shown as it is, so that no configuration
	// can name it.
	Hidden bool
}
