// Package intake turns files into what the rules need: reports into devices,
// evidence into connections, the roster into people, lists into waivers. A row
// passes through the packages below this one in this order:
//
//	table     bytes -> rows of text with positions (delimited text, workbooks)
//	column    header texts -> canonical columns
//	rows      a sheet's rows under canonical names
//	value     one cell -> one value
//	report    rows -> devices
//	evidence  rows and service.log -> connections of devices
//	people    rows -> people and waivers
//
// The ledger of its file accounts for it. A ledger that does not balance fails
// the run. A fault in a row is a problem with a position. A file that cannot be
// trusted as a whole is refused.
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
	// AsOf is the day that the run describes. Later dates do not count.
	AsOf calendar.Day
	// Columns maps a canonical column (see [column.Canonical]) to further header
	// texts for it. They win over the texts that the program knows.
	Columns map[string][]string
	// System says that the version of a report is the operating system's.
	System bool
	// AnyProduct says that versions may be those of any program, not only of the
	// vendor's app (see [device.ProductVersion]).
	AnyProduct bool
	// Show has the header texts of report columns that are shown as they are.
	Show []string
	// DateOrder decides dates such as 03/04/2020; "" is [value.Auto].
	DateOrder value.DateOrder
	Limits    table.Limits
	// Encoding says how the file with a path is encoded. Where it is nil, each file
	// is looked at.
	Encoding func(path string) charset.Encoding
	// Evidence decides which evidence counts. Its AsOf, DateOrder and Limits are
	// replaced by those above.
	Evidence evidence.Options
	// Needed gets the devices and everyone in the rosters. The function that it
	// returns says of each person, in roster order, whether the run needs them. nil
	// keeps all.
	Needed func(devices []*device.Device, everyone iter.Seq[*device.Person]) func(*device.Person) bool
	// Trace picks the devices for which everything that was read is kept. It is
	// asked with the identity in a device's first row. nil picks none.
	Trace func(Identity) bool
}

// Result is everything that a run reads.
type Result struct {
	// Devices is ordered by GUID, then name, username and source.
	Devices []*device.Device
	// People are those of the rosters that the run needs. Everyone yields all of
	// them in one Person that it fills again and again: clone a text to keep it.
	// Everyone is nil where People already has all.
	People   []device.Person
	Everyone iter.Seq[*device.Person]
	Waivers  []device.Waiver
	Files    []File // ordered by kind as named above, then path
	Problems []problem.Problem
	// Notes are sentences about all inputs together, such as how many devices
	// share a name.
	Notes []string
	// Ages has every report with its age, by path.
	Ages []report.Age
	// Joined and Unjoined count the rows of evidence that were tied to a device,
	// and those that were not.
	Joined, Unjoined int
	// Traced has the traces that were asked for, in the order of Devices. Wanted
	// are devices that [Options.Trace] picked only at a later row, which was too
	// late to trace them.
	Traced []Trace
	Wanted []*device.Device
}

// Trace is everything that was read of one device, with what merging leaves out
// because it decides nothing.
type Trace struct {
	Device *device.Device
	// Rows are the rows of reports that were merged into it, newest first.
	Rows []Row
	// Seen are all observations of its ports, newest first, those too that a newer
	// one of the same kind replaced.
	Seen []device.Connection
}

// Row is what one row of a report says of a device. Identity is what the row
// calls that device.
type (
	Row      = report.Row
	Identity = report.Identity
)

// Read reads all inputs. Their order changes nothing, and an input given twice
// is read once. If an input is missing, unreadable, damaged or not recognised,
// there is no result, and the error is a [*Refused] with all such faults. Any
// other error is a fault of this program: a ledger does not balance.
func Read(inputs []Input, opts Options) (*Result, error) {
	of := byKind(inputs)
	files := &files{opts: opts, first: map[string]string{}}
	ports := seen.New()
	reports := report.New(report.Options{AsOf: opts.AsOf, DateOrder: opts.DateOrder, System: opts.System, AnyProduct: opts.AnyProduct, Trace: opts.Trace, Show: opts.Show, Addresses: len(of[Connections]) > 0}, ports)
	roster := people.NewRoster()
	waivers := &people.Waivers{DateOrder: opts.DateOrder}

	files.read(of[Report], reports)
	var devices report.Devices
	var merging sync.WaitGroup // at the same time the roster is read, which takes as long
	merging.Go(func() { devices = reports.Devices() })
	files.read(of[Roster], roster)
	files.read(of[Waivers], waivers)
	merging.Wait()
	counts := opts.Evidence
	counts.AsOf, counts.DateOrder, counts.Limits = opts.AsOf, opts.DateOrder, opts.Limits
	connections := evidence.New(counts, devices, ports)
	files.read(of[Connections], connections)
	devices.Inside = nil // it holds on to what merging knew: 88 bytes a device
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

// byKind groups the inputs by kind. Each group is ordered by path and has each
// input once.
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
