package column

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
)

// Matcher finds the header of one kind of input.
type Matcher struct {
	Kind Kind
	// System says that a report needs a column with the operating system's version,
	// and not the app's.
	System   bool
	meanings map[string]meaning // by folded header text
	show     []string           // folded
}

// meaning is what a header text means. Where several columns of a file mean the
// same, those of the lowest rank count.
type meaning struct {
	column string // "" for a text that is known and of no use
	text   string // as written
	rank   int
	// perhaps marks an outcome's name that can mean other things.
	perhaps bool
	// In a header that has one of unless (folded), the column is otherwise; "" for
	// no use.
	unless    []string
	otherwise string
}

// The ranks of a meaning. The configuration comes first: there the organisation
// has decided about its own files. Each fallback has a rank of its own, in the
// order of the vocabulary.
const (
	configured = iota
	usual
	firstFallback
	last = math.MaxInt
)

// NewMatcher gives the matcher of a kind of input. configuredColumns maps
// canonical columns to further header texts. show has the header texts of columns
// to show; only a report's matcher uses it.
func NewMatcher(kind Kind, configuredColumns map[string][]string, show []string) *Matcher {
	m := &Matcher{Kind: kind, meanings: map[string]meaning{}}
	if kind == Report {
		for _, text := range show {
			m.show = append(m.show, fold(text))
		}
	}
	fallback := firstFallback
	for _, group := range Vocabulary(kind) {
		for _, h := range group.Words {
			means := meaning{column: h.Column, text: h.Text, rank: usual, perhaps: h.Perhaps, otherwise: h.Otherwise}
			if h.Fallback {
				means.rank = fallback
				fallback++
			}
			for _, text := range h.Unless {
				means.unless = append(means.unless, fold(text))
			}
			m.meanings[fold(h.Text)] = means
		}
	}
	for _, name := range Canonical(kind) {
		for _, text := range configuredColumns[name] {
			m.meanings[fold(text)] = meaning{column: name, text: text, rank: configured}
		}
	}
	return m
}

// Header reads a row as a header. It reports false if the row lacks a column that
// the kind of input needs. place gives the file and sheet of the columns'
// positions.
func (m *Matcher) Header(row int, cells []string, place problem.Position) (*Header, bool) {
	offset := 0
	if len(cells) > 0 && cells[0] == "#fields" {
		offset = 1 // Zeek: the data rows have no such cell
	}
	found := make([]meaning, len(cells)-offset)
	known := make([]bool, len(found))
	best := map[string]int{}
	for i, cell := range cells[offset:] {
		means, ok := m.meaning(cell)
		if !ok {
			continue
		}
		if slices.ContainsFunc(means.unless, func(text string) bool {
			return slices.ContainsFunc(cells, func(cell string) bool { return fold(cell) == text })
		}) {
			means = meaning{column: means.otherwise, rank: last}
		}
		found[i], known[i] = means, true
		if means.column == "" {
			continue
		}
		if rank, seen := best[means.column]; !seen || means.rank < rank {
			best[means.column] = means.rank
		}
	}
	for _, need := range m.needs() {
		if !slices.ContainsFunc(need.columns, func(name string) bool { _, ok := best[name]; return ok }) {
			return nil, false
		}
	}
	h := &Header{Row: row, Width: len(found), Zeek: offset > 0}
	for _, text := range m.show {
		h.Shown = append(h.Shown, slices.IndexFunc(cells[offset:], func(cell string) bool { return fold(cell) == text }))
	}
	for i, cell := range cells[offset:] {
		name := found[i].column
		text := strings.TrimSpace(cell)
		place.Row, place.Column = row, i+1
		switch {
		case !known[i] && fold(cell) == "":
			h.Unnamed = append(h.Unnamed, i)
			h.Others = append(h.Others, i)
		case !known[i] && slices.Contains(h.Shown, i):
		case !known[i]:
			h.Unknown = append(h.Unknown, text)
			h.Others = append(h.Others, i)
		case name != "" && best[name] == configured && found[i].rank != configured:
			h.Unknown = append(h.Unknown, text) // the configuration decided against it
		case name == "outcome":
			h.Outcomes = append(h.Outcomes, Outcome{Column{Header: text, Name: name, Position: place}, i, found[i].perhaps})
		case name == "" || found[i].rank != best[name]:
		case slices.Contains(h.Names, name):
			first := h.Number(name) - 1
			h.Twins = append(h.Twins, Twin{name, first, i, [2]string{strings.TrimSpace(cells[offset+first]), text}})
		default:
			h.Names = append(h.Names, name)
			h.Cells = append(h.Cells, i)
			h.Columns = append(h.Columns, Column{Header: text, Name: name, Position: place})
		}
	}
	for _, name := range m.needs()[0].columns {
		if h.Key = slices.Index(h.Names, name); h.Key >= 0 {
			break
		}
	}
	return h, true
}

