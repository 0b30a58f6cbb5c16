package evidence

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// cells is a row of evidence.
type cells struct {
	Device          string `csv:"device"`
	Address         string `csv:"address"`
	Destination     string `csv:"destination"`
	DestinationHost string `csv:"destination_host"`
	Port            string `csv:"port"`
	Date            string `csv:"date"`
	Time            string `csv:"time"`
	Received        string `csv:"received"`
	Application     string `csv:"application"`
}

// sheet turns the rows of one sheet of evidence into sightings. Rows that say
// the same are counted together, with the time of the newest.
type sheet struct {
	in       *rows.Sheet
	tally    *tally
	times    value.Dates
	outcomes *outcomes
	doubts   doubts
	columns  struct{ device, address, port, destination, time int }
	// filtered says that the file has no destination, so that somebody has
	// already picked the vendor's cloud.
	filtered bool
	held     map[key]*sighting
	texts    map[string]string // one copy of each
}

// key is what rows that are counted together share.
type key struct {
	device, host string
	address      netip.Addr
	port         int
	said         said
	how          value.Reading
	date         string    // as written, where it is no instant
	at           time.Time // where every row is asked for
}

// Sheet reads one sheet of evidence.
func (r *Reader) Sheet(in *rows.Sheet) error {
	h := in.Header
	in.Whole = true
	s := &sheet{
		in:       in,
		tally:    r.tally(in.Account, in.Name),
		times:    in.Dates(value.Dates{Order: r.opts.DateOrder, AsOf: r.opts.AsOf}),
		outcomes: newOutcomes(h, r.opts.Outcomes),
		doubts:   doubts{},
		filtered: !h.Has("destination", "destination_host"),
		held:     map[key]*sighting{},
		texts:    map[string]string{},
	}
	s.columns.device, s.columns.address = h.Number("device"), h.Number("address")
	s.columns.destination = cmp.Or(h.Number("destination"), h.Number("destination_host"))
	s.columns.port = cmp.Or(h.Number("port"), s.columns.destination)
	s.columns.time = cmp.Or(h.Number("time"), h.Number("date"))
	if err := rows.Each(in, s.take); err != nil {
		return err
	}
	s.times.Settle()
	keys := slices.SortedFunc(maps.Keys(s.held), func(a, b key) int {
		return cmp.Or(cmp.Compare(s.held[a].row, s.held[b].row), cmp.Compare(a.said.bits, b.said.bits))
	})
	for _, k := range keys {
		s.finish(k, s.held[k])
	}
	s.doubts.list(s.in.Problem)
	for _, c := range s.outcomes.found() {
		in.Account.Note("Its column %s was read as what became of each connection.", problem.ColumnLetters(c+1))
	}
	if s.filtered {
		in.Account.Note("It has no destination: all its rows count as connections to the vendor's cloud.")
	}
	s.tally.close(s.columns.device, s.columns.address)
	return nil
}

// take reads one row.
func (s *sheet) take(c *cells, m rows.Mark) {
	device, address := value.Host(c.Device), value.Clean(c.Address)
	if device == "" && address == "" {
		if m.Total() || m.Filled <= 1 {
			s.in.Account.Other(1)
			return
		}
		s.reject(problem.UnjoinedConnection, m.Row, cmp.Or(s.columns.device, s.columns.address), "found neither a device nor an address, want one: the row joins no device")
		return
	}
	received := value.Clean(c.Received)
	if received == "0" || strings.EqualFold(value.Clean(c.Application), "incomplete") {
		s.tally.ignore(&s.tally.failed, 1)
		return
	}
	k := key{said: s.outcomes.read(m.All, value.Digits(received))}
	end, ok := s.destination(c, m)
	if !ok {
		return
	}
	if k.port, ok = s.port(c, end, m); !ok {
		return
	}
	if address != "" {
		if k.address, ok = value.Address(address); !ok {
			s.in.Problem(problem.UnreadableAddress, m.Row, s.columns.address, "found no address, want one like 10.2.3.4: it counts as missing")
		}
	}
	date := value.JoinDate(value.Clean(c.Date), value.Clean(c.Time), s.in.Workbook)
	var t time.Time
	switch t, k.how = s.times.Read(date); k.how {
	case value.Future:
		s.reject(problem.FutureDate, m.Row, s.columns.time, fmt.Sprintf(
			"found %s, want a date not later than the as-of date %s: the row does not count", problem.Quote(s.times.Shown(date)), s.times.AsOf))
		return
	case value.Undecided, value.Unreadable:
		k.date = s.keep(date)
	}
	if s.tally.reader.everyRow() {
		k.at = t
	}
	k.device, k.host = s.keep(device), s.keep(cmp.Or(end.Name, end.Host))
	s.hold(k, t, m.Row)
}

