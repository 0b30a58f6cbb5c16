package intake

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
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

// cutPort parts a destination from its port: "162.222.40.218:4287",
// "central.crashplan.com:4287", "[2001:db8::1]:4287", "host/162.222.40.218:4287".
func cutPort(destination string) (host, port string) {
	if i := strings.LastIndexByte(destination, '/'); i >= 0 && !strings.HasSuffix(destination, "/tcp") {
		destination = destination[i+1:]
	}
	if p, err := netip.ParseAddrPort(destination); err == nil {
		return p.Addr().Unmap().String(), strconv.Itoa(int(p.Port()))
	}
	if head, tail, found := strings.Cut(destination, ":"); found && plainDigits(tail) {
		return head, tail
	}
	return strings.Trim(destination, "[]"), ""
}

// evidence joins what one file saw to devices, and counts what does not.
type evidence struct {
	source *source
	// ports and window bound what is kept.
	oldest calendar.Day
	cloud  map[string]bool // destinations that were looked up
	joined map[string]int32
	// unknown has the devices that no report knows, by what names them.
	unknown map[string]*unknownDevice
	// Rows that do not count, for the notes.
	failed, elsewhere, otherPorts, old int
	found, lost                        int
}

type unknownDevice struct {
	row, rows int
	byAddress bool
}

// lookupLimit bounds what is remembered of a file's texts, however many
// different ones it has.
const lookupLimit = 100_000

func newEvidence(s *source) evidence {
	e := evidence{source: s, cloud: map[string]bool{}, joined: map[string]int32{}, unknown: map[string]*unknownDevice{}}
	if opts := s.run.opts; opts.WindowDays > 0 {
		e.oldest = opts.AsOf.Add(-opts.WindowDays)
	}
	return e
}

// count joins a sighting to its device and accounts for its rows.
func (e *evidence) count(see sighting) {
	file := e.source.file
	if !see.at.IsZero() && !e.oldest.IsZero() && calendar.Of(see.at).Before(e.oldest) {
		file.Other += see.rows
		e.old += see.rows
		return
	}
	i, ok := e.device(see)
	if !ok {
		file.Rejected += see.rows
		e.lost += see.rows
		e.miss(see)
		return
	}
	fleet := e.source.run.fleet
	c := device.Connection{Port: see.port, Time: see.at, Host: fleet.word(see.host), Source: device.Source{File: file.Path, Row: see.row}}
	if see.address.IsValid() {
		c.Network = device.CutNetwork(see.address)
	}
	file.Merged += see.rows
	if fleet.observe(i, c) {
		file.Merged--
		file.Devices++
	}
	e.found += see.rows
}

// device finds the device that a sighting is of: by what names it, else by its
// inside address.
func (e *evidence) device(see sighting) (int32, bool) {
	joins := e.source.run.joins()
	if see.device != "" {
		i, known := e.joined[see.device]
		if !known {
			i = joins.byName(see.device)
			if len(e.joined) < lookupLimit {
				e.joined[strings.Clone(see.device)] = i
			}
		}
		if i >= 0 {
			return i, true
		}
	}
	i, ok := joins.addresses[see.address]
	return i, ok && i >= 0
}

func (e *evidence) miss(see sighting) {
	key := strings.ToLower(see.device) + " " + see.address.String()
	u, known := e.unknown[key]
	if !known {
		if len(e.unknown) >= lookupLimit {
			key = "" // all others together
			u = e.unknown[key]
		}
		if u == nil {
			u = &unknownDevice{row: see.row, byAddress: see.device == ""}
			e.unknown[key] = u
		}
	}
	u.row = min(u.row, see.row)
	u.rows += see.rows
}

// decides reports whether observations of a port are kept.
func (e *evidence) decides(port int) bool {
	ports := e.source.run.opts.Ports
	return len(ports) == 0 || slices.Contains(ports, port)
}

// inCloud reports whether a host name or an address is in the vendor's cloud.
func (e *evidence) inCloud(host string) bool {
	if host == "" {
		return false
	}
	in, known := e.cloud[host]
	if !known {
		in = e.source.run.opts.inCloud(host)
		if len(e.cloud) < lookupLimit {
			e.cloud[strings.Clone(host)] = in
		}
	}
	return in
}

func (o *Options) inCloud(host string) bool {
	if address, err := netip.ParseAddr(host); err == nil {
		return slices.ContainsFunc(o.CloudNetworks, func(network netip.Prefix) bool { return network.Contains(address.Unmap()) })
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return slices.ContainsFunc(o.CloudDomains, func(domain string) bool {
		domain = strings.ToLower(strings.Trim(domain, "."))
		return host == domain || strings.HasSuffix(host, "."+domain)
	})
}

// note adds a sentence about the file.
func (e *evidence) note(format string, args ...any) {
	e.source.file.Notes = append(e.source.file.Notes, fmt.Sprintf(format, args...))
}

// close lists what could not be joined and says what did not count. The columns
// are those that name a device and an address.
func (e *evidence) close(device, address int) {
	unknown := make([]*unknownDevice, 0, len(e.unknown))
	for _, u := range e.unknown {
		unknown = append(unknown, u)
	}
	slices.SortFunc(unknown, func(a, b *unknownDevice) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.rows, b.rows))
	})
	for _, u := range unknown {
		column := cmp.Or(device, address)
		if u.byAddress {
			column = address
		}
		e.source.faults.add(problem.UnjoinedConnection, u.row, column, fmt.Sprintf(
			"found a device (%s) that is not exactly one of the reports' devices, want its GUID, its unique name or its inside address: it counts for none", plural(u.rows, "row", "rows")))
	}
	for _, n := range []struct {
		rows int
		note string
	}{
		{e.elsewhere, "lead elsewhere than to the vendor's cloud"},
		{e.failed, "are attempts without a connection"},
		{e.otherPorts, "are on ports that the policy does not name"},
		{e.old, "are older than the evidence window"},
	} {
		if n.rows > 0 {
			e.note("Not counted: rows that %s (%d).", n.note, n.rows)
		}
	}
}

// commit adds the file's sums to the run's.
func (e *evidence) commit() {
	e.source.run.result.Joined += e.found
	e.source.run.result.Unjoined += e.lost
}

// joins finds devices by what evidence calls them.
type joins struct {
	fleet     *fleet
	names     nameIndex // device names and host names
	addresses map[netip.Addr]int32
}

// joins indexes the devices when the first evidence asks for them.
func (r *run) joins() *joins {
	if r.joining != nil {
		return r.joining
	}
	j := &joins{fleet: r.fleet, names: nameIndex{}, addresses: map[netip.Addr]int32{}}
	for i, d := range r.fleet.devices {
		for _, name := range []string{d.Name, d.Hostname} {
			if name != "" {
				j.names.add(int32(i), name)
			}
		}
		if inside := r.fleet.state(int32(i)).inside; inside.IsValid() {
			if _, taken := j.addresses[inside]; taken {
				j.addresses[inside] = ambiguous
			} else {
				j.addresses[inside] = int32(i)
			}
		}
	}
	r.joining = j
	return j
}

// byName gives the device with a GUID, or the only one with a name or host
// name; a negative number for none.
func (j *joins) byName(text string) int32 {
	if guid, how := readGUID(text, false); how == soundGUID || how == roundedGUID {
		if i, ok := j.fleet.index[guid]; ok {
			return i
		}
	}
	if i, ok := j.names.find(text); ok {
		return i
	}
	return ambiguous
}