// Column gives the canonical column that a header text means; "" for none.
func (m *Matcher) Column(text string) string {
	means, _ := m.meaning(text)
	return means.column
}

// meaning gives what a header text means. It reports false for an unknown text.
func (m *Matcher) meaning(text string) (meaning, bool) {
	var buffer [longestPlain]byte
	if folded, plain := foldPlain(buffer[:0], text); plain {
		means, known := m.meanings[string(folded)]
		return means, known
	}
	means, known := m.meanings[fold(text)]
	return means, known
}

// Known counts the cells of a row that are known header texts, to find the row
// that is most like a header.
func (m *Matcher) Known(cells []string) int {
	n := 0
	for _, cell := range cells {
		if _, known := m.meaning(cell); known {
			n++
		}
	}
	return n
}

// need is a set of columns: a header must have at least one of them.
type need struct {
	columns []string
	what    string
}

// needs says what a header must have. The columns of the first need identify a
// row; the first of them that a file has becomes [Header.Key].
func (m *Matcher) needs() []need {
	switch m.Kind {
	case Report:
		version := need{[]string{"app_version"}, "a column with the app's version"}
		if m.System {
			version = need{[]string{"os_version", "os"}, "a column with the operating system's version"}
		}
		return []need{{[]string{"device_guid", "device_name", "hostname"}, "a column that identifies a device"}, version}
	case Connections:
		return []need{
			{[]string{"device", "address"}, "a column that names a device or its source address"},
			{[]string{"port", "destination"}, "a column with the destination port"},
		}
	case Roster:
		return []need{
			{[]string{"username", "email"}, "a column that identifies a person"},
			{[]string{"department", "manager", "manager_email"}, "a column with the department or the manager"},
		}
	}
	return []need{
		{[]string{"device"}, "a column that identifies a device"},
		{[]string{"expires", "reason", "owner", "approver"}, "a column with the waiver's expiry, reason, owner or approver"},
	}
}

// Likeness counts the canonical columns that the cells of a row name, each once.
func (m *Matcher) Likeness(cells []string) int {
	named := map[string]bool{}
	for _, cell := range cells {
		if name := m.Column(cell); name != "" {
			named[name] = true
		}
	}
	return len(named)
}

// fold gives a header text in the form in which texts are compared: in lower
// case, without spaces, "_", "-", quotes and invisible characters (such as a
// byte-order mark).
func fold(text string) string {
	var buffer [longestPlain]byte
	if folded, plain := foldPlain(buffer[:0], text); plain {
		return string(folded)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '-' || r == '"' || r == '\'':
			return -1
		case unicode.IsSpace(r) || spelling.Ignorable(r):
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// longestPlain is the length of the longest text that foldPlain folds.
const longestPlain = 48

// foldPlain folds a short text of printable ASCII into memory of the caller. It
// reports false for any other text. Many rows are tried as headers, so this saves
// a tenth of the time of reading a roster.
func foldPlain(into []byte, text string) ([]byte, bool) {
	if len(text) > longestPlain {
		return nil, false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			into = append(into, c+'a'-'A')
		case c == '_' || c == '-' || c == '"' || c == '\'' || c == ' ':
		case c < ' ' || c >= 0x7f:
			return nil, false
		default:
			into = append(into, c)
		}
	}
	return into, true
}
