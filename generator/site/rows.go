package site

import (
	"html/template"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/prose"
)

// rows writes table rows. html/template takes some 6 µs for a row of ten
// cells; a department's list has hundreds of rows and a fleet tens of
// thousands, so rows are written by hand, and this is the only writer that may:
// everything that comes from an input goes through text or attr.
type rows struct {
	buf []byte
	// days keeps days in the form of a list: a fleet has few of them.
	days map[calendar.Day]string
}

// markup appends a constant piece of the page. It is never given a value from
// an input.
func (r *rows) markup(constant string) { r.buf = append(r.buf, constant...) }

// text appends a value as element content: escaped, made visible, cut to what
// a page shows of a cell. One that runs from right to left stands apart, so that
// what is beside it keeps its place.
func (r *rows) text(value string) {
	if prose.PlainLength(value) == len(value) || !prose.Turned(value) {
		r.buf = appendText(r.buf, value, prose.LongestText)
		return
	}
	r.markup(`<bdi>`)
	r.buf = appendText(r.buf, value, prose.LongestText)
	r.markup(`</bdi>`)
}

// longestWord is how many characters of a name stand together on a line. Longer
// words are rare; a column gives them no room of their own.
const longestWord = 24

// name appends a name, which is parted where its words end, and inside very long
// words only.
func (r *rows) name(value string) {
	if value == "" {
		return
	}
	r.markup(`<span`)
	for word := range strings.FieldsFuncSeq(value, func(c rune) bool { return c == ' ' || c == '-' }) {
		if utf8.RuneCountInString(word) > longestWord {
			r.markup(` class="long"`)
			break
		}
	}
	r.markup(`>`)
	r.text(value)
	r.markup(`</span>`)
}

// sentence appends a longer text.
func (r *rows) sentence(value string) { r.buf = appendText(r.buf, value, prose.LongestSentence) }

// attr appends a value inside a double-quoted attribute.
func (r *rows) attr(value string) { r.buf = appendText(r.buf, value, prose.LongestText) }

// number appends digits.
func (r *rows) number(n int) { r.buf = strconv.AppendInt(r.buf, int64(n), 10) }

// day appends a day for reading, with its number for programs, and never for
// no day.
func (r *rows) day(day calendar.Day, w prose.Words) {
	if day.IsZero() {
		r.markup(`never`)
		return
	}
	text, known := r.days[day]
	if !known {
		if r.days == nil {
			r.days = make(map[calendar.Day]string)
		}
		text = w.ShortDay(day)
		r.days[day] = text
	}
	r.markup(`<time datetime="`)
	r.buf = day.Start().AppendFormat(r.buf, time.DateOnly)
	r.markup(`">`)
	r.text(text)
	r.markup(`</time>`)
}

// html gives what was written. It is safe because nothing but constants and
// escaped values was.
func (r *rows) html() template.HTML { return template.HTML(r.buf) }

// appendText escapes a value for element content and for double-quoted
// attributes alike, and shows at most limit characters of it.
func appendText(dst []byte, value string, limit int) []byte {
	if len(value) <= limit && prose.PlainLength(value) == len(value) {
		return append(dst, value...)
	}
	value = prose.Visible(prose.Cut(value, limit))
	start := 0
	for i := range len(value) {
		if instead := entity(value[i]); instead != "" {
			dst = append(append(dst, value[start:i]...), instead...)
			start = i + 1
		}
	}
	return append(dst, value[start:]...)
}

// entity gives what stands for a character on a page, "" for the character
// itself.
func entity(c byte) string {
	switch c {
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '&':
		return "&amp;"
	case '"':
		return "&#34;"
	case '\'':
		return "&#39;"
	}
	return ""
}
