package intake

import (
	"errors"
	"io"
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/evidence"
	"example.org/cutoff/generator/intake/people"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/problem"
)

// Recognition is what a file looks like by its header.
type Recognition struct {
	// Kind is the kind of input. It is "" for a file that is none; then Why says
	// what was found, and what a report would have.
	Kind Kind
	Why  problem.Problem
	// Headers are the header texts of all sheets in turn. A log or a YAML file has
	// none.
	Headers []string
}

// Recognise finds out what kind of input a file is; in.Kind is ignored. It looks
// at the first rows alone, except that YAML is read to its end. A file that is no
// input gives a Recognition without a kind. A file that is missing, unreadable,
// damaged or too large gives a [*Refused].
func Recognise(in Input, opts Options) (Recognition, error) {
	if people.IsYAML(in.Path) {
		return recogniseYAML(in, opts)
	}
	found, err := recognise(in, opts)
	if err == nil {
		return found, nil
	}
	why := refusal(in.Path, err)
	if r := (*table.Refusal)(nil); errors.As(err, &r) && r.Kind == problem.Unrecognised {
		return Recognition{Why: why}, nil
	}
	return Recognition{}, &Refused{problem.List{why}}
}

// recogniseYAML tries to read a YAML file as a list of waivers: no other input
// can be YAML.
func recogniseYAML(in Input, opts Options) (Recognition, error) {
	in.Kind = Waivers
	_, err := Read([]Input{in}, opts)
	refused := (*Refused)(nil)
	switch {
	case err == nil:
		return Recognition{Kind: Waivers}, nil
	case errors.As(err, &refused):
		return Recognition{Why: refused.Problems[0]}, nil
	}
	return Recognition{}, err
}

func recognise(in Input, opts Options) (Recognition, error) {
	r, err := in.Open()
	if err != nil {
		return Recognition{}, err
	}
	defer r.Close()
	head, is := evidence.IsLog(r)
	if first, _ := head.Peek(evidence.HeadBytes); is || evidence.IsFormat(first) {
		return Recognition{Kind: Connections}, nil
	}
	t, err := opts.open(in.Path, head)
	if err != nil {
		return Recognition{}, err
	}
	defer t.Close()
	look := newLook(opts)
	for _, sheet := range t.Sheets() {
		if err := look.at(sheet); err != nil {
			return Recognition{}, err
		}
	}
	found := Recognition{Kind: look.kind()}
	if found.Kind == "" {
		found.Why = problem.Problem{
			Position: problem.Position{File: in.Path}, Kind: problem.Unrecognised,
			Message: look.matchers[0].Missing(look.nearest, t.Looks()),
		}
		return found, nil
	}
	found.Headers = look.headers[found.Kind]
	return found, nil
}

// look collects the headers, of whatever kind, in the first rows of a file's
// sheets.
type look struct {
	matchers []*column.Matcher // in the order of kinds, the report's first
	// best has, for each kind, the columns of the sheet whose header has most;
	// headers has the header texts of all sheets.
	best    map[Kind][]string
	headers map[Kind][]string
	// nearest is the row that is most like a report's header. likeness is how many
	// of a report's columns it names.
	nearest  []string
	likeness int
}

func newLook(opts Options) *look {
	l := &look{best: map[Kind][]string{}, headers: map[Kind][]string{}}
	for _, kind := range column.Kinds {
		m := column.NewMatcher(kind, opts.Columns, opts.Show)
		m.System = opts.System
		l.matchers = append(l.matchers, m)
	}
	return l
}

// at looks at the first rows of a sheet.
func (l *look) at(sheet *table.Sheet) error {
	done := map[Kind]bool{}
	for range column.Depth {
		row, err := sheet.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if row.Torn > 0 || rows.Blank(row.Cells) {
			continue
		}
		for _, r := range l.matchers {
			h, ok := r.Header(row.Number, row.Cells, problem.Position{})
			if !ok || done[r.Kind] {
				continue
			}
			done[r.Kind] = true
			if len(h.Names) > len(l.best[r.Kind]) {
				l.best[r.Kind] = h.Names
			}
			for _, cell := range row.Cells {
				if text := strings.TrimSpace(cell); text != "" {
					l.headers[r.Kind] = append(l.headers[r.Kind], strings.Clone(text))
				}
			}
		}
		if n := l.matchers[0].Likeness(row.Cells); n > l.likeness || l.nearest == nil {
			l.nearest, l.likeness = rows.CloneCells(row.Cells), n
		}
	}
	return nil
}

// kind decides between the kinds whose header the file has: the one with most
// columns wins, a report on a tie. Evidence without a port column needs at least
// as many columns as the file has of a report's, since a report without its
// version column may have a destination too.
func (l *look) kind() Kind {
	most := len(l.best[Report])
	kind := Kind("")
	if most > 0 {
		kind = Report
	}
	seen := l.best[Connections]
	if len(seen) > most && (slices.Contains(seen, "port") || len(seen) >= l.likeness) {
		kind, most = Connections, len(seen)
	}
	for _, other := range []Kind{Roster, Waivers} {
		if n := len(l.best[other]); n > most || other == Roster && kind == Report && l.people() {
			kind, most = other, n
		}
	}
	return kind
}

// people reports whether a file that could be a report is a roster all the same:
// it names managers, and has neither a GUID nor a time when a device was seen.
func (l *look) people() bool {
	return slices.Contains(l.best[Roster], "manager") &&
		!slices.ContainsFunc(l.best[Report], func(name string) bool { return strings.HasPrefix(name, "last_") || name == "device_guid" })
}
