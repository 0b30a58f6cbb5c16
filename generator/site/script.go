package site

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"example.org/cutoff/generator/prose"
)

// appendScripts appends the elements of an array of strings.
func appendScripts(dst []byte, texts []string) []byte {
	for i, text := range texts {
		if i > 0 {
			dst = append(dst, ",\n"...)
		}
		dst = appendScript(dst, text)
	}
	return dst
}

// appendScript appends a string literal that is safe in a script and in HTML.
// Quotes, backslashes, angle brackets, ampersands and everything that does not
// show are escapes.
func appendScript(dst []byte, text string) []byte {
	dst = append(dst, '"')
	for len(text) > 0 {
		length := prose.PlainLength(text)
		dst = append(dst, text[:length]...)
		text = text[length:]
		if text == "" {
			break
		}
		r, size := utf8.DecodeRuneInString(text)
		if r < utf8.RuneSelf || prose.Unseen(r) || r == utf8.RuneError {
			for _, unit := range utf16.AppendRune(nil, r) {
				dst = fmt.Appendf(dst, `\u%04x`, unit)
			}
		} else {
			dst = append(dst, text[:size]...)
		}
		text = text[size:]
	}
	return append(dst, '"')
}
