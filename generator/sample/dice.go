package sample

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// dice gives numbers that the seed and the subject decide, and nothing else.
// The generator's numbers are fixed for all time; how they become a number
// below another is written here, so that a new release of the language changes
// no byte.
type dice struct{ rand.PCG }

// subject is what is drawn for.
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

// below gives a number from 0 to n-1, each as likely as the others.
func (d *dice) below(n int) int {
	high, _ := bits.Mul64(d.Uint64(), uint64(n))
	return int(high)
}

// chance says yes in a share of all cases, counted in millionths.
func (d *dice) chance(share float64) bool {
	return d.below(1_000_000) < int(math.Round(share*1_000_000))
}

// pick gives one of several, each as likely as the others.
func pick[T any](d *dice, from []T) T { return from[d.below(len(from))] }

// share is one of several choices, for the numbers from the bound before it to its
// own.
type share[T any] struct {
	below int
	one   T
}

// draw gives one of several, each as likely as its share.
func draw[T any](d *dice, from []share[T]) T {
	n := d.below(from[len(from)-1].below)
	return from[slices.IndexFunc(from, func(s share[T]) bool { return n < s.below })].one
}