// destination gives where a row leads. It reports false for a row that does not
// count and is accounted for.
func (s *sheet) destination(c *cells, m rows.Mark) (value.Endpoint, bool) {
	end, ok := value.ParseEndpoint(value.Clean(c.Destination))
	host, ok2 := value.ParseEndpoint(value.Clean(c.DestinationHost))
	if host.Host != "" {
		end.Name = host.Host
		end.Port = cmp.Or(end.Port, host.Port)
	}
	switch {
	case s.filtered, s.tally.inCloud(end.Host), s.tally.inCloud(end.Name):
		return end, true
	case !ok || !ok2 || end.Host == "" && end.Name == "":
		s.doubts.add(problem.UnreadableDestination, s.columns.destination, s.keep(c.Destination), m.Row, 1)
		s.in.Account.Reject(1)
	default:
		s.tally.ignore(&s.tally.elsewhere, 1)
	}
	return end, false
}

// port gives the destination port of a row: from its own column, from the
// destination, or from the application's name. It reports false for a row that
// does not count and is accounted for.
func (s *sheet) port(c *cells, end value.Endpoint, m rows.Mark) (int, bool) {
	text := value.Clean(c.Port)
	port, ok := value.Port(text)
	if !ok && text == "" {
		if port, ok = end.Port, end.Port > 0; !ok {
			port, ok = value.Port(value.Clean(c.Application))
		}
	}
	switch {
	case !ok:
		s.doubts.add(problem.UnreadablePort, s.columns.port, s.keep(text), m.Row, 1)
		s.in.Account.Reject(1)
	case !s.tally.reader.decides(port):
		s.tally.ignore(&s.tally.otherPorts, 1)
	default:
		return port, true
	}
	return port, false
}

// reject accounts for a row with a problem that keeps it from counting.
func (s *sheet) reject(kind problem.Kind, row, column int, message string) {
	s.in.Account.Reject(1)
	s.in.Problem(kind, row, column, message)
}

// hold counts a row among those that say the same.
func (s *sheet) hold(k key, t time.Time, row int) {
	have := s.held[k]
	if have == nil {
		have = &sighting{device: k.device, address: k.address, host: k.host, port: k.port, at: t, row: row}
		s.held[k] = have
	}
	have.rows++
	if t.After(have.at) || t.Equal(have.at) && row > have.row {
		have.at, have.row = t, row
	}
}

// keep gives a copy of a text that is kept once.
func (s *sheet) keep(text string) string {
	kept, known := s.texts[text]
	if !known {
		kept = strings.Clone(text)
		if len(s.texts) < lookupLimit {
			s.texts[kept] = kept
		}
	}
	return kept
}

// finish decides on rows once the whole sheet has told which columns are
// outcomes and whether the day or the month comes first. One rule holds for all
// doubt: it never proves an allowed port and never hides a retired one.
func (s *sheet) finish(k key, see *sighting) {
	inDoubt := func(kind problem.Kind, column int, text string) (counts bool) {
		s.doubts.add(kind, column, text, see.row, see.rows)
		if counts = s.tally.reader.retired(see.port); !counts {
			s.in.Account.Reject(see.rows)
		}
		return counts
	}
	result, odd := s.outcomes.decide(k.said)
	if result == failure {
		s.tally.ignore(&s.tally.failed, see.rows)
		return
	}
	if k.date != "" {
		one, other, how := s.times.Readings(k.date)
		see.at = one
		if how == value.Undecided {
			// The later of the two that count, since it must not hide anything.
			if other.After(one) == other.Before(s.times.AsOf.Over()) {
				see.at = other
			}
			if s.tally.old(one) && s.tally.old(other) {
				s.tally.ignore(&s.tally.tooOld, see.rows)
				return
			}
		}
		if (how == value.Undecided || how == value.Unreadable) && !inDoubt(problem.UnreadableDate, s.columns.time, s.times.Shown(k.date)) {
			return
		}
		if how == value.Future {
			s.in.Account.Reject(see.rows)
			s.in.Problem(problem.FutureDate, see.row, s.columns.time, fmt.Sprintf(
				"found %s, want a date not later than the as-of date %s: the row does not count", problem.Quote(k.date), s.times.AsOf))
			return
		}
	}
	if s.tally.old(see.at) {
		s.tally.ignore(&s.tally.tooOld, see.rows)
		return
	}
	if result == doubt && !inDoubt(problem.UnknownOutcome, odd.column, odd.text) {
		return
	}
	s.tally.count(*see)
}
