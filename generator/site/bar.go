package site

import (
	"fmt"
	"strconv"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// bar shows how many devices have which verdict: one bar with a part for each
// verdict, worst first, and a table of the same figures.
type bar struct {
	ID    string // for the ids of its title and description
	Title string
	Desc  string // the figures as a sentence, for screen readers
	// Parts has the verdicts that occur, Rows has all that are possible.
	Parts []barPart
	Rows  []barRow
	Total string
}

// barPart is one part; X and Width are percentages of the bar.
type barPart struct {
	Verdict  policy.Verdict
	X, Width string
	// Uncertain parts are hatched, because nobody knows yet.
	Uncertain bool
}

type barRow struct {
	Verdict policy.Verdict
	Meaning string
	Count   int
	Share   string // "12%"
	Href    string // where its devices are listed; "" for none
}

// narrowest is the least width of a part, in percent of the bar. A narrower
// part could not be seen.
const narrowest = 0.9

func (s *Site) bar(id, title string, counts fleet.Counts, href func(policy.Verdict) string) bar {
	b := bar{ID: id, Title: title, Total: s.words.Number(counts.Devices)}
	var sentence []string
	shares := make([]float64, 0, len(counts.Verdicts))
	sum := 0.0
	for _, verdict := range s.in.Fleet.Possible.Verdicts() {
		n := counts.Verdicts[verdict]
		b.Rows = append(b.Rows, barRow{
			Verdict: verdict,
			Meaning: s.verdictMeaning(verdict),
			Count:   n,
			Share:   percent(n, counts.Devices),
			Href:    href(verdict),
		})
		if n == 0 {
			continue
		}
		sentence = append(sentence, s.words.Number(n)+" "+strings.ToLower(prose.Verdict(verdict)))
		share := max(narrowest, 100*float64(n)/float64(counts.Devices))
		shares = append(shares, share)
		sum += share
		b.Parts = append(b.Parts, barPart{
			Verdict:   verdict,
			Uncertain: verdict == policy.Check || verdict == policy.VerifyPort,
		})
	}
	x := 0.0
	for i := range b.Parts {
		width := 100 * shares[i] / sum
		b.Parts[i].X, b.Parts[i].Width = geometry(x), geometry(width)
		x += width
	}
	b.Desc = fmt.Sprintf("Of %s: %s.", s.words.Count(counts.Devices, "device", "devices"), prose.Join(sentence, "and"))
	if counts.Devices == 0 {
		b.Desc = "There are no devices."
	}
	return b
}

// geometry gives a length for an SVG attribute, in percent.
func geometry(percent float64) string {
	return strconv.FormatFloat(percent, 'f', 2, 64) + "%"
}

// percent gives a share in words: "0%", "<1%", "12%".
func percent(n, of int) string {
	switch {
	case n == 0 || of == 0:
		return "0%"
	case n*100 < of:
		return "<1%"
	case n < of && n*100 > of*99:
		return ">99%"
	}
	return strconv.Itoa((n*200+of)/(2*of)) + "%"
}
