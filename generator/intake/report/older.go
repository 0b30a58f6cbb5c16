package report

import (
	"math"
	"slices"
)

// The fields of [older] beyond the names: a name's number is its place in
// [row.names].
const (
	statusField = 8 + iota
	remoteField
	insideField
)

// older is a row that gave some fields of a device because every newer row has
// nothing in them. The fields are bits to save memory: with two kinds of exports
// most devices have such a row.
type older struct {
	rank
	fields uint16
}

// never is the rank of a field that no file has: older than any row.
var never = rank{at: math.MinInt64, origin: -1}

// givenBy says which of the older rows gave a field; -1 is the newest row.
func (s *state) givenBy(field int) int {
	return slices.IndexFunc(s.further().older, func(o older) bool { return o.fields&(1<<field) != 0 })
}

// give notes that the row of rank k gave a field, and whether it is the newest.
func (s *state) give(field int, k rank, newest bool) {
	if i := s.givenBy(field); i >= 0 {
		if s.rare.older[i].fields &^= 1 << field; s.rare.older[i].fields == 0 {
			s.rare.older = slices.Delete(s.rare.older, i, i+1)
		}
	}
	if newest {
		return
	}
	all := &s.addRare().older
	i := slices.IndexFunc(*all, func(o older) bool { return o.rank == k })
	if i < 0 {
		i = len(*all)
		*all = append(*all, older{rank: k})
	}
	(*all)[i].fields |= 1 << field
}

// takes decides whether the device takes a field from the row of rank k. has and
// had say whether the row and the device have something in it; newer, whether
// the row is newer than all before.
func (s *state) takes(field int, has, had bool, k rank, newer bool) bool {
	i := s.givenBy(field)
	switch {
	case !has && newer && had && i < 0:
		s.give(field, s.newest, false) // from now on that is an older row
		return false
	case has && (newer || !had || i >= 0 && k.compare(s.rare.older[i].rank) > 0):
		s.give(field, k, newer)
		return true
	}
	return false
}
