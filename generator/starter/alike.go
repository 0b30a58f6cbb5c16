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

// mostCompared bounds how many departments' names are compared with each other.
const mostCompared = 500

// Alike gives pairs of departments whose names may mean the same, the larger
// one first. Their names differ only in punctuation or in words like "and" or
// "department", or one is the other's initials, or there is a slip of one
// letter. This is a suggestion for people; nothing acts on it. Departments must
// be ordered by size.
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

// wordsOf gives a name's words in folded case, without words that say nothing.
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

// initials gives the first letters of several words; "" for one word.
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

// shortest is how many letters a name needs before a difference of one letter
// counts as a slip.
const shortest = 6

// slip reports whether two names differ by one letter: left out, added,
// replaced, or swapped with its neighbour. A digit is never a slip: Plant 1 and
// Plant 2 are two.
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
