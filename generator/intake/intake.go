// Package intake turns files into what the rules need: reports into devices,
// evidence into connections, the roster into people. A row travels down the
// packages below this one:
//
//	table     bytes -> rows of text with positions (delimited text, workbooks)
//	column    header texts -> canonical columns
//	rows      a sheet's rows under canonical names
//	value     one cell -> one value
//	report    rows -> devices
//	evidence  rows and service.log -> connections of devices
//	people    rows -> people and waivers
//
// and in its file's ledger it is accounted for; a ledger that does not balance
// fails the run. Faults in rows are problems with a position; a file that cannot
// be trusted as a whole is refused.
package intake

import (
	"cmp"
	"iter"
	"slices"
	"sync"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/evidence"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/people"
	"example.org/cutoff/generator/intake/report"
	"example.org/cutoff/generator/intake/seen"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// Kind says what a file is read as.
type Kind = column.Kind

// The kinds of input.
const (
	Report      = column.Report
	Connections = column.Connections
	Roster      = column.Roster
	Waivers     = column.Waivers
)

// File is one input with its [Ledger].
type (
	File   = ledger.File
	Ledger = ledger.Ledger
)

// Options are the settings that decide how inputs are read.
type Options struct {
	// AsOf is the day for which the run speaks. Later dates do not count.
	AsOf calendar.Day
	// Columns maps a canonical column (see [column.Canonical]) to header texts
	// that mean it too; they come before the texts that the program knows.
	Columns map[string][]string
	// System says that the version of a report is the operating system's.
	System bool
	// AnyProduct says that versions may have the forms of any program's, not of the
	// vendor's app alone (see [device.ProductVersion]).
	AnyProduct bool
	// Show has the header texts of reports whose cells pass through.
	Show []string
	// DateOrder decides dates such as 03/04/2020; "" is [value.Auto].
	DateOrder value.DateOrder
	Limits    table.Limits
	// Encoding says how a file is encoded, by its path; nil says nothing of any.
	Encoding func(path string) charset.Encoding
	// Evidence decides which evidence counts. Its AsOf, DateOrder and Limits are the
	// ones here.
	Evidence evidence.Options
	// Needed says of each person of the rosters, in their order, whether the run
	// needs that person; it is told the devices and everyone first. nil keeps all.
	Needed func(devices []*device.Device, everyone iter.Seq[*device.Person]) func(*device.Person) bool
	// Trace says of which devices to keep everything that was read, by what the
	// first row of each says that it is; nil keeps nothing more of any.
	Trace func(Identity) bool
}

// Result is everything that a run reads.
type Result struct {
	// Devices is ordered by GUID, then name, username and source.
	Devices []*device.Device
	// People are those of the rosters that are needed. Everyone gives all, one
	// after the other in the same Person, whose texts are to be cloned where they
	// are kept; nil where People are all.
	People   []device.Person
	Everyone iter.Seq[*device.Person]
	Waivers  []device.Waiver
	Files    []File // ordered by kind as named above, then path
	Problems []problem.Problem
	// Notes are worth knowing of all inputs together, one sentence each: how many
	// devices share a name.
	Notes []string
	// Ages has every report with its age, by path.
	Ages []report.Age
	// Joined counts the evidence: observations tied to a device, and not.
	Joined, Unjoined int
	// Traced has the traces that were asked for, in the order of Devices; Wanted
	// are devices that only a later row than their first asked to trace.
	Traced []Trace
	Wanted []*device.Device
}

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

// Row is what one row of a report says of a device, and Identity what names the
// device there.
type (
	Row      = report.Row
	Identity = report.Identity
)

// Read reads all inputs. The order in which they are named changes nothing, and
// an input named twice is read once. An input that is missing, unreadable,
// damaged or not recognised gives a [*Refused] with all such faults, and no
// result. Any other error is a fault of this program: a ledger that does not
// balance.
func Read(inputs []Input, opts Options) (*Result, error) {
	of := byKind(inputs)
	files := &files{opts: opts, first: map[string]string{}}
	ports := seen.New()
	reports := report.New(report.Options{AsOf: opts.AsOf, DateOrder: opts.DateOrder, System: opts.System, AnyProduct: opts.AnyProduct, Trace: opts.Trace, Show: opts.Show, Addresses: len(of[Connections]) > 0}, ports)
	roster := people.NewRoster()
	waivers := &people.Waivers{DateOrder: opts.DateOrder}

	files.read(of[Report], reports)
	var devices report.Devices
	var merging sync.WaitGroup // the roster is read beside it, which takes as long
	merging.Go(func() { devices = reports.Devices() })
	files.read(of[Roster], roster)
	files.read(of[Waivers], waivers)
	merging.Wait()
	counts := opts.Evidence
	counts.AsOf, counts.DateOrder, counts.Limits = opts.AsOf, opts.DateOrder, opts.Limits
	connections := evidence.New(counts, devices, ports)
	files.read(of[Connections], connections)
	devices.Inside = nil // what merging knew of the rows goes: 88 bytes a device
	roster.Settle(opts.Needed, devices.All)

	result := &Result{Devices: devices.All, People: roster.People, Everyone: roster.Everyone, Waivers: waivers.List, Notes: devices.Notes, Ages: devices.Ages, Wanted: devices.Wanted}
	for _, d := range result.Devices {
		seen.Sort(d.Connections)
		if rows, traced := devices.Rows[d]; traced {
			result.Traced = append(result.Traced, Trace{Device: d, Rows: rows, Seen: ports.Traced(d)})
		}
	}
	if err := files.close(result); err != nil {
		return nil, err
	}
	return result, nil
}

// byKind parts the inputs by kind, ordered by path, each once.
func byKind(inputs []Input) map[Kind][]Input {
	inputs = slices.Clone(inputs)
	slices.SortStableFunc(inputs, func(a, b Input) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Path, b.Path))
	})
	of := map[Kind][]Input{}
	for i, in := range inputs {
		if i == 0 || in.Kind != inputs[i-1].Kind || in.Path != inputs[i-1].Path {
			of[in.Kind] = append(of[in.Kind], in)
		}
	}
	return of
}
