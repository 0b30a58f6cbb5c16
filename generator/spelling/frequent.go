package spelling

import (
	"cmp"
	"maps"
	"slices"
)

// MostFirst gives counted names, the most frequent first and in the order of
// their bytes where the counts are the same.
func MostFirst[Name cmp.Ordered](counts map[Name]int) []Name {
	return slices.SortedFunc(maps.Keys(counts), func(a, b Name) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}
