package diff

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// WriteText writes the difference for a terminal: both sides, the verdicts that
// change with their counts, then each device with its reasons. Characters of an
// input that do not print are escaped.
func (d *Difference) WriteText(w io.Writer) error {
	var out strings.Builder
	for _, side := range []struct {
		name string
		Totals
	}{{"from", d.From}, {"to", d.To}} {
		fmt.Fprintf(&out, "%-5s %d devices on %s by %s: %d affected, %d open, %d waived\n",
			side.name, side.Devices, side.AsOf, problem.Visible(side.Policy), side.Affected, side.Open, side.Waived)
	}
	if len(d.Devices) == 0 {
		fmt.Fprintf(&out, "\nno device changes verdict, %d keep theirs\n", d.Same)
		_, err := io.WriteString(w, out.String())
		return err
	}
	fmt.Fprintf(&out, "\n%d change verdict, %d keep theirs\n\n", len(d.Devices), d.Same)
	d.verdicts(&out)
	d.groups(&out)
	next := 0
	for _, group := range d.Groups {
		fmt.Fprintf(&out, "\n%s -> %s (%d)\n", cmp.Or(group.From, "new"), cmp.Or(group.To, "gone"), group.Devices)
		table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "  GUID\tNAME\tUSER\tDEPARTMENT\tVERSION\tBECAUSE")
		for _, device := range d.Devices[next : next+group.Devices] {
			cells := []string{device.GUID, device.Name, device.Username, device.Department, device.Version, strings.Join(device.Because, "; ")}
			for i, cell := range cells {
				cells[i] = cmp.Or(problem.Visible(cell), "-")
			}
			fmt.Fprintln(table, "  "+strings.Join(cells, "\t"))
		}
		table.Flush()
		next += group.Devices
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// verdicts writes the totals of both sides next to each other.
func (d *Difference) verdicts(out io.Writer) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "FROM\tTO\tCHANGE\t  VERDICT")
	for _, v := range policy.Verdicts() {
		was, is := d.From.Verdicts[v], d.To.Verdicts[v]
		by := ""
		if was != is {
			by = fmt.Sprintf("%+d", is-was)
		}
		fmt.Fprintf(table, "%d\t%d\t%s\t  %s\n", was, is, by, v)
	}
	table.Flush()
	fmt.Fprintln(out)
}

func (d *Difference) groups(out io.Writer) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "CHANGES FROM\tTO\tDEVICES")
	for _, group := range d.Groups {
		fmt.Fprintf(table, "%s\t%s\t%d\n", cmp.Or(group.From, "new"), cmp.Or(group.To, "gone"), group.Devices)
	}
	table.Flush()
}
