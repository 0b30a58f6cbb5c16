// Package fleet groups assessed devices by department and counts them. Devices
// come in with their assessments. A [Fleet] goes out: the departments, worst first,
// each with its devices in the order of the pages, and the sums. The sums agree
// because all of them are counted from the same slice. Nothing is read, written or
// judged here.
package fleet

import (
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/roster"
)

// Assessed is a device with everything that is said about it. It shares its
// assessment and its words with other devices.
type Assessed struct {
	*device.Device
	*policy.Assessment
	// Department is the department's name in the spelling that all pages use.
	Department string
	*Words
	// Waiver is the exemption that holds on the as-of date; nil for none.
	Waiver *device.Waiver
	// AffectedSince is the day since which the device is known to be affected; the
	// zero Day if it is not. [Group] sets the as-of date. Package memory sets an
	// earlier night if it remembers one.
	AffectedSince calendar.Day
	// Stale says whether the device was seen within the configured time.
	Stale Staleness
	// SupersededBy is the GUID of the device that probably replaced this one;
	// empty for none.
	SupersededBy string
}

// Words are the sentences about a device. Devices with the same software and
// assessment share them.
type Words struct {
	// Action is what to do, one sentence; empty where there is nothing to do.
	Action string
	// Task is Action without the device's own version, so that devices with the
	// same thing to do share it.
	Task string
	// OldSystem is the operating system that has to be replaced before the app
	// can be upgraded; nil for none.
	OldSystem *policy.System
	// Why is the reason for the verdict, one sentence.
	Why string
}

// Open reports whether the device is affected and not waived.
func (a *Assessed) Open() bool { return a.Verdict.Affected() && a.Waiver == nil }

// Staleness says whether a device was seen recently. It is a number and not a text
// to save memory, because every device has one.
type Staleness uint8

// Whether a device was seen recently. SeenNever is for a device that no report
// dates.
const (
	SeenNever Staleness = iota
	Recent
	Stale
)

// String gives the word that files use: "unknown", "false" or "true".
func (s Staleness) String() string { return [...]string{"unknown", "false", "true"}[s] }

// MarshalText gives the same word.
func (s Staleness) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Counts are the sums over some devices, in the form of summary.json.
type Counts struct {
	Devices  int                    `json:"devices"`
	Verdicts map[policy.Verdict]int `json:"verdicts"` // has every verdict, even with zero
	Affected int                    `json:"affected"`
	Open     int                    `json:"open"`
	Waived   int                    `json:"waived"` // affected and waived
	// The affected devices by when they were last seen.
	AffectedRecent int `json:"affected_recent"`
	AffectedStale  int `json:"affected_stale"`
	AffectedUnseen int `json:"affected_unseen"`
}

// Department is a department with its devices.
type Department struct {
	Name string
	// Slug is the name's stable form for file names (see [Slug]).
	Slug string
	Counts
	// Managers are the names of the managers in the roster; nil if it names none.
	Managers []string
	// Devices has all of the department's devices in the order of the pages: by
	// verdict, worst first, then [Turn], then task, most devices first, then
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
	// Departments is ordered worst first: by the number of open, affected, check
	// and all devices, each descending, then by name.
	Departments []*Department
	// Newest is the latest day on which any device was seen, which tells how old
	// the data are. The zero Day if no device is dated.
	Newest calendar.Day
	// Unclassified has each destination that neither the policy nor the
	// configuration knows, most devices first, then by name. Inactive devices do
	// not count. It is nil if destinations decide nothing.
	Unclassified []DestinationCount
	// Unlisted has the users that the roster does not name, most devices first,
	// then by name; nil without a roster.
	Unlisted []roster.UserCount
	// Exemptions has every waiver with its standing, by file and row.
	Exemptions []roster.Exemption
}

// DestinationCount is a destination with the number of devices that store there.
type DestinationCount struct {
	device.Destination
	Devices int
	// Hidden says that pages do not show the real name, so nobody can copy it into
	// a configuration.
	Hidden bool
}
