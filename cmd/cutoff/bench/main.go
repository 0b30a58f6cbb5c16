//go:build linux

// Command bench measures cutoff as its users run it: whole processes, each in
// turn with the floor program (see cmd/cutoff/bench/floor), on fleets of
// cutoff sample. It prints one table: the median of the runs in wall, user and
// system time, the peak of memory, and how many times the floor that is.
//
//	make bench DEVICES=10000,100000,1000000 DEPARTMENTS=40,400
//
// Files come from the page cache, as they do after an export; the site's folder
// is new for every first night.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	b := bench{out: os.Stdout}
	devices := flag.String("devices", "100000", "how many devices, a `list` with commas")
	departments := flag.String("departments", "40", "how many departments, a `list` with commas")
	only := flag.String("cases", ".", "a `regexp` of the cases to measure")
	flag.IntVar(&b.runs, "runs", 5, "how often each is run")
	flag.StringVar(&b.bin, "bin", "bin", "the `folder` of cutoff and floor; the fleets are made and removed below it")
	flag.Parse()
	var err error
	if b.only, err = regexp.Compile(*only); err == nil {
		err = b.fleets(strings.Split(*devices, ","), strings.Split(*departments, ","))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type bench struct {
	bin, folder string
	runs        int
	only        *regexp.Regexp
	out         *os.File
}

// measure is what one run took.
type measure struct {
	wall, user, system time.Duration
	peak               int64 // KiB
}

// job is a command that is measured.
type job struct {
	name string
	// before is run ahead of each run, and not measured.
	before func() error
	args   []string
	// floor is what it is held against: the floor program's arguments, or else
	// the figure named like a job that was measured before.
	floor []string
	like  string
}

func (b *bench) fleets(devices, departments []string) error {
	fmt.Fprintln(b.out, "| devices | departments | case | wall | user | system | peak | against | its wall | times the wall | times the processor |")
	fmt.Fprintln(b.out, "|---|---|---|---|---|---|---|---|---|---|---|")
	for _, n := range devices {
		for _, d := range departments {
			if err := b.fleet(n, d); err != nil {
				return fmt.Errorf("%s devices in %s departments: %w", n, d, err)
			}
		}
	}
	return nil
}

// fleet makes a fleet of two nights, measures what is done with it, and removes
// it again.
func (b *bench) fleet(devices, departments string) (err error) {
	if b.folder, err = os.MkdirTemp(b.bin, "bench-"); err != nil {
		return err
	}
	if b.folder, err = filepath.Abs(b.folder); err != nil {
		return err
	}
	defer os.RemoveAll(b.folder)
	measured := map[string]measure{}
	for _, job := range b.jobs(devices, departments) {
		if !b.only.MatchString(job.name) {
			continue
		}
		taken, floor, err := b.measure(job)
		if err != nil {
			return fmt.Errorf("%s: %w", job.name, err)
		}
		against := "floor"
		if measured[job.name] = taken; job.like != "" {
			against, floor = job.like, measured[job.like]
		}
		fmt.Fprintf(b.out, "| %s | %s | %s | %s | %s | %s | %d MB | %s | %s | %.1f | %.1f |\n", devices, departments, job.name,
			seconds(taken.wall), seconds(taken.user), seconds(taken.system), taken.peak>>10, against, seconds(floor.wall),
			float64(taken.wall)/float64(floor.wall), float64(taken.user+taken.system)/float64(floor.user+floor.system))
	}
	return nil
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 2, 64) + " s" }

func (b *bench) in(name string) string { return filepath.Join(b.folder, name) }

const (
	firstDay  = "2020-01-14"
	secondDay = "2020-01-15"
)

