// Package memory knows what earlier nights found. The assessed fleet of tonight
// and the log of the nights before come in; what changed, how the figures went
// night by night, whether the pace suffices, and the log with tonight in it go
// out. It judges nothing anew: a night's verdicts stay what they were then.
//
// # The folder
//
// A memory is a folder of plain text in UTF-8 that package publish writes,
// verifies by its manifest and swaps, as it does with the site. A line ends with
// a line feed, parts of it are parted by tabs, and in a value a backslash, a tab,
// a line feed and a carriage return are written as \\, \t, \n and \r.
//
// nights.txt has the record of each night, oldest first, parted by blank lines;
// its first line is "cutoff memory, format 1". A record is a list of lines, a
// word and its value:
//
//	night 2020-01-15       the as-of date
//	tool cutoff 1.2.3      the program that recorded it
//	devices 9              and affected, open, waived
//	upgrade 2              the devices with a verdict; each verdict has a line
//	policy HASH ID         SHA-256 of the policy's text
//	configuration HASH     of the configuration's text; none without one
//	settings HASH          of those settings that can change a verdict
//	input KIND HASH NAME   each file that was read, by kind, then hash
//	empty NAME             each department without a device
//	forced yes             when a bound was passed and overridden
//	facts HASH             of that night's devices, as lines of devices.txt
//	before HASH            of the record before, all its lines; none for the first
//
// The facts and the chain of hashes are for auditors: who has kept one record's
// hash can tell later whether that night or one before it was changed since.
//
// devices.txt is the log of changes. It is ordered by device and not by night,
// so that one look shows a device's whole story, and so that a night that is
// filled in late or done again touches nothing but the lines about it:
//
//	839648314463407621
//		2019-12-18	verdict=upgrade	name=LT-0042	user=anna	department=Sales	version=5.3.1	is=too-old	kind=cloud	destination=42
//		2020-01-08	verdict=ready	version=7.0.3.55	is=connects	port=4287 allowed
//		2020-01-14	gone
//		2020-01-15	back
//
// A line without a tab in front names a device: its GUID, or for a device
// without one a hyphen, the name and the user in lower case (and a number where
// several are called so). The lines below say from which night on something was
// different: only what changed since the line before, "gone" when no report had
// the device, "back" when one had it again. A value that became empty has
// nothing after its equals sign. Devices are ordered by their first line, byte
// by byte; a value is there in the order of the example: verdict, name, user,
// department, version, is (what the version means), port (with what it means),
// kind (of the destinations), destination (each by its UID, else its name),
// deactivated, waived (until).
//
// mail.jsonl is the log of the mails that were sent (package deliver). It is
// handed on as it is, night by night.
//
// Everything else is worked out from the first two files each night, and must agree
// with the records' totals. So the bytes of a memory depend on its nights alone,
// not on the order in which they were recorded.
package memory

import (
	"example.org/cutoff/generator/calendar"
)

// MailName is the file with the log of the mails that were sent.
const MailName = "mail.jsonl"

// Account is what the memory says on one night.
type Account struct {
	// AsOf is tonight; nights after it are left out of everything here.
	AsOf calendar.Day
	// Last compares tonight with the night before it, Announcement with the
	// last night on or before the announcement, else the first one remembered.
	// Both are nil on the first night. Where both compare with the same night,
	// Announcement is the same pointer as Last.
	Last, Announcement *Comparison
	History            History
	// Pace is the whole fleet's; nil on the first night.
	Pace *Pace
	// Chain is the hash of tonight's record and, through it, of all nights before:
	// what the memory says depends on nothing else. It is "" where nothing was
	// written.
	Chain string
}
