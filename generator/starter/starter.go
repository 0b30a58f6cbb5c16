// Package starter writes the first configuration of an organisation: it is
// handed what a run without one found in the exports, and gives a commented
// cutoff.yaml that builds at once, with what is left to decide as lines to move
// or to complete. It reads and writes nothing itself. Every text from an export
// is quoted, and no value has what a configuration cannot hold.
package starter

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/paste"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
)

// Found is what was found in the exports.
type Found struct {
	// Inputs are the files by kind, as the configuration names them: paths or
	// globs relative to it.
	Inputs map[intake.Kind][]Named
	// LeftOut are files that are no input.
	LeftOut []problem.Problem
	// Policy is a built-in name, or a path relative to the configuration.
	Policy string
	Rules  *policy.Rules
	Fleet  *fleet.Fleet
	// Files and Problems are those of the run.
	Files    []intake.File
	Problems []problem.Problem
	// Columns are the header texts that the run was told to read as columns.
	Columns map[string][]string
	// Day is the day on which the file is written.
	Day calendar.Day
}

// Named is a file or a glob with a remark about it.
type Named struct{ Name, Remark string }

// Configuration gives the text of the file.
func Configuration(f *Found) []byte {
	w := &writer{Found: f, possible: f.Rules.Possible()}
	w.line("# The configuration of cutoff, begun by cutoff init on %s. It builds as it is;", f.Day)
	w.line("# what is left to decide stands here as remarks. Every key is described in")
	w.line("# REFERENCE.md of the program. Paths are relative to this file.")
	w.gap()
	w.line("# The name that stands on every page.")
	w.line("# organization: Your Organisation")
	w.inputs()
	w.rules()
	if w.possible.Destinations {
		w.destinations()
	}
	w.departments()
	w.columns()
	w.dates()
	w.output()
	return []byte(w.text.String())
}

type writer struct {
	*Found
	possible policy.Possible
	text     strings.Builder
}

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(&w.text, format+"\n", args...)
}

func (w *writer) gap() { w.text.WriteByte('\n') }

// remark writes lines as remarks.
func (w *writer) remark(lines string) {
	for line := range strings.Lines(lines) {
		w.line("# %s", strings.TrimRight(line, "\n"))
	}
}

func (w *writer) inputs() {
	w.gap()
	w.line("# Device status reports. A glob such as \"exports/*.csv\" takes tomorrow's files")
	w.line("# too; a device may be in several of them, and the newest row counts. One that")
	w.line("# only an old file has counts as that file says: move old files away.")
	w.list("reports", intake.Report)
	if len(w.LeftOut) > 0 {
		w.line("# Left out, since they are no input as they stand:")
		for _, p := range w.LeftOut {
			w.line("#   %s", p)
		}
	}
	if w.possible.Ports || len(w.Inputs[intake.Connections]) > 0 {
		w.connections()
	}
	w.people()
}

func (w *writer) connections() {
	w.gap()
	w.line("# Which ports devices use. No report says so: firewall exports and the client's")
	w.line("# service.log do. Without them a port counts as unverified.")
	if !w.list("connections", intake.Connections) {
		w.line("# connections: \"evidence/*\"")
	}
	w.logs()
}

func (w *writer) people() {
	w.gap()
	w.line("# People with department, manager and the manager's e-mail address.")
	if !w.list("roster", intake.Roster) {
		w.line("# roster: \"roster.csv\"")
	}
	w.gap()
	w.line("# Dated exemptions, with reason, owner and approver.")
	if !w.list("waivers", intake.Waivers) {
		w.line("# waivers: \"waivers.csv\"")
	}
}

// logs asks which device a service.log comes from, where nothing tells.
func (w *writer) logs() {
	var lost []string
	for _, file := range w.Files {
		if file.Kind == intake.Connections && len(file.Columns) == 0 && file.Devices+file.Merged == 0 && paste.Fits(file.Path) {
			lost = append(lost, file.Path)
		}
	}
	if len(lost) == 0 {
		return
	}
	w.line("# Nothing tells which device these logs come from: put its name or GUID there.")
	w.line("# evidence:")
	w.line("#   devices:")
	for _, path := range lost {
		w.line("#     %s: DEVICE", paste.Text(path))
	}
}

