package evidence

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// sighting is what one or more rows of evidence say alike.
type sighting struct {
	device  string // a GUID, a device name or a host name
	address netip.Addr
	owner   *device.Device // nil for none
	host    string
	port    int
	at      time.Time
	row     int // the number of the newest row
	rows    int // how many rows say the same
	// Only from a table: what it says of the outcome, and the date as written if it
	// is no instant yet.
	said    said
	written string
}

// tally joins the sightings of one sheet or log to devices. It counts the rows
// that join none, and those that do not count.
type tally struct {
	reader  *Reader
	account *ledger.Account
	sheet   string
	// unknown has the devices that no report knows, by name and address.
	unknown map[string]*unknownDevice
	// How many rows do not count, by why, for the notes.
	failed, elsewhere, otherPorts, tooOld int
}

type unknownDevice struct {
	row, rows int
	byAddress bool
}

// lookupLimit bounds how many different texts of a file are remembered.
const lookupLimit = 100_000

func (r *Reader) tally(account *ledger.Account, sheet string) *tally {
	return &tally{reader: r, account: account, sheet: sheet, unknown: map[string]*unknownDevice{}}
}

// ignore accounts for rows that do not count, and adds them to one of the notes'
// counts.
func (t *tally) ignore(why *int, rows int) {
	t.account.Other(rows)
	*why += rows
}

// problem adds a problem with a row.
func (t *tally) problem(kind problem.Kind, row, column int, message string) {
	t.account.Problem(problem.Position{Sheet: t.sheet, Row: row, Column: column}, kind, message)
}

// old reports whether an instant is before the evidence window. The zero time is
// not.
func (t *tally) old(at time.Time) bool {
	oldest := t.reader.oldest
	return !at.IsZero() && !oldest.IsZero() && calendar.Of(at).Before(oldest)
}

// count joins a sighting to its device and accounts for its rows.
func (t *tally) count(see sighting) {
	if t.old(see.at) {
		t.ignore(&t.tooOld, see.rows)
		return
	}
	if see.owner == nil {
		t.account.Unjoined(see.rows)
		t.miss(see)
		return
	}
	c := device.Connection{Port: see.port, Time: see.at, Host: see.host, Source: device.Source{File: t.account.Path(), Row: see.row}}
	if see.address.IsValid() {
		c.Network = device.CutNetwork(see.address)
	}
	t.account.Merge(see.rows)
	if t.reader.ports.Add(see.owner, c) {
		t.account.Became()
	}
}

// miss remembers what rows that join no device call theirs.
func (t *tally) miss(see sighting) {
	key := strings.ToLower(see.device) + " " + see.address.String()
	u := t.unknown[key]
	if u == nil && len(t.unknown) >= lookupLimit {
		key = "" // all further ones together
		u = t.unknown[key]
	}
	if u == nil {
		u = &unknownDevice{row: see.row, byAddress: see.device == ""}
		t.unknown[key] = u
	}
	u.row = min(u.row, see.row)
	u.rows += see.rows
}

// close adds the problems with rows that join no device, and the notes about rows
// that do not count. device and address are the columns that name a device; 0 for
// none.
func (t *tally) close(device, address int) {
	for _, u := range slices.SortedFunc(maps.Values(t.unknown), func(a, b *unknownDevice) int { return cmp.Compare(a.row, b.row) }) {
		column := cmp.Or(device, address)
		if u.byAddress {
			column = address
		}
		t.problem(problem.UnjoinedConnection, u.row, column, fmt.Sprintf(
			"found a device (%s) that is not exactly one of the reports' devices, want its GUID, its unique name or its inside address: it counts for none", plural.Count(u.rows, "row", "rows")))
	}
	for _, n := range []struct {
		rows int
		note string
	}{
		{t.elsewhere, "lead elsewhere than to the vendor's cloud"},
		{t.failed, "are attempts without a connection"},
		{t.otherPorts, "are on ports that the policy does not name"},
		{t.tooOld, "are older than the evidence window"},
	} {
		if n.rows > 0 {
			t.account.Note("Not counted: rows that %s (%d).", n.note, n.rows)
		}
	}
}
