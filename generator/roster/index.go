package roster

import "example.org/cutoff/generator/spelling"

// nobody is the place that stands for no person.
const nobody = -1

// index finds the places of names in any spelling. It is a hash table that holds
// only places and no names, which takes far less memory than a map of texts.
type index struct {
	// places has each place plus 1, negative if several people have the name; 0 is
	// an empty slot. Its length is a power of two, at least twice the number of
	// names.
	places []int32
	name   func(place int) string
}

// newIndex gives an empty index for up to names names. name gives the name at a
// place.
func newIndex(names int, name func(place int) string) index {
	size := 2
	for size < 2*names {
		size *= 2
	}
	return index{make([]int32, size), name}
}

// slot gives the slot of a name, or the empty slot where it belongs.
func (x *index) slot(name string) *int32 {
	last := uint64(len(x.places) - 1)
	for hash := spelling.Hash(name); ; hash++ {
		at := &x.places[hash&last]
		if *at == 0 || spelling.Same(x.name(int(max(*at, -*at))-1), name) {
			return at
		}
	}
}

// add adds a place under its name, unless the name is empty or taken. If it is
// taken, add gives the place that has it, else nobody.
func (x *index) add(place int) int32 {
	name := x.name(place)
	if spelling.Fold(name) == "" {
		return nobody
	}
	switch at := x.slot(name); {
	case *at == 0:
		*at = int32(place) + 1
		return nobody
	default:
		return max(*at, -*at) - 1
	}
}

// doubt marks the name of a place as one of several people, so that find gives
// nobody for it.
func (x *index) doubt(place int32) {
	*x.slot(x.name(int(place))) = -place - 1
}

// find gives the place of a name; nobody if no one or several people have it.
func (x *index) find(name string) int32 {
	if name == "" {
		return nobody
	}
	return max(*x.slot(name)-1, nobody)
}
