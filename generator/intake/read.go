package intake

import (
	"cmp"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// Input is one file to read.
type Input struct {
	// Path is what positions show: relative to the configuration, with forward
	// slashes; "-" is standard input.
	Path string
	Kind Kind
	// Open gives the file's bytes from the first one. It is called once.
	Open func() (io.ReadCloser, error)
	// Stat gives the size and the time of the last change. It is asked before
	// and after reading, to notice a file that changes meanwhile; nil is not
	// asked.
	Stat func() (size int64, changed time.Time, err error)
}

// Options are the settings that decide how inputs are read.
type Options struct {
	// AsOf is the day for which the run speaks. Later dates do not count.
	AsOf calendar.Day
	// Columns maps a canonical column (see [Canonical]) to header texts that
	// mean it too; they come before the texts that the program knows.
	Columns map[string][]string
	// DateOrder decides dates such as 03/04/2020; "" is [Auto].
	DateOrder value.DateOrder
	Limits    table.Limits
	// CloudDomains (each with all below it) and CloudNetworks are the vendor's
	// cloud: only connections to them count.
	CloudDomains  []string
	CloudNetworks []netip.Prefix
	// Ports are the destination ports that decide something; observations of
	// others are not kept. Empty keeps all.
	Ports []int
	// WindowDays is how many days before the as-of date an observation may be;
	// older ones are not kept. 0 keeps all.
	WindowDays int
	// EvidenceDevices maps the path of a service.log to its device: a GUID, or
	// a name that is unique.
	EvidenceDevices map[string]string
	// Trace says of which devices to keep everything that was read, by their
	// GUID, "" for those without one; nil keeps nothing more of any.
	Trace func(guid string) bool
}

// Refused is the error for inputs that cannot be used; nothing may be published
// from the others. It has every such fault of the run, sorted, at least one.
type Refused struct{ Problems problem.List }

// Error gives every fault, one a line.
func (r *Refused) Error() string { return r.Problems.Error() }

// Unwrap gives the faults as a [problem.List].
func (r *Refused) Unwrap() error { return r.Problems }

// Read reads all inputs. The order in which they are named changes nothing, and
// an input named twice is read once. An input that is missing, unreadable,
// damaged or not recognised gives a [*Refused] with all such faults, and no
// result. Any other error is a fault of this program: a ledger that does not
// balance.
func Read(inputs []Input, opts Options) (*Result, error) {
	r := newRun(opts)
	r.fleet.wanted = opts.Trace
	inputs = ordered(inputs)
	reports := 0
	for reports < len(inputs) && inputs[reports].Kind == Report {
		r.input(inputs[reports])
		reports++
	}
	r.settle()
	for _, in := range inputs[reports:] {
		r.input(in)
	}
	return r.finish()
}

// ordered gives the inputs by kind and path, each once.
func ordered(inputs []Input) []Input {
	inputs = slices.Clone(inputs)
	slices.SortStableFunc(inputs, func(a, b Input) int {
		return cmp.Or(cmp.Compare(slices.Index(column.Kinds, a.Kind), slices.Index(column.Kinds, b.Kind)), cmp.Compare(a.Path, b.Path))
	})
	return slices.CompactFunc(inputs, func(a, b Input) bool { return a.Kind == b.Kind && a.Path == b.Path })
}

// run is the state of one Read.
type run struct {
	opts    Options
	end     time.Time // the first instant later than the as-of date
	fleet   *fleet
	sources []*source
	// origins has each sheet that was read; a row's origin counts in it.
	origins  []*body
	result   Result
	refusals problem.List
	// first has the path of the first file with each content, by kind and
	// digest.
	first map[string]string
	// enrolled finds the people of the roster by user name.
	enrolled map[string]int
	// waived has the waivers so far, without their sources.
	waived map[device.Waiver]bool
	// joining finds devices for evidence; nil until some is read.
	joining *joins
}

func newRun(opts Options) *run {
	return &run{
		opts:     opts,
		end:      opts.AsOf.End(),
		fleet:    newFleet(),
		first:    map[string]string{},
		enrolled: map[string]int{},
		waived:   map[device.Waiver]bool{},
	}
}

// input reads one input. What refuses it is kept, so that one run names all
// refusals.
func (r *run) input(in Input) {
	file := &File{Path: in.Path, Kind: in.Kind}
	s := &source{run: r, file: file, faults: newFaults(file)}
	r.sources = append(r.sources, s)
	if err := s.read(in); err != nil {
		r.refusals = append(r.refusals, refusal(in.Path, err))
	}
}

// finish checks the ledgers and gives the result in its order.
func (r *run) finish() (*Result, error) {
	if len(r.refusals) > 0 {
		problem.Sort(r.refusals)
		return nil, &Refused{r.refusals}
	}
	for _, s := range r.sources {
		f := s.file
		if !f.Balanced() {
			return nil, fmt.Errorf("%s: ledger: found %d rows read and %d accounted for, want the same",
				problem.Visible(f.Path), f.Rows, f.Devices+f.Merged+f.Rejected+f.Other)
		}
		r.result.Files = append(r.result.Files, *f)
		r.result.Problems = append(r.result.Problems, s.faults.list()...)
	}
	problem.Sort(r.result.Problems)
	for _, d := range r.fleet.devices {
		sortConnections(d.Connections)
	}
	r.result.Devices = r.fleet.sorted()
	r.result.Traced = r.traced(r.result.Devices)
	result := r.result // a copy, so that the rest of the run can go
	return &result, nil
}
