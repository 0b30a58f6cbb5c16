package ledger

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/problem"
)

// listed is how many problems of one kind in one column of evidence are kept.
// Further ones are only counted, and one more problem says how many there are.
// Without this limit a firewall's log could fill the memory with problems. Other
// inputs keep all: they keep every row anyway.
const listed = 10_000

// faults collects the problems of one input.
type faults struct {
	limit  int
	kept   []problem.Problem
	counts map[class]*count
}

// class is what problems share that are counted together.
type class struct {
	kind   problem.Kind
	sheet  string
	column int
}

type count struct {
	n    int
	more problem.Position // of the first one that was not kept
}

func newFaults(kind column.Kind) faults {
	f := faults{limit: math.MaxInt, counts: map[class]*count{}}
	if kind == column.Connections {
		f.limit = listed
	}
	return f
}

// Problem adds a problem at a place in the input. The file of the place is set
// to the account's.
func (a *Account) Problem(at problem.Position, kind problem.Kind, message string) {
	at.File = a.file.Path
	f, key := &a.faults, class{kind, at.Sheet, at.Column}
	c := f.counts[key]
	if c == nil {
		c = &count{}
		f.counts[key] = c
	}
	c.n++
	switch {
	case c.n <= f.limit:
		f.kept = append(f.kept, problem.Problem{Position: at, Kind: kind, Message: message})
	case c.n == f.limit+1:
		c.more = at
	}
}

// Take adds problems that the file's reader found. They are not limited.
func (a *Account) Take(problems []problem.Problem) {
	a.faults.kept = append(a.faults.kept, problems...)
}

// Commonest gives the end of a message that names the most frequent problem; ""
// if there is none.
func (a *Account) Commonest() string {
	if len(a.faults.kept) == 0 {
		return ""
	}
	counts := make(map[problem.Kind]int)
	for _, p := range a.faults.kept {
		counts[p.Kind]++
	}
	most := slices.MaxFunc(a.faults.kept, func(a, b problem.Problem) int { return cmp.Compare(counts[a.Kind], counts[b.Kind]) })
	return "; most rows: " + most.Message
}

// list gives the problems, and one for each class that has more than were kept.
func (f *faults) list() []problem.Problem {
	var more []problem.Problem
	for key, c := range f.counts {
		if c.n > f.limit {
			more = append(more, problem.Problem{Position: c.more, Kind: key.kind,
				Message: fmt.Sprintf("found %d more rows like this from here on, counted and not listed", c.n-f.limit)})
		}
	}
	problem.Sort(more)
	return append(f.kept, more...)
}
