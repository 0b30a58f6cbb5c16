package intake

import (
	"slices"
	"strings"
	"unicode"

	"example.org/cutoff/generator/problem"
)

// headerDepth is within how many rows of a sheet the header must stand.
const headerDepth = 50

// header is a recognised header row: which cell of a row is which column.
type header struct {
	row int
	// names are the canonical columns that the file has, in the file's order,
	// and cells where each stands in a row.
	names []string
	cells []int
	// width is how many cells the header has; a row's further cells belong to
	// no column.
	width int
	twins []twin
	// key is the place among names of the one that identifies a row.
	key int
	// columns and unknown are for the inputs page (see [File]).
	columns []Column
	unknown []string
}

// twin is a column with the same meaning as another one to its left. The file
// can be used only when both are equal in every row.
type twin struct {
	name          string
	first, second int // cells
	texts         [2]string
}

// has reports whether the file has one of the columns.
func (h *header) has(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return h.column(name) > 0 })
}

// column gives the number of a canonical column as positions count it, 0 when
// the file has none.
func (h *header) column(name string) int {
	if i := slices.Index(h.names, name); i >= 0 {
		return h.cells[i] + 1
	}
	return 0
}

// recognizer finds the header of one kind of input.
type recognizer struct {
	kind     Kind
	meanings map[string]meaning // by folded header text
}

// meaning is what a header text stands for. Of several columns with one
// meaning, those of the lowest rank count.
type meaning struct {
	column string // empty: known and of no use
	text   string // as written
	rank   int
	unless []string // folded texts beside which it is of no use
}

// The ranks of a meaning. What the configuration names is what the
// organisation decided about its own files, so it comes first. Fallbacks have
// ranks of their own from fallback on, in the order of the vocabulary.
const (
	configured = iota
	usual
	fallback
)

func newRecognizer(kind Kind, configuredColumns map[string][]string) *recognizer {
	r := &recognizer{kind: kind, meanings: map[string]meaning{}}
	fallbacks := 0
	for _, group := range Vocabulary(kind) {
		for _, h := range group.Headers {
			m := meaning{column: h.Column, text: h.Text, rank: usual}
			if h.Fallback {
				m.rank = fallback + fallbacks
				fallbacks++
			}
			for _, text := range h.Unless {
				m.unless = append(m.unless, fold(text))
			}
			r.meanings[fold(h.Text)] = m
		}
	}
	for _, name := range Canonical(kind) {
		for _, text := range configuredColumns[name] {
			r.meanings[fold(text)] = meaning{column: name, text: text, rank: configured}
		}
	}
	return r
}

// Canonical gives the canonical columns of a kind of input, in the order of
// the documentation. A key under columns in the configuration is one of them.
func Canonical(kind Kind) []string {
	groups := Vocabulary(kind)
	if len(groups) == 0 {
		return nil
	}
	var names []string
	for _, h := range groups[0].Headers {
		if h.Column != "" {
			names = append(names, h.Column)
		}
	}
	return names
}

// need is a set of columns of which a header must have one.
type need struct {
	columns []string
	what    string
}

// needs says what a header of each kind must have. The first one must stand in
// a header of its own right, so that a title line never passes for a header.
func needs(kind Kind) []need {
	switch kind {
	case Report:
		return []need{
			{[]string{"device_guid", "device_name", "hostname"}, "a column that identifies a device"},
			{[]string{"app_version"}, "a column with the app's version"},
		}
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

// recognize gives the header that a row is, if it is one.
func (r *recognizer) recognize(row int, cells []string, place problem.Position) (*header, bool) {
	offset := 0
	if len(cells) > 0 && cells[0] == "#fields" {
		offset = 1 // Zeek: the data rows have no such cell
	}
	found := make([]meaning, len(cells)-offset)
	known := make([]bool, len(found))
	best := map[string]int{}
	for i, cell := range cells[offset:] {
		m, ok := r.meanings[fold(cell)]
		if !ok {
			continue
		}
		if slices.ContainsFunc(m.unless, func(text string) bool {
			return slices.ContainsFunc(cells, func(cell string) bool { return fold(cell) == text })
		}) {
			m = meaning{}
		}
		found[i], known[i] = m, true
		if m.column == "" {
			continue
		}
		if rank, seen := best[m.column]; !seen || m.rank < rank {
			best[m.column] = m.rank
		}
	}
	for _, need := range needs(r.kind) {
		if !slices.ContainsFunc(need.columns, func(name string) bool { _, ok := best[name]; return ok }) {
			return nil, false
		}
	}
	h := &header{row: row, width: len(found)}
	for i, cell := range cells[offset:] {
		name := found[i].column
		text := strings.TrimSpace(cell)
		switch {
		case !known[i] && text == "":
			// Whether a column without a name matters shows in the rows below.
		case !known[i]:
			h.unknown = append(h.unknown, text)
		case name != "" && best[name] == configured && found[i].rank != configured:
			h.unknown = append(h.unknown, text) // the configuration decided against it
		case name == "" || found[i].rank != best[name]:
		case slices.Contains(h.names, name):
			first := h.column(name) - 1
			h.twins = append(h.twins, twin{name, first, i, [2]string{strings.TrimSpace(cells[offset+first]), text}})
		default:
			h.names = append(h.names, name)
			h.cells = append(h.cells, i)
			place.Row, place.Column = row, i+1
			h.columns = append(h.columns, Column{Header: text, Name: name, Position: place})
		}
	}
	for _, name := range needs(r.kind)[0].columns {
		if h.key = slices.Index(h.names, name); h.key >= 0 {
			break
		}
	}
	return h, true
}

// repeats reports whether a row is the header once more, as where files were
// put together.
func (h *header) repeats(cells []string) bool {
	for i, c := range h.cells {
		if strings.TrimSpace(at(cells, c)) != h.columns[i].Header {
			return false
		}
	}
	return true
}

// fold brings a header text into the form in which texts are compared: lower
// case, without spaces, "_", "-", quotes and what does not print (a byte-order
// mark, zero-width and control characters).
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '-' || r == '"' || r == '\'':
			return -1
		case unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}