// list writes the inputs of one kind. It reports whether there are any.
func (w *writer) list(key string, kind intake.Kind) bool {
	if len(w.Inputs[kind]) == 0 {
		return false
	}
	w.line("%s:", key)
	for _, named := range w.Inputs[kind] {
		w.line("  - %s  # %s", paste.Text(named.Name), problem.Visible(named.Remark))
	}
	return true
}

func (w *writer) rules() {
	w.gap()
	w.line("# The notice: a name that comes with the program, or a policy file of yours.")
	w.line("policy: %s", paste.Text(w.Policy))
	w.gap()
	w.line("# The day for which the site speaks; without it, every run speaks for its own.")
	if newest := w.Fleet.Newest; newest.IsZero() {
		w.line("# as_of: %s", w.Day)
	} else {
		w.line("# as_of: %s  # the newest row of the reports", newest)
	}
	if !w.possible.Support {
		return
	}
	w.gap()
	w.line("# Which versions the vendor supports. The notice may not say: look them up, or")
	w.line("# support is not checked.")
	w.line("# supported:")
	w.line("#   versions: \">= %s\"", mostUsed(w.Fleet))
	if link := w.Rules.Policy().Links.VersionPolicy; link != "" {
		w.line("#   source: %s", paste.Text(link))
	}
	w.line("#   checked: %s", w.Day)
}

// mostUsed is the version that most devices have, as the example to change.
func mostUsed(f *fleet.Fleet) string {
	counts := map[[2]int]int{}
	var best [2]int
	for _, a := range f.Devices {
		if !a.Version.Known {
			continue
		}
		minor := [2]int{a.Version.Major, a.Version.Minor}
		counts[minor]++
		if n := counts[minor]; n > counts[best] || n == counts[best] && slices.Compare(minor[:], best[:]) > 0 {
			best = minor
		}
	}
	return fmt.Sprintf("%d.%d", best[0], best[1])
}

func (w *writer) destinations() {
	w.gap()
	w.line("# What your destinations are, by UID or by whole name. The policy knows the")
	w.line("# vendor's; the others ask for a check until they stand in one of the lists.")
	known := w.known()
	for _, d := range known[:min(len(known), paste.Most)] {
		w.line("# Known already: %s", d)
	}
	w.line("destinations:")
	w.line("  cloud:")
	w.line("  on_premises:")
	var entries []string
	blank := 0
	for _, d := range w.Fleet.Unclassified {
		if entry := paste.Destination(d); entry != "" {
			entries = append(entries, entry)
		} else {
			blank += d.Devices
		}
	}
	if len(entries) > 0 {
		w.line("  # To decide: move each of these lines under cloud or under on_premises, and")
		w.line("  # take its first # away.")
		for _, entry := range entries[:min(len(entries), paste.Most)] {
			w.line("  #   %s", entry)
		}
	}
	if more := len(entries) - paste.Most; more > 0 {
		w.line("  # ... and %d more: cutoff check lists what is left.", more)
	}
	if blank > 0 {
		w.line("  # %s a destination without a name, which only a new export can tell.", plural.Count(blank, "device has", "devices have"))
	}
	w.line("  # check: ask about devices whose destination is in neither list.")
	w.line("  # cloud: take them as cloud.")
	w.line("  unclassified: check")
}

// known gives the destinations in use that the policy knows, those of most
// devices first.
func (w *writer) known() []string {
	counts := map[string]int{}
	for _, a := range w.Fleet.Devices {
		for _, d := range a.Destinations {
			if kind := w.Rules.Classify(d); kind != policy.Unclassified {
				counts[fmt.Sprintf("%s is %s", problem.Quote(d.String()), kind)]++
			}
		}
	}
	lines := spelling.MostFirst(counts)
	for i, text := range lines {
		lines[i] = fmt.Sprintf("%s, %s", text, plural.Count(counts[text], "device", "devices"))
	}
	return lines
}

