package spelling

import (
	"cmp"
	"maps"
	"slices"
)

// MostFirst gives counted names, the most frequent first. Names with the same count
// are in the order of their bytes.
func MostFirst[Name cmp.Ordered](counts map[Name]int) []Name {
	return slices.SortedFunc(maps.Keys(counts), func(a, b Name) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}
