package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// checkCommand reads and assesses like build, and writes nothing. It shows what it
// found even where build would stop, because then people need to see it.
type checkCommand struct {
	inputFlags
	forceFlag
	memoryFlag
	resultFlags
	// These are flags of build, so that only the command's name has to be changed
	// to turn a build into a check. Out also says where the default memory is.
	Out       string `hidden:""`
	Workbooks *bool  `hidden:""`
}

func (c *checkCommand) Run(s *session) error {
	run, set, err := s.prepare(c.inputFlags)
	if err == nil {
		err = c.resultFlags.check()
	}
	if err != nil {
		return c.refuse(s, err)
	}
	run.Progress, run.Force = c.progress(s), c.Force
	if err = folders(run, set, c.Out, c.Memory); err != nil {
		return c.refuse(s, err)
	}
	outcome, err := generator.Assess(run)
	err = s.interrupts.settle(err)
	if outcome == nil || err != nil && c.JSON {
		return c.refuse(s, err)
	}
	s.warnOf(outcome)
	if c.JSON || c.Quiet && err == nil {
		return c.conclude(s, outcome)
	}
	if c.Quiet {
		return err
	}
	s.printLedger(outcome)
	s.printTotals(outcome)
	if outcome.Outdated != "" {
		fmt.Fprintln(s.stdout, outcome.Outdated)
	}
	s.printChanges(outcome)
	s.printPace(outcome)
	s.printDepartments(outcome)
	s.printProblems(outcome)
	s.printLines(outcome)
	if err != nil {
		return err
	}
	return c.conclude(s, outcome)
}

// oldDays is after how many days a nightly export was most likely forgotten.
const oldDays = 14

// warnOf warns about everything that a reader of the result must not miss.
func (s *session) warnOf(outcome *generator.Outcome) {
	for _, reason := range outcome.Forced {
		s.warn("forced: " + reason)
	}
	for _, warning := range outcome.Warnings {
		s.warn(warning)
	}
	if !outcome.Newer.IsZero() {
		s.warn(fmt.Sprintf("the site is of %s, which is later than %s: the night was remembered, the site was left as it is", outcome.Newer, outcome.Fleet.AsOf))
	}
	if f := outcome.Fleet; !f.Newest.IsZero() && f.Newest.Until(f.AsOf) > oldDays {
		s.warn(fmt.Sprintf("the newest row of the reports is of %s, %d days before %s%s", f.Newest, f.Newest.Until(f.AsOf), f.AsOf, outcome.AgeAdvice()))
	}
	late := 0
	for _, p := range outcome.Problems {
		if p.Kind == problem.FutureDate {
			late++
		}
	}
	if late > outcome.Fleet.Counts.Devices/2 {
		s.warn(fmt.Sprintf("%s later than %s and %s not count; is that the day that you mean?",
			plural.Count(late, "date of the inputs is", "dates of the inputs are"), outcome.Fleet.AsOf, plural.Of(late, "does", "do")))
	}
	if n := len(outcome.Problems); n > 0 {
		s.warn(fmt.Sprintf("%s in the inputs; cutoff check with the same flags lists them", plural.Count(n, "problem", "problems")))
	}
}

func (s *session) printTotals(outcome *generator.Outcome) {
	f := outcome.Fleet
	fmt.Fprintf(s.stdout, "%s on %s: %d affected, %d open, %d waived\n", plural.Count(f.Counts.Devices, "device", "devices"), f.AsOf, f.Affected, f.Open, f.Waived)
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, verdict := range f.Possible.Verdicts() {
		fmt.Fprintf(table, "%d\t  %s\n", f.Verdicts[verdict], verdict)
	}
	table.Flush()
}

// printChanges shows the number of changes of each kind since the last night, and
// the sum that explains the affected devices.
func (s *session) printChanges(outcome *generator.Outcome) {
	if outcome.Memory == nil || outcome.Memory.Last == nil {
		return
	}
	last := outcome.Memory.Last
	var parts []string
	for _, kind := range memory.Kinds() {
		if n := last.Counts[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, kind))
		}
	}
	fmt.Fprintf(s.stdout, "\nSince %s: %s\n", last.Against, cmp.Or(strings.Join(parts, ", "), "nothing changed"))
	sum := last.Sum
	fmt.Fprintf(s.stdout, "Affected: %d then + %d newly-affected + %d returned + %d of new + %d of back - %d fixed - %d unclear - %d of gone = %d\n",
		sum.AffectedThen, sum.NewlyAffected, sum.Returned, sum.New, sum.Back, sum.Fixed, sum.Unclear, sum.Gone, sum.AffectedNow)
	if last.PolicyChanged || last.SettingsChanged {
		fmt.Fprintf(s.stdout, "The rules or the configuration changed: %d %s another verdict for that reason alone.\n",
			last.RulesAlone, plural.Of(last.RulesAlone, "device has", "devices have"))
	}
}

func (s *session) printPace(outcome *generator.Outcome) {
	if sentence := outcome.Pace(); sentence != "" {
		fmt.Fprintln(s.stdout, sentence)
	}
}

func (s *session) printLedger(outcome *generator.Outcome) {
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FILE\tREAD AS\tROWS\tCOUNTED\tMERGED\tREJECTED\tOTHER")
	for _, file := range outcome.Files {
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%d\t%d\t%d\n", problem.Visible(s.asNamed(file.Path)), file.Kind, file.Rows, file.Devices, file.Merged, file.Rejected, file.Other)
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
		p.File = s.asNamed(p.File)
		fmt.Fprintf(s.stdout, "%s [%s]\n", p, p.Kind)
	}
}

// writeFailure writes the JSON of a run without a result: one line with the status
// and the messages.
func writeFailure(w io.Writer, code status, err error) error {
	return writeJSON(w, struct {
		Status status `json:"status"`
		Error  string `json:"error"`
	}{code, err.Error()})
}
