package strictyaml

import "strings"

// nearest gives the known word that somebody who typed this one most likely
// meant: the one with the fewest letters to change, add, drop or swap, if those
// are at most a third of it. On a tie the first known one. "" when none is near.
func nearest(typed string, known []string) string {
	fold := func(s string) []rune {
		return []rune(strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s)))
	}
	word := fold(typed)
	if len(word) > 40 {
		return ""
	}
	best, least := "", len(word)/3+1
	for _, candidate := range known {
		if n := distance(word, fold(candidate)); n < least {
			best, least = candidate, n
		}
	}
	return best
}

// distance counts the letters to change, add, drop or swap between two words
// (optimal string alignment).
func distance(a, b []rune) int {
	var before, above []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, above, row = above, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
