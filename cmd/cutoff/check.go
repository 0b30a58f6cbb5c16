package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// checkCommand reads and assesses like build, and writes nothing. It shows what
// it found also where build would stop, because that is where people look next.
type checkCommand struct {
	inputFlags
	forceFlag
	resultFlags
	// Flags of build that say what to write: one word turns a build into a check.
	Out       string `hidden:""`
	Workbooks *bool  `hidden:""`
}

func (c *checkCommand) Run(s *session) error {
	run, _, err := s.prepare(c.inputFlags)
	if err == nil {
		err = c.resultFlags.check()
	}
	if err != nil {
		return c.refuse(s, err)
	}
	run.Progress, run.Force = s.progress(c.Progress), c.Force
	outcome, err := generator.Assess(run)
	if outcome == nil || err != nil && c.JSON {
		return c.refuse(s, err)
	}
	s.warnOf(outcome)
	if c.JSON {
		return c.conclude(s, outcome)
	}
	s.printLedger(outcome)
	s.printTotals(outcome)
	s.printDepartments(outcome)
	s.printProblems(outcome)
	s.printLines(outcome)
	if err != nil {
		return err
	}
	return c.conclude(s, outcome)
}

// oldDays is after how many days a nightly export was surely forgotten.
const oldDays = 14

// warnOf says on standard error what a reader of the result must not overlook.
func (s *session) warnOf(outcome *generator.Outcome) {
	for _, reason := range outcome.Forced {
		s.warn("forced: " + reason)
	}
	if f := outcome.Fleet; !f.Newest.IsZero() && f.Newest.Until(f.AsOf) > oldDays {
		s.warn(fmt.Sprintf("the newest row of the reports is of %s, %d days before %s; stop.age in the configuration would stop such a run", f.Newest, f.Newest.Until(f.AsOf), f.AsOf))
	}
	if n := len(outcome.Problems); n > 0 {
		s.warn(fmt.Sprintf("%d %s in the inputs; cutoff check with the same flags lists them", n, plural(n, "problem", "problems")))
	}
}

func (s *session) printTotals(outcome *generator.Outcome) {
	f := outcome.Fleet
	fmt.Fprintf(s.stdout, "%d %s on %s: %d affected, %d open, %d waived\n", f.Counts.Devices, plural(f.Counts.Devices, "device", "devices"), f.AsOf, f.Affected, f.Open, f.Waived)
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, verdict := range policy.Verdicts() {
		fmt.Fprintf(table, "%d\t  %s\n", f.Verdicts[verdict], verdict)
	}
	table.Flush()
}

func (s *session) printLedger(outcome *generator.Outcome) {
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FILE\tREAD AS\tROWS\tDEVICES\tMERGED\tREJECTED\tOTHER")
	for _, file := range outcome.Files {
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%d\t%d\t%d\n", problem.Visible(file.Path), file.Kind, file.Rows, file.Devices, file.Merged, file.Rejected, file.Other)
	}
	table.Flush()
	fmt.Fprintln(s.stdout)
}

func (s *session) printDepartments(outcome *generator.Outcome) {
	fmt.Fprintln(s.stdout)
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "DEPARTMENT\tDEVICES\tAFFECTED\tOPEN\tWAIVED\tCHECK")
	for _, d := range outcome.Fleet.Departments {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\n", problem.Visible(d.Name), d.Counts.Devices, d.Affected, d.Open, d.Waived, d.Verdicts[policy.Check])
	}
	table.Flush()
}

func (s *session) printProblems(outcome *generator.Outcome) {
	if len(outcome.Problems) == 0 {
		return
	}
	fmt.Fprintln(s.stdout)
	for _, p := range outcome.Problems {
		fmt.Fprintf(s.stdout, "%s [%s]\n", p, p.Kind)
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// writeFailure is the JSON result of a run that gave none: one line with the
// status and the messages.
func writeFailure(w io.Writer, code status, err error) error {
	return writeJSON(w, struct {
		Status status `json:"status"`
		Error  string `json:"error"`
	}{code, err.Error()})
}
