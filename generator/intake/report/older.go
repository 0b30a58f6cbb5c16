package report

import (
	"math"
	"slices"
)

// The fields behind the names that the newest row may lack.
const (
	statusField = 8 + iota
	remoteField
	insideField
)

// older is a row that gave some fields of a device because every newer row has
// nothing in them. Exports of two kinds give most devices one such row, so that
// its fields are bits.
type older struct {
	rank
	fields uint16
}

// never is before any row: the field was in no file.
var never = rank{at: math.MinInt64, origin: -1}

// givenBy gives the place among the older rows of the one that gave a field; -1
// says that the newest row did.
func (s *state) givenBy(field int) int {
	return slices.IndexFunc(s.known().older, func(o older) bool { return o.fields&(1<<field) != 0 })
}

// give says which row gave a field: an older one, or the newest.
func (s *state) give(field int, k rank, newest bool) {
	if i := s.givenBy(field); i >= 0 {
		if s.rare.older[i].fields &^= 1 << field; s.rare.older[i].fields == 0 {
			s.rare.older = slices.Delete(s.rare.older, i, i+1)
		}
	}
	if newest {
		return
	}
	all := &s.further().older
	i := slices.IndexFunc(*all, func(o older) bool { return o.rank == k })
	if i < 0 {
		i = len(*all)
		*all = append(*all, older{rank: k})
	}
	(*all)[i].fields |= 1 << field
}

// takes decides whether a row gives a field: whether it has it, the device has
// had it, and the row is newer than all others.
func (s *state) takes(field int, has, had bool, k rank, newer bool) bool {
	i := s.givenBy(field)
	switch {
	case !has && newer && had && i < 0:
		s.give(field, s.newest, false) // which is an older row from now on
		return false
	case has && (newer || !had || i >= 0 && k.compare(s.rare.older[i].rank) > 0):
		s.give(field, k, newer)
		return true
	}
	return false
}
