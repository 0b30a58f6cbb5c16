package roster

import "example.org/cutoff/generator/spelling"

// nobody is the place of a name that an index does not have.
const nobody = -1

// index finds the places of names in any spelling. It keeps the places alone, by
// the hash of their names: for each kind of name of 670,000 people that is 8 MB,
// and a map of texts 27.
type index struct {
	// places has a place and one, below 0 for a name of several people; 0 for
	// nothing. Its length is a power of two, twice as large as needed.
	places []int32
	name   func(place int) string
}

// newIndex gives an empty index for at most so many names; name gives the one of
// a place.
func newIndex(names int, name func(place int) string) index {
	size := 2
	for size < 2*names {
		size *= 2
	}
	return index{make([]int32, size), name}
}

// slot gives where the place of a name is, or would be.
func (x *index) slot(name string) *int32 {
	last := uint64(len(x.places) - 1)
	for hash := spelling.Hash(name); ; hash++ {
		at := &x.places[hash&last]
		if *at == 0 || spelling.Same(x.name(int(max(*at, -*at))-1), name) {
			return at
		}
	}
}

// add adds a place under its name, unless another one has it, or it has none. It
// gives that other one, else nobody.
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

// doubt takes a place for one of several with its name, whom nobody finds.
func (x *index) doubt(place int32) {
	*x.slot(x.name(int(place))) = -place - 1
}

// find gives the place of a name; nobody where there is none, or several.
func (x *index) find(name string) int32 {
	if name == "" {
		return nobody
	}
	return max(*x.slot(name)-1, nobody)
}
