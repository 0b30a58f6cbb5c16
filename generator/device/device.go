// Package device is the vocabulary that every stage shares: what a report says about
// one installed app, where it stores, and how it was seen to connect. Values here
// are facts as found. Package policy decides what follows from them.
package device

import (
	"net/netip"
	"strconv"
	"time"

	"example.org/cutoff/generator/calendar"
)

// Device is one app installation: the rows of all reports that carry one GUID,
// merged. Text is as found, trimmed; "null" and "None" are empty.
type Device struct {
	// GUID is the identity, up to 19 digits kept as text. For a file without a
	// GUID column it is empty, and name and user name together are the identity.
	GUID     string
	Name     string
	Hostname string
	Username string
	Email    string
	// Software and Home are shared with other devices. They must not be nil.
	*Software
	*Home
	// Connections has the observations of the device's ports, in any order.
	Connections []Connection
	// LastActivity and LastConnected are the latest of all rows; zero if unknown.
	LastActivity  Instant
	LastConnected Instant
	// RemoteNetwork is the outside address of the newest row, cut to its network;
	// nil if unknown. It says nothing about a port.
	RemoteNetwork *netip.Prefix
	// Source is the newest row: the one that gave version, status and names.
	Source Source
	// Rare is nil for most devices.
	Rare *Rare
}

// Rare has what only few devices have, so that the others need no memory for it.
type Rare struct {
	// Shown has the cells of the columns to show, in the order of the
	// configuration; nil if all are empty.
	Shown []string
	// Other is what rows say about another computer that has another user, the
	// same GUID, and is in use too; nil for none. It decides nothing.
	Other *Claim
}

// Further gives the device's Rare, or the zero Rare if it has none.
func (d *Device) Further() Rare {
	if d.Rare == nil {
		return Rare{}
	}
	return *d.Rare
}

// Software is what a device runs. Many devices run the same, so each different one
// is in memory only once.
type Software struct {
	OS        string // as exported: win, mac, linux, win64
	OSVersion string // as exported: 10.0.18362, 10.14.6, a kernel's version
	// Version is the version that the rules read: the app's, or the operating
	// system's. AppVersion is the text of the app's version if Version is the
	// system's, else "".
	Version    Version
	AppVersion string
	Status     Status
}

// Home is where a device belongs and where it stores. Devices share equal ones to
// save memory.
type Home struct {
	// Organization is the organisation's own name, without a path.
	Organization string
	// Department is what the report itself says. A roster goes before it.
	Department string
	// Destinations has each place where the device stores once, ordered by name,
	// then UID. A blank cell is an entry with neither. No entry at all means that
	// no report had a destination column.
	Destinations []Destination
}

// Claim is what rows say that cannot be about the same device as the newest row.
type Claim struct {
	Source       Source
	Version      Version
	Status       Status
	Destinations []Destination
	// Next is the claim of a further computer; nil for none.
	Next *Claim
}

// LastSeen is the last activity or the last connection, whichever is later; the
// zero time if unknown. An export that lacks one of them must not make a device look
// older than another export shows it.
func (d *Device) LastSeen() time.Time { return max(d.LastConnected, d.LastActivity).Time() }

// Instant is a moment of the years 1901 to 2200, in nanoseconds since 1900; zero if
// unknown. It takes a third of the memory of a [time.Time], and every device has
// two.
type Instant uint64

var firstInstant = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// InstantOf gives the instant of a time; 0 for the zero time.
func InstantOf(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.Unix()-firstInstant.Unix())*1e9 + Instant(t.Nanosecond())
}

// Time gives the instant in UTC; the zero time if it is unknown.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.Unix(int64(i/1e9)+firstInstant.Unix(), int64(i%1e9)).UTC()
}

// Called is the name to show for a device: its name, else its host name, else its
// GUID, else "(no name)".
func (d *Device) Called() string {
	switch {
	case d.Name != "":
		return d.Name
	case d.Hostname != "":
		return d.Hostname
	case d.GUID != "":
		return d.GUID
	}
	return "(no name)"
}

// Source is the row of an input that a fact came from.
type Source struct {
	File string // relative to the configuration, with forward slashes
	Row  int    // as a spreadsheet numbers it
}

// String gives path:row.
func (s Source) String() string { return s.File + ":" + strconv.Itoa(s.Row) }

// Destination is a place where devices store their backups, as a report names it.
// The UID is more reliable than the name: one UID has different names in different
// tenants.
type Destination struct {
	UID  string
	Name string
}

// String gives the name, else the UID, else "".
func (d Destination) String() string {
	if d.Name != "" {
		return d.Name
	}
	return d.UID
}

// Connection is an observation that a device used a destination port.
type Connection struct {
	Port int
	// Time is when it was seen; the zero time if undated.
	Time time.Time
	// Network is the source address cut to /24 or /64; the zero prefix if the
	// evidence names none.
	Network netip.Prefix
	// Host is the destination as the evidence names it, a host name or an address;
	// "" if it names none.
	Host string
	// Destination is set for an observation from a report's own port column: it is
	// the destination of that row and decides whether the port counts. It is nil
	// for evidence, which intake has already limited to the vendor's cloud.
	Destination *Destination
	Source      Source
}

// Person is one row of the roster.
type Person struct {
	Username   string
	Email      string
	Department string
	// Name is the person's name. DN is the person's distinguished name in a
	// directory.
	Name, DN string
	// Manager is the manager as the row writes it: a name, a distinguished name, a
	// user name or an address. Package roster finds out who is meant.
	Manager      string
	ManagerEmail string
	Source       Source
}

// Waiver is a dated exemption as somebody wrote it down. Package roster decides
// whether it holds, and for which device.
type Waiver struct {
	// Device is a GUID, or a name that is unique in the fleet.
	Device string
	Reason string
	Owner  string
	// Approver is who allowed it.
	Approver string
	// Expires is the last day on which it holds; the zero Day if none was given.
	Expires calendar.Day
	Source  Source
}

// CutNetwork gives the network in which a source address counts: /24 for IPv4, even
// if it is written as IPv6, and /64 for IPv6.
func CutNetwork(address netip.Addr) netip.Prefix {
	address = address.Unmap().WithZone("")
	bits := 64
	if address.Is4() {
		bits = 24
	}
	network, err := address.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return network
}
