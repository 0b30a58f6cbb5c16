// Package starter writes an organisation's first configuration. It gets what a
// run without a configuration found in the exports, and gives a commented
// cutoff.yaml that builds at once. What is left to decide is in it as lines to
// move or to complete. It reads and writes no file itself. Texts from an export
// are quoted, and texts that a configuration cannot hold are left out.
package starter

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"text/template"

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

// Found is what the run found in the exports.
type Found struct {
	// Inputs are the files by kind, as the configuration names them: paths or
	// globs relative to the configuration.
	Inputs map[intake.Kind][]Named
	// LeftOut are files that are not inputs.
	LeftOut []problem.Problem
	// Policy is a built-in name, or a path relative to the configuration.
	Policy string
	Rules  *policy.Rules
	Fleet  *fleet.Fleet
	// Files and Problems are those of the run.
	Files    []intake.File
	Problems []problem.Problem
	// Columns are the header texts that the run was told to read, by column.
	Columns map[string][]string
	// Day is the day when the file is written.
	Day calendar.Day
}

// Named is a file or a glob with a remark.
type Named struct{ Name, Remark string }

// Configuration gives the text of the file.
func Configuration(f *Found) []byte {
	var text bytes.Buffer
	if err := form.Execute(&text, view{f}); err != nil {
		panic(err) // a fault of the program: the form does not fit the view
	}
	return text.Bytes()
}

//go:embed cutoff.yaml.tmpl
var formText string

// form is the file with blanks to fill in.
var form = template.Must(template.New("cutoff.yaml").Funcs(template.FuncMap{
	"text": paste.Text, "visible": problem.Visible, "count": plural.Count,
}).Parse(formText))

// view fills the form.
type view struct{ *Found }

func (v view) Possible() policy.Possible { return v.Rules.Possible() }

// Named gives the inputs of one kind.
func (v view) Named(kind intake.Kind) []Named { return v.Inputs[kind] }

// Logs gives the connection logs that do not tell which device a connection
// comes from.
func (v view) Logs() (lost []string) {
	for _, file := range v.Files {
		if file.Kind == intake.Connections && len(file.Columns) == 0 && file.Devices+file.Merged == 0 && paste.Fits(file.Path) {
			lost = append(lost, file.Path)
		}
	}
	return lost
}

// MostUsed gives the first two numbers of the version that most devices have,
// as an example to change; on a tie the higher one.
func (v view) MostUsed() string {
	counts := map[[2]int]int{}
	var best [2]int
	for _, a := range v.Fleet.Devices {
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

// Known says which destinations in use the policy already knows, most devices
// first.
func (v view) Known() []string {
	counts := map[string]int{}
	for _, a := range v.Fleet.Devices {
		for _, d := range a.Destinations {
			if kind := v.Rules.Classify(d); kind != policy.Unclassified {
				counts[fmt.Sprintf("%s is %s", problem.Quote(d.String()), kind)]++
			}
		}
	}
	lines := spelling.MostFirst(counts)
	for i, text := range lines {
		lines[i] = fmt.Sprintf("%s, %s", text, plural.Count(counts[text], "device", "devices"))
	}
	return lines[:min(len(lines), paste.Most)]
}

// undecided has the destinations that nobody has classified: the first ones as
// entries of a list, how many follow, and how many devices have a destination
// that no list can name.
type undecided struct {
	Entries        []string
	More, Nameless int
}

func (v view) Undecided() (u undecided) {
	for _, d := range v.Fleet.Unclassified {
		switch entry := paste.Destination(d); {
		case entry == "":
			u.Nameless += d.Devices
		case len(u.Entries) == paste.Most:
			u.More++
		default:
			u.Entries = append(u.Entries, entry)
		}
	}
	return u
}

// Largest gives the departments with most devices.
func (v view) Largest() []*fleet.Department {
	departments := bySize(v.Fleet)
	return departments[:min(len(departments), paste.Most)]
}

// Alike gives pairs of departments that may be the same.
func (v view) Alike() [][2]string { return Alike(bySize(v.Fleet)) }

func bySize(f *fleet.Fleet) []*fleet.Department {
	return slices.SortedFunc(slices.Values(f.Departments), func(a, b *fleet.Department) int {
		return cmp.Or(cmp.Compare(b.Counts.Devices, a.Counts.Devices), cmp.Compare(a.Name, b.Name))
	})
}

// Headers gives lines for the header texts that mean nothing yet.
func (v view) Headers() []string {
	return slices.Collect(strings.Lines(paste.Columns(paste.Headers(v.Files), config.Default()).Text))
}

// UndecidedDates counts the problems with dates that can only be read once the
// configuration says in which order day and month are.
func (v view) UndecidedDates() (n int) {
	for _, p := range v.Problems {
		if p.Kind == problem.UnreadableDate && strings.Contains(p.Message, "dates.order") {
			n++
		}
	}
	return n
}
