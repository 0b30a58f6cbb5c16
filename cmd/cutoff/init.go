package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/spelling"
	"example.org/cutoff/generator/starter"
)

// initCommand writes a first configuration from the exports.
type initCommand struct {
	Report []string `arg:"" sep:"none" placeholder:"REPORT" help:"Exports: device status reports, and beside them roster, evidence and waivers. Files or globs."`
	Out    string   `placeholder:"FILE" default:"cutoff.yaml" help:"The configuration to write; one that exists is left alone."`
	Policy string   `placeholder:"NAME|FILE" help:"Rules of the notice: a built-in name or a file."`
	AsOf   string   `placeholder:"YYYY-MM-DD" help:"Day on which the exports are looked at; else SOURCE_DATE_EPOCH, else today."`
	Column []string `sep:"none" placeholder:"COLUMN=HEADER" help:"A header text of your files and the column that it is: app_version=Client. Repeatable."`
}

// recognized is one file with what it is.
type recognized struct {
	intake.Input
	intake.Recognition
	// glob is the pattern that found the file; "" if the file itself was named.
	glob string
}

func (c *initCommand) Run(s *session) error {
	out := absolute(c.Out)
	err := mustBeNew(c.Out)
	if err != nil {
		return err
	}
	set := &settings{Config: config.Default(), base: filepath.Dir(out)}
	if err = set.loadPolicy(c.Policy); err == nil {
		set.Columns, err = columnFlags(c.Column)
	}
	if err == nil {
		set.asOf, err = s.asOf(c.AsOf, calendar.Day{})
	}
	if err != nil {
		return err
	}
	exports, leftOut, err := recognize(set, c.Report)
	if err != nil {
		return err
	}
	run := &generator.Run{
		Config: set.Config, Policy: set.policy, AsOf: set.asOf, Force: true,
		Tool: tool(), Progress: s.progress("auto"),
	}
	reports := 0
	for _, e := range exports {
		run.Inputs = append(run.Inputs, e.Input)
		if e.Input.Kind == intake.Report {
			reports++
		}
	}
	outcome, err := generator.Assess(run)
	if err != nil {
		return err
	}
	found := &starter.Found{
		Inputs: namedInputs(exports, outcome.Files, set.base), LeftOut: leftOut,
		Policy: policyName(set, c.Policy), Rules: outcome.Rules, Fleet: outcome.Fleet,
		Files: outcome.Files, Problems: outcome.Problems, Columns: set.Columns, Day: set.asOf,
	}
	text := starter.Configuration(found)
	if _, err := config.Parse(filepath.ToSlash(c.Out), text); err != nil {
		return fmt.Errorf("write a configuration: %w", err)
	}
	if err := errors.Join(mustBeNew(c.Out), publish.WriteFile(out, text)); err != nil {
		return err
	}
	s.printFound(exports, outcome)
	if reports > 1 {
		fmt.Fprintf(s.stdout, "\nA device that only an older report has counts too, with what that report says; it is marked as stale once nobody has seen it for %d days.\n", set.StaleDays)
		if outcome.Outdated != "" {
			fmt.Fprintln(s.stdout, outcome.Outdated)
		}
	}
	fmt.Fprintf(s.stdout, "\n%s: written\n", problem.Visible(c.Out))
	for _, p := range leftOut {
		s.warn("left out: " + p.String())
	}
	for _, reason := range outcome.Forced {
		s.warn(reason + ": cutoff build wants --force until that is mended")
	}
	next := "cutoff build"
	if out != absolute(configName) {
		next += " --config " + shown(out)
	}
	if c.AsOf != "" {
		next += " --as-of " + c.AsOf
	}
	s.hint(next)
	return nil
}

// mustBeNew refuses to write over anything.
func mustBeNew(file string) error {
	switch info, err := os.Lstat(file); {
	case err == nil && info.IsDir():
		return hinted{fmt.Errorf("%s: found a folder, want a new file", problem.Visible(file)), "--out " + shown(absolute(filepath.Join(file, configName)))}
	case err == nil:
		return hinted{fmt.Errorf("%s: found a file that is already there, want a new one", problem.Visible(file)), "name another with --out FILE, or move this one away"}
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: found %w, want a file to write", problem.Visible(file), problem.Cause(err))
	}
	if folder := filepath.Dir(file); !exists(folder) {
		return fmt.Errorf("%s: found no folder %s, want one that is there", problem.Visible(file), problem.Visible(folder))
	}
	return nil
}

