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

// WriteText writes the explanation for a terminal. Characters of an input that
// do not print are escaped.
func (e *Explanation) WriteText(w io.Writer) error {
	return write(w, "  ", func(t text) {
		t.head(e)
		t.rows(e.Rows)
		t.facts(e)
		t.observations(e)
		t.lines(e.Lines)
		t.waivers(e.Waivers)
		t.turns(e.Turns)
		t.problems(e.Problems)
	})
}

// WriteMatches writes a list of devices for a terminal.
func WriteMatches(w io.Writer, matches []Match) error {
	return write(w, "", func(t text) {
		t.row("GUID", "NAME", "HOST", "USER", "DEPARTMENT", "VERDICT")
		for _, m := range matches[:min(len(matches), mostShown)] {
			t.row(m.GUID, m.Name, m.Hostname, m.Username, m.Department, string(m.Verdict))
		}
		t.rest(len(matches), "devices")
	})
}

// text writes tables. Rows that follow each other share their columns; a line
// ends the table.
type text struct {
	io.Writer
	indent string // of rows
}

func write(w io.Writer, indent string, fill func(text)) error {
	var out strings.Builder
	tabs := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fill(text{tabs, indent})
	tabs.Flush()
	_, err := io.WriteString(w, out.String())
	return err
}

func (t text) line(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }

func (t text) section(format string, args ...any) { t.line("\n"+format, args...) }

func (t text) row(cells ...string) {
	for i, cell := range cells {
		cells[i] = problem.Visible(cell)
	}
	// tabwriter would pad the last cell too.
	fmt.Fprintln(t, t.indent+strings.TrimRight(strings.Join(cells, "\t"), "\t"))
}

// dashed writes a row with a dash for each cell that is not known.
func (t text) dashed(cells ...string) {
	for i, cell := range cells {
		cells[i] = cmp.Or(cell, "-")
	}
	t.row(cells...)
}

// rest says how many entries the table does not show.
func (t text) rest(count int, what string) {
	if count > mostShown {
		t.line("%s... and %d more %s; --json has them all", t.indent, count-mostShown, what)
	}
}

func (t text) head(e *Explanation) {
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
	t.row("verdict", fmt.Sprintf("%s on %s: %s", e.Verdict, e.AsOf, state))
	t.row("why", e.Why)
	if e.Action != "" {
		t.row("action", e.Action)
	}
	switch e.Stale {
	case fleet.Stale:
		t.row("stale", "yes: it was not seen lately")
	case fleet.SeenNever:
		t.row("stale", "unknown: no report says when it was seen")
	}
}

func (t text) rows(rows []Row) {
	t.section("Rows that were merged into it (%d), newest first: the first one that has a fact gives it", len(rows))
	t.row("ROW", "LAST ACTIVITY", "LAST CONNECTED", "VERSION", "STATUS", "DESTINATION", "NAME", "USER")
	for _, r := range rows[:min(len(rows), mostShown)] {
		t.dashed(r.Place, r.LastActivity, r.LastConnected, r.Version, r.Status, r.Destination, r.Name, r.Username)
	}
	t.rest(len(rows), "rows")
}

func (t text) facts(e *Explanation) {
	t.section("What it is, and the row that says so")
	for _, f := range e.Facts {
		if f.Value != "" {
			t.row(f.Name, f.Value, f.Source)
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
		t.row("destination", name+": "+string(d.Kind), d.Source)
	}
	if len(e.Destinations) == 0 {
		t.row("destination", "(no report names one): unclassified")
	}
	t.row(department(e)...)
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

func (t text) observations(e *Explanation) {
	if len(e.Observations) == 0 {
		t.section("Observations of its ports: none")
	} else {
		t.section("Observations of its ports (%d), newest first; in each network the first that counts decides", len(e.Observations))
		t.row("PORT", "TIME", "NETWORK", "DESTINATION", "WEIGHT", "SOURCE")
		for _, o := range e.Observations[:min(len(e.Observations), mostShown)] {
			weight := string(o.Weight)
			if o.Decides {
				weight += ", decides for its network"
			}
			t.dashed(strconv.Itoa(o.Port), o.Time, o.Network, o.Destination, weight, o.Source)
		}
		t.rest(len(e.Observations), "observations")
	}
	for _, n := range e.EvidenceNotes {
		t.line("  %s: %s", problem.Visible(n.File), problem.Visible(n.Text))
	}
}

func (t text) lines(lines []policy.Line) {
	t.section("The table of verdicts: the first line that fits decides")
	t.row("LINE", "FITS", "VERDICT", "CONDITION", "ITS VALUES")
	for _, l := range lines {
		fits := "no"
		if l.Fits {
			fits = "yes"
		}
		if l.Decides {
			fits = "DECIDES"
		}
		t.row(strconv.Itoa(l.Number), fits, string(l.Verdict), l.Condition, l.Values)
	}
}

func (t text) waivers(waivers []Waiver) {
	if len(waivers) == 0 {
		t.section("Waivers: none names it")
		return
	}
	t.section("Waivers that name it")
	t.row("STANDING", "EXPIRES", "OWNER", "APPROVER", "SOURCE", "REASON")
	for _, w := range waivers {
		standing := string(w.Standing)
		if w.Exempts {
			standing += ", exempts it"
		}
		t.dashed(standing, w.Expires, w.Owner, w.Approver, w.Source, w.Reason)
	}
}

func (t text) turns(turns []policy.Turn) {
	t.section("What would change the verdict, all else as it is")
	for _, turn := range turns {
		t.row("if "+turn.If, string(turn.Verdict))
	}
	if len(turns) == 0 {
		t.row("no single fact")
	}
}

func (t text) problems(problems []Problem) {
	if len(problems) == 0 {
		return
	}
	t.section("Problems on its rows")
	for _, p := range problems {
		t.line("  %s: %s [%s]", p.Place, p.Message, p.Kind)
	}
}
