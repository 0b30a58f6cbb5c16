package intake

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// reportReader turns the rows of one sheet into facts about devices.
type reportReader struct {
	*body
	connected, activity value.Dates
	// held has the rows that only the whole sheet can decide: a date that is
	// day-first or month-first, a GUID that may be rounded.
	held []heldRow
	// whole says that the sheet has been read, so that nothing is held.
	whole bool
	// footers has rows that may be notes below the table.
	footers []mark
	// unversioned has the rows without a version.
	unversioned []int
	// rows counts the rows that are about a device, rejected ones too; long
	// those with a GUID that a spreadsheet cannot keep, rounded those among them
	// that end in 000, floats those that a floating-point number may have been.
	rows, long, rounded, floats int
	// rejectRounded says that rounded GUIDs are too many to be chance.
	rejectRounded bool
	destinations  bool // the file has a destination column
	named         bool // the file has no GUID column
	split         bool // one cell may hold several destinations
	row           facts
	// last has the words of the row before, by column.
	last struct{ department, organization, os, osVersion, status, destination, destinationUID memory }
}

type heldRow struct {
	reportRow
	mark
}

// report reads one sheet of a report.
func (s *source) report(b *body) (commit func(), err error) {
	order := s.run.opts.DateOrder
	r := &reportReader{
		body:         b,
		connected:    value.Dates{Order: order, Workbook: b.table.Workbook(), Date1904: b.table.Date1904()},
		destinations: b.header.Has("destination", "destination_uid"),
		split:        !b.header.Has("destination_uid"),
		named:        !b.header.Has("device_guid"),
	}
	r.activity = r.connected
	counts := 0 // the last row that counts
	err = each(b, func(row *reportRow, m mark) {
		before := r.rows + len(r.held)
		r.take(row, m)
		if r.rows+len(r.held) > before {
			counts = m.row
		}
	})
	if err != nil {
		return nil, err
	}
	if cut := b.table.Cut(); cut != 0 && cut == counts {
		return nil, s.refuseAt(problem.Position{Row: cut}, problem.Damaged,
			"found the end of the file inside the last row, want a whole row or a line end behind it: the file was cut, export it again")
	}
	if err := r.finish(); err != nil {
		return nil, err
	}
	return func() {}, nil
}

// take reads one row.
func (r *reportReader) take(row *reportRow, m mark) {
	f := &r.row
	*f = facts{path: r.file.Path, origin: r.origin, row: int32(m.row), ports: f.ports[:0], destinations: f.destinations[:0]}
	if !r.identify(f, row, m) {
		return
	}
	if !r.date(f, row, m) {
		r.held = append(r.held, heldRow{row.clone(), m})
		return
	}
	r.rows++
	r.used++
	r.describe(f, row, m)
	r.run.fleet.add(f)
}

// date reads the row's dates. It reports false when only the whole column can
// tell what one of them means.
func (r *reportReader) date(f *facts, row *reportRow, m mark) bool {
	connected, how := r.connected.Read(value.Clean(row.LastConnected))
	activity, howActivity := r.activity.Read(value.Clean(row.LastActivity))
	if !r.whole && (how == value.Undecided || howActivity == value.Undecided) {
		return false
	}
	f.connected = r.instant(connected, how, row.LastConnected, "last_connected", m)
	f.later = how == value.Readable && !connected.Before(r.run.end)
	f.activity = r.instant(activity, howActivity, row.LastActivity, "last_activity", m)
	return true
}

// instant gives a date that counts, or the zero time and a problem.
func (r *reportReader) instant(t time.Time, how value.Reading, cell, column string, m mark) time.Time {
	return r.checkDate(t, how, cell, m.row, r.header.Number(column))
}

// describe reads everything else that a row says of its device.
func (r *reportReader) describe(f *facts, row *reportRow, m mark) {
	fleet := r.run.fleet
	f.name = value.Name(row.Name)
	f.host = value.Host(row.Hostname)
	if f.name == "" && r.named {
		f.name = f.host
	}
	f.user = value.Name(row.Username)
	f.email = value.Name(row.Email)
	f.department = r.last.department.word(fleet, value.Name(row.Department))
	f.organization = r.last.organization.word(fleet, value.Name(row.Organization))
	f.os = r.last.os.word(fleet, value.Clean(row.OS))
	f.osVersion = r.last.osVersion.word(fleet, value.Clean(row.OSVersion))
	f.status = device.Status(r.last.status.word(fleet, value.Clean(row.Status)))
	f.version = fleet.version(value.Clean(row.Version), r.table.Workbook())
	if !f.version.Known {
		if f.version.Text == "" {
			r.unversioned = append(r.unversioned, m.row)
		} else {
			r.faults.add(problem.UnreadableVersion, m.row, r.header.Number("app_version"),
				fmt.Sprintf("found %s, want a version like 7.0.3", problem.Quote(f.version.Text)))
		}
	}
	f.named = r.named
	if r.destinations {
		r.readDestinations(f, row, m)
	}
	f.remote = r.address(row.RemoteAddress, "remote_address", m)
	f.inside = r.address(row.Address, "address", m)
	if row.Port != "" && !f.later {
		f.ports = r.ports(f.ports, row.Port, m)
	}
}

