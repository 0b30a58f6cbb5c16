package prose

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// How many characters of a cell and of a sentence a page shows. Longer text
// ends in an ellipsis; devices.csv has all of it.
const (
	LongestText     = 120
	LongestSentence = 600
)

// Visible makes text from people safe to show. It names characters that do not
// show or that change the order of others (⟨U+202E⟩), and puts U+FFFD in place
// of bytes that are no text. Such characters stay where they belong: a joiner
// inside a word of a script that uses it, the parts of an emoji, marks of
// direction in text that runs from right to left. Text without any of these
// comes back unchanged.
func Visible(text string) string {
	if PlainLength(text) == len(text) {
		return text
	}
	var out strings.Builder
	written := 0
	around := surroundings{text: text}
	for i, r := range text {
		size := utf8.RuneLen(r)
		broken := false
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(text[i:])
			broken = size == 1
		}
		switch {
		case broken:
			out.WriteString(text[written:i])
			out.WriteRune(utf8.RuneError)
		case Unseen(r) && !around.hold(r, text[i+size:]):
			out.WriteString(text[written:i])
			fmt.Fprintf(&out, "⟨U+%04X⟩", r)
		default:
			around.before = r
			continue
		}
		written, around.before = i+size, 0
	}
	if written == 0 {
		return text
	}
	out.WriteString(text[written:])
	return out.String()
}

// surroundings decide whether a character that does not show belongs to its
// text.
type surroundings struct {
	text   string
	before rune // 0 at the start, and after a character that was named
	// turned is true when the text has letters that run from right to left,
	// paired when its marks of direction come in pairs. Both are worked out at
	// the first such mark.
	reckoned, turned, paired bool
}

// hold reports whether a character belongs to its text, given the character
// before it and the text after it.
func (s *surroundings) hold(r rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case r == zeroWidthNonJoiner, r == zeroWidthJoiner:
		return joins(s.before) && joins(next) || r == zeroWidthJoiner && pictorial(s.before) && unicode.Is(unicode.So, next)
	case r == 0xfe0e: // shows a picture as text
		return unicode.Is(unicode.So, s.before)
	case r >= 0xfe00 && r <= 0xfe0d, r >= 0xe0100 && r <= 0xe01ef:
		return unicode.In(s.before, unicode.Han, unicode.Phags_Pa, unicode.Myanmar)
	case r >= 0x180b && r <= 0x180f:
		return unicode.Is(unicode.Mongolian, s.before)
	case isTag(r):
		return isTag(s.before) || s.before == blackFlag && endsFlag(r, after)
	case unicode.Is(unicode.Bidi_Control, r):
		s.reckon()
		mark := r == 0x200e || r == 0x200f || r == 0x061c
		return s.turned && (mark || s.paired)
	}
	return false
}

const (
	zeroWidthNonJoiner = 0x200c
	zeroWidthJoiner    = 0x200d
	blackFlag          = 0x1f3f4
	endOfTags          = 0xe007f
	longestFlag        = 7 // the tags of a flag, with the end
)

// joins reports whether a character may be next to a joiner: a letter of a
// script that uses joiners, or a mark above or below a letter.
func joins(r rune) bool {
	return unicode.IsMark(r) || unicode.IsLetter(r) &&
		!unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// pictorial reports whether an emoji may end with a character: a picture, a
// skin colour, or the mark that asks for an emoji.
func pictorial(r rune) bool {
	return unicode.Is(unicode.So, r) || r >= 0x1f3fb && r <= 0x1f3ff || r == 0xfe0f
}

func isTag(r rune) bool { return r >= 0xe0020 && r <= endOfTags }

// endsFlag reports whether tags end like those of a flag. Other tags could hide
// a text.
func endsFlag(r rune, after string) bool {
	for n := 1; isTag(r) && n <= longestFlag; n++ {
		if r == endOfTags {
			return n > 1
		}
		next, size := utf8.DecodeRuneInString(after)
		r, after = next, after[size:]
	}
	return false
}

// reckon looks at the whole text. An override is there to mislead, and a mark
// without its end would also turn what follows the text.
func (s *surroundings) reckon() {
	if s.reckoned {
		return
	}
	s.reckoned, s.turned, s.paired = true, Turned(s.text), true
	var ends []rune
	for _, r := range s.text {
		switch r {
		case 0x202a, 0x202b: // embeddings
			ends = append(ends, 0x202c)
		case 0x2066, 0x2067, 0x2068: // isolates
			ends = append(ends, 0x2069)
		case 0x202d, 0x202e: // overrides
			s.paired = false
		case 0x202c, 0x2069:
			if len(ends) == 0 || ends[len(ends)-1] != r {
				s.paired = false
				return
			}
			ends = ends[:len(ends)-1]
		}
	}
	s.paired = s.paired && len(ends) == 0
}

// Turned reports whether a text has letters that run from right to left.
func Turned(text string) bool {
	for _, r := range text {
		if r < 0x0590 {
			continue
		}
		p, _ := bidi.LookupRune(r)
		if class := p.Class(); (class == bidi.R || class == bidi.AL) && unicode.IsLetter(r) {
			return true
		}
	}
	return false
}

// Unseen reports whether a character is a control, formats others without
// showing itself (bidirectional and zero-width marks, soft hyphens, tags), or
// is a letter that leaves no ink.
func Unseen(r rune) bool {
	if r < 0x7f {
		return r < ' '
	}
	switch {
	case r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5,
		r >= 0x180b && r <= 0x180f, r == 0x2800, r == 0x3164, r == 0xffa0:
		return true
	case r >= 0xfe00 && r <= 0xfe0e, r >= 0xe0100 && r <= 0xe01ef:
		// All variation selectors but the one that asks for an emoji.
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// Cut shortens text to a number of characters and adds an ellipsis where
// something is left out.
func Cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	count := 0
	for i := range text {
		if count == limit {
			return text[:i] + "…"
		}
		count++
	}
	return text
}

// Shown cuts text and makes it visible. Page structs take every text from an
// input through it.
func Shown(text string) string { return Visible(Cut(text, LongestText)) }

// plainBytes marks the characters that show and that mean themselves, in HTML
// and in a string of a script.
var plainBytes = func() (table [256]bool) {
	for c := byte(' '); c < 0x7f; c++ {
		table[c] = !strings.ContainsRune("<>&\"'\\`", rune(c))
	}
	return table
}()

// PlainLength gives how many bytes at the beginning of a text are plain. Nearly
// all texts are plain from end to end.
func PlainLength(text string) int {
	for i := range len(text) {
		if !plainBytes[text[i]] {
			return i
		}
	}
	return len(text)
}
