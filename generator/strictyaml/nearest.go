package strictyaml

import (
	"strings"
	"unicode/utf8"

	"example.org/cutoff/generator/spelling"
)

// nearest gives the known word that somebody who typed this one most likely
// meant: the one with the fewest letters to change, add, drop or swap, if those
// are at most a third of it. On a tie the first known one. "" when none is near.
func nearest(typed string, known []string) string {
	fold := func(s string) string {
		return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s))
	}
	word := fold(typed)
	if len(word) > 40 {
		return ""
	}
	best, least := "", utf8.RuneCountInString(word)/3+1
	for _, candidate := range known {
		if n := spelling.Distance(word, fold(candidate), least); n < least {
			best, least = candidate, n
		}
	}
	return best
}