// readDestinations reads the row's destination; a blank cell is one without a
// name. A devices.csv joins several with "; ".
func (r *reportReader) readDestinations(f *facts, row *reportRow, m mark) {
	fleet := r.run.fleet
	name := value.Name(row.Destination)
	if !r.split || !strings.Contains(name, "; ") {
		f.destinations = append(f.destinations, device.Destination{
			UID:  r.last.destinationUID.word(fleet, r.destinationUID(row.DestinationUID, m)),
			Name: r.last.destination.word(fleet, name),
		})
		return
	}
	for part := range strings.SplitSeq(name, "; ") {
		f.destinations = append(f.destinations, device.Destination{Name: fleet.word(strings.TrimSpace(part))})
	}
}

// destinationUID reads a destination's UID. One that a spreadsheet rounded is
// none: it would match nothing, or the wrong destination.
func (r *reportReader) destinationUID(cell string, m mark) string {
	uid := value.Clean(cell)
	if value.Digits(uid) || !value.Numeric(uid) {
		return uid
	}
	if exact, ok := value.WholeNumber(uid); r.table.Workbook() && ok && len(exact) <= value.ExactDigits {
		return exact
	}
	r.faults.add(problem.DamagedUID, m.row, r.header.Number("destination_uid"),
		"found a destination's UID as a spreadsheet rounds it, want all digits: export again, or import the column as text; the name alone decides")
	return ""
}

// address reads "10.2.3.4:4242", "10.2.3.4", "[fe80::1]:4242"; ":0" is none.
// The port in it belongs to the device or to its router, and is dropped: it
// says nothing about the destination's.
func (r *reportReader) address(cell, column string, m mark) netip.Addr {
	text := value.Clean(cell)
	if text == "" || text[0] == ':' && !strings.HasPrefix(text, "::") {
		return netip.Addr{}
	}
	a, ok := value.Address(text)
	if !ok {
		r.faults.add(problem.UnreadableAddress, m.row, r.header.Number(column), "found no address, want one like 10.2.3.4:4242: it counts as missing")
	}
	return a
}

// ports reads one port, or several: "443, 4287".
func (r *reportReader) ports(into []int, cell string, m mark) []int {
	text := value.Clean(cell)
	if text == "" {
		return into
	}
	for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == ',' || c == ';' || c == ' ' || c == '/' }) {
		port, ok := value.Port(part)
		if !ok {
			r.faults.add(problem.UnreadablePort, m.row, r.header.Number("port"), fmt.Sprintf("found %s, want a port like 4287: it counts as missing", problem.Quote(part)))
			continue
		}
		into = append(into, port)
	}
	return into
}

// Rounded GUIDs come by chance too: one in a thousand ends in 000. Above these
// bounds they do not.
const (
	judgedGUIDs   = 5  // fewer GUIDs prove nothing
	judgedFloats  = 8  // likewise, of the weaker sign
	chanceGUIDs   = 5  // so many may end in 000
	chanceOneInto = 50 // or one in so many
)

// finish decides what only the whole sheet can tell.
func (r *reportReader) finish() error {
	if r.long >= judgedGUIDs && 2*r.rounded > r.long || r.long >= judgedFloats && 2*r.floats > r.long {
		return r.refuse(problem.Damaged, fmt.Sprintf(
			"found GUIDs that a spreadsheet rounded (%d of %d), want all digits: export again and do not save the file from a spreadsheet, or import the GUID column as text",
			max(r.rounded, r.floats), r.long))
	}
	r.rejectRounded = r.rounded > max(chanceGUIDs, r.long/chanceOneInto)
	r.connected.Settle()
	r.activity.Settle()
	r.whole = true
	r.file.Other += len(r.footers)
	r.footers = nil
	for i := range r.held {
		r.take(&r.held[i].reportRow, r.held[i].mark)
	}
	r.suspect()
	r.close()
	return nil
}
