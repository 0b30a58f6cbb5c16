package intake

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/problem"
)

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

// device finds the device that a sighting is of: by what names it, and where
// nothing does, by its inside address. The address also tells devices of one
// name apart. A name that no device has is not overruled by the address: it may
// belong to one of ours that had it before.
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
		i, ok := joins.addresses[see.address]
		return i, ok && i >= 0 && joins.bears(i, see.device)
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
