package evidence

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// doubtTexts are the messages. Their arguments are the value and how many rows
// have it.
var doubtTexts = map[problem.Kind]string{
	problem.UnknownOutcome:        "found %[1]s (%[2]s), want a word that says whether the connection came to life: such rows prove no allowed port and hide no retired one. Teach the word under evidence.outcomes in the configuration",
	problem.UnreadableDate:        "found %[1]s (%[2]s), want a date that can be read in one way only, like 2020-02-04T09:30:00Z: such rows prove no allowed port and hide no retired one",
	problem.UnreadablePort:        "found %[1]s (%[2]s), want a destination port like 4287: such rows do not count",
	problem.UnreadableDestination: "found neither a host nor an address (%[2]s), want one of the two alone, with a port at most: such rows do not count",
}

// doubts collects the values that could not be understood, each once for its
// column, with the number of its rows.
type doubts map[doubted]*doubtedRows

type doubted struct {
	kind   problem.Kind
	column int
	value  string
}

type doubtedRows struct{ first, rows int }

// add counts rows with a value.
func (d doubts) add(key doubted, row, rows int) {
	if d[key] == nil {
		d[key] = &doubtedRows{first: row}
	}
	d[key].first = min(d[key].first, row)
	d[key].rows += rows
}

// list calls note with a message for each value, ordered by their first rows.
func (d doubts) list(note func(kind problem.Kind, row, column int, message string)) {
	keys := slices.SortedFunc(maps.Keys(d), func(a, b doubted) int {
		return cmp.Or(cmp.Compare(d[a].first, d[b].first), cmp.Compare(a.column, b.column), cmp.Compare(a.kind, b.kind), cmp.Compare(a.value, b.value))
	})
	for _, key := range keys {
		found := "nothing"
		if key.value != "" {
			found = problem.Quote(key.value)
		}
		note(key.kind, d[key].first, key.column, fmt.Sprintf(doubtTexts[key.kind], found, plural.Count(d[key].rows, "row", "rows")))
	}
}