func (w *writer) departments() {
	w.gap()
	if len(w.Inputs[intake.Roster]) == 0 {
		w.line("# Departments: without a roster, they are the reports' own and else the console's")
		w.line("# organisations.")
	} else {
		w.line("# Departments: the roster names them; for people whom it lacks, the reports do,")
		w.line("# and else the console's organisations. cutoff check lists who is missing.")
	}
	departments := byDevices(w.Fleet)
	for _, d := range departments[:min(len(departments), paste.Most)] {
		w.line("#   %s: %s", problem.Visible(d.Name), plural.Count(d.Counts.Devices, "device", "devices"))
	}
	w.line("# Spellings that differ in case or white space are one department anyway; others")
	w.line("# are joined by aliases.")
	alike := Alike(departments)
	if len(alike) == 0 {
		w.line("# departments:")
		w.line("#   aliases:")
		w.line("#     Research and Development: [\"R&D\"]")
		return
	}
	w.line("# These look alike: take the # away where they are one.")
	w.line("# departments:")
	w.line("#   aliases:")
	for _, pair := range alike {
		w.line("#     %s: [%s]", paste.Text(pair[0]), paste.Text(pair[1]))
	}
}

func byDevices(f *fleet.Fleet) []*fleet.Department {
	departments := slices.Clone(f.Departments)
	slices.SortFunc(departments, func(a, b *fleet.Department) int {
		return cmp.Or(cmp.Compare(b.Counts.Devices, a.Counts.Devices), cmp.Compare(a.Name, b.Name))
	})
	return departments
}

func (w *writer) columns() {
	headers := paste.Headers(w.Files)
	if len(headers) == 0 && len(w.Columns) == 0 {
		return
	}
	w.gap()
	if len(w.Columns) > 0 {
		w.line("# Header texts of your own files, and the columns that they are.")
		w.line("columns:")
		for _, name := range slices.Sorted(maps.Keys(w.Columns)) {
			texts := make([]string, len(w.Columns[name]))
			for i, text := range w.Columns[name] {
				texts[i] = paste.Text(text)
			}
			w.line("  %s: [%s]", name, strings.Join(texts, ", "))
		}
	}
	if lines := paste.Columns(headers, config.Default()); lines.Text != "" {
		w.line("# Header texts that mean nothing yet. Where one matters, put the program's name")
		w.line("# of the column in place of COLUMN.")
		w.remark(lines.Text)
	}
}

// dates says how to decide dates that no column of the exports decides.
func (w *writer) dates() {
	n := 0
	for _, p := range w.Problems {
		if p.Kind == problem.UnreadableDate && strings.Contains(p.Message, "dates.order") {
			n++
		}
	}
	if n == 0 {
		return
	}
	w.gap()
	w.line("# In %s nothing tells whether the day or the month comes first; such dates", plural.Count(n, "place", "places"))
	w.line("# count as missing until you say.")
	w.line("# dates: {order: day-first}  # or month-first")
}

func (w *writer) output() {
	w.gap()
	w.line("# The site's folder. It is replaced as a whole, so it holds nothing else.")
	w.line("out: site")
	w.gap()
	w.line("# A device that nobody has seen for longer than this is marked as stale.")
	w.line("stale_after: 90d")
	w.gap()
	w.line("# A run that would publish data older than this stops, unless it is forced.")
	w.line("# stop: {age: 7d}")
	w.gap()
	w.line("# Where people open the site, for links in mails and in files to forward.")
	w.line("# site_url: https://intranet.example.com/cutoff/")
	w.gap()
	w.line("# Whom to ask, on every page.")
	w.line("# contacts:")
	w.line("#   - name: Backup desk")
	w.line("#     email: backup@example.com")
}
