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

// rows writes table rows by hand. html/template is too slow for the tens of
// thousands of rows that a fleet has. It is the only writer that may do this:
// write escapes everything that comes from an input.
type rows struct {
	buf   []byte
	words prose.Words
	// days remembers how each day is written in a list. A fleet has few
	// different days.
	days map[calendar.Day]string
}

// newRows begins rows in the organisation's form of days.
func (s *Site) newRows() *rows { return &rows{words: s.words} }

// Values for write that are more than a plain text.
type (
	attr     string // goes into an attribute, in double quotes
	name     string // wraps between words, and inside very long words only
	sentence string // is cut later than other texts
	permille int    // a share of a line, written as a percentage
)

// write appends a constant piece of the page, with a value in place of each {}.
// Never pass text from an input as markup.
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

// text appends a value as element content: escaped, made visible, and cut to
// what a page shows of a cell. Text that runs from right to left is isolated,
// so that it does not move its neighbours.
func (r *rows) text(value string) {
	if prose.PlainLength(value) == len(value) || !prose.Turned(value) {
		r.buf = appendText(r.buf, value, prose.LongestText)
		return
	}
	r.write(`<bdi>{}</bdi>`, attr(value))
}

// longestWord is how many characters a word of a name may have without a break.
// Longer words are rare, and no column is made wide enough for them.
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

// day appends a day for readers and programs; "never" for no day.
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

// html gives what was written. That is safe, because only constants and escaped
// values were.
func (r *rows) html() template.HTML { return template.HTML(r.buf) }

// appendText escapes a value so that it fits into an element and into a
// double-quoted attribute. It shows at most limit characters.
func appendText(dst []byte, value string, limit int) []byte {
	if len(value) <= limit && prose.PlainLength(value) == len(value) {
		return append(dst, value...)
	}
	return append(dst, html.EscapeString(prose.Visible(prose.Cut(value, limit)))...)
}
