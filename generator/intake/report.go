package intake

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/problem"
)

// reportRow is a row of a report as gocsv decodes it: one text per canonical
// column.
type reportRow struct {
	GUID, Name, Hostname, Username, Email, Department, Organization string
	OS, OSVersion, Version, Status                                  string
	Destination, DestinationUID                                     string
	Port, LastConnected, LastActivity, Address, RemoteAddress       string
}

// UnmarshalCSVWithFields takes one cell. gocsv calls it in place of its own
// reflection, which costs three times as much.
func (r *reportRow) UnmarshalCSVWithFields(column, cell string) error {
	switch column {
	case "device_guid":
		r.GUID = cell
	case "device_name":
		r.Name = cell
	case "hostname":
		r.Hostname = cell
	case "username":
		r.Username = cell
	case "email":
		r.Email = cell
	case "department":
		r.Department = cell
	case "organization":
		r.Organization = cell
	case "os":
		r.OS = cell
	case "os_version":
		r.OSVersion = cell
	case "app_version":
		r.Version = cell
	case "status":
		r.Status = cell
	case "destination":
		r.Destination = cell
	case "destination_uid":
		r.DestinationUID = cell
	case "port":
		r.Port = cell
	case "last_connected":
		r.LastConnected = cell
	case "last_activity":
		r.LastActivity = cell
	case "address":
		r.Address = cell
	case "remote_address":
		r.RemoteAddress = cell
	}
	return nil
}

// clone copies a row out of the memory that it shares with the cells that
// nobody keeps.
func (r *reportRow) clone() reportRow {
	c := *r
	for _, cell := range []*string{
		&c.GUID, &c.Name, &c.Hostname, &c.Username, &c.Email, &c.Department, &c.Organization,
		&c.OS, &c.OSVersion, &c.Version, &c.Status, &c.Destination, &c.DestinationUID,
		&c.Port, &c.LastConnected, &c.LastActivity, &c.Address, &c.RemoteAddress,
	} {
		*cell = strings.Clone(*cell)
	}
	return c
}

