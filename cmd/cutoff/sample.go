package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/sample"
)

// sampleCommand writes a fleet that does not exist.
type sampleCommand struct {
	Devices     int     `placeholder:"N" default:"1000" help:"How many devices; default 1000."`
	Nights      int     `placeholder:"K" default:"1" help:"How many nights, a day apart; default 1."`
	AsOf        string  `placeholder:"YYYY-MM-DD" default:"2020-01-15" help:"The day of the last night; default 2020-01-15."`
	Seed        uint64  `placeholder:"N" default:"1" help:"Another number gives another fleet; default 1."`
	Departments int     `placeholder:"N" help:"How many departments share the devices; default 40, or fewer for less than 80 devices."`
	Changed     float64 `placeholder:"PERCENT" default:"1" help:"Devices to which something happens from one night to the next; default 1."`
	Problems    float64 `placeholder:"PERCENT" default:"3" help:"Rows with a fault in a cell; default 3."`
	LogLines    int     `placeholder:"N" default:"-1" help:"Lines of each night's firewall log, 0 for none; default one for every second device."`
	Format      string  `enum:"csv,xlsx" placeholder:"csv|xlsx" default:"csv" help:"Form of the report and of the roster; default csv."`
	Out         string  `placeholder:"DIR" default:"fleet" help:"The folder to write to, new or empty; default fleet."`
}

func (c *sampleCommand) Run(s *session) error {
	last, err := calendar.Parse(c.AsOf)
	if err != nil {
		return usagef("--as-of: %w", err)
	}
	if c.Departments == 0 {
		c.Departments = max(1, min(40, c.Devices/2))
	}
	if c.LogLines == -1 {
		c.LogLines = c.Devices / 2
	}
	fleet := sample.Fleet{
		Seed: c.Seed, Devices: c.Devices, Departments: c.Departments, Nights: c.Nights, Last: last,
		Changed: c.Changed / 100, Problems: c.Problems / 100, LogLines: c.LogLines, Format: sample.Format(c.Format),
	}
	if err := fleet.Check(); err != nil {
		return usageError(err)
	}
	if err := mustBeEmpty(c.Out); err != nil {
		return err
	}
	var work errgroup.Group
	work.SetLimit(runtime.GOMAXPROCS(0))
	for _, file := range fleet.Files() {
		work.Go(func() error { return writeNew(filepath.Join(c.Out, filepath.FromSlash(file.Name)), file) })
	}
	if err := work.Wait(); err != nil {
		return err
	}
	out := problem.Visible(filepath.ToSlash(c.Out))
	fmt.Fprintf(s.stdout, "%s: written, %s, %s\n", out, plural.Count(c.Devices, "device", "devices"), plural.Count(c.Nights, "night", "nights"))
	s.hint("cutoff build --config " + out + "/cutoff.yaml")
	return nil
}

// mustBeEmpty refuses a folder that has anything in it.
func mustBeEmpty(folder string) error {
	switch entries, err := os.ReadDir(folder); {
	case len(entries) > 0:
		return hinted{fmt.Errorf("%s: found a folder that is not empty, want a new one", problem.Visible(folder)), "name another with --out DIR, or move this one away"}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: found %w, want a folder to write", problem.Visible(folder), problem.Cause(err))
	}
	return nil
}

// writeNew writes one file of a fleet, and the folders above it.
func writeNew(path string, file sample.File) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(file.Write(out), out.Close())
}
