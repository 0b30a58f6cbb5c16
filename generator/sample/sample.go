// Package sample makes fleets that do not exist, to try the program and to measure
// it: exports of many devices over many nights, with the shape and the faults of
// real ones. It is not part of a run: a [Fleet] goes in, and files come out that a
// run reads like any others.
//
// A device depends only on the seed, its number and the night. Nothing is kept from
// one row to the next. So a CSV file of any size is written in constant memory, and
// the same fleet always gives the same bytes. What happened to a device before a
// night is worked out each time (see machine.live).
//
// On the first night 29 of 100 apps are too old, 11 have no readable version, and
// there are 138 rows for 100 devices.
package sample

import (
	"fmt"
	"io"
	"path"

	"example.org/cutoff/generator/calendar"
)

// Fleet says what to make. [Fleet.Check] says which numbers are possible.
type Fleet struct {
	// Seed decides everything that is left to chance.
	Seed uint64
	// Devices is how many there are on the first night, up to mostDevices.
	Devices int
	// Departments is how many departments there are, at most one for two devices.
	Departments int
	// Nights is how many nights there are, a day apart, at least one. Last is the
	// day of the last.
	Nights int
	Last   calendar.Day
	// Changed is the share of devices to which something happens between two
	// nights, 0 to 1.
	Changed float64
	// Problems is the share of rows with a fault in a cell, 0 to 1.
	Problems float64
	// LogLines is how many lines each night's firewall log has; 0 for no log.
	LogLines int
	// Format is the form of the report and of the roster.
	Format Format
}

// Bounds of a fleet. More devices would have to share inside addresses, and more
// nights would repeat their draws.
const (
	mostDevices = 8_000_000
	mostNights  = 10_000
)

// File is one file of a fleet.
type File struct {
	// Name is relative to the fleet's folder, with forward slashes.
	Name string
	// Write writes the whole file. Several files may be written at the same time.
	Write func(io.Writer) error
}

// Check says what is wrong with the fleet's numbers, by their names on the command
// line; nil if nothing is.
func (f Fleet) Check() error {
	for _, bound := range []struct {
		name         string
		found, least int
		most         int
	}{
		{"devices", f.Devices, 1, mostDevices},
		{"departments", f.Departments, 1, max(1, f.Devices/2)},
		{"nights", f.Nights, 1, mostNights},
		{"log-lines", f.LogLines, 0, 1_000_000_000},
	} {
		if bound.found < bound.least || bound.found > bound.most {
			return fmt.Errorf("--%s: found %d, want a number from %d to %d", bound.name, bound.found, bound.least, bound.most)
		}
	}
	for _, share := range []struct {
		name  string
		found float64
	}{{"changed", f.Changed}, {"problems", f.Problems}} {
		if !(share.found >= 0 && share.found <= 1) {
			return fmt.Errorf("--%s: found %v, want a share from 0 to 100", share.name, 100*share.found)
		}
	}
	return nil
}

// Files gives the files of a fleet that passes [Fleet.Check]. Each night has a
// folder with its exports and a configuration that reads them. The configuration
// at the top reads the last night.
func (f Fleet) Files() []File {
	var files []File
	for night := range f.Nights {
		folder := path.Join("nights", f.day(night).String())
		tables := f.tables(night)
		for _, t := range tables {
			files = append(files, File{path.Join(folder, t.name), t.write})
		}
		files = append(files, f.configuration(night, tables, folder, "", "../../"))
		if night == f.Nights-1 {
			files = append(files, f.configuration(night, tables, "", folder+"/", ""))
		}
	}
	return files
}

// day is the day of a night; the first night has number 0.
func (f Fleet) day(night int) calendar.Day { return f.Last.Add(night - f.Nights + 1) }

// tables are the inputs of a night.
func (f Fleet) tables(night int) []table {
	tables := splitTable(table{kind: report, name: "device-status", header: ReportHeader, format: f.Format}, f.Devices, devicesPerWorkbook,
		func(from, to int) rows { return f.report(night, from, to) })
	tables = append(tables, splitTable(table{kind: roster, name: "roster", header: rosterHeader, format: f.Format}, f.people(), peoplePerWorkbook,
		func(from, to int) rows { return f.roster(night, from, to) })...)
	tables = append(tables, table{kind: waivers, name: "waivers.csv", header: WaiversHeader, format: CSV, rows: f.waivers(night)})
	if f.LogLines > 0 {
		tables = append(tables, table{kind: connections, name: "firewall.csv", header: ConnectionsHeader, format: CSV, rows: f.connections(night)})
	}
	return tables
}
