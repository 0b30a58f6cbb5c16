package spelling

import (
	"unicode"
	"unicode/utf8"
)

// Capitalised gives text with a capital first letter.
func Capitalised(text string) string { return withFirst(text, unicode.ToUpper) }

// Lowered gives text with a small first letter, as it is after a colon.
func Lowered(text string) string { return withFirst(text, unicode.ToLower) }

func withFirst(text string, change func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(text)
	if first == utf8.RuneError {
		return text
	}
	return string(change(first)) + text[size:]
}
