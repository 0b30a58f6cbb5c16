package order

import (
	"slices"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	texts := []string{"", "\x00", "a", "a\x00", "a\x00b", "ab", "abcdefgh", "abcdefgh\x00", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnop\x00", "abcdefghijklmnopq", "abcdefghijklmnor", "b", "ä", "\xff"}
	if !slices.IsSorted(texts) {
		t.Fatal("want the texts of this test in their order")
	}
	for _, a := range texts {
		for _, b := range texts {
			x, y := Of(a), Of(b)
			if got, want := x.Compare(&y), strings.Compare(a, b); got != want {
				t.Errorf("%q against %q: %d, want %d", a, b, got, want)
			}
		}
	}
}