// reportReader turns the rows of one sheet into facts about devices.
type reportReader struct {
	*body
	connected, activity clock
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
		connected:    clock{order: order, workbook: b.table.Workbook(), date1904: b.table.Date1904()},
		destinations: b.header.has("destination", "destination_uid"),
		split:        !b.header.has("destination_uid"),
		named:        !b.header.has("device_guid"),
	}
	r.activity = r.connected
	if err := each(b, r.take); err != nil {
		return nil, err
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

// identify finds out to which device a row belongs. It reports false for a row
// that has been accounted for, or held.
func (r *reportReader) identify(f *facts, row *reportRow, m mark) bool {
	if r.named {
		f.name = cleanName(row.Name)
		if f.name == "" {
			f.name = cleanHost(row.Hostname)
		}
		if f.name == "" || isTotal(m) {
			r.unidentified(row, m)
			return false
		}
		r.rejectFooters()
		return true
	}
	guid, how := readGUID(row.GUID, r.table.Workbook())
	if !r.whole && len(guid) > exactDigits && plainDigits(guid) {
		r.long++
		if passedFloat(guid) {
			r.floats++
		}
	}
	switch how {
	case noGUID, foreignText:
		r.unidentified(row, m)
		return false
	}
	r.rejectFooters()
	switch how {
	case damagedGUID:
		r.rows++
		r.file.Rejected++
		r.faults.add(problem.DamagedGUID, m.row, r.header.column("device_guid"),
			"found a number that is no GUID, as a spreadsheet's rounding leaves it, want up to 19 digits: export again, or import the column as text")
		return false
	case roundedGUID:
		if !r.whole {
			r.rounded++
			r.held = append(r.held, heldRow{row.clone(), m})
			return false
		}
		if r.rejectRounded {
			r.rows++
			r.file.Rejected++
			r.faults.add(problem.DamagedGUID, m.row, r.header.column("device_guid"),
				"found a GUID that ends in 000 as too many others do, want the digits that a spreadsheet rounded away: export again, or import the column as text")
			return false
		}
		r.faults.add(problem.Suspicious, m.row, r.header.column("device_guid"),
			"found a GUID that ends in 000, as a spreadsheet's rounding leaves it: the row counts")
	}
	f.guid = guid
	return true
}

// footerRows is how many rows below a table may be notes, and footerCells how
// many cells such a row may have.
const (
	footerRows  = 10
	footerCells = 2
)

// unidentified accounts for a row without an identity: a totals line, a note
// below the table, or a row that lost its GUID.
func (r *reportReader) unidentified(row *reportRow, m mark) {
	switch {
	case isTotal(m):
		r.file.Other++
	case m.filled <= footerCells && r.header.width > 2*footerCells && clean(row.Version) == "" && len(r.footers) < footerRows:
		r.footers = append(r.footers, m)
	default:
		r.rejectFooters()
		r.reject(m)
	}
}

// rejectFooters accounts for rows that looked like notes below the table, when
// the table goes on.
func (r *reportReader) rejectFooters() {
	for _, m := range r.footers {
		r.reject(m)
	}
	r.footers = r.footers[:0]
}

// reject accounts for a row that belongs to no device.
func (r *reportReader) reject(m mark) {
	r.rows++
	r.file.Rejected++
	column, message := "device_guid", "found no GUID, want up to 19 digits: the row belongs to no device"
	if r.named {
		column, message = "device_name", "found no name of a device, want one: the row belongs to no device"
	}
	r.faults.add(problem.MissingGUID, m.row, r.header.column(column), message)
}

// isTotal reports whether a row is a line of totals: few cells, of which the
// first begins with a word for it.
func isTotal(m mark) bool {
	const most = 3 // the word, a count, a sum
	if m.filled == 0 || m.filled > most {
		return false
	}
	word := strings.ToLower(strings.TrimRight(m.first, " :0123456789.,()"))
	switch word {
	case "total", "totals", "grand total", "subtotal", "sum", "summe", "gesamt", "insgesamt", "count", "rows", "devices",
		"total devices", "total rows", "total count", "number of devices", "row count", "device count", "anzahl":
		return true
	}
	number, unit, found := strings.Cut(strings.ToLower(m.first), " ")
	if !found || !plainDigits(number) {
		return false
	}
	switch strings.Trim(unit, " .") {
	case "rows", "row", "devices", "device", "records", "record", "entries", "computers", "total":
		return true
	}
	return false
}

// date reads the row's dates. It reports false when only the whole column can
// tell what one of them means.
func (r *reportReader) date(f *facts, row *reportRow, m mark) bool {
	connected, how := r.connected.read(clean(row.LastConnected))
	activity, howActivity := r.activity.read(clean(row.LastActivity))
	if !r.whole && (how == undecided || howActivity == undecided) {
		return false
	}
	f.connected = r.instant(connected, how, row.LastConnected, "last_connected", m)
	f.activity = r.instant(activity, howActivity, row.LastActivity, "last_activity", m)
	return true
}

// instant gives a date that counts, or the zero time and a problem.
func (r *reportReader) instant(t time.Time, how reading, cell, column string, m mark) time.Time {
	return r.checkDate(t, how, cell, m.row, r.header.column(column))
}

// checkDate gives a date that counts, or the zero time and a problem.
func (s *source) checkDate(t time.Time, how reading, cell string, row, column int) time.Time {
	switch {
	case how == unreadableDate:
		s.faults.add(problem.UnreadableDate, row, column,
			fmt.Sprintf("found %s, want a date like 2020-02-04T09:30:00Z: it counts as missing", problem.Quote(clean(cell))))
	case how == undecided:
		s.faults.add(problem.UnreadableDate, row, column,
			fmt.Sprintf("found %s, want to know whether the day or the month comes first, which no date of the column tells: set dates.order in the configuration", problem.Quote(clean(cell))))
	case how == readable && !t.Before(s.run.end):
		s.faults.add(problem.FutureDate, row, column,
			fmt.Sprintf("found %s, want a date not later than the as-of date %s: it counts as missing", problem.Quote(clean(cell)), s.run.opts.AsOf))
	case how == readable:
		return t
	}
	return time.Time{}
}

// describe reads everything else that a row says of its device.
func (r *reportReader) describe(f *facts, row *reportRow, m mark) {
	fleet := r.run.fleet
	f.name = cleanName(row.Name)
	f.host = cleanHost(row.Hostname)
	if f.name == "" && r.named {
		f.name = f.host
	}
	f.user = cleanName(row.Username)
	f.email = cleanName(row.Email)
	f.department = r.last.department.word(fleet, cleanName(row.Department))
	f.organization = r.last.organization.word(fleet, cleanName(row.Organization))
	f.os = r.last.os.word(fleet, clean(row.OS))
	f.osVersion = r.last.osVersion.word(fleet, clean(row.OSVersion))
	f.status = device.Status(r.last.status.word(fleet, clean(row.Status)))
	f.version = fleet.version(clean(row.Version), r.table.Workbook())
	if !f.version.Known {
		if f.version.Text == "" {
			r.unversioned = append(r.unversioned, m.row)
		} else {
			r.faults.add(problem.UnreadableVersion, m.row, r.header.column("app_version"),
				fmt.Sprintf("found %s, want a version like 7.0.3", problem.Quote(f.version.Text)))
		}
	}
	f.named = r.named
	if r.destinations {
		r.readDestinations(f, row)
	}
	f.remote = r.address(row.RemoteAddress, "remote_address", m)
	f.inside = r.address(row.Address, "address", m)
	if row.Port != "" {
		f.ports = r.ports(f.ports, row.Port, m)
	}
}

// readDestinations reads the row's destination; a blank cell is one without a
// name. A devices.csv joins several with "; ".
func (r *reportReader) readDestinations(f *facts, row *reportRow) {
	fleet := r.run.fleet
	name := cleanName(row.Destination)
	if !r.split || !strings.Contains(name, "; ") {
		f.destinations = append(f.destinations, device.Destination{
			UID:  r.last.destinationUID.word(fleet, clean(row.DestinationUID)),
			Name: r.last.destination.word(fleet, name),
		})
		return
	}
	for part := range strings.SplitSeq(name, "; ") {
		f.destinations = append(f.destinations, device.Destination{Name: fleet.word(strings.TrimSpace(part))})
	}
}

// address reads "10.2.3.4:4242", "10.2.3.4", "[fe80::1]:4242"; ":0" is none.
// The port in it belongs to the device or to its router, and is dropped: it
// says nothing about the destination's.
func (r *reportReader) address(cell, column string, m mark) netip.Addr {
	text := clean(cell)
	if text == "" || text[0] == ':' && !strings.HasPrefix(text, "::") {
		return netip.Addr{}
	}
	a, ok := parseAddress(text)
	if !ok {
		r.faults.add(problem.UnreadableAddress, m.row, r.header.column(column), "found no address, want one like 10.2.3.4:4242: it counts as missing")
	}
	return a
}

// parseAddress reads an address with or without a port, or the first of several.
func parseAddress(text string) (netip.Addr, bool) {
	if i := strings.IndexAny(text, ",; "); i > 0 {
		text = text[:i]
	}
	if host, _, found := strings.Cut(text, ":"); found && strings.Count(text, ":") == 1 {
		text = host
	} else if found && text[0] == '[' {
		text, _, _ = strings.Cut(text[1:], "]")
	}
	a, err := netip.ParseAddr(text)
	return a.Unmap().WithZone(""), err == nil
}

// ports reads one port, or several: "443, 4287".
func (r *reportReader) ports(into []int, cell string, m mark) []int {
	text := clean(cell)
	if text == "" {
		return into
	}
	for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == ',' || c == ';' || c == ' ' || c == '/' }) {
		port, ok := parsePort(part)
		if !ok {
			r.faults.add(problem.UnreadablePort, m.row, r.header.column("port"), fmt.Sprintf("found %s, want a port like 4287: it counts as missing", problem.Quote(part)))
			continue
		}
		into = append(into, port)
	}
	return into
}

