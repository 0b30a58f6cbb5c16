package intake

import (
	"cmp"
	"slices"
	"time"

	"example.org/cutoff/generator/device"
)

// Trace is everything that was read of one device, before merging left out what
// decides nothing.
type Trace struct {
	Device *device.Device
	// Rows are the rows of reports that were merged into it, newest first.
	Rows []Row
	// Seen are the observations of its ports, newest first: those that merging
	// dropped for a newer one of the same port and network too.
	Seen []device.Connection
}

// Row is what one row of a report says of a device. Text is as found, trimmed;
// the zero time is unknown.
type Row struct {
	Source                          device.Source
	Sheet                           string // "" for text files
	Name, Hostname, Username, Email string
	Department, Organization        string
	OS, OSVersion                   string
	Version                         device.Version
	Status                          device.Status
	Destinations                    []device.Destination
	LastActivity, LastConnected     time.Time

	rank rank
}

// trace begins the trace of a device that is wanted, with its first row.
func (f *fleet) trace(i int32, row *facts) {
	if f.wanted == nil || !f.wanted(row.guid) {
		return
	}
	f.traces[i] = &Trace{}
	f.traceRow(i, row)
}

// traceRow keeps a row of a device that is traced.
func (f *fleet) traceRow(i int32, row *facts) {
	t := f.traces[i]
	if t == nil {
		return
	}
	own := row.clone()
	t.Rows = append(t.Rows, Row{
		Source: device.Source{File: own.path, Row: int(own.row)},
		Name:   own.name, Hostname: own.host, Username: own.user, Email: own.email,
		Department: own.department, Organization: own.organization,
		OS: own.os, OSVersion: own.osVersion,
		Version: own.version, Status: own.status, Destinations: own.destinations,
		LastActivity: own.activity, LastConnected: own.connected,
		rank: own.rank(),
	})
}

// traced gives the traces in the order of devices.
func (r *run) traced(devices []*device.Device) []Trace {
	if len(r.fleet.traces) == 0 {
		return nil
	}
	byDevice := make(map[*device.Device]*Trace, len(r.fleet.traces))
	for i, t := range r.fleet.traces {
		t.Device = r.fleet.devices[i]
		byDevice[t.Device] = t
	}
	var all []Trace
	for _, d := range devices {
		t := byDevice[d]
		if t == nil {
			continue
		}
		slices.SortFunc(t.Rows, func(a, b Row) int { return b.rank.compare(a.rank) })
		for i := range t.Rows {
			t.Rows[i].Sheet = r.origins[t.Rows[i].rank.origin].sheet.Name
		}
		sortConnections(t.Seen)
		t.Seen = slices.CompactFunc(t.Seen, func(a, b device.Connection) bool {
			return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Port, b.Port), cmp.Compare(a.Source.String(), b.Source.String())) == 0 &&
				a.Network == b.Network && a.Destination == b.Destination
		})
		all = append(all, *t)
	}
	return all
}
