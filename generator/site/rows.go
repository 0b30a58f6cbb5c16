package site

import (
	"html/template"
	"strconv"
	"unicode/utf8"
)

// rows writes table rows. html/template takes some 6 µs for a row of ten
// cells; a department's list has hundreds of rows and a fleet tens of
// thousands, so rows are written by hand, and this is the only writer that may:
// everything that comes from an input goes through text or attr.
type rows struct{ buf []byte }

// markup appends a constant piece of the page. It is never given a value from
// an input.
func (r *rows) markup(constant string) { r.buf = append(r.buf, constant...) }

// text appends a value as element content: escaped, made visible, cut to what
// a page shows of a cell.
func (r *rows) text(value string) { r.buf = appendText(r.buf, value, longestText) }

// sentence appends a longer text.
func (r *rows) sentence(value string) { r.buf = appendText(r.buf, value, longestSentence) }

// attr appends a value inside a double-quoted attribute.
func (r *rows) attr(value string) { r.buf = appendText(r.buf, value, longestText) }

// number appends digits.
func (r *rows) number(n int) { r.buf = strconv.AppendInt(r.buf, int64(n), 10) }

// html gives what was written. It is safe because nothing but constants and
// escaped values was.
func (r *rows) html() template.HTML { return template.HTML(r.buf) }

// appendText escapes a value for element content and for double-quoted
// attributes alike, and shows at most limit characters of it.
func appendText(dst []byte, value string, limit int) []byte {
	start, shown := 0, 0
	for i := 0; i < len(value); {
		c := value[i]
		size := 1
		var instead string
		switch {
		case shown == limit:
			dst = append(dst, value[start:i]...)
			return append(dst, "…"...)
		case c == '<':
			instead = "&lt;"
		case c == '>':
			instead = "&gt;"
		case c == '&':
			instead = "&amp;"
		case c == '"':
			instead = "&#34;"
		case c == '\'':
			instead = "&#39;"
		case c < ' ' || c == 0x7f:
			instead = visible(value[i : i+1])
		case c >= utf8.RuneSelf:
			var r rune
			r, size = utf8.DecodeRuneInString(value[i:])
			if r == utf8.RuneError || unseen(r) {
				instead = visible(value[i : i+size])
			}
		}
		if instead != "" {
			dst = append(dst, value[start:i]...)
			dst = append(dst, instead...)
			start = i + size
		}
		i += size
		shown++
	}
	return append(dst, value[start:]...)
}
