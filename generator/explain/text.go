package explain

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/roster"
)

// mostShown is how many rows, observations or matches a text shows; the JSON
// form has them all.
const mostShown = 50

// WriteText writes the explanation for a terminal. Nothing from an input is
// written as it is: what does not print is escaped.
func (e *Explanation) WriteText(w io.Writer) error {
	t := &text{w: w}
	t.head(e)
	t.rows(e.Rows)
	t.facts(e)
	t.observations(e)
	t.lines(e.Lines)
	t.waivers(e.Waivers)
	t.turns(e.Turns)
	t.problems(e.Problems)
	return t.err
}

// WriteMatches writes a list of devices for a terminal.
func WriteMatches(w io.Writer, matches []Match) error {
	t := &text{w: w}
	table := t.table("GUID", "NAME", "HOST", "USER", "DEPARTMENT", "VERDICT")
	for _, m := range matches[:min(len(matches), mostShown)] {
		table.row(m.GUID, m.Name, m.Hostname, m.Username, m.Department, string(m.Verdict))
	}
	table.end(len(matches), "devices")
	return t.err
}

// text writes lines and keeps the first error.
type text struct {
	w   io.Writer
	err error
}

func (t *text) line(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format+"\n", args...)
	}
}

func (t *text) section(format string, args ...any) {
	t.line("")
	t.line(format, args...)
}

// table is aligned columns, indented below a section.
type table struct {
	*text
	tabs   *tabwriter.Writer
	indent string
}

func (t *text) table(heads ...string) *table { return t.indented("", heads) }

func (t *text) indented(indent string, heads []string) *table {
	table := &table{t, tabwriter.NewWriter(t.w, 0, 0, 2, ' ', 0), indent}
	if len(heads) > 0 {
		table.row(heads...)
	}
	return table
}

func (t *table) row(cells ...string) {
	if t.err != nil {
		return
	}
	shown := make([]string, len(cells))
	for i, cell := range cells {
		shown[i] = problem.Visible(cell)
	}
	// tabwriter would pad the last cell too.
	_, t.err = fmt.Fprintln(t.tabs, t.indent+strings.TrimRight(strings.Join(shown, "\t"), "\t"))
}

func (t *table) end(count int, what string) {
	if t.err == nil {
		t.err = t.tabs.Flush()
	}
	if count > mostShown {
		t.line("%s... and %d more %s; --json has them all", t.indent, count-mostShown, what)
	}
}

func (t *text) head(e *Explanation) {
	t.line("%s (%s)", problem.Visible(cmp.Or(e.Name, e.Hostname)), problem.Visible(cmp.Or(e.GUID, "no GUID: known by name and user")))
	if e.Former {
		t.line("  an older row has the name that you asked for; the newest one has the name above")
	}
	state := "not affected"
	switch {
	case e.Open:
		state = "affected, open"
	case e.Affected:
		state = "affected, waived until " + e.WaivedUntil
	case e.Verdict == policy.Check:
		state = "not counted as safe"
	}
	head := t.indented("  ", nil)
	head.row("verdict", fmt.Sprintf("%s on %s: %s", e.Verdict, e.AsOf, state))
	head.row("why", e.Why)
	if e.Action != "" {
		head.row("action", e.Action)
	}
	switch e.Stale {
	case fleet.Stale:
		head.row("stale", "yes: it was not seen lately")
	case fleet.SeenNever:
		head.row("stale", "unknown: no report says when it was seen")
	}
	head.end(0, "")
}

func (t *text) rows(rows []Row) {
	t.section("Rows that were merged into it (%d), newest first: the first one that has a fact gives it", len(rows))
	table := t.indented("  ", []string{"ROW", "LAST ACTIVITY", "LAST CONNECTED", "VERSION", "STATUS", "DESTINATION", "NAME", "USER"})
	for _, r := range rows[:min(len(rows), mostShown)] {
		table.row(r.Place, cmp.Or(r.LastActivity, "-"), cmp.Or(r.LastConnected, "-"), cmp.Or(r.Version, "-"), cmp.Or(r.Status, "-"), cmp.Or(r.Destination, "-"), cmp.Or(r.Name, "-"), cmp.Or(r.Username, "-"))
	}
	table.end(len(rows), "rows")
}

