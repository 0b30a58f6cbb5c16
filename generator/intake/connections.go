package intake

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/problem"
)

// connectionRow is a row of evidence as gocsv decodes it.
type connectionRow struct {
	Device, Address, Destination, DestinationHost, Port, Date, Time, Outcome string
}

// UnmarshalCSVWithFields takes one cell.
func (r *connectionRow) UnmarshalCSVWithFields(column, cell string) error {
	switch column {
	case "device":
		r.Device = cell
	case "address":
		r.Address = cell
	case "destination":
		r.Destination = cell
	case "destination_host":
		r.DestinationHost = cell
	case "port":
		r.Port = cell
	case "date":
		r.Date = cell
	case "time":
		r.Time = cell
	case "outcome":
		r.Outcome = cell
	}
	return nil
}

// sighting is what one row of evidence says.
type sighting struct {
	device  string // a GUID, a device name or a host name
	address netip.Addr
	host    string
	port    int
	at      time.Time
	row     int
	// rows is how many rows say the same.
	rows int
}

// connectionReader turns the rows of one sheet of evidence into connections.
type connectionReader struct {
	*body
	evidence
	times   clock
	columns struct{ device, address, destination, port, time int }
	// filtered says that the file has no destination, so that somebody has
	// already picked the vendor's cloud.
	filtered bool
	// held has the rows whose date is day-first or month-first, by everything
	// but the time of day: only the latest of a day can decide anything.
	held map[string]heldSighting
}

type heldSighting struct {
	sighting
	date string
}

// connections reads one sheet of evidence.
func (s *source) connections(b *body) (commit func(), err error) {
	h := b.header
	r := &connectionReader{
		body:     b,
		evidence: newEvidence(s),
		times:    clock{order: s.run.opts.DateOrder, workbook: b.table.Workbook(), date1904: b.table.Date1904()},
		filtered: !h.has("destination", "destination_host"),
		held:     map[string]heldSighting{},
	}
	r.columns.device, r.columns.address = h.column("device"), h.column("address")
	r.columns.destination = cmp.Or(h.column("destination"), h.column("destination_host"))
	r.columns.port = cmp.Or(h.column("port"), h.column("destination"))
	r.columns.time = cmp.Or(h.column("time"), h.column("date"))
	if err := each(b, r.take); err != nil {
		return nil, err
	}
	r.times.settle()
	for _, h := range r.sortedHeld() {
		var how reading
		h.at, how = r.times.read(h.date)
		r.finish(h.sighting, h.date, how)
	}
	b.close()
	if r.filtered {
		r.note("It has no destination: all its rows count as connections to the vendor's cloud.")
	}
	r.evidence.close(r.columns.device, r.columns.address)
	return r.commit, nil
}

// take reads one row.
func (r *connectionReader) take(row *connectionRow, m mark) {
	see := sighting{device: cleanHost(row.Device), row: m.row, rows: 1}
	address := clean(row.Address)
	if see.device == "" && address == "" {
		if isTotal(m) || m.filled <= 1 {
			r.file.Other++
			return
		}
		r.file.Rejected++
		r.faults.add(problem.UnjoinedConnection, m.row, cmp.Or(r.columns.device, r.columns.address), "found neither a device nor an address, want one: the row joins no device")
		return
	}
	if failed(clean(row.Outcome)) {
		r.file.Other++
		r.failed++
		return
	}
	destination, port := clean(row.Destination), clean(row.Port)
	host, destinationPort := cutPort(destination)
	if port == "" {
		port = destinationPort
	}
	see.host = cmp.Or(clean(row.DestinationHost), host)
	if !r.filtered && !r.inCloud(host) && !r.inCloud(see.host) {
		r.file.Other++
		r.elsewhere++
		return
	}
	var ok bool
	if see.port, ok = parsePort(port); !ok {
		r.file.Rejected++
		found := "no port"
		if port != "" {
			found = problem.Quote(port)
		}
		r.faults.add(problem.UnreadablePort, m.row, r.columns.port, "found "+found+", want a destination port like 4287: the row does not count")
		return
	}
	if !r.decides(see.port) {
		r.file.Other++
		r.otherPorts++
		return
	}
	if address != "" {
		if see.address, ok = parseAddress(address); !ok {
			r.faults.add(problem.UnreadableAddress, m.row, r.columns.address, "found no address, want one like 10.2.3.4: it counts as missing")
		}
	}
	date := joinDate(clean(row.Date), clean(row.Time), r.times.workbook)
	var how reading
	see.at, how = r.times.read(date)
	if how == undecided {
		r.hold(see, date)
		return
	}
	r.finish(see, date, how)
}

// hold keeps a row until the whole column tells what its date means.
func (r *connectionReader) hold(see sighting, date string) {
	day, _, _ := strings.Cut(date, " ")
	key := fmt.Sprintf("%s\x00%s\x00%s\x00%d\x00%s", strings.ToLower(see.device), see.address, see.host, see.port, day)
	have, known := r.held[key]
	if !known {
		see.device, see.host, date = strings.Clone(see.device), strings.Clone(see.host), strings.Clone(date)
		r.held[key] = heldSighting{see, date}
		return
	}
	have.rows++
	if see.at.After(have.at) || see.at.Equal(have.at) && see.row > have.row {
		have.at, have.row, have.date = see.at, see.row, strings.Clone(date)
	}
	r.held[key] = have
}

func (r *connectionReader) sortedHeld() []heldSighting {
	held := make([]heldSighting, 0, len(r.held))
	for _, h := range r.held {
		held = append(held, h)
	}
	slices.SortFunc(held, func(a, b heldSighting) int { return cmp.Compare(a.row, b.row) })
	return held
}

// finish accounts for a row whose date is read as far as it can be.
func (r *connectionReader) finish(see sighting, date string, how reading) {
	if how == readable && !see.at.Before(r.run.end) {
		r.file.Rejected += see.rows
		r.faults.add(problem.FutureDate, see.row, r.columns.time, fmt.Sprintf(
			"found %s, want a date not later than the as-of date %s: the row does not count", problem.Quote(date), r.run.opts.AsOf))
		return
	}
	see.at = r.checkDate(see.at, how, date, see.row, r.columns.time)
	r.count(see)
}

// joinDate puts a date and a time of day together where they stand in two
// columns, as Fortinet's do.
func joinDate(date, clock string, workbook bool) string {
	switch {
	case date == "":
		return clock
	case clock == "":
		return date
	}
	if workbook {
		day, err := strconv.ParseFloat(date, 64)
		fraction, err2 := strconv.ParseFloat(clock, 64)
		if err == nil && err2 == nil && fraction < 1 {
			return strconv.FormatFloat(day+fraction, 'f', -1, 64)
		}
	}
	if _, _, ok := parseClock(clock); ok {
		return date + " " + clock
	}
	return clock
}

// failed reports whether a firewall or a sensor says that there was no
// connection: an attempt says nothing about the port that a device uses. The
// words are those of PAN-OS and FortiOS for the action, and Zeek's states of a
// connection that was never established.
func failed(outcome string) bool {
	if outcome == "" {
		return false
	}
	switch outcome {
	case "S0", "REJ", "RSTOS0", "RSTRH", "SH", "SHR":
		return true
	}
	outcome = strings.ToLower(outcome)
	for _, word := range []string{"den", "drop", "block", "reject", "reset-", "ip-conn", "discard"} {
		if strings.HasPrefix(outcome, word) {
			return true
		}
	}
	return false
}
