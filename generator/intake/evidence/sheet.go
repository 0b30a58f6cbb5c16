package evidence

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// cells is a row of evidence as gocsv decodes it.
type cells struct {
	Device, Address, Destination, DestinationHost, Port, Date, Time, Outcome string
}

// UnmarshalCSVWithFields takes one cell.
func (c *cells) UnmarshalCSVWithFields(column, cell string) error {
	switch column {
	case "device":
		c.Device = cell
	case "address":
		c.Address = cell
	case "destination":
		c.Destination = cell
	case "destination_host":
		c.DestinationHost = cell
	case "port":
		c.Port = cell
	case "date":
		c.Date = cell
	case "time":
		c.Time = cell
	case "outcome":
		c.Outcome = cell
	}
	return nil
}

// sheet turns the rows of one sheet of evidence into sightings.
type sheet struct {
	in      *rows.Sheet
	tally   *tally
	times   value.Dates
	columns struct{ device, address, port, time int }
	// filtered says that the file has no destination, so that somebody has
	// already picked the vendor's cloud.
	filtered bool
	// held has the rows whose date is day-first or month-first, by everything
	// but the time of day: only the latest of a day can decide anything.
	held map[string]held
}

type held struct {
	sighting
	date string
}

// Sheet reads one sheet of evidence.
func (r *Reader) Sheet(in *rows.Sheet) error {
	h := in.Header
	s := &sheet{
		in:       in,
		tally:    r.tally(in.Account, in.Name),
		times:    in.Dates(value.Dates{Order: r.opts.DateOrder, AsOf: r.opts.AsOf}),
		filtered: !h.Has("destination", "destination_host"),
		held:     map[string]held{},
	}
	s.columns.device, s.columns.address = h.Number("device"), h.Number("address")
	s.columns.port = cmp.Or(h.Number("port"), h.Number("destination"))
	s.columns.time = cmp.Or(h.Number("time"), h.Number("date"))
	if err := rows.Each(in, s.take); err != nil {
		return err
	}
	s.times.Settle()
	for _, h := range s.sortedHeld() {
		var how value.Reading
		h.at, how = s.times.Read(h.date)
		s.finish(h.sighting, h.date, how)
	}
	if s.filtered {
		in.Account.Note("It has no destination: all its rows count as connections to the vendor's cloud.")
	}
	s.tally.close(s.columns.device, s.columns.address)
	return nil
}

// take reads one row.
func (s *sheet) take(c *cells, m rows.Mark) {
	see := sighting{device: value.Host(c.Device), row: m.Row, rows: 1}
	address := value.Clean(c.Address)
	if see.device == "" && address == "" {
		if m.Total() || m.Filled <= 1 {
			s.in.Account.Other(1)
			return
		}
		s.reject(problem.UnjoinedConnection, see, cmp.Or(s.columns.device, s.columns.address), "found neither a device nor an address, want one: the row joins no device")
		return
	}
	if value.Failed(value.Clean(c.Outcome)) {
		s.tally.ignore(&s.tally.failed, 1)
		return
	}
	host, destinationPort := value.CutPort(value.Clean(c.Destination))
	port := cmp.Or(value.Clean(c.Port), destinationPort)
	see.host = cmp.Or(value.Clean(c.DestinationHost), host)
	if !s.filtered && !s.tally.inCloud(host) && !s.tally.inCloud(see.host) {
		s.tally.ignore(&s.tally.elsewhere, 1)
		return
	}
	var ok bool
	if see.port, ok = value.Port(port); !ok {
		found := "no port"
		if port != "" {
			found = problem.Quote(port)
		}
		s.reject(problem.UnreadablePort, see, s.columns.port, "found "+found+", want a destination port like 4287: the row does not count")
		return
	}
	if !s.tally.reader.decides(see.port) {
		s.tally.ignore(&s.tally.otherPorts, 1)
		return
	}
	if address != "" {
		if see.address, ok = value.Address(address); !ok {
			s.in.Problem(problem.UnreadableAddress, m.Row, s.columns.address, "found no address, want one like 10.2.3.4: it counts as missing")
		}
	}
	date := value.JoinDate(value.Clean(c.Date), value.Clean(c.Time), s.in.Workbook)
	var how value.Reading
	if see.at, how = s.times.Read(date); how == value.Undecided {
		s.hold(see, date)
		return
	}
	s.finish(see, date, how)
}

// reject accounts for rows with a problem that keeps them from counting.
func (s *sheet) reject(kind problem.Kind, see sighting, column int, message string) {
	s.in.Account.Reject(see.rows)
	s.in.Problem(kind, see.row, column, message)
}

// hold keeps a row until the whole column tells what its date means.
func (s *sheet) hold(see sighting, date string) {
	day, _, _ := strings.Cut(date, " ")
	key := fmt.Sprintf("%s\x00%s\x00%s\x00%d\x00%s", strings.ToLower(see.device), see.address, see.host, see.port, day)
	have, known := s.held[key]
	if !known {
		see.device, see.host, date = strings.Clone(see.device), strings.Clone(see.host), strings.Clone(date)
		s.held[key] = held{see, date}
		return
	}
	have.rows++
	if see.at.After(have.at) || see.at.Equal(have.at) && see.row > have.row {
		have.at, have.row, have.date = see.at, see.row, strings.Clone(date)
	}
	s.held[key] = have
}

func (s *sheet) sortedHeld() []held {
	return slices.SortedFunc(maps.Values(s.held), func(a, b held) int { return cmp.Compare(a.row, b.row) })
}

// finish accounts for a row whose date is read as far as it can be.
func (s *sheet) finish(see sighting, date string, how value.Reading) {
	switch how {
	case value.Future:
		s.reject(problem.FutureDate, see, s.columns.time, fmt.Sprintf(
			"found %s, want a date not later than the as-of date %s: the row does not count", problem.Quote(date), s.times.AsOf))
		return
	case value.Undecided, value.Unreadable:
		kind, message := s.times.Fault(how, date)
		s.in.Problem(kind, see.row, s.columns.time, message)
		see.at = time.Time{}
	}
	s.tally.count(see)
}