// parsePort reads a port; a workbook may write it 4287.0, a listing 4287/tcp.
func parsePort(text string) (int, bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(text), "/tcp"), ".0")
	port, err := strconv.Atoi(text)
	return port, err == nil && port > 0 && port < 1<<16
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
	r.connected.settle()
	r.activity.settle()
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

// consoleRows is how many rows the console's own table shows; an export has all.
const consoleRows = 1000

// suspect notes what makes a whole sheet look wrong.
func (r *reportReader) suspect() {
	if r.rows == consoleRows {
		r.faults.add(problem.Suspicious, 0, 0, "found exactly 1,000 rows, which is all that the console shows: want the whole export")
	}
	if r.body.empty("app_version") && r.rows > 0 {
		r.suspectColumn("app_version", "versions")
	} else {
		for _, row := range r.unversioned {
			r.faults.add(problem.UnreadableVersion, row, r.header.column("app_version"), "found no version, want one like 7.0.3")
		}
	}
	if r.rows < 2 {
		return
	}
	if r.body.empty("status") {
		r.suspectColumn("status", "statuses")
	}
	if r.destinations && (r.body.empty("destination") || !r.header.has("destination")) && (r.body.empty("destination_uid") || !r.header.has("destination_uid")) {
		if r.header.has("destination") {
			r.suspectColumn("destination", "destinations")
		} else {
			r.suspectColumn("destination_uid", "destinations")
		}
	}
	for _, name := range []string{"last_activity", "last_connected"} {
		if r.body.empty(name) {
			r.suspectColumn(name, "dates")
		}
	}
}

func (r *reportReader) suspectColumn(name, what string) {
	r.faults.add(problem.Suspicious, r.header.row, r.header.column(name), fmt.Sprintf("found a column without any value, want %s in it", what))
}
