package strictyaml

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
)

// Unknown gives the message for a word that is not a known one. It names the known
// word that was most likely meant, and all of them.
func Unknown(what, typed string, known []string) string {
	message := "found unknown " + what + " " + problem.Quote(typed)
	if near := nearest(typed, known); near != "" {
		message += fmt.Sprintf(" (did you mean %q?)", near)
	}
	return message + ", want one of " + strings.Join(known, ", ")
}

// nearest gives the known word that was most likely meant: the one with the fewest
// letters to change, add, drop or swap, if those are at most a third of the typed
// word. On a tie it is the first known one; "" if none is near.
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
