package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// buildCommand reads, assesses, renders and publishes.
type buildCommand struct {
	inputFlags
	forceFlag
	Out string `placeholder:"DIR" help:"Folder of the site; default site."`
	memoryFlag
	Workbooks *bool `help:"Write an XLSX file for each department; --workbooks=false leaves them out."`
	resultFlags
	metricsFlag
}

// progressFlag says whether a command shows what it is doing.
type progressFlag struct {
	Progress string `enum:"auto,plain,off" default:"auto" placeholder:"auto|plain|off" help:"Say on standard error what is being done; auto does when it is a terminal."`
}

// resultFlags say how a run reports its result.
type resultFlags struct {
	FailOn []string `sep:"none" placeholder:"VERDICT" help:"Exit with 4 when a device that is not waived has this verdict. Repeatable."`
	JSON   bool     `name:"json" help:"Write the result as one line of JSON."`
	Quiet  bool     `help:"Say nothing but errors and warnings."`
	progressFlag
}

func (c *buildCommand) Run(s *session) error {
	outcome, err := c.build(s)
	if err = s.interrupts.settle(err); err != nil && statusOf(err) != failOnMet {
		err = c.refuse(s, err)
	}
	return errors.Join(err, c.write(s, outcome, err))
}

// build builds the site and prints the result.
func (c *buildCommand) build(s *session) (*generator.Outcome, error) {
	run, set, err := s.prepare(c.inputFlags)
	if err == nil {
		err = c.resultFlags.check()
	}
	if err != nil {
		return nil, err
	}
	run.Progress, run.Force = c.progress(s), c.Force
	if err = folders(run, set, c.Out, c.Memory); err != nil {
		return nil, err
	}
	if c.Workbooks != nil {
		run.Config.Workbooks = *c.Workbooks
	}
	run.Build = buildID()
	before := ownershipOf(run)
	outcome, err := generator.Build(run)
	if err != nil {
		return outcome, explainDisk(run, err)
	}
	s.warnOf(outcome)
	s.warnOfFolders(run, outcome, before)
	if c.JSON || c.Quiet {
		return outcome, c.conclude(s, outcome)
	}
	state := "published"
	switch {
	case !outcome.Newer.IsZero():
		state = "left as it is, of " + outcome.Newer.String()
	case outcome.Published.Untouched:
		state = "nothing changed"
	}
	fmt.Fprintf(s.stdout, "%s: %s\n", shown(filepath.Join(run.Out, "index.html")), state)
	s.printTotals(outcome)
	s.printPace(outcome)
	return outcome, c.conclude(s, outcome)
}

// folders decides where the site and the memory are: by the flags, else by the
// configuration.
func folders(run *generator.Run, set *settings, out, memory string) (err error) {
	run.Out = within(set.base, set.Out)
	if out != "" {
		run.Out = absolute(out)
	}
	if isRoot(run.Out) {
		return fmt.Errorf("%s: found the top of the file system, want a folder for the site alone", shown(run.Out))
	}
	run.Memory, err = set.memoryFolder(run.Out, memory)
	if err != nil {
		return err
	}
	for _, folder := range []string{run.Out, run.Memory} {
		for up := filepath.Dir(folder); !isRoot(up); up = filepath.Dir(up) {
			if info, err := os.Stat(up); err == nil && !info.IsDir() {
				return fmt.Errorf("%s: found a file, want a folder for %s", shown(up), problem.Visible(filepath.Base(folder)))
			}
		}
	}
	return nil
}

// check refuses a --fail-on that is not a verdict.
func (f resultFlags) check() error {
	for _, name := range f.FailOn {
		if !slices.Contains(policy.Verdicts(), policy.Verdict(name)) {
			err := usagef("--fail-on: found %s, want one of %s", problem.Quote(name), verdictNames())
			if strings.Contains(name, ",") {
				return hinted{err, "give it again for each verdict: --fail-on " + problem.Visible(strings.ReplaceAll(name, ",", " --fail-on "))}
			}
			return err
		}
	}
	return nil
}

func verdictNames() string {
	var names []string
	for _, verdict := range policy.Verdicts() {
		names = append(names, string(verdict))
	}
	return strings.Join(names, ", ")
}

// progress gives the function that shows each step. With --quiet it is silent.
func (f resultFlags) progress(s *session) func(string) {
	if f.Quiet {
		return s.progress("off")
	}
	return s.progress(f.Progress)
}

// refuse ends a run that gave no result. With --json it also writes the error to
// standard output, so that a program need not read messages.
func (f resultFlags) refuse(s *session, err error) error {
	if f.JSON {
		if failure := writeFailure(s.stdout, statusOf(err), err); failure != nil {
			return failure
		}
	}
	return err
}

// conclude writes the JSON result if it was asked for, and applies --fail-on.
func (f resultFlags) conclude(s *session, outcome *generator.Outcome) error {
	err := f.failOn(outcome)
	if f.JSON {
		if failure := writeJSON(s.stdout, outcome.Result(int(statusOf(err)))); failure != nil {
			return failure
		}
	}
	return err
}

func (f resultFlags) failOn(outcome *generator.Outcome) error {
	var met []string
	for _, verdict := range policy.Verdicts() {
		if !slices.Contains(f.FailOn, string(verdict)) {
			continue
		}
		n := 0
		for _, a := range outcome.Fleet.Devices {
			if a.Verdict == verdict && a.Waiver == nil {
				n++
			}
		}
		if n > 0 {
			met = append(met, fmt.Sprintf("%s with verdict %s that %s not waived", plural.Count(n, "device", "devices"), verdict, plural.Of(n, "is", "are")))
		}
	}
	if len(met) == 0 {
		return nil
	}
	return ending{errors.New("--fail-on: found " + strings.Join(met, ", ") + ", want none"), failOnMet}
}

// progress gives the function that shows each step, or one that is silent.
func (s *session) progress(mode string) func(string) {
	if mode == "off" || mode == "auto" && !isTerminal(s.stderr) {
		return func(string) {}
	}
	return func(step string) { fmt.Fprintf(s.stderr, "cutoff: %s\n", step) }
}

func isTerminal(w any) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	stat, err := file.Stat()
	return err == nil && stat.Mode()&os.ModeCharDevice != 0
}