// columnFlags reads COLUMN=HEADER.
func columnFlags(flags []string) (map[string][]string, error) {
	all := map[string][]string{}
	for _, flag := range flags {
		name, header, ok := strings.Cut(flag, "=")
		if header = strings.TrimSpace(header); !ok || header == "" || !slices.Contains(config.Columns(), name) {
			return nil, usagef("--column: found %s, want COLUMN=HEADER, with one of the columns %s", problem.Quote(flag), strings.Join(config.Columns(), ", "))
		}
		all[name] = append(all[name], header)
	}
	return all, nil
}

// policyName is the name of the policy in the new configuration.
func policyName(set *settings, flag string) string {
	if flag == "" {
		return set.Policy
	}
	path := absolute(flag)
	if !isFile(flag, path) {
		return flag
	}
	name := configPath(set.base, path)
	if !strings.Contains(name, "/") {
		name = "./" + name
	}
	return name
}

// configPath is a path as a configuration in the folder base writes it.
func configPath(base, path string) string {
	relative, err := filepath.Rel(base, path)
	if err != nil {
		return filepath.ToSlash(path) // another drive
	}
	return filepath.ToSlash(relative)
}

// recognize finds the files and what each of them is. Files that are not inputs are
// left out. It is an error if there is no report.
func recognize(set *settings, names []string) ([]recognized, []problem.Problem, error) {
	if slices.Contains(names, "-") {
		return nil, nil, usagef("found - for standard input, want files: a configuration names them for every night")
	}
	var (
		exports []recognized
		leftOut []problem.Problem
		faults  []error
		seen    = map[string]bool{}
	)
	opts := intake.Options{AsOf: set.asOf, Columns: set.Columns, System: set.policy.Possible(false).System}
	for _, name := range names {
		paths, err := expand(absolute("."), name)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		glob := ""
		if _, err := os.Lstat(name); err != nil {
			glob = configPath(set.base, absolute(name))
		}
		for _, path := range paths {
			if seen[path] {
				continue
			}
			seen[path] = true
			e := recognized{Input: input(intake.Report, set.base, path), glob: glob}
			e.Recognition, err = intake.Recognise(e.Input, opts)
			e.Input.Kind = e.Recognition.Kind
			switch {
			case err != nil:
				faults = append(faults, err)
			case e.Recognition.Kind == "":
				leftOut = append(leftOut, e.Why)
			default:
				exports = append(exports, e)
			}
		}
	}
	switch {
	case len(faults) > 0:
		return nil, nil, inputError(errors.Join(faults...))
	case slices.ContainsFunc(exports, func(e recognized) bool { return e.Input.Kind == intake.Report }):
		globAgain(exports, set.base)
		return exports, leftOut, nil
	}
	if systems := listsOfSystems(set, slices.Sorted(maps.Keys(seen)), names); systems != nil {
		return nil, nil, inputError(systems)
	}
	if len(leftOut) == 0 {
		return nil, nil, inputError(hinted{errors.New("found no device status report among the files, want at least one"), "cutoff init exports/*.csv"})
	}
	return nil, nil, inputError(hinted{problem.List(leftOut), "where a column has another name, say so: --column app_version=HEADER"})
}

// listsOfSystems looks for lists of devices that have the system's version and no
// app's. They fit a notice about an operating system, which needs another policy,
// so it gives an error that says so. It gives nil if there is no such list, or if
// the policy already reads the system's version.
func listsOfSystems(set *settings, paths, names []string) error {
	opts := intake.Options{AsOf: set.asOf, Columns: set.Columns, System: true}
	if set.policy.Possible(false).System {
		return nil
	}
	var lists []intake.Input
	for _, path := range paths {
		in := input(intake.Report, set.base, path)
		if is, err := intake.Recognise(in, opts); err == nil && is.Kind == intake.Report {
			lists = append(lists, in)
		}
	}
	read, err := intake.Read(lists, opts)
	if err != nil || len(lists) == 0 {
		return nil
	}
	counts := map[string]int{}
	family := "Windows"
	for _, d := range read.Devices {
		f := d.Family()
		if counts[f]++; device.FamilyOf(f) == f && counts[f] > counts[family] {
			family = f
		}
	}
	typed := ""
	for _, name := range names {
		typed += " " + shown(name)
	}
	return hinted{
		fmt.Errorf("%s: found versions of operating systems and none of an app (%d of %d devices have %s), want a policy with subject: os_version; the policy %s reads an app's version",
			problem.Visible(lists[0].Path), counts[family], len(read.Devices), family, problem.Quote(set.policy.ID)),
		fmt.Sprintf("cutoff policy new --system %s > notice.yaml, fill its blanks in, then cutoff init --policy notice.yaml%s", strings.ToLower(family), typed),
	}
}

