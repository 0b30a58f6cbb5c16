package prose

import (
	"slices"
	"strconv"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
)

// Date is a day that is written in the organisation's form.
type Date struct {
	calendar.Day
	words Words
}

func newDate(w Words, day calendar.Day) Date { return Date{day, w} }

// Known is false for no day.
func (d Date) Known() bool { return !d.IsZero() }

// String gives 4 February 2020, or the form that is configured; "" for no day.
func (d Date) String() string { return d.words.Day(d.Day) }

// Ports are destination ports in ascending order. As text they are joined with
// "and".
type Ports []int

// String gives "443 and 4287".
func (p Ports) String() string { return Join(p.words(), "and") }

// Or gives "443 or 4287".
func (p Ports) Or() string { return Join(p.words(), "or") }

// Named gives "port 4282" or "ports 443 and 4287"; "" for none.
func (p Ports) Named() string {
	if len(p) == 0 {
		return ""
	}
	return plural.Of(len(p), "port", "ports") + " " + p.String()
}

// NamedOr gives "port 443" or "port 443 or 4287"; "" for none.
func (p Ports) NamedOr() string {
	if len(p) == 0 {
		return ""
	}
	return "port " + p.Or()
}

// Highest gives the highest port; 0 for none.
func (p Ports) Highest() int {
	if len(p) == 0 {
		return 0
	}
	return p[len(p)-1]
}

func (p Ports) words() []string {
	words := make([]string, len(p))
	for i, port := range p {
		words[i] = strconv.Itoa(port)
	}
	return words
}

// Versions are versions and ranges in words. As text they are joined with
// "and".
type Versions []string

// String gives "4.8 and 4.9".
func (v Versions) String() string { return Join(v, "and") }

// Or gives "4.8 or 4.9".
func (v Versions) Or() string { return Join(v, "or") }

// nameableMinors is how many minor versions a range may have to be named one by
// one, as people do: ">= 4.8, < 4.10" is 4.8 and 4.9.
const nameableMinors = 4

// inWords gives ranges in words for a sentence, lowest first.
func inWords(ranges []policy.Range) Versions {
	sorted := slices.SortedStableFunc(slices.Values(ranges), func(a, b policy.Range) int {
		return a.First().Compare(b.First())
	})
	var words Versions
	for _, r := range sorted {
		words = append(words, rangeInWords(r)...)
	}
	return words
}

func rangeInWords(r policy.Range) Versions {
	switch {
	case r.FromTheFirst() && r.Below == nil:
		return Versions{"any version"}
	case r.FromTheFirst():
		return Versions{"older than " + r.Below.Short()}
	case r.Below == nil:
		return Versions{r.From.Short() + " or later"}
	}
	from, below := *r.From, *r.Below
	if named, few := r.Named(nameableMinors); few {
		return named
	}
	if from.Minor == 0 && from.Patch == 0 && below.Major == from.Major+1 && below.Minor == 0 && below.Patch == 0 {
		return Versions{strconv.Itoa(from.Major) + ".x"}
	}
	return Versions{"from " + from.Short() + " to before " + below.Short()}
}
