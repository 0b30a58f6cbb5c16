package main

import (
	"fmt"
	"text/tabwriter"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/paste"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// printLines shows what is left to decide as lines to paste, as the inputs page
// does. It shows user names, because the reader is the administrator.
func (s *session) printLines(outcome *generator.Outcome) {
	f := outcome.Fleet
	s.printBlock("Unclassified destinations. "+paste.DestinationsPlace(outcome.Config()), paste.Destinations(f.Unclassified, outcome.Config()))
	names, nameless := paste.Unlisted(f.Unlisted)
	s.printBlock(fmt.Sprintf("%s not on the roster; lines for it, to be completed:", plural.Count(names, "user name is", "user names are")), paste.People(f.Unlisted))
	if nameless > 0 {
		fmt.Fprintf(s.stdout, "\n%s no user name, so that no roster can tell the department.\n", plural.Count(nameless, "device has", "devices have"))
	}
	s.printBlock("Columns that were not read. "+paste.ColumnsPlace(outcome.Config()), paste.Columns(paste.Headers(outcome.Files), outcome.Config()))
	s.printVersions(outcome)
	for _, name := range outcome.Rules.Overruled() {
		fmt.Fprintf(s.stdout, "\nThe configuration calls %s on-premises, which the policy knows as the vendor's cloud.\n", problem.Quote(name))
	}
}

func (s *session) printBlock(head string, lines paste.Lines) {
	if lines.Text == "" {
		return
	}
	fmt.Fprintf(s.stdout, "\n%s\n\n%s", head, lines.Text)
	if lines.More > 0 {
		fmt.Fprintf(s.stdout, "# ... and %d more\n", lines.More)
	}
}

func (s *session) printVersions(outcome *generator.Outcome) {
	versions := paste.Versions(outcome.Fleet.Devices)
	if len(versions) == 0 {
		return
	}
	fmt.Fprintln(s.stdout, "\nVersions that could not be read, so that the devices are to be checked:")
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	for _, v := range versions[:min(len(versions), paste.Most)] {
		text := "(blank)"
		if v.Text != "" {
			text = problem.Quote(v.Text)
		}
		fmt.Fprintf(table, "  %s\t%s\n", text, plural.Count(v.Devices, "device", "devices"))
	}
	table.Flush()
	if more := len(versions) - paste.Most; more > 0 {
		fmt.Fprintf(s.stdout, "  ... and %d more\n", more)
	}
}
