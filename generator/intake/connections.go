package intake

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"example.org/cutoff/generator/intake/value"
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
	times   value.Dates
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
		times:    value.Dates{Order: s.run.opts.DateOrder, Workbook: b.table.Workbook(), Date1904: b.table.Date1904()},
		filtered: !h.Has("destination", "destination_host"),
		held:     map[string]heldSighting{},
	}
	r.columns.device, r.columns.address = h.Number("device"), h.Number("address")
	r.columns.destination = cmp.Or(h.Number("destination"), h.Number("destination_host"))
	r.columns.port = cmp.Or(h.Number("port"), h.Number("destination"))
	r.columns.time = cmp.Or(h.Number("time"), h.Number("date"))
	if err := each(b, r.take); err != nil {
		return nil, err
	}
	r.times.Settle()
	for _, h := range r.sortedHeld() {
		var how value.Reading
		h.at, how = r.times.Read(h.date)
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
	see := sighting{device: value.Host(row.Device), row: m.row, rows: 1}
	address := value.Clean(row.Address)
	if see.device == "" && address == "" {
		if isTotal(m) || m.filled <= 1 {
			r.file.Other++
			return
		}
		r.file.Rejected++
		r.faults.add(problem.UnjoinedConnection, m.row, cmp.Or(r.columns.device, r.columns.address), "found neither a device nor an address, want one: the row joins no device")
		return
	}
	if value.Failed(value.Clean(row.Outcome)) {
		r.file.Other++
		r.failed++
		return
	}
	destination, port := value.Clean(row.Destination), value.Clean(row.Port)
	host, destinationPort := value.CutPort(destination)
	if port == "" {
		port = destinationPort
	}
	see.host = cmp.Or(value.Clean(row.DestinationHost), host)
	if !r.filtered && !r.inCloud(host) && !r.inCloud(see.host) {
		r.file.Other++
		r.elsewhere++
		return
	}
	var ok bool
	if see.port, ok = value.Port(port); !ok {
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
		if see.address, ok = value.Address(address); !ok {
			r.faults.add(problem.UnreadableAddress, m.row, r.columns.address, "found no address, want one like 10.2.3.4: it counts as missing")
		}
	}
	date := value.JoinDate(value.Clean(row.Date), value.Clean(row.Time), r.times.Workbook)
	var how value.Reading
	see.at, how = r.times.Read(date)
	if how == value.Undecided {
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
func (r *connectionReader) finish(see sighting, date string, how value.Reading) {
	if how == value.Readable && !see.at.Before(r.run.end) {
		r.file.Rejected += see.rows
		r.faults.add(problem.FutureDate, see.row, r.columns.time, fmt.Sprintf(
			"found %s, want a date not later than the as-of date %s: the row does not count", problem.Quote(date), r.run.opts.AsOf))
		return
	}
	see.at = r.checkDate(see.at, how, date, see.row, r.columns.time)
	r.count(see)
}
