package column

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"example.org/cutoff/generator/problem"
)

// Missing says why no row is a header: what the nearest row (candidate) has, what
// is missing, and which texts would have matched. looks says what the file looks
// like if it seems to be no table, else "" (see table.File.Looks).
func (m *Matcher) Missing(candidate []string, looks string) string {
	var wanted []string
	for _, need := range m.needs() {
		known := slices.ContainsFunc(candidate, func(cell string) bool {
			means, ok := m.meaning(cell)
			return ok && slices.Contains(need.columns, means.column)
		})
		if !known {
			wanted = append(wanted, fmt.Sprintf("%s (%s)", need.what, strings.Join(m.texts(need.columns), ", ")))
		}
	}
	if looks != "" {
		return fmt.Sprintf("found %s; a header needs %s", looks, strings.Join(wanted, " and "))
	}
	return fmt.Sprintf("found %s%s, want %s; header texts of your own go under columns in the configuration", m.describe(candidate), m.elsewhere(candidate), strings.Join(wanted, " and "))
}

// kinds says what people call each kind of input, and which flag takes it.
var kinds = []struct {
	Kind
	what, flag string
}{
	{Report, "a device report", "--report"},
	{Roster, "a roster", "--roster"},
	{Waivers, "a list of waivers", "--waivers"},
	{Connections, "a log of connections", "--connections"},
}

// elsewhere says which flag fits if the row is the header of another kind of
// input; "" if it is of none.
func (m *Matcher) elsewhere(candidate []string) string {
	best, hint := m.Likeness(candidate), ""
	for _, other := range kinds {
		matcher := NewMatcher(other.Kind, nil, nil)
		matcher.System = m.System
		if _, ok := matcher.Header(1, candidate, problem.Position{}); !ok || other.Kind == m.Kind {
			continue
		}
		if likeness := matcher.Likeness(candidate); likeness > best {
			best, hint = likeness, fmt.Sprintf(" (those of %s? give it with %s)", other.what, other.flag)
		}
	}
	return hint
}

// A message lists at most namesShown header texts that were found, and textsShown
// that would have matched.
const (
	namesShown = 40
	textsShown = 12
)

// describe lists the cells of a row for a message. The row may be one of values,
// which must not be shown. So a cell that is no known header text is left out if
// it has a digit or an "@" in it.
func (m *Matcher) describe(cells []string) string {
	var shown []string
	hidden := 0
	for _, cell := range cells {
		text := strings.TrimSpace(cell)
		_, known := m.meaning(cell)
		switch {
		case text == "":
		case known || !strings.ContainsFunc(text, func(c rune) bool { return c == '@' || unicode.IsDigit(c) }):
			shown = append(shown, problem.Quote(text))
		default:
			hidden++
		}
	}
	if len(shown) > namesShown {
		hidden += len(shown) - namesShown
		shown = shown[:namesShown]
	}
	switch {
	case len(shown) == 0 && hidden == 0:
		return "no columns"
	case len(shown)+hidden == 1 && len(cells) == 1:
		return strings.TrimSuffix("one column alone, "+strings.Join(shown, ""), ", ") + ", with no comma, semicolon, tab or pipe in it"
	case len(shown) == 0:
		return "no header (a row of values)"
	case hidden > 0:
		return fmt.Sprintf("the columns %s and %d more", strings.Join(shown, ", "), hidden)
	}
	return "the columns " + strings.Join(shown, ", ")
}

// texts gives the header texts that mean one of the columns, the configuration's
// first.
func (m *Matcher) texts(columns []string) []string {
	var own, usual []string
	for _, means := range m.meanings {
		if means.rank == configured && slices.Contains(columns, means.column) {
			own = append(own, problem.Quote(means.text))
		}
	}
	slices.Sort(own)
	seen := map[string]bool{}
	for _, group := range Vocabulary(m.Kind) {
		for _, h := range group.Words {
			if key := fold(h.Text); slices.Contains(columns, h.Column) && !seen[key] {
				seen[key] = true
				usual = append(usual, problem.Quote(h.Text))
			}
		}
	}
	own = append(own, usual...)
	if more := len(own) - textsShown; more > 0 {
		own = append(own[:textsShown], fmt.Sprintf("and %d more, listed in REFERENCE.md", more))
	}
	return own
}