// jobs are the cases in the order in which they build on one another.
func (b *bench) jobs(devices, departments string) []job {
	site, first, second := b.in("site"), b.in("fleet/nights/"+firstDay), b.in("fleet/nights/"+secondDay)
	logged, books := b.in("logged/nights/"+secondDay), b.in("books/nights/"+secondDay)
	reports := func(night string) []string { return []string{night + "/device-status.csv", night + "/roster.csv"} }
	floor := func(night string) []string {
		return append([]string{"-site", site, "-out", b.in("floor")}, reports(night)...)
	}

	plain := b.fleetNamed("fleet", devices, departments, "--nights", "2", "--log-lines", "0")
	workbooks := b.fleetNamed("books", devices, departments, "--log-lines", "0", "--format", "xlsx")
	evidence := b.fleetNamed("logged", devices, departments, "--log-lines", "1000000")
	without := func(name string) func() error { return func() error { return os.RemoveAll(b.in(name)) } }
	anew := both(plain, both(without("site"), without("site-memory")))
	build := func(config string, more ...string) []string {
		return append([]string{"build", "--config", config, "--out", site}, more...)
	}
	firstNight := build(first+"/cutoff.yaml", "--workbooks=false")
	secondNight := build(second+"/cutoff.yaml", "--workbooks=false")
	afterFirst := both(anew, func() error { _, err := b.run("cutoff", firstNight...); return err })

	return []job{
		{name: "build", before: anew, args: firstNight, floor: floor(first)},
		{name: "build the next night, 1% changed", before: afterFirst, args: secondNight, floor: floor(second)},
		{name: "build again, nothing changed", before: plain, args: secondNight, like: "build the next night, 1% changed"},
		{name: "bundle", before: without("bundle"), args: []string{"bundle", site, "--out", b.in("bundle")}, like: "build"},
		{name: "mail --dry-run", before: without("mails"), args: []string{"mail", site, "--config", first + "/cutoff.yaml", "--dry-run", "--out", b.in("mails")}, like: "build"},
		{name: "build without department files", before: both(anew, func() error { return oneKeyMore(first+"/cutoff.yaml", first+"/lean.yaml", "standalone: false\n") }),
			args: build(first+"/lean.yaml", "--workbooks=false"), floor: floor(first)},
		{name: "build with workbooks", before: anew, args: build(first + "/cutoff.yaml"), floor: floor(first)},
		{name: "check", before: plain, args: []string{"check", "--config", first + "/cutoff.yaml"}, floor: reports(first)},
		{name: "explain", before: plain, args: []string{"explain", "--config", first + "/cutoff.yaml", "lt-000007.corp.larkfield.example"}, floor: reports(first)},
		{name: "check of workbooks", before: workbooks, args: []string{"check", "--config", books + "/cutoff.yaml"}, floor: []string{books}},
		{name: "check with 1,000,000 lines of evidence", before: evidence, args: []string{"check", "--config", logged + "/cutoff.yaml"},
			floor: append(reports(logged), logged+"/firewall.csv")},
		{name: "check of 5,000 files", before: both(plain, func() error { return parted(first, b.in("parts"), 5000) }),
			args: []string{"check", "--force", "--config", b.in("parts/cutoff.yaml")}, floor: reports(first)},
		{name: "check with a roster of 1,000,000 rows", before: both(plain, func() error { return crowded(first, b.in("crowd"), 1_000_000) }),
			args: []string{"check", "--config", b.in("crowd/cutoff.yaml")}, floor: reports(b.in("crowd"))},
	}
}

// fleetNamed gives what makes a fleet where there is none yet.
func (b *bench) fleetNamed(name, devices, departments string, more ...string) func() error {
	return func() error {
		if _, err := os.Stat(b.in(name)); err == nil {
			return nil
		}
		_, err := b.run("cutoff", append([]string{"sample", "--devices", devices, "--departments", departments, "--out", b.in(name)}, more...)...)
		return err
	}
}

func both(first, second func() error) func() error {
	return func() error {
		if err := first(); err != nil {
			return err
		}
		return second()
	}
}

// oneKeyMore writes a configuration that is another one and a key more.
func oneKeyMore(config, as, key string) error {
	text, err := os.ReadFile(config)
	if err != nil {
		return err
	}
	return os.WriteFile(as, append(text, key...), 0o644)
}

// measure gives the medians of a job and of its floor. A run that is not
// counted comes first: the floor writes what it wrote.
func (b *bench) measure(j job) (taken, floor measure, err error) {
	var runs, floors []measure
	for n := range b.runs + 1 {
		if j.before != nil {
			if err := j.before(); err != nil {
				return taken, floor, err
			}
		}
		run, err := b.run("cutoff", j.args...)
		if err != nil {
			return taken, floor, err
		}
		var least measure
		if n > 0 && j.floor != nil {
			if least, err = b.run("floor", j.floor...); err != nil {
				return taken, floor, err
			}
			if err := os.RemoveAll(b.in("floor")); err != nil {
				return taken, floor, err
			}
		}
		if n > 0 {
			runs, floors = append(runs, run), append(floors, least)
		}
	}
	return median(runs), median(floors), nil
}

// median gives the median of each figure by itself.
func median(runs []measure) (m measure) {
	pick := func(figure func(measure) int64) int64 {
		var all []int64
		for _, run := range runs {
			all = append(all, figure(run))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	m.wall = time.Duration(pick(func(m measure) int64 { return int64(m.wall) }))
	m.user = time.Duration(pick(func(m measure) int64 { return int64(m.user) }))
	m.system = time.Duration(pick(func(m measure) int64 { return int64(m.system) }))
	m.peak = pick(func(m measure) int64 { return m.peak })
	return m
}

// run runs one of the two programs and measures it. Memory is the kernel's
// count; that of a process begins with its parent's, so this program stays
// small.
func (b *bench) run(program string, args ...string) (measure, error) {
	command := exec.Command(filepath.Join(b.bin, program), args...)
	var messages strings.Builder
	command.Stderr = &messages
	start := time.Now()
	err := command.Run()
	m := measure{wall: time.Since(start)}
	if err != nil {
		return m, fmt.Errorf("%s %s: %w\n%s", program, args[0], err, messages.String())
	}
	m.user, m.system = command.ProcessState.UserTime(), command.ProcessState.SystemTime()
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		m.peak = usage.Maxrss
	}
	return m, nil
}
