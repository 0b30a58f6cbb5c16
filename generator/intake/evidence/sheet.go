package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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
	held     holds
	texts    texts
	saids    []said
	numbers  map[said]uint32   // in saids
	targets  map[string]target // by their cells
}

// target is a destination that was read.
type target struct {
	value.Endpoint
	known, inCloud bool
}

// Sheet reads one sheet of evidence.
func (r *Reader) Sheet(in *rows.Sheet) error {
	h := in.Header
	s := &sheet{
		in:       in,
		tally:    r.tally(in.Account, in.Name),
		times:    in.Dates(value.Dates{Order: r.opts.DateOrder, AsOf: r.opts.AsOf}),
		outcomes: newOutcomes(h, r.opts.Outcomes),
		doubts:   doubts{},
		filtered: !h.Has("destination", "destination_host"),
		held:     holds{places: map[string]int32{}},
		texts:    texts{[]string{""}, map[string]uint32{"": 0}},
		saids:    []said{{}},
		numbers:  map[said]uint32{},
		targets:  map[string]target{},
	}
	in.Whole = s.outcomes.any()
	s.columns.device, s.columns.address = h.Number("device"), h.Number("address")
	s.columns.destination = cmp.Or(h.Number("destination"), h.Number("destination_host"))
	s.columns.port = cmp.Or(h.Number("port"), s.columns.destination)
	s.columns.time = cmp.Or(h.Number("time"), h.Number("date"))
	if err := rows.Each(in, s.take); err != nil {
		return err
	}
	s.times.Settle()
	s.held.join(r.owners)
	var written []*held // with dates that may be problems, which come in the order of rows
	for h := range s.held.all {
		if device, same := h.parts(); same.date != 0 {
			written = append(written, h)
		} else {
			s.finish(h, device, same)
		}
	}
	slices.SortFunc(written, func(a, b *held) int { return cmp.Compare(a.row, b.row) })
	for _, h := range written {
		device, same := h.parts()
		s.finish(h, device, same)
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
	outcome := s.outcomes.read(m.All, value.Digits(received))
	end, ok := s.destination(c, m)
	if !ok {
		return
	}
	port, ok := s.port(c, end, m)
	if !ok {
		return
	}
	k := same{said: s.said(outcome), port: uint16(port)}
	if address != "" {
		if k.address, ok = value.Address(address); !ok {
			s.in.Problem(problem.UnreadableAddress, m.Row, s.columns.address, "found no address, want four numbers with dots or an IPv6 address: it counts as missing")
		}
	}
	date := value.JoinDate(value.Clean(c.Date), value.Clean(c.Time), s.in.Workbook)
	t, how := s.times.Read(date)
	k.how = uint8(how)
	switch how {
	case value.Future:
		s.reject(problem.FutureDate, m.Row, s.columns.time, fmt.Sprintf(
			"found %s, want a date not later than the as-of date %s: the row does not count", problem.Quote(s.times.Shown(date)), s.times.AsOf))
		return
	case value.Undecided, value.Unreadable:
		k.date = s.texts.number(date)
	}
	at := nanoseconds(t)
	if s.tally.reader.everyRow() {
		k.at = at
	}
	k.host = s.texts.number(cmp.Or(end.Name, end.Host))
	s.held.add(device, k, at, m.Row)
}

// destination gives where a row leads. It reports false for a row that does not
// count and is accounted for.
func (s *sheet) destination(c *cells, m rows.Mark) (value.Endpoint, bool) {
	e := s.target(c)
	switch {
	case e.inCloud:
		return e.Endpoint, true
	case !e.known:
		s.doubts.add(problem.UnreadableDestination, s.columns.destination, s.texts.keep(c.Destination), m.Row, 1)
		s.in.Account.Reject(1)
	default:
		s.tally.ignore(&s.tally.elsewhere, 1)
	}
	return e.Endpoint, false
}

// target reads where a row leads. Few texts say it for all rows, so that each is
// read once, as far as there is room for them.
func (s *sheet) target(c *cells) target {
	known := s.targets
	if c.DestinationHost != "" {
		known = nil // two cells say it
	} else if e, ok := known[c.Destination]; ok {
		return e
	}
	to, ok := value.ParseEndpoint(value.Clean(c.Destination))
	host, ok2 := value.ParseEndpoint(value.Clean(c.DestinationHost))
	if host.Host != "" {
		to.Name = host.Host
		to.Port = cmp.Or(to.Port, host.Port)
	}
	e := target{to, ok && ok2 && (to.Host != "" || to.Name != ""), s.filtered || s.tally.inCloud(to.Host) || s.tally.inCloud(to.Name)}
	if known != nil && len(known) < lookupLimit {
		text := strings.Clone(c.Destination)
		e.Host, e.Name = strings.Clone(e.Host), strings.Clone(e.Name)
		known[text] = e
	}
	return e
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
		s.doubts.add(problem.UnreadablePort, s.columns.port, s.texts.keep(text), m.Row, 1)
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

// said gives the number of what a row says of its outcome.
func (s *sheet) said(what said) uint32 {
	if what == (said{}) {
		return 0
	}
	number, known := s.numbers[what]
	if !known {
		number = uint32(len(s.saids))
		s.numbers[what] = number
		s.saids = append(s.saids, what)
	}
	return number
}

// texts numbers texts and keeps one copy of each; "" is number 0.
type texts struct {
	list   []string
	places map[string]uint32
}

func (t *texts) number(text string) uint32 {
	number, known := t.places[text]
	if !known {
		number = uint32(len(t.list))
		t.list = append(t.list, strings.Clone(text))
		t.places[t.list[number]] = number
	}
	return number
}

func (t *texts) keep(text string) string { return t.list[t.number(text)] }

// finish decides on rows once the whole sheet has told which columns are
// outcomes and whether the day or the month comes first. One rule holds for all
// doubt: it never proves an allowed port and never hides a retired one.
func (s *sheet) finish(h *held, device string, same same) {
	see := &sighting{
		device: device, address: same.address, host: s.texts.list[same.host], port: int(same.port),
		at: instant(h.newest), row: h.row, rows: h.rows,
	}
	inDoubt := func(kind problem.Kind, column int, text string) (counts bool) {
		s.doubts.add(kind, column, text, see.row, see.rows)
		if counts = s.tally.reader.retired(see.port); !counts {
			s.in.Account.Reject(see.rows)
		}
		return counts
	}
	result, odd := s.outcomes.decide(s.saids[same.said])
	if result == failure {
		s.tally.ignore(&s.tally.failed, see.rows)
		return
	}
	if same.date != 0 {
		date := s.texts.list[same.date]
		one, other, how := s.times.Readings(date)
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
		if (how == value.Undecided || how == value.Unreadable) && !inDoubt(problem.UnreadableDate, s.columns.time, s.times.Shown(date)) {
			return
		}
		if how == value.Future {
			s.in.Account.Reject(see.rows)
			s.in.Problem(problem.FutureDate, see.row, s.columns.time, fmt.Sprintf(
				"found %s, want a date not later than the as-of date %s: the row does not count", problem.Quote(date), s.times.AsOf))
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
	s.tally.count(*see, h.owner)
}
