package report

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// sheet reads the rows of one sheet.
type sheet struct {
	in                  *rows.Sheet
	merger              *merger
	origin              int32 // the sheet's place in path order
	connected, activity value.Dates
	// held has the rows that cannot be read before the whole sheet is known: a date
	// may have the day or the month first, or a GUID may be rounded.
	held []held
	// whole says that the sheet has been read to its end: nothing is held any more.
	whole bool
	// footers has the rows that are notes if no device follows below them.
	footers []rows.Mark
	// unversioned has the numbers of the rows without a version. unreadable counts
	// the rows whose version cannot be read.
	unversioned []int
	unreadable  int
	// rows counts the rows about a device, with rejected ones.
	rows int
	// leader and votes find the device that most rows are about (see [sheet.vote]).
	leader, votes int32
	guids         guids
	destinations  bool   // the file has a destination column
	named         bool   // the file has no GUID column
	hasStatus     bool   // the file has a status column
	system        bool   // the version is the operating system's
	version       string // the canonical name of the version column
	like          string // an example of a version, for messages
	split         bool   // one cell may hold several destinations
	row           row
	// last has the texts of the row before, for [lastWord.keep].
	last struct{ department, organization, os, osVersion, status, destination, destinationUID lastWord }
}

type held struct {
	cells
	rows.Mark
}

// read reads every row as it comes, and then the held ones.
func (s *sheet) read() error {
	counts := 0 // the number of the last row about a device
	err := rows.Each(s.in, func(c *cells, m rows.Mark) {
		before := s.rows + len(s.held)
		s.take(c, m)
		if s.rows+len(s.held) > before {
			counts = m.Row
		}
	})
	if err != nil {
		return err
	}
	path := s.in.Account.Path()
	if cut := s.in.Cut(); cut != 0 && cut == counts {
		return table.Refuse(problem.Position{File: path, Row: cut}, problem.Damaged,
			"found the end of the file inside the last row, want a whole row or a line end behind it: the file was cut, export it again")
	}
	if damaged, of := s.guids.damaged(); damaged > 0 {
		return table.Refuse(problem.Position{File: path}, problem.Damaged, fmt.Sprintf(
			"found GUIDs that a spreadsheet rounded (%d of %d), want all digits: export again and do not save the file from a spreadsheet, or import the GUID column as text",
			damaged, of))
	}
	s.connected.Settle()
	s.activity.Settle()
	s.whole = true
	s.in.Account.Other(len(s.footers))
	s.footers = nil
	for i := range s.held {
		s.take(&s.held[i].cells, s.held[i].Mark)
	}
	if err := s.wrongColumn(); err != nil {
		return err
	}
	s.suspect()
	return nil
}

// take reads one row.
func (s *sheet) take(c *cells, m rows.Mark) {
	r := &s.row
	*r = row{path: s.in.Account.Path(), origin: s.origin, number: int32(m.Row), named: s.named, hasStatus: s.hasStatus, ports: r.ports[:0], destinations: r.destinations[:0], shown: m.Shown}
	if !s.identify(r, c, m) {
		return
	}
	connected, how := s.connected.Read(value.Clean(c.LastConnected))
	activity, howActivity := s.activity.Read(value.Clean(c.LastActivity))
	if !s.whole && (how == value.Undecided || howActivity == value.Undecided) {
		s.hold(c, m)
		return
	}
	r.connected = s.date(&s.connected, connected, how, c.LastConnected, "last_connected", m)
	r.activity = s.date(&s.activity, activity, howActivity, c.LastActivity, "last_activity", m)
	s.describe(r, c, m)
	if how != value.Future { // what was seen after the as-of day does not count
		r.ports = s.ports(r.ports, c.Port, m)
	}
	s.rows++
	s.in.Account.Merge(1)
	s.vote(s.merger.add(r))
}

// hold keeps a row until the whole sheet is known.
func (s *sheet) hold(c *cells, m rows.Mark) {
	m.First, m.Shown = strings.Clone(m.First), rows.CloneCells(m.Shown)
	s.held = append(s.held, held{c.clone(), m})
}

// problem adds a problem with a row's cell in a canonical column.
func (s *sheet) problem(kind problem.Kind, row int, column, message string) {
	s.in.Problem(kind, row, s.in.Header.Number(column), message)
}

// reject rejects a row that is about a device, with a problem.
func (s *sheet) reject(kind problem.Kind, row int, column, message string) {
	s.rows++
	s.in.Account.Reject(1)
	s.problem(kind, row, column, message)
}

