// Package intake turns files into facts: reports into devices, evidence into
// connections, the roster into people. It is the only place that knows how CSV
// files and workbooks are read. Rows stream through one mapping from header
// texts to canonical columns, are merged into devices by GUID, and every row
// read is accounted for in its file's ledger; a ledger that does not balance
// fails the run. Faults in rows are problems with a position; a file that
// cannot be trusted as a whole is refused.
package intake

import (
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/problem"
)

// Kind says what a file was read as.
type Kind = column.Kind

// The kinds of input.
const (
	Report      = column.Report
	Connections = column.Connections
	Roster      = column.Roster
	Waivers     = column.Waivers
)

// File is one input with its ledger.
type File struct {
	Path   string // relative to the configuration, with forward slashes
	Kind   Kind
	SHA256 string // lower-case hex of the bytes that were read
	Bytes  int64
	Ledger
	// Columns says which header text was read as which canonical column, in
	// the file's order; Unknown has the header texts that mean nothing to us.
	Columns []column.Column
	Unknown []string
	// Notes are assumptions made for this file, one sentence each: joined by
	// name, already filtered to the vendor's cloud.
	Notes []string
}

// Ledger accounts for every row of a file but its header: Rows = Devices + Merged + Rejected +
// Other. Reports fill it as named. For other inputs Devices counts the rows that
// were used, and Merged those that repeat one: of evidence, an observation of a
// device, port and network that a newer row has too. Evidence that does not
// count (another destination or port, an attempt, older than the window) is
// Other, and the file's notes say how much; what joins no device is Rejected.
type Ledger struct {
	Rows     int
	Devices  int // rows that became a device: its first in path and row order
	Merged   int // rows merged into another row's device
	Rejected int // rows with a problem that kept them from counting
	Other    int // title, blank and totals rows
}

// Balanced reports whether every row is accounted for.
func (l Ledger) Balanced() bool { return l.Rows == l.Devices+l.Merged+l.Rejected+l.Other }

// Result is everything that a run reads.
type Result struct {
	// Devices is ordered by GUID, then name, username and source.
	Devices  []*device.Device
	People   []device.Person
	Waivers  []device.Waiver
	Files    []File // ordered by kind as named above, then path
	Problems []problem.Problem
	// Notes are worth knowing of all inputs together, one sentence each: how many
	// devices share a name.
	Notes []string
	// Joined counts the evidence: observations tied to a device, and not.
	Joined, Unjoined int
	// Traced has the traces that were asked for, in the order of Devices.
	Traced []Trace
}
