package sample

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// dice gives numbers that depend only on the seed and the subject. PCG's numbers
// never change. How they become a number below another is written here and not
// taken from the library, so that a new release of Go changes no byte.
type dice struct{ rand.PCG }

// subject is the sort of thing that numbers are drawn for.
type subject uint64

const (
	aMachine subject = 1 + iota
	aMachinesNight
	aRow
	aPerson
	aPersonsNight
	aNetwork
	aNetworksNight
	aLine
)

// roll gives the dice of the nth thing of a kind on a night.
func (f Fleet) roll(what subject, n, night int) *dice {
	d := new(dice)
	d.Seed(f.Seed^uint64(what)<<56, uint64(n)<<16|uint64(night))
	return d
}

// below gives a number from 0 to n-1. All are equally likely.
func (d *dice) below(n int) int {
	high, _ := bits.Mul64(d.Uint64(), uint64(n))
	return int(high)
}

// chance is true in a share of all cases, rounded to millionths.
func (d *dice) chance(share float64) bool {
	return d.below(1_000_000) < int(math.Round(share*1_000_000))
}

// pick gives one of several. All are equally likely.
func pick[T any](d *dice, from []T) T { return from[d.below(len(from))] }

// share is one of several choices. It is for the numbers from the bound of the one
// before up to its own.
type share[T any] struct {
	below int
	one   T
}

// draw gives one of several choices by their shares.
func draw[T any](d *dice, from []share[T]) T {
	n := d.below(from[len(from)-1].below)
	return from[slices.IndexFunc(from, func(s share[T]) bool { return n < s.below })].one
}
