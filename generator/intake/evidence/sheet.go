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

// sheet turns the rows of one sheet of evidence into sightings. Rows that say the
// same are counted together, with the time of the newest.
type sheet struct {
	*tally
	in       *rows.Sheet
	times    value.Dates
	outcomes *outcomes
	doubts   doubts
	columns  struct{ device, address, port, destination, time int }
	// filtered says that the file has no destination column: somebody has already
	// picked the connections to the vendor's cloud.
	filtered bool
	clients  clients
	targets  numbers[target]
	// targetsByText has the numbers of targets by the cells that gave them.
	targetsByText map[string]uint32
	text          []byte // the cells of the row at hand, joined
	dates         numbers[string]
}

// Sheet reads one sheet of evidence.
func (r *Reader) Sheet(in *rows.Sheet) error {
	h := in.Header
	s := &sheet{
		in:       in,
		tally:    r.tally(in.Account, in.Name),
		times:    in.Dates(value.Dates{Order: r.opts.DateOrder, AsOf: r.opts.AsOf}),
		outcomes: newOutcomes(h, r.outcomes),
		doubts:   doubts{},
		filtered: !h.Has("destination", "destination_host"),
		clients:  clients{byName: map[called]*client{}, byText: map[string]*client{}, everyRow: r.everyRow()},
		targets:  newNumbers[target](), targetsByText: map[string]uint32{},
		dates: newNumbers[string](),
	}
	s.clients.odd = func(row int) {
		in.Problem(problem.UnreadableAddress, row, s.columns.address, "found no address, want four numbers with dots or an IPv6 address: it counts as missing")
	}
	in.Whole = len(s.outcomes.columns) > 0
	s.columns.device, s.columns.address = h.Number("device"), h.Number("address")
	s.columns.destination = cmp.Or(h.Number("destination"), h.Number("destination_host"))
	s.columns.port = cmp.Or(h.Number("port"), s.columns.destination)
	s.columns.time = cmp.Or(h.Number("time"), h.Number("date"))
	if err := rows.Each(in, s.take); err != nil {
		return err
	}
	s.clients.settle()
	s.times.Settle()
	s.finish()
	s.doubts.list(s.problem)
	for _, c := range s.outcomes.found() {
		in.Account.Note("Its column %s was read as what became of each connection.", problem.ColumnLetters(c+1))
	}
	if s.filtered {
		in.Account.Note("It has no destination: all its rows count as connections to the vendor's cloud.")
	}
	s.close(s.columns.device, s.columns.address)
	return nil
}

// take reads one row. It is decided on only in finish.
func (s *sheet) take(c *cells, m rows.Mark) {
	if value.Host(c.Device) == "" && value.Clean(c.Address) == "" {
		if m.Total() || m.Filled <= 1 {
			s.account.Other(1)
			return
		}
		s.account.Reject(1)
		s.problem(problem.UnjoinedConnection, m.Row, cmp.Or(s.columns.device, s.columns.address), "found neither a device nor an address, want one: the row joins no device")
		return
	}
	number := s.target(c, m.All)
	switch to := &s.targets.list[number]; {
	case to.ignored != nil:
		s.ignore(to.ignored, 1)
		return
	case to.doubt.kind != "":
		s.doubts.add(to.doubt, m.Row, 1)
		s.account.Reject(1)
		return
	}
	date, written := value.JoinDate(value.Clean(c.Date), value.Clean(c.Time), s.in.Workbook), uint32(0)
	at, how := s.times.Read(date)
	switch how {
	case value.Future:
		s.future(date, m.Row, 1)
		return
	case value.Undecided, value.Unreadable:
		written = s.dates.of(date, strings.Clone)
	}
	s.clients.add(c.Device, c.Address, held{target: number, date: written, row: int32(m.Row), rows: 1, newest: nanoseconds(at)})
}

// future rejects rows with a date in the future.
func (s *sheet) future(date string, row, rows int) {
	s.account.Reject(rows)
	s.problem(problem.FutureDate, row, s.columns.time, fmt.Sprintf(
		"found %s, want a date not later than the as-of date %s: the row does not count", problem.Quote(s.times.Shown(date)), s.times.AsOf))
}

// finish decides on all rows: only the whole sheet tells which columns hold
// outcomes, and whether the day or the month comes first.
func (s *sheet) finish() {
	var written []sighting // whose dates may be problems; these are decided in the order of rows
	for _, c := range s.clients.all {
		owner := cmp.Or(s.reader.owners.byName(c.name), s.reader.owners.byAddress(c.address, c.name))
		for _, h := range c.held {
			to := &s.targets.list[h.target]
			see := sighting{
				device: c.name, address: c.address, owner: owner, host: to.host, port: to.port,
				at: instant(h.newest), row: int(h.row), rows: int(h.rows), said: to.said, written: s.dates.list[h.date],
			}
			if see.written != "" {
				written = append(written, see)
			} else {
				s.decide(see)
			}
		}
	}
	slices.SortFunc(written, func(a, b sighting) int { return cmp.Compare(a.row, b.row) })
	for _, see := range written {
		s.decide(see)
	}
}

// decide decides whether a sighting counts. One rule holds for all doubt: it never
// proves an allowed port and never hides a retired one. So a sighting in doubt
// counts only if its port is retired.
func (s *sheet) decide(see sighting) {
	inDoubt := func(kind problem.Kind, column int, text string) (counts bool) {
		s.doubts.add(doubted{kind, column, text}, see.row, see.rows)
		if counts = s.reader.retired(see.port); !counts {
			s.account.Reject(see.rows)
		}
		return counts
	}
	result, odd := s.outcomes.decide(see.said)
	if result == failure {
		s.ignore(&s.failed, see.rows)
		return
	}
	if date := see.written; date != "" {
		one, other, how := s.times.Readings(date)
		see.at = one
		if how == value.Undecided {
			// Take the later of the two that is not in the future: doubt must not make an
			// observation older.
			end := s.times.AsOf.Over()
			if !one.Before(end) || other.After(one) && other.Before(end) {
				see.at = other
			}
			if s.old(one) && s.old(other) {
				s.ignore(&s.tooOld, see.rows)
				return
			}
		}
		if (how == value.Undecided || how == value.Unreadable) && !inDoubt(problem.UnreadableDate, s.columns.time, s.times.Shown(date)) {
			return
		}
		if how == value.Future {
			s.future(date, see.row, see.rows)
			return
		}
	}
	if s.old(see.at) {
		s.ignore(&s.tooOld, see.rows)
		return
	}
	if result == doubt && !inDoubt(problem.UnknownOutcome, odd.column, odd.text) {
		return
	}
	s.count(see)
}
