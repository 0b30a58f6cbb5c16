package report

import (
	"cmp"
	"math"
	"net/netip"
	"slices"
	"strings"
	"time"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/rows"
)

// row is what one row of a report says of a device. Texts that differ from row to
// row share memory with the cells; the others come from [keep.Words].
type row struct {
	path           string
	origin, number int32
	guid           string
	// named marks a row of a file without a GUID column.
	named                    bool
	name, host, user, email  string
	department, organization string
	os, osVersion            string
	version                  device.Version
	app                      string // the app's version where version is the system's, else ""
	status                   device.Status
	hasStatus                bool // its file has the column
	destinations             []device.Destination
	activity, connected      time.Time
	remote, inside           netip.Addr
	ports                    []int
	shown                    []string // in the order of [Options.Show]
}

// rank orders the rows of all reports from old to new: by the instant of the
// last activity, or of the last connection where there is no activity; then by
// path; then by row.
type rank struct {
	at          int64 // nanoseconds since 1970
	origin, row int32
}

// undated is the instant of a row without a date. It is older than any other.
const undated = math.MinInt64

func (r *row) rank() rank {
	at := r.activity
	if at.IsZero() {
		at = r.connected
	}
	k := rank{at: undated, origin: r.origin, row: r.number}
	if !at.IsZero() {
		k.at = at.UnixNano()
	}
	return k
}

func (r rank) compare(q rank) int {
	if r.at != q.at {
		return cmp.Compare(r.at, q.at)
	}
	return cmp.Or(cmp.Compare(r.origin, q.origin), cmp.Compare(r.row, q.row))
}

// clone copies the texts and lists that a row shares with the reader, so that the
// row can be kept.
func (r *row) clone() row {
	c := *r
	for _, text := range []*string{&c.guid, &c.name, &c.host, &c.user, &c.email} {
		*text = strings.Clone(*text)
	}
	c.destinations = slices.Clone(r.destinations)
	c.ports = slices.Clone(r.ports)
	c.shown = rows.CloneCells(r.shown)
	return c
}