func (t *text) facts(e *Explanation) {
	t.section("What it is, and the row that says so")
	table := t.indented("  ", nil)
	for _, f := range e.Facts {
		if f.Value != "" {
			table.row(f.Name, f.Value, f.Source)
		}
	}
	for _, d := range e.Destinations {
		name := d.Name
		if d.UID != "" {
			name = strings.TrimSpace(name + " [" + d.UID + "]")
		}
		if name == "" {
			name = "(a blank cell)"
		}
		table.row("destination", name+": "+string(d.Kind), d.Source)
	}
	if len(e.Destinations) == 0 {
		table.row("destination", "(no report names one): unclassified")
	}
	table.row(department(e)...)
	table.end(0, "")
}

// department words where the department comes from.
func department(e *Explanation) []string {
	from := map[roster.From]string{
		roster.FromRoster: "by the roster", roster.FromReport: "by the report's department column",
		roster.FromOrganization: "by the organisation's name", roster.FromNothing: "no input names one",
	}[e.Origin.From]
	words := e.Match.Department + ": " + from
	if e.Origin.Found != "" && e.Origin.Found != e.Match.Department {
		words += ", as " + strconv.Quote(e.Origin.Found)
	}
	row := e.Origin.RosterRow
	switch {
	case e.Origin.RosterRow == "" && e.Origin.From != roster.FromRoster:
		row = "(the user is on no roster)"
	case e.Origin.From != roster.FromRoster:
		row += " (names no department)"
	}
	return []string{"department", words, row}
}

func (t *text) observations(e *Explanation) {
	if len(e.Observations) == 0 {
		t.section("Observations of its ports: none")
	} else {
		t.section("Observations of its ports (%d), newest first; in each network the first that counts decides", len(e.Observations))
		table := t.indented("  ", []string{"PORT", "TIME", "NETWORK", "DESTINATION", "WEIGHT", "SOURCE"})
		for _, o := range e.Observations[:min(len(e.Observations), mostShown)] {
			weight := string(o.Weight)
			if o.Decides {
				weight += ", decides for its network"
			}
			table.row(strconv.Itoa(o.Port), cmp.Or(o.Time, "-"), cmp.Or(o.Network, "-"), cmp.Or(o.Destination, "-"), weight, o.Source)
		}
		table.end(len(e.Observations), "observations")
	}
	for _, n := range e.EvidenceNotes {
		t.line("  %s: %s", problem.Visible(n.File), problem.Visible(n.Text))
	}
}

func (t *text) lines(lines []policy.Line) {
	t.section("The table of verdicts: the first line that fits decides")
	table := t.indented("  ", []string{"LINE", "FITS", "VERDICT", "CONDITION", "ITS VALUES"})
	for _, l := range lines {
		fits := "no"
		if l.Fits {
			fits = "yes"
		}
		if l.Decides {
			fits = "DECIDES"
		}
		table.row(strconv.Itoa(l.Number), fits, string(l.Verdict), l.Condition, l.Values)
	}
	table.end(0, "")
}

func (t *text) waivers(waivers []Waiver) {
	if len(waivers) == 0 {
		t.section("Waivers: none names it")
		return
	}
	t.section("Waivers that name it")
	table := t.indented("  ", []string{"STANDING", "EXPIRES", "OWNER", "APPROVER", "SOURCE", "REASON"})
	for _, w := range waivers {
		standing := string(w.Standing)
		if w.Exempts {
			standing += ", exempts it"
		}
		table.row(standing, cmp.Or(w.Expires, "-"), cmp.Or(w.Owner, "-"), cmp.Or(w.Approver, "-"), w.Source, cmp.Or(w.Reason, "-"))
	}
	table.end(0, "")
}

func (t *text) turns(turns []policy.Turn) {
	t.section("What would change the verdict, all else as it is")
	table := t.indented("  ", nil)
	for _, turn := range turns {
		table.row("if "+turn.If, string(turn.Verdict))
	}
	if len(turns) == 0 {
		table.row("no single fact")
	}
	table.end(0, "")
}

func (t *text) problems(problems []Problem) {
	if len(problems) == 0 {
		return
	}
	t.section("Problems on its rows")
	for _, p := range problems {
		t.line("  %s: %s [%s]", p.Place, p.Message, p.Kind)
	}
}
