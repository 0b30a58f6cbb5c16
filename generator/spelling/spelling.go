// Package spelling compares names of devices, people, departments, destinations and
// columns. Two spellings are one name if they differ only in case, in characters
// that do not show, in how accents are composed, or in the amount of white space.
// Pages always show the text as it was found.
package spelling

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold gives the same text for all spellings of a name.
func Fold(name string) string {
	if isPlain(name) {
		return strings.ToLower(name) // no copy if it is in lower case already
	}
	name = strings.Map(func(r rune) rune {
		if Ignorable(r) {
			return -1
		}
		return r
	}, name)
	return cases.Fold().String(norm.NFC.String(strings.Join(strings.Fields(name), " ")))
}

// Hash gives the same number for all spellings of a name. Two names practically
// never have the same one.
func Hash(name string) uint64 {
	if !isPlain(name) {
		name = Fold(name)
	}
	hash := uint64(14695981039346656037) // FNV-1a
	for i := range len(name) {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		hash = (hash ^ uint64(c)) * 1099511628211
	}
	return hash
}

// Same reports whether two texts are spellings of one name.
func Same(a, b string) bool {
	switch {
	case a == b:
		return true
	case isPlain(a) && isPlain(b):
		return len(a) == len(b) && strings.EqualFold(a, b)
	}
	return Fold(a) == Fold(b)
}

// isPlain recognises printable ASCII whose only white space is single blanks between
// words. Nearly every name is like that, and folding it needs no Unicode tables,
// which are slow.
func isPlain(name string) bool {
	blank := name != "" // at the start, where no blank belongs
	for i := range len(name) {
		c := name[i]
		if c < ' ' || c >= 0x7f || c == ' ' && blank {
			return false
		}
		blank = c == ' '
	}
	return !blank
}

// Ignorable reports whether a character does not show: Unicode's
// Default_Ignorable_Code_Point (DerivedCoreProperties), derived as the standard
// says, and control characters that are not white space.
func Ignorable(r rune) bool {
	switch {
	case r < ' ' || r == 0x7f:
		return !unicode.IsSpace(r)
	case r < 0x80:
		return false
	case r >= 0xfff9 && r <= 0xfffb, r >= 0x13430 && r <= 0x13440, unicode.IsSpace(r):
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}
