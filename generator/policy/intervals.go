package policy

import "slices"

// These functions treat lists of ranges as sets of versions. Their results are
// sorted, and no two ranges in them overlap, touch or are empty. The words for
// people and the checks of a policy use them. A verdict mostly asks the ranges as
// they were written.

// union joins ranges that overlap or touch.
func union(ranges []Range) []Range {
	ranges = slices.DeleteFunc(slices.Clone(ranges), Range.empty)
	slices.SortStableFunc(ranges, func(a, b Range) int { return a.First().Compare(b.First()) })
	var joined []Range
	for _, r := range ranges {
		n := len(joined)
		if n == 0 || joined[n-1].Below != nil && r.First().Compare(*joined[n-1].Below) > 0 {
			joined = append(joined, r)
			continue
		}
		if last := &joined[n-1]; r.Below == nil || last.Below != nil && last.Below.Compare(*r.Below) < 0 {
			last.Below = r.Below
		}
	}
	return joined
}

// without gives the versions in a and not in b.
func without(a, b []Range) []Range {
	rest := union(a)
	for _, cut := range union(b) {
		var left []Range
		for _, r := range rest {
			low, high := r, r
			if cut.From != nil {
				low.lower(*cut.From)
				left = append(left, low)
			}
			if cut.Below != nil {
				high.raise(*cut.Below)
				left = append(left, high)
			}
		}
		rest = union(left)
	}
	return rest
}

// common gives the versions in both.
func common(a, b []Range) []Range { return without(a, without(a, b)) }
