package site

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How many characters of a cell and of a sentence a page shows. Longer ones are
// cut with an ellipsis; devices.csv has them whole.
const (
	longestText     = 120
	longestSentence = 600
)

// visible gives text that people typed for a page: characters that do not show,
// or that change the order in which others show, are named instead (⟨U+202E⟩),
// and bytes that are no text become U+FFFD. Text without any comes back as is.
func visible(text string) string {
	if plainLength(text) == len(text) {
		return text
	}
	clean := true
	for _, r := range text {
		if r == utf8.RuneError || unseen(r) {
			clean = false
			break
		}
	}
	if clean {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		if unseen(r) {
			fmt.Fprintf(&out, "⟨U+%04X⟩", r)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// unseen reports whether a character is a control, formats others without
// showing itself (bidirectional and zero-width marks, soft hyphens, tags), or
// is a letter without ink.
func unseen(r rune) bool {
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

// cut shortens text to a number of characters, with an ellipsis for the rest.
func cut(text string, limit int) string {
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

// shown is cut and visible: how a page's struct takes text from an input.
func shown(text string) string { return visible(cut(text, longestText)) }
