package charset

import (
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

var windows1252 = charmap.Windows1252

// sense tells text that is Windows-1252 from text that only looks like it: each
// single-byte encoding gives some character for almost every byte. Names in
// Western languages have accented letters one or two at a time, and symbols
// between words; Cyrillic, Greek or Chinese text read so is long runs of them,
// and Mac, DOS or Central European text has symbols inside words.
type sense struct {
	high, odd int   // bytes beyond ASCII, and those that no word of the West has there
	First     int64 // offset of the first odd one in what was decoded; -1 for none
	last      byte  // the byte before those at hand
	run       int   // bytes beyond ASCII in a row
	letters   int   // letters among them
}

// oddShare is how many of the bytes beyond ASCII make no sense, one in so many,
// in text that is something else.
const oddShare = 5

// longRun is how many bytes beyond ASCII no Western word has in a row.
const longRun = 4

// see takes a byte beyond ASCII with those before and behind it, 0 for none.
func (s *sense) see(before, b, next byte, offset int64) {
	s.high++
	if before < 0x80 {
		s.run, s.letters = 0, 0
	}
	s.run++
	if isLetter(b) {
		s.letters++
	}
	odd := 0
	switch {
	case s.run == longRun && s.letters > 1:
		odd = longRun
	case s.run > longRun && s.letters > 1, s.inWord(before, b, next):
		odd = 1
	}
	if odd > 0 && s.First < 0 {
		s.First = offset
	}
	s.odd += odd
}

// inWord says that a character stands where no word has it.
func (s *sense) inWord(before, b, next byte) bool {
	switch r := windows1252.DecodeByte(b); r {
	case unicode.ReplacementChar:
		return true
	case 'Š', 'Œ', 'Ž', 'Ÿ':
		return isLower(before) || isLetter(before) && isLower(next)
	case '’', '‘', '´', '·', 'ª', 'º', '°', 'µ', '–', '—', '\u00a0', '\u00ad':
		return false // an apostrophe, a Catalan l·l, Nº 1, Baden–Baden
	case '²', '³', '¹':
		return isLetter(next) || isLetter(before) && before != 'm'
	case '¡', '¿', '€', '£', '¥', '©', '®', '™', '“', '”', '„', '‚', '«', '»', '…', '•', '†', '‡', 'ˆ', '˜':
		return isLetter(before) && isLetter(next)
	default:
		return !unicode.IsLetter(r) && (isLower(before) || isLetter(before) && isLetter(next)) || r == 'ƒ' && isLetter(next)
	}
}

func isLetter(b byte) bool { return unicode.IsLetter(windows1252.DecodeByte(b)) }

func isLower(b byte) bool { return unicode.IsLower(windows1252.DecodeByte(b)) }

// None says that the text makes no sense.
func (s *sense) None() bool { return s.odd > 0 && s.odd*oddShare >= s.high }
