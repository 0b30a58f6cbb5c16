// Package ledger is the only place that counts rows. Each input has an [Account]
// while it is read. The account counts what became of every row and collects the
// problems. At the end it gives the [File] that pages and summary.json show. A
// ledger that does not balance is a fault of this program.
package ledger

import (
	"fmt"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// File is one input with its ledger.
type File struct {
	Path   string // relative to the configuration, with forward slashes
	Kind   column.Kind
	SHA256 string // lower-case hex of the bytes that were read
	Bytes  int64
	Ledger
	// Columns says which header text was read as which canonical column, in the
	// file's order. Unknown has the header texts without a meaning here.
	Columns []column.Column
	Unknown []string
	// Notes are sentences about how the file was read, such as that its rows are
	// joined by name.
	Notes []string
}

// Ledger accounts for every row of a file but its header: Rows = Devices +
// Merged + Rejected + Other.
//
// For inputs other than reports, Devices counts the rows that were used, and
// Merged those that repeat one. In evidence a row repeats another if it has the
// same device, port and network, and both or neither have a date. Evidence that
// does not count (another destination or port, an attempt, older than the
// window) is Other, and the file's notes say how much of it there is. Evidence
// that joins no device is Rejected.
type Ledger struct {
	Rows     int
	Devices  int // rows that became a device: its first in path and row order
	Merged   int // rows merged into another row's device
	Rejected int // rows with a problem that kept them from counting
	Other    int // rows that say nothing: titles, blanks, totals, notes
}

// Balanced reports whether every row is accounted for.
func (l Ledger) Balanced() bool { return l.Rows == l.Devices+l.Merged+l.Rejected+l.Other }

// Account keeps the ledger of one input while it is read.
type Account struct {
	file     File
	unjoined int
	repeated bool
	faults   faults
}

// New opens the account of an input. All its counts are 0.
func New(path string, kind column.Kind) *Account {
	return &Account{file: File{Path: path, Kind: kind}, faults: newFaults(kind)}
}

// Path is the input's path as positions show it.
func (a *Account) Path() string { return a.file.Path }

// Kind is the kind of the input.
func (a *Account) Kind() column.Kind { return a.file.Kind }

// Digest keeps the SHA-256 (lower-case hex) and the number of the input's bytes,
// once all are read.
func (a *Account) Digest(sha256 string, bytes int64) { a.file.SHA256, a.file.Bytes = sha256, bytes }

// Content gives what [Account.Digest] kept.
func (a *Account) Content() (sha256 string, bytes int64) { return a.file.SHA256, a.file.Bytes }

// Read counts rows that were read. Each must also be counted once by Other,
// Reject, Unjoined or Merge.
func (a *Account) Read(rows int) { a.file.Rows += rows }

// Other counts rows that say nothing: titles, blanks, totals, notes, and
// evidence that does not count.
func (a *Account) Other(rows int) { a.file.Other += rows }

// Reject counts rows with a problem that kept them from counting.
func (a *Account) Reject(rows int) { a.file.Rejected += rows }

// Unjoined rejects rows of evidence that join no device.
func (a *Account) Unjoined(rows int) {
	a.Reject(rows)
	a.unjoined += rows
}

// Merge counts rows that are used. [Account.Became] then says which of them is
// the first of its device.
func (a *Account) Merge(rows int) { a.file.Merged += rows }

// Became counts a row as one that became a device, and no longer as merged.
func (a *Account) Became() {
	a.file.Merged--
	a.file.Devices++
}

// Used is how many rows are used so far: devices and merged.
func (a *Account) Used() int { return a.file.Devices + a.file.Merged }

// Unused says in a few words why a file has no row that is used: how many rows it
// has, and how many were rejected.
func (a *Account) Unused() string {
	return fmt.Sprintf("%s below the header, %d rejected", plural.Count(a.file.Rows-a.file.Other, "row", "rows"), a.file.Rejected)
}

// Aside is how many rows so far do not count: rejected and other.
func (a *Account) Aside() int { return a.file.Other + a.file.Rejected }

// Header adds the columns of a header to [File.Columns].
func (a *Account) Header(h *column.Header) {
	a.file.Columns = append(a.file.Columns, h.Columns...)
	for _, o := range h.Outcomes {
		if !o.Perhaps {
			a.file.Columns = append(a.file.Columns, o.Column)
		}
	}
}

// Unknown adds header texts without a meaning here.
func (a *Account) Unknown(texts ...string) { a.file.Unknown = append(a.file.Unknown, texts...) }

// Note adds a sentence about how the input was read, formatted as by
// [fmt.Sprintf].
func (a *Account) Note(format string, args ...any) {
	a.file.Notes = append(a.file.Notes, fmt.Sprintf(format, args...))
}

// Repeat says that an earlier input has the same bytes. All its rows but Other
// then count as merged into those of the first, and its only problem is that it
// is a repeat.
func (a *Account) Repeat(first string) {
	a.file.Merged += a.file.Devices + a.file.Rejected
	a.file.Devices, a.file.Rejected, a.unjoined, a.repeated = 0, 0, 0, true
	a.faults = newFaults(a.file.Kind)
	a.Problem(problem.Position{}, problem.DuplicateFile, fmt.Sprintf("found the same bytes as in %s, want each export once", problem.Visible(first)))
}

// Repeated reports whether an earlier input has the same bytes.
func (a *Account) Repeated() bool { return a.repeated }

// Joined says how many rows of evidence joined a device, and how many joined
// none. Both are 0 for a repeated input, whose rows count once already, and for
// inputs that are no evidence.
func (a *Account) Joined() (joined, unjoined int) {
	if a.repeated || a.file.Kind != column.Connections {
		return 0, 0
	}
	return a.Used(), a.unjoined
}

// Close gives the input with its ledger, and its problems. It fails if the ledger
// does not balance.
func (a *Account) Close() (File, []problem.Problem, error) {
	if f := &a.file; !f.Balanced() {
		return File{}, nil, fmt.Errorf("%s: ledger: found %d rows read and %d accounted for, want the same",
			problem.Visible(f.Path), f.Rows, f.Devices+f.Merged+f.Rejected+f.Other)
	}
	return a.file, a.faults.list(), nil
}
