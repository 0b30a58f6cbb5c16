package report

import (
	"slices"
	"time"

	"example.org/cutoff/generator/device"
)

// Row is what one row of a report says of a device. Texts are as found, trimmed.
// The zero time is unknown.
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

// Identity is what a row calls its device; "" where it says nothing.
type Identity struct{ GUID, Name, Hostname, Username, Email string }

func (r *row) identity() Identity { return Identity{r.guid, r.name, r.host, r.user, r.email} }

// trace gives the row of a traced device, with texts of its own. Its sheet is
// filled in later (see [Reader.traced]).
func (r *row) trace() Row {
	own := r.clone()
	return Row{
		Source: device.Source{File: own.path, Row: int(own.number)},
		Name:   own.name, Hostname: own.host, Username: own.user, Email: own.email,
		Department: own.department, Organization: own.organization,
		OS: own.os, OSVersion: own.osVersion,
		Version: own.version, Status: own.status, Destinations: own.destinations,
		LastActivity: own.activity, LastConnected: own.connected,
		rank: own.rank(),
	}
}

// traced gives the rows of the traced devices, newest first.
func (r *Reader) traced() map[*device.Device][]Row {
	all := make(map[*device.Device][]Row, len(r.merger.traces))
	for i, rows := range r.merger.traces {
		slices.SortFunc(rows, func(a, b Row) int { return b.rank.compare(a.rank) })
		for n := range rows {
			rows[n].Sheet = r.origins[rows[n].rank.origin].sheet
		}
		all[r.merger.devices[i]] = rows
	}
	return all
}
