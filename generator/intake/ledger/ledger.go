// Package ledger is the only place that counts rows. Each input has an [Account]
// while it is read, which says of every row what became of it and collects what
// is wrong; at the end it gives the [File] that pages and summary.json show. A
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
	// Columns says which header text was read as which canonical column, in
	// the file's order; Unknown has the header texts that mean nothing to us.
	Columns []column.Column
	Unknown []string
	// Notes are assumptions made for this file, one sentence each: joined by
	// name, already filtered to the vendor's cloud.
	Notes []string
}

// Ledger accounts for every row of a file but its header: Rows = Devices +
// Merged + Rejected + Other. Reports fill it as named. For other inputs Devices
// counts the rows that were used, and Merged those that repeat one: of evidence,
// an observation of a device, port and network that a newer row has too.
// Evidence that does not count (another destination or port, an attempt, older
// than the window) is Other, and the file's notes say how much; what joins no
// device is Rejected.
type Ledger struct {
	Rows     int
	Devices  int // rows that became a device: its first in path and row order
	Merged   int // rows merged into another row's device
	Rejected int // rows with a problem that kept them from counting
	Other    int // title, blank and totals rows
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

// New opens the account of an input.
func New(path string, kind column.Kind) *Account {
	return &Account{file: File{Path: path, Kind: kind}, faults: newFaults(kind)}
}

// Path is the input's path as positions show it.
func (a *Account) Path() string { return a.file.Path }

// Kind is the kind of the input.
func (a *Account) Kind() column.Kind { return a.file.Kind }

// Digest says what the bytes of the input were, when all are read.
func (a *Account) Digest(sha256 string, bytes int64) { a.file.SHA256, a.file.Bytes = sha256, bytes }

// Content is what [Account.Digest] said.
func (a *Account) Content() (sha256 string, bytes int64) { return a.file.SHA256, a.file.Bytes }

// Read counts rows that were read; each must be accounted for by one of the
// others.
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

// Merge counts rows that are used. One of them that turns out to be the first
// of its device is made so by [Account.Became].
func (a *Account) Merge(rows int) { a.file.Merged += rows }

// Became counts one of the merged rows as the one that became a device.
func (a *Account) Became() {
	a.file.Merged--
	a.file.Devices++
}

// Used is how many rows so far are used.
func (a *Account) Used() int { return a.file.Devices + a.file.Merged }

// Unused says why a file with rows has none that is used.
func (a *Account) Unused() string {
	return fmt.Sprintf("%s below the header, %d rejected", plural.Count(a.file.Rows-a.file.Other, "row", "rows"), a.file.Rejected)
}

// Aside is how many rows so far do not count.
func (a *Account) Aside() int { return a.file.Other + a.file.Rejected }

// Header keeps what a header's texts were read as.
func (a *Account) Header(h *column.Header) {
	a.file.Columns = append(a.file.Columns, h.Columns...)
	for _, o := range h.Outcomes {
		if !o.Perhaps {
			a.file.Columns = append(a.file.Columns, o.Column)
		}
	}
}

// Unknown keeps header texts that mean nothing to us.
func (a *Account) Unknown(texts ...string) { a.file.Unknown = append(a.file.Unknown, texts...) }

// Note keeps an assumption made for this input, one sentence.
func (a *Account) Note(format string, args ...any) {
	a.file.Notes = append(a.file.Notes, fmt.Sprintf(format, args...))
}

// Repeat says that an earlier input has the same bytes. The rows merged into
// those of the first, whatever they hold.
func (a *Account) Repeat(first string) {
	a.file.Merged += a.file.Devices + a.file.Rejected
	a.file.Devices, a.file.Rejected, a.unjoined, a.repeated = 0, 0, 0, true
	a.faults = newFaults(a.file.Kind)
	a.Problem(problem.Position{}, problem.DuplicateFile, fmt.Sprintf("found the same bytes as in %s, want each export once", problem.Visible(first)))
}

// Repeated reports whether an earlier input has the same bytes.
func (a *Account) Repeated() bool { return a.repeated }

// Joined says how many rows of evidence joined a device, and how many none.
// Those of a repeated input are counted once.
func (a *Account) Joined() (joined, unjoined int) {
	if a.repeated || a.file.Kind != column.Connections {
		return 0, 0
	}
	return a.Used(), a.unjoined
}

// Close gives the input with its ledger, and its problems. The error says that
// the ledger does not balance.
func (a *Account) Close() (File, []problem.Problem, error) {
	if f := &a.file; !f.Balanced() {
		return File{}, nil, fmt.Errorf("%s: ledger: found %d rows read and %d accounted for, want the same",
			problem.Visible(f.Path), f.Rows, f.Devices+f.Merged+f.Rejected+f.Other)
	}
	return a.file, a.faults.list(), nil
}