// namedInputs gives the inputs as the configuration lists them: a glob if it finds
// files of only one kind, else each file.
func namedInputs(exports []recognized, files []intake.File, base string) map[intake.Kind][]starter.Named {
	kinds := map[string]map[intake.Kind]int{}
	for _, e := range exports {
		if kinds[e.glob] == nil {
			kinds[e.glob] = map[intake.Kind]int{}
		}
		kinds[e.glob][e.Input.Kind]++
	}
	named := map[intake.Kind][]starter.Named{}
	written := map[string]bool{}
	for _, e := range exports {
		kind := e.Input.Kind
		if e.glob == "" || len(kinds[e.glob]) > 1 {
			named[kind] = append(named[kind], starter.Named{Name: e.Path, Remark: remark(fileOf(files, e.Input))})
		} else if !written[e.glob] {
			written[e.glob] = true
			n := kinds[e.glob][kind]
			named[kind] = append(named[kind], starter.Named{Name: e.glob, Remark: plural.Count(n, "file", "files")})
		}
	}
	return named
}

func fileOf(files []intake.File, in intake.Input) intake.File {
	i := slices.IndexFunc(files, func(f intake.File) bool { return f.Path == in.Path && f.Kind == in.Kind })
	if i < 0 {
		return intake.File{Path: in.Path, Kind: in.Kind}
	}
	return files[i]
}

func remark(f intake.File) string {
	rows := plural.Count(f.Rows, "row", "rows")
	switch f.Kind {
	case intake.Report:
		devices := plural.Count(f.Devices, "device", "devices")
		if f.Merged > 0 {
			return fmt.Sprintf("%s: %s, and %d more about devices of other rows", rows, devices, f.Merged)
		}
		return rows + ", " + devices
	case intake.Connections:
		return fmt.Sprintf("%s, %d tied to a device", rows, f.Devices+f.Merged)
	}
	return rows
}

// printFound says what each file is, what its columns mean, and what is left to
// decide.
func (s *session) printFound(exports []recognized, outcome *generator.Outcome) {
	for _, e := range exports {
		file := fileOf(outcome.Files, e.Input)
		fmt.Fprintf(s.stdout, "%s: %s; %s\n", problem.Visible(e.Path), kindWords[e.Input.Kind], remark(file))
		table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
		used := map[string]bool{}
		for _, column := range file.Columns {
			fmt.Fprintf(table, "  %s\tis %s\n", problem.Visible(column.Header), column.Name)
			used[column.Header] = true
		}
		table.Flush()
		for _, text := range file.Unknown {
			used[text] = true
		}
		s.printHeaders("known and not needed", slices.DeleteFunc(slices.Clone(e.Headers), func(text string) bool { return used[text] }))
		s.printHeaders("means nothing to the program", file.Unknown)
	}
	s.printDecisions(outcome)
}

func (s *session) printHeaders(what string, headers []string) {
	separator := fmt.Sprintf("  %s: ", what)
	for _, text := range headers {
		fmt.Fprint(s.stdout, separator, problem.Visible(text))
		separator = ", "
	}
	if len(headers) > 0 {
		fmt.Fprintln(s.stdout)
	}
}

var kindWords = map[intake.Kind]string{
	intake.Report: "a device status report", intake.Connections: "evidence of ports", intake.Roster: "a roster", intake.Waivers: "waivers",
}

// printDecisions lists unclassified destinations and organisations, most devices
// first.
func (s *session) printDecisions(outcome *generator.Outcome) {
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	if list := outcome.Fleet.Unclassified; len(list) > 0 {
		fmt.Fprintln(table, "\nDESTINATION THAT IS NEITHER CLOUD NOR ON-PREMISES YET\tUID\tDEVICES")
		for _, d := range list {
			fmt.Fprintf(table, "%s\t%s\t%d\n", problem.Visible(cmp.Or(d.Name, "(no name)")), problem.Visible(d.UID), d.Devices)
		}
		table.Flush()
	}
	organizations := map[string]int{}
	for _, a := range outcome.Fleet.Devices {
		organizations[a.Organization]++
	}
	delete(organizations, "")
	if len(organizations) > 0 {
		fmt.Fprintln(table, "\nORGANIZATION\tDEVICES")
		for _, name := range spelling.MostFirst(organizations) {
			fmt.Fprintf(table, "%s\t%d\n", problem.Visible(name), organizations[name])
		}
		table.Flush()
	}
	fmt.Fprintln(s.stdout)
	s.printTotals(outcome)
	if outcome.Fleet.Verdicts[policy.Check] > 0 {
		fmt.Fprintln(s.stdout, "Devices to check are not counted as safe: classify the destinations first.")
	}
}
