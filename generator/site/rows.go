package site

import (
	"html"
	"html/template"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// rows writes table rows. html/template takes some 6 µs for a row of ten
// cells; a department's list has hundreds of rows and a fleet tens of
// thousands, so rows are written by hand, and this is the only writer that may:
// everything that comes from an input is escaped by write.
type rows struct {
	buf   []byte
	words prose.Words
	// days keeps days in the form of a list: a fleet has few of them.
	days map[calendar.Day]string
}

// newRows begins rows in the organisation's form of days.
func (s *Site) newRows() *rows { return &rows{words: s.words} }

// Values of write that are more than a text.
type (
	attr     string // goes into an attribute, in double quotes
	name     string // is parted where its words end, and inside very long words only
	sentence string // may be longer than other texts
	permille int    // a share of a line, written as a percentage
)

// write appends a constant piece of the page, in which each {} stands for a
// value. It is never given markup from an input.
func (r *rows) write(markup string, values ...any) {
	for _, value := range values {
		before, after, _ := strings.Cut(markup, "{}")
		r.buf = append(r.buf, before...)
		markup = after
		switch value := value.(type) {
		case string:
			r.text(value)
		case name:
			r.name(string(value))
		case attr:
			r.buf = appendText(r.buf, string(value), prose.LongestText)
		case sentence:
			r.buf = appendText(r.buf, string(value), prose.LongestSentence)
		case policy.Verdict:
			r.buf = append(r.buf, value...)
		case int:
			r.buf = strconv.AppendInt(r.buf, int64(value), 10)
		case permille:
			r.buf = strconv.AppendFloat(r.buf, float64(value)/10, 'f', -1, 64)
			r.buf = append(r.buf, '%')
		case calendar.Day:
			r.day(value)
		}
	}
	r.buf = append(r.buf, markup...)
}

// text appends a value as element content: escaped, made visible, cut to what
// a page shows of a cell. One that runs from right to left stands apart, so that
// what is beside it keeps its place.
func (r *rows) text(value string) {
	if prose.PlainLength(value) == len(value) || !prose.Turned(value) {
		r.buf = appendText(r.buf, value, prose.LongestText)
		return
	}
	r.write(`<bdi>{}</bdi>`, attr(value))
}

// longestWord is how many characters of a name stand together on a line. Longer
// words are rare; a column gives them no room of their own.
const longestWord = 24

func (r *rows) name(value string) {
	if value == "" {
		return
	}
	span := `<span>{}</span>`
	for word := range strings.FieldsFuncSeq(value, func(c rune) bool { return c == ' ' || c == '-' }) {
		if utf8.RuneCountInString(word) > longestWord {
			span = `<span class="long">{}</span>`
			break
		}
	}
	r.write(span, value)
}

// day appends a day for reading, with its number for programs, and never for
// no day.
func (r *rows) day(day calendar.Day) {
	if day.IsZero() {
		r.write(`never`)
		return
	}
	text, known := r.days[day]
	if !known {
		if r.days == nil {
			r.days = make(map[calendar.Day]string)
		}
		text = r.words.ShortDay(day)
		r.days[day] = text
	}
	r.write(`<time datetime="`)
	r.buf = day.Start().AppendFormat(r.buf, time.DateOnly)
	r.write(`">{}</time>`, text)
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
	return append(dst, html.EscapeString(prose.Visible(prose.Cut(value, limit)))...)
}
