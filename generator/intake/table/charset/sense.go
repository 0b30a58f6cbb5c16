package charset

import (
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

var windows1252 = charmap.Windows1252

// sense tells text in Windows-1252 from text in another encoding. Nearly every byte
// is some character in Windows-1252, so only the places of characters tell. Names
// in Western languages have accented letters one or two at a time, and symbols
// between words. Cyrillic, Greek or Chinese text, read as Windows-1252, has long
// runs of such characters. Mac, DOS or Central European text has symbols inside
// words.
type sense struct {
	high, odd int   // how many bytes are beyond ASCII, and how many of those are out of place
	First     int64 // offset of the first odd one in the decoded text; -1 for none
	last      byte  // the byte before those that are decoded now
	run       int   // how many bytes beyond ASCII came in a row
	letters   int   // how many of those are letters
}

// A text is in another encoding if at least one in oddShare of its bytes beyond
// ASCII is odd.
const oddShare = 5

// longRun is how many bytes beyond ASCII in a row no Western word has.
const longRun = 4

// see counts a byte beyond ASCII. before and next are the bytes beside it, 0 for
// none. offset is its place in the decoded text.
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

// inWord reports whether a character is inside a word where no word has it.
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

// None reports whether the text makes no sense as Windows-1252.
func (s *sense) None() bool { return s.odd > 0 && s.odd*oddShare >= s.high }
