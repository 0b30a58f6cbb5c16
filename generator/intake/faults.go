package intake

import (
	"fmt"
	"math"

	"example.org/cutoff/generator/problem"
)

// evidenceFaults is how many problems of one kind in one column of a file of
// evidence are kept one by one; further ones are counted, and one more problem
// stands for them. Nothing else of a firewall's log takes memory by its lines.
// Of the other inputs every row is kept anyway, and so is each of its problems.
const evidenceFaults = 10_000

// faults collects the problems of one file.
type faults struct {
	file, sheet string
	limit       int
	problems    []problem.Problem
	counts      map[faultKey]*faultCount
}

type faultKey struct {
	kind   problem.Kind
	sheet  string
	column int
}

type faultCount struct {
	n     int
	first int // row of the first one that was not kept
}

func newFaults(file *File) *faults {
	f := &faults{file: file.Path, limit: math.MaxInt, counts: map[faultKey]*faultCount{}}
	if file.Kind == Connections {
		f.limit = evidenceFaults
	}
	return f
}

// add notes a problem of the current sheet.
func (f *faults) add(kind problem.Kind, row, column int, message string) {
	key := faultKey{kind, f.sheet, column}
	count := f.counts[key]
	if count == nil {
		count = &faultCount{}
		f.counts[key] = count
	}
	count.n++
	switch {
	case count.n <= f.limit:
		f.problems = append(f.problems, problem.Problem{
			Position: problem.Position{File: f.file, Sheet: f.sheet, Row: row, Column: column}, Kind: kind, Message: message})
	case count.first == 0:
		count.first = row
	}
}

// take adds problems that were found elsewhere.
func (f *faults) take(problems []problem.Problem) { f.problems = append(f.problems, problems...) }

// commonest words the problem that most rows have, to end a message with; ""
// for none.
func (f *faults) commonest() string {
	counts := make(map[problem.Kind]int)
	var most problem.Problem
	for _, p := range f.problems {
		counts[p.Kind]++
	}
	for _, p := range f.problems {
		if counts[p.Kind] > counts[most.Kind] {
			most = p
		}
	}
	if most.Kind == "" {
		return ""
	}
	return "; most rows: " + most.Message
}

func (f *faults) clear() {
	f.problems = nil
	clear(f.counts)
}

// list gives the problems, with one for each kind and column that stands for
// those that were only counted.
func (f *faults) list() []problem.Problem {
	var more []problem.Problem
	for key, count := range f.counts {
		if count.n > f.limit {
			more = append(more, problem.Problem{
				Position: problem.Position{File: f.file, Sheet: key.sheet, Row: count.first, Column: key.column}, Kind: key.kind,
				Message: fmt.Sprintf("found %d more rows like this from here on, counted and not listed", count.n-f.limit)})
		}
	}
	problem.Sort(more)
	return append(f.problems, more...)
}
