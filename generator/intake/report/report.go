// Package report turns the rows of reports into devices. Rows may come in any
// order and from any number of files. Those with one GUID become one device, and
// the newest row gives its facts. Rows of files without GUIDs wait until all
// reports are read, because only then are all names known.
package report

import (
	"fmt"
	"net/netip"
	"slices"
	"sync"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/seen"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// Options are the settings that decide how reports are read.
type Options struct {
	// AsOf is the day that the run describes. Later dates do not count.
	AsOf calendar.Day
	// DateOrder decides dates such as 03/04/2020.
	DateOrder value.DateOrder
	// System says that the version of a row is the operating system's.
	System bool
	// AnyProduct says that versions may be those of any program.
	AnyProduct bool
	// Addresses says that devices will be looked up by their inside addresses.
	Addresses bool
	// Show has the header texts of columns that are shown as they are.
	Show []string
	// Trace picks the devices whose rows are all kept. It is asked with the
	// identity in a device's first row. nil picks none.
	Trace func(Identity) bool
}

// Reader reads reports, sheet by sheet in the order of their paths.
type Reader struct {
	opts    Options
	merger  *merger
	origins []origin
	shown   []bool // for each of [Options.Show], whether any report has it
}

// origin is a sheet that was read. Rows refer to it by its number. Sheets are
// read in the order of their paths, so comparing numbers compares paths.
type origin struct {
	account *ledger.Account
	sheet   string
	version int  // the number of its version column; 0 for none
	named   bool // it has no GUID column
}

// path is the path of the sheet's file as positions show it.
func (o *origin) path() string { return o.account.Path() }

// New gives a reader that adds the observations of port columns to ports.
func New(opts Options, ports *seen.Ports) *Reader {
	r := &Reader{opts: opts, merger: newMerger(ports, opts.Trace), shown: make([]bool, len(opts.Show))}
	r.merger.anyProduct, r.merger.addresses = opts.AnyProduct, opts.Addresses
	return r
}

// Devices is what all reports say.
type Devices struct {
	// All is ordered by GUID, then name, username and source.
	All []*device.Device
	// Inside maps inside addresses to devices; nil marks an address that several
	// have. The map is empty without [Options.Addresses].
	Inside func() map[netip.Addr]*device.Device
	// Rows has every row of the traced devices, newest first. Wanted are devices
	// that [Options.Trace] picked only at a later row, which was too late.
	Rows   map[*device.Device][]Row
	Wanted []*device.Device
	// Notes are sentences about all reports together.
	Notes []string
	// Ages has every report with its age, by path.
	Ages []Age
}

// Devices ends the reading. The rows of files without GUIDs find their devices,
// every device gets its source, and the ledgers learn which rows became devices.
func (r *Reader) Devices() Devices {
	m := r.merger
	r.joinNameless()
	m.index = index{} // no longer needed: frees the memory
	var notes []string
	var noting sync.WaitGroup // at the same time as the rest, since it only reads names
	noting.Go(func() { notes = m.notes() })
	for _, home := range m.homes {
		home.Destinations = settleDestinations(home.Destinations)
	}
	for i, d := range m.devices {
		s := m.state(int32(i))
		d.Source = r.source(s.newest)
		for _, o := range slices.Backward(s.others(r.opts.AsOf)) {
			d.Rare = &device.Rare{Shown: d.Further().Shown, Other: &device.Claim{
				Source: r.source(o.rank), Version: o.version, Status: o.status, Destinations: settleDestinations(o.destinations), Next: d.Further().Other,
			}}
		}
		r.disagreement(d, s)
		r.origins[s.first].account.Became()
	}
	ages := r.fileAges()
	noting.Wait()
	if !r.opts.Addresses {
		m.states = nil // frees 64 bytes a device before sorting copies texts
	}
	all := m.sorted()
	wanted := make([]*device.Device, len(m.alsoWanted))
	for n, i := range m.alsoWanted {
		wanted[n] = m.devices[i]
	}
	return Devices{All: all, Inside: m.inside, Rows: r.traced(), Wanted: wanted, Notes: append(notes, r.missing()...), Ages: ages}
}

// missing gives a note for each of [Options.Show] that no report has.
func (r *Reader) missing() []string {
	var notes []string
	for i, found := range r.shown {
		if !found {
			notes = append(notes, fmt.Sprintf("No report has the column %s, which is to be shown.", problem.Quote(r.opts.Show[i])))
		}
	}
	return notes
}

// source is the place of a row.
func (r *Reader) source(k rank) device.Source {
	return device.Source{File: r.origins[k.origin].path(), Row: int(k.row)}
}

// Sheet reads one sheet of a report.
func (r *Reader) Sheet(s *rows.Sheet) error {
	h := s.Header
	reading := &sheet{
		in:           s,
		origin:       int32(len(r.origins)),
		merger:       r.merger,
		connected:    s.Dates(value.Dates{Order: r.opts.DateOrder, AsOf: r.opts.AsOf}),
		destinations: h.Has("destination", "destination_uid"),
		split:        !h.Has("destination_uid"),
		named:        !h.Has("device_guid"),
		hasStatus:    h.Has("status"),
		version:      "app_version",
		like:         "like 7.0.3",
	}
	if r.opts.System {
		reading.system, reading.version, reading.like = true, "os", "like 10.0.19045"
		if h.Has("os_version") {
			reading.version = "os_version"
		}
	}
	reading.activity = reading.connected
	for i, cell := range h.Shown {
		r.shown[i] = r.shown[i] || cell >= 0
	}
	r.origins = append(r.origins, origin{s.Account, s.Name, h.Number(reading.version), reading.named})
	return reading.read()
}
