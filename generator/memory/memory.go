// Package memory knows what earlier nights found. The assessed fleet of tonight
// and the log of earlier nights come in. Out go the changes, the figures night by
// night, whether the pace is fast enough, and the log with tonight in it. It never
// judges an earlier night again: a night's verdicts stay what they were then.
//
// # The folder
//
// A memory is a folder of plain text in UTF-8. Package publish writes it, verifies
// it by its manifest and swaps it, as it does with the site. A line ends with a
// line feed and has tabs between its parts. In a value, a backslash, a tab, a line
// feed and a carriage return are written as \\, \t, \n and \r.
//
// nights.txt begins with the line "cutoff memory, format 1". The records of the
// nights follow, oldest first, with a blank line before each. A line of a record
// has a word, a blank and the value:
//
//	night 2020-01-15       the as-of date
//	tool cutoff 1.2.3      the program that recorded it
//	devices 9              and affected, open, waived
//	upgrade 2              the devices with a verdict; each verdict has a line
//	policy HASH ID         SHA-256 of the policy's text
//	configuration HASH     of the configuration's text; no line without one
//	settings HASH          of those settings that can change a verdict
//	input KIND HASH NAME   each file that was read, by kind, then hash
//	empty NAME             each department without a device
//	forced yes             when a bound was passed and overridden
//	facts HASH             of that night's devices, as lines of devices.txt
//	before HASH            of all lines of the record before; no line in the first
//
// The facts and the chain of hashes are for auditors. Somebody who has kept one
// record's hash can tell later whether that night or an earlier one was changed.
//
// devices.txt is the log of changes. It is ordered by device and not by night. So
// one look shows a device's whole story, and a night that is filled in late or
// done again changes only the lines about it:
//
//	839648314463407621
//		2019-12-18	verdict=upgrade	name=LT-0042	user=anna	department=Sales	version=5.3.1	is=too-old	kind=cloud	destination=42
//		2020-01-08	verdict=ready	version=7.0.3.55	is=connects	port=4287 allowed
//		2020-01-14	gone
//		2020-01-15	back
//
// A line without a tab in front names a device by its GUID. A device without a
// GUID has a hyphen, the name and the user in lower case, and a number from the
// second one of the same name and user on. The lines below it say from which night
// on something was different. They have only what changed since the line before,
// "gone" if no report had the device, and "back" if one had it again. A value that
// became empty has nothing after its equals sign.
//
// Devices without a GUID come first, then all are ordered by their first line,
// byte by byte. Values come in this order: verdict, name, user, department,
// version, subject (whose version it is, if not the app's), system (the kind of
// operating system, if the rules ask for it), is (what the version means), port
// (with what it means), kind (of the destinations), destination (each by its UID,
// else its name), deactivated, waived (until).
//
// mail.jsonl is the log of the mails that were sent (package deliver). It is
// carried over unchanged from night to night.
//
// All else is computed from the first two files each night, and has to agree with
// the records' totals. The bytes of these two files depend only on the nights in
// them, not on the order in which they were recorded.
package memory

import (
	"example.org/cutoff/generator/calendar"
)

// MailName is the file with the log of the mails that were sent.
const MailName = "mail.jsonl"

// Account is what the memory says on one night.
type Account struct {
	// AsOf is tonight. Nothing here counts a later night.
	AsOf calendar.Day
	// Last compares tonight with the night before it. Announcement compares it
	// with the last night on or before the announcement, else with the first night
	// of the memory. Both are nil on the first night. If both compare with the same
	// night, Announcement is the same pointer as Last.
	Last, Announcement *Comparison
	History            History
	// Pace is the pace of the whole fleet; nil on the first night.
	Pace *Pace
	// Chain is the hash of tonight's record, which includes the hash of the record
	// before, and so on. What the memory says depends on nothing else. It is "" if
	// nothing was written.
	Chain string
}
