// Package device is the vocabulary that every stage shares: what a report says
// of one installed app, where it stores, and how it was seen to connect.
// Values here are facts as found; what follows from them is package policy's
// business.
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
	// GUID column it is empty, and the name with the username identifies.
	GUID     string
	Name     string
	Hostname string
	Username string
	Email    string
	// Software and Home are shared with other devices, and must not be nil.
	*Software
	*Home
	// Connections has what was seen of the device's ports, in any order.
	Connections []Connection
	// LastActivity and LastConnected are the latest of all rows; zero
	// is unknown.
	LastActivity  Instant
	LastConnected Instant
	// RemoteNetwork is the outside address of the newest row, cut to its
	// network; nil is unknown. It says nothing about a port.
	RemoteNetwork *netip.Prefix
	// Source is the newest row: the one that gave version, status and names.
	Source Source
	// Rare is nil for most devices.
	Rare *Rare
}

// Rare is what few devices have.
type Rare struct {
	// Shown has what the columns to show say, in the order of the configuration;
	// nil when they say nothing.
	Shown []string
	// Other is what another computer with another user says that carries the
	// same GUID and is in use too; nil for none. It decides nothing.
	Other *Claim
}

// Further gives what is rare of a device, to look at.
func (d *Device) Further() Rare {
	if d.Rare == nil {
		return Rare{}
	}
	return *d.Rare
}

// Software is what a device runs. Thousands of devices say the same of it, so that
// each different one is in memory once: 104 bytes less of 352 for each device.
type Software struct {
	OS        string // as exported: win, mac, linux, win64
	OSVersion string // as exported: 10.0.18362, 10.14.6, a kernel's version
	// Version is the version that the rules read: the app's, or the operating
	// system's. AppVersion is the text of the app's version in the second case;
	// "" in the first.
	Version    Version
	AppVersion string
	Status     Status
}

// Home is where a device belongs and where it stores. Devices share it, which saves
// 48 bytes of 248 for each.
type Home struct {
	// Organization is the organisation's own name, without a path.
	Organization string
	// Department is what the report itself says; a roster comes first.
	Department string
	// Destinations has each place the device stores at once, ordered by name,
	// then UID. A blank cell is an entry with neither; no entry at all means
	// that no report had a destination column.
	Destinations []Destination
}

// Claim is what rows say that cannot be of the same device as the newest row.
type Claim struct {
	Source       Source
	Version      Version
	Status       Status
	Destinations []Destination
	// Next is what a further computer says; nil for none.
	Next *Claim
}

// LastSeen is the last activity or the last connection, whichever is later: an
// export without one of them must not make a device look older than another
// export shows it. The zero time is unknown.
func (d *Device) LastSeen() time.Time { return max(d.LastConnected, d.LastActivity).Time() }

// Instant is a moment of the years 1901 to 2200 in a third of the memory of a
// [time.Time]: every device has two. It counts nanoseconds from 1900; zero is
// unknown.
type Instant uint64

var firstInstant = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// InstantOf gives the instant of a time; zero of the zero time.
func InstantOf(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.Unix()-firstInstant.Unix())*1e9 + Instant(t.Nanosecond())
}

// Time gives the instant in UTC; the zero time where it is unknown.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.Unix(int64(i/1e9)+firstInstant.Unix(), int64(i%1e9)).UTC()
}

// Called is what people call a device, else what identifies it.
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

// Destination is a place where devices store their backups, as a report names
// it. The UID is steadier than the name: one UID goes by different names in
// different tenants.
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
	// Time is when; the zero time is undated.
	Time time.Time
	// Network is the source address cut to /24 or /64; the zero prefix means
	// that the evidence names none.
	Network netip.Prefix
	// Host is the destination as the evidence names it, a host name or an
	// address; "" when it names none.
	Host string
	// Destination is set when the observation is a report row's own port
	// column: the destination of that row, which decides whether it counts.
	// nil for evidence, which intake has already filtered to the vendor's cloud.
	Destination *Destination
	Source      Source
}

// Person is one row of the roster.
type Person struct {
	Username   string
	Email      string
	Department string
	// Name is the person's own, DN the distinguished name under which a
	// directory keeps the person.
	Name, DN string
	// Manager is who the row says it is: a name, a distinguished name, a user
	// name or an address. Package roster finds out who is meant.
	Manager      string
	ManagerEmail string
	Source       Source
}

// Waiver is a dated exemption as somebody wrote it down. Whether it holds, and
// for which device, package roster decides.
type Waiver struct {
	// Device is a GUID, or a name that is unique in the fleet.
	Device string
	Reason string
	Owner  string
	// Approver is who allowed it.
	Approver string
	// Expires is the last day on which it holds; the zero Day was not given.
	Expires calendar.Day
	Source  Source
}

// CutNetwork gives the network that a source address counts under: /24 for IPv4
// (also when written inside IPv6), /64 for IPv6.
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
