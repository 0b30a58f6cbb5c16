package starter

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/paste"
	"example.org/cutoff/generator/roster"
	"example.org/cutoff/generator/spelling"
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
	return slices.DeleteFunc(words, func(word string) bool { return slices.Contains(saysNothing, word) })
}

var saysNothing = []string{"and", "the", "of", "dept", "department", "team", "division"}

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
	letters := ""
	for _, word := range words {
		letters += string([]rune(word)[:1])
	}
	return letters
}

// shortest is how many letters a name has at least before one letter's
// difference is taken for a slip.
const shortest = 6

// slip reports whether two names differ by one letter: left out, added,
// replaced, or changed places with its neighbour. A number is never a slip.
func slip(x, y string) bool {
	a, b := []rune(x), []rune(y)
	if min(len(a), len(b)) < shortest || spelling.Distance(x, y, 1) != 1 {
		return false
	}
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	isNumber := func(word []rune) bool { return i < len(word) && unicode.IsNumber(word[i]) }
	return !isNumber(a) && !isNumber(b)
}
