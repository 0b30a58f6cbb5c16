// Package download renders what programs and spreadsheets read: the files under
// data/ and the calendar entry. An assessed fleet comes in, files go out to a
// [publish.Sink]. Nothing is judged a second time, and sums are the fleet's
// own, so the figures are those on the pages.
//
// Text from a report may be hostile. In CSV files, a cell that a spreadsheet
// would run as a formula gets an apostrophe in front. In workbooks, every such
// cell is text. The lists for scripts hold only words that a shell reads as
// words.
package download

import (
	"context"
	"io"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
)

// Input is everything that the files say.
type Input struct {
	Fleet    *fleet.Fleet
	Policy   *policy.Policy
	Config   *config.Config // privacy, workbooks, organisation, what it adds to the policy
	Files    []intake.File
	Problems []problem.Problem
	// Joined counts the observations of a port that were tied to a device,
	// Unjoined those that were not.
	Joined, Unjoined int
	// Forced has a sentence for each bound that was passed and overridden with
	// --force.
	Forced []string
	// Memory is what earlier nights found; nil when nothing is remembered.
	Memory *memory.Account
	Tool   publish.Tool
}

// Write renders every file. data/devices.csv and data/changes.csv are left out
// when config.Privacy.FleetFiles is false, workbooks when
// config.Config.Workbooks is, history.json and changes.csv when nothing is
// remembered, the two files for the network team when the policy retires no
// port. The error is the first of any file.
func Write(in Input, sink publish.Sink) error { return run(jobs(in), sink) }

// job is one file to write.
type job struct {
	name  string
	write func(io.Writer) error
}

// jobs lists the files, longest work first. There are as many workers as
// processors, and a large file begun last would keep one of them busy while the
// others wait.
func jobs(in Input) []job {
	var all []job
	if in.Config.Privacy.FleetFiles {
		all = append(all, job{"data/devices.csv", func(w io.Writer) error { return writeDevices(w, in) }})
	}
	listed := make([][]*fleet.Assessed, len(in.Fleet.Departments))
	for i, department := range in.Fleet.Departments {
		listed[i] = onPage(department)
	}
	if in.Config.Workbooks {
		spare := &sync.Pool{New: newFlate}
		for i, department := range in.Fleet.Departments {
			all = append(all, job{"data/departments/" + department.Slug + ".xlsx",
				func(w io.Writer) error { return writeWorkbook(w, in, department, listed[i], spare) }})
		}
	}
	for i, department := range in.Fleet.Departments {
		all = append(all,
			job{"data/departments/" + department.Slug + ".csv",
				func(w io.Writer) error { return writeRows(w, departmentColumns(in), listed[i]) }},
			job{"data/departments/" + department.Slug + "-guids.txt",
				func(w io.Writer) error { return writeGUIDs(w, listed[i]) }})
	}
	if in.Memory != nil {
		all = append(all, job{HistoryName, func(w io.Writer) error { return writeHistory(w, in.Memory) }})
		if in.Config.Privacy.FleetFiles {
			all = append(all, job{"data/changes.csv", func(w io.Writer) error { return writeChanges(w, in) }})
		}
	}
	if len(in.Policy.Ports.Retired) > 0 {
		all = append(all,
			job{"data/firewall-rules.csv", func(w io.Writer) error { return writeFirewallRules(w, in) }},
			job{"data/network.csv", func(w io.Writer) error { return writeNetworks(w, in) }})
	}
	return append(all,
		job{"data/problems.csv", func(w io.Writer) error { return writeProblems(w, in.Problems) }},
		job{"data/summary.json", func(w io.Writer) error { return writeSummary(w, in) }},
		job{"data/summary.schema.json", func(w io.Writer) error {
			_, err := io.WriteString(w, summarySchema)
			return err
		}},
		job{"cutoff.ics", func(w io.Writer) error { return writeCalendar(w, in) }},
	)
}

// onPage gives the devices that a department's page lists, in the page's order.
func onPage(department *fleet.Department) []*fleet.Assessed {
	var listed []*fleet.Assessed
	for _, a := range department.Devices {
		if a.Verdict.Listed() {
			listed = append(listed, a)
		}
	}
	return listed
}

// run writes the files with one worker for each processor. Once a file has
// failed, it begins no other.
func run(all []job, sink publish.Sink) error {
	group, failed := errgroup.WithContext(context.Background())
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, j := range all {
		group.Go(func() error {
			if failed.Err() != nil {
				return nil
			}
			return write(j, sink)
		})
	}
	return group.Wait()
}

func write(j job, sink publish.Sink) error {
	file, err := sink.Create(j.name)
	if err != nil {
		return err
	}
	err = j.write(file)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}
