package starter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/paste"
	"example.org/cutoff/generator/roster"
)

// mostCompared bounds the departments whose names are compared with each other.
const mostCompared = 500

// Alike gives pairs of departments whose names may mean one, the one with more
// devices first: they differ in punctuation, "and" or "department" alone, one
// is the other's initials, or there is a slip of one letter between them. It is
// a suggestion, and never followed by itself. departments is ordered by size.
func Alike(departments []*fleet.Department) [][2]string {
	departments = departments[:min(len(departments), mostCompared)]
	words := make([][]string, len(departments))
	for i, d := range departments {
		words[i] = wordsOf(d.Name)
	}
	joined := make([]bool, len(departments))
	var pairs [][2]string
	for i, d := range departments {
		if joined[i] || d.Name == roster.Unassigned || !paste.Fits(d.Name) {
			continue
		}
		for j := i + 1; j < len(departments); j++ {
			other := departments[j].Name
			if joined[j] || other == roster.Unassigned || !paste.Fits(other) || !alike(words[i], words[j]) {
				continue
			}
			joined[i], joined[j] = true, true
			pairs = append(pairs, [2]string{d.Name, other})
		}
	}
	return pairs
}

// wordsOf gives a name's words folded, without those that say nothing.
func wordsOf(name string) []string {
	name = strings.ReplaceAll(name, "&", " and ")
	words := strings.FieldsFunc(cases.Fold().String(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	var kept []string
	for _, word := range words {
		switch word {
		case "and", "the", "of", "dept", "department", "team", "division":
		default:
			kept = append(kept, word)
		}
	}
	return kept
}

func alike(a, b []string) bool {
	x, y := strings.Join(a, ""), strings.Join(b, "")
	if x == "" || y == "" {
		return false
	}
	return x == y || initials(a) == y || initials(b) == x || slip(x, y)
}

// initials of several words; "" of one.
func initials(words []string) string {
	if len(words) < 2 {
		return ""
	}
	var letters strings.Builder
	for _, word := range words {
		r, _ := utf8.DecodeRuneInString(word)
		letters.WriteRune(r)
	}
	return letters.String()
}

// shortest is how many letters a name has at least before one letter's
// difference is taken for a slip.
const shortest = 6

// slip reports whether two names differ by one letter: left out, added,
// replaced, or changed places with its neighbour. A number is never a slip.
func slip(x, y string) bool {
	a, b := []rune(x), []rune(y)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < shortest || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	rest := func(from, to int) bool { return string(a[min(from, len(a)):]) == string(b[to:]) }
	if i < len(a) && unicode.IsNumber(a[i]) || unicode.IsNumber(b[min(i, len(b)-1)]) {
		return false
	}
	switch {
	case len(a) < len(b):
		return rest(i, i+1)
	case rest(i+1, i+1):
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && rest(i+2, i+2)
}