// date gives t if it counts, else the zero time. A cell that holds no date at all
// is no problem; any other that does not count is.
func (s *sheet) date(dates *value.Dates, t time.Time, how value.Reading, cell, column string, m rows.Mark) time.Time {
	if how == value.Readable {
		return t
	}
	if how != value.NoDate {
		kind, message := dates.Fault(how, value.Clean(cell))
		s.problem(kind, m.Row, column, message)
	}
	return time.Time{}
}

// describe reads everything in a row but its identity, dates and ports.
func (s *sheet) describe(r *row, c *cells, m rows.Mark) {
	words := s.merger.words
	r.name = value.Name(c.Name)
	r.host = value.Host(c.Hostname)
	if r.name == "" && s.named {
		r.name = r.host
	}
	r.user = value.Name(c.Username)
	r.email = value.Name(c.Email)
	r.department = s.last.department.keep(words, value.Name(c.Department))
	r.organization = s.last.organization.keep(words, value.Name(c.Organization))
	r.os = s.last.os.keep(words, value.Clean(c.OS))
	r.osVersion = s.last.osVersion.keep(words, value.Clean(c.OSVersion))
	r.status = device.Status(s.last.status.keep(words, value.Clean(c.Status)))
	if s.system {
		r.version = s.merger.systemVersion(r.os, r.osVersion)
		r.app = words.Keep(value.Clean(c.Version))
	} else {
		r.version = s.merger.version(value.Clean(c.Version), s.in.Workbook)
	}
	switch {
	case r.version.Known:
	case r.version.Text == "":
		s.unversioned = append(s.unversioned, m.Row)
	default:
		s.unreadable++
		s.problem(problem.UnreadableVersion, m.Row, s.version,
			fmt.Sprintf("found %s, want a version %s", problem.Quote(r.version.Text), s.like))
	}
	if s.destinations {
		s.readDestinations(r, c, m)
	}
	r.remote = s.address(c.RemoteAddress, "remote_address", m)
	r.inside = s.address(c.Address, "address", m)
}

// readDestinations reads the row's destinations. A blank cell is a destination
// without a name. A devices.csv joins several with "; ".
func (s *sheet) readDestinations(r *row, c *cells, m rows.Mark) {
	words := s.merger.words
	name := value.Name(c.Destination)
	if !s.split || !strings.Contains(name, "; ") {
		r.destinations = append(r.destinations, device.Destination{
			UID:  s.last.destinationUID.keep(words, s.destinationUID(c.DestinationUID, m)),
			Name: s.last.destination.keep(words, name),
		})
		return
	}
	for part := range strings.SplitSeq(name, "; ") {
		r.destinations = append(r.destinations, device.Destination{Name: words.Keep(strings.TrimSpace(part))})
	}
}

// destinationUID reads a destination's UID. One that a spreadsheet rounded counts
// as none, with a problem: it would match nothing, or the wrong destination.
func (s *sheet) destinationUID(cell string, m rows.Mark) string {
	uid, whole := value.UID(cell, s.in.Workbook)
	if !whole {
		s.problem(problem.DamagedUID, m.Row, "destination_uid",
			"found a destination's UID as a spreadsheet rounds it, want all digits: export again, or import the column as text; the name alone decides")
	}
	return uid
}

// address reads "10.2.3.4:4242", "10.2.3.4" or "[fe80::1]:4242"; ":0" is none.
// The port is dropped: it is the device's or its router's, and says nothing
// about the destination's port.
func (s *sheet) address(cell, column string, m rows.Mark) netip.Addr {
	text := value.Clean(cell)
	if text == "" || text[0] == ':' && !strings.HasPrefix(text, "::") {
		return netip.Addr{}
	}
	a, ok := value.Address(text)
	if !ok {
		s.problem(problem.UnreadableAddress, m.Row, column, "found no address, want four numbers with dots or an IPv6 address: it counts as missing")
	}
	return a
}

// ports reads one port, or several: "443, 4287".
func (s *sheet) ports(into []int, cell string, m rows.Mark) []int {
	if port, ok := value.Port(value.Clean(cell)); ok {
		return append(into, port)
	}
	for part := range strings.FieldsFuncSeq(value.Clean(cell), func(c rune) bool { return c == ',' || c == ';' || c == ' ' || c == '/' }) {
		port, ok := value.Port(part)
		if !ok {
			s.problem(problem.UnreadablePort, m.Row, "port", fmt.Sprintf("found %s, want a port like 4287: it counts as missing", problem.Quote(part)))
			continue
		}
		into = append(into, port)
	}
	return into
}
