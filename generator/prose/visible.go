package prose

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// How many characters of a cell and of a sentence a page shows. Longer ones are
// cut with an ellipsis; devices.csv has them whole.
const (
	LongestText     = 120
	LongestSentence = 600
)

// Visible gives text that people typed for a page: characters that do not show,
// or that change the order in which others show, are named instead (⟨U+202E⟩),
// and bytes that are no text become U+FFFD. Where they belong to the text they
// stay: a joiner within a word of a script that uses it, the parts of an emoji,
// marks of direction in a text that runs from right to left. Text without any
// comes back as is.
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

// surroundings are what decides whether a character that does not show belongs
// to its text.
type surroundings struct {
	text   string
	before rune // 0 at the start, and behind one that was named
	// turned and paired are reckoned when the first mark of direction comes: the
	// text has letters that run from right to left, and its marks are in pairs.
	reckoned, turned, paired bool
}

// hold reports whether a character belongs to the text between the one before
// it and those after it.
func (s *surroundings) hold(r rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case r == zeroWidthNonJoiner, r == zeroWidthJoiner:
		return joins(s.before) && joins(next) || r == zeroWidthJoiner && pictorial(s.before) && unicode.Is(unicode.So, next)
	case r == 0xfe0e: // a picture as text
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
	longestFlag        = 7 // tags of a flag, the end too
)

// joins reports whether a character may stand beside a joiner: a letter of a
// script that uses them, or a mark above or below one.
func joins(r rune) bool {
	return unicode.IsMark(r) || unicode.IsLetter(r) &&
		!unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// pictorial reports whether an emoji may end with a character: the picture, the
// colour of its skin, or the mark that it is one.
func pictorial(r rune) bool {
	return unicode.Is(unicode.So, r) || r >= 0x1f3fb && r <= 0x1f3ff || r == 0xfe0f
}

func isTag(r rune) bool { return r >= 0xe0020 && r <= endOfTags }

// endsFlag reports whether tags end as those of a flag do; others would hide a
// text.
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

// reckon looks at the whole text: an override is there to mislead, and a mark
// without its end would go on behind the text.
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
// is a letter without ink.
func Unseen(r rune) bool {
	if r < 0x7f {
		return r < ' '
	}
	switch {
	case r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5,
		r >= 0x180b && r <= 0x180f, r == 0x2800, r == 0x3164, r == 0xffa0:
		return true
	case r >= 0xfe00 && r <= 0xfe0e, r >= 0xe0100 && r <= 0xe01ef:
		// Variation selectors, but for the one that asks for an emoji.
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// Cut shortens text to a number of characters, with an ellipsis for the rest.
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

// Shown is cut and visible: how a page's struct takes text from an input.
func Shown(text string) string { return Visible(Cut(text, LongestText)) }

// plainBytes has the characters that show, and that mean themselves in HTML and
// in a script's string.
var plainBytes = func() (table [256]bool) {
	for c := byte(' '); c < 0x7f; c++ {
		table[c] = !strings.ContainsRune("<>&\"'\\`", rune(c))
	}
	return table
}()

// PlainLength is how many bytes at the text's beginning are plain. Nearly all
// texts are plain from end to end; this loop is where the time goes.
func PlainLength(text string) int {
	for i := range len(text) {
		if !plainBytes[text[i]] {
			return i
		}
	}
	return len(text)
}
