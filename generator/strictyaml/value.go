package strictyaml

import (
	"fmt"
	"math"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/problem"
)

// Value is one value of a file. Its methods read it in a form. A value of another
// form is a problem and gives the zero value or the fallback. A value that is not
// set gives the same without a problem.
type Value struct {
	doc  *Document
	node *yaml.Node // nil: not set
	path string
	// key is the value's key; nil if there is none.
	key *yaml.Node
}

// IsSet reports whether the key has a value.
func (v Value) IsSet() bool { return v.node != nil }

// IsBlank reports whether there is a key without a value.
func (v Value) IsBlank() bool { return v.node == nil && v.key != nil }

// Position says where the value is. Without a value it is the place of the key, and
// without a key the whole file.
func (v Value) Position() problem.Position {
	switch {
	case v.node != nil:
		return v.doc.at(v.node.Line, v.node.Column)
	case v.key != nil:
		return v.doc.at(v.key.Line, v.key.Column)
	}
	return problem.Position{File: v.doc.file}
}

// Path is the value's key with those above it: "versions.connects[2]".
func (v Value) Path() string { return v.path }

// Want adds a problem in the form "found X, want Y".
func (v Value) Want(want string) { v.Fault("found " + v.found() + ", want " + want) }

// Fault adds a problem in the caller's words.
func (v Value) Fault(message string) {
	v.doc.add(v.Position(), place(v.path)+message)
}

func (v Value) found() string {
	if v.node == nil {
		return "nothing"
	}
	return describe(v.node)
}

// scalar gives the text of a value. A list or a mapping is a problem.
func (v Value) scalar(want string) (string, bool) {
	switch {
	case v.node == nil, v.node.Kind == yaml.AliasNode: // an alias has its problem already
		return "", false
	case v.node.Kind != yaml.ScalarNode, v.node.ShortTag() == "!!null":
		v.Want(want)
		return "", false
	}
	return v.node.Value, true
}

// Text gives a line of text, trimmed. A number is text too, exactly as written. An
// empty text, or one with characters that do not print, is a problem.
func (v Value) Text() string {
	text, ok := v.scalar("text")
	text = strings.TrimSpace(text)
	switch {
	case !ok || text != "" && Printable(text):
		return text
	case v.node.Style == yaml.DoubleQuotedStyle && text != "":
		v.Want(`one line of text; between double quotes \ begins a character: write a path with /, or in single ones`)
	default:
		v.Want("one line of text")
	}
	return ""
}

// Quiet gives the trimmed text without any problem, for a second look at a value
// that was read before; "" for a list or a mapping.
func (v Value) Quiet() string {
	if v.node == nil || v.node.Kind != yaml.ScalarNode {
		return ""
	}
	return strings.TrimSpace(v.node.Value)
}

// Verbatim gives text exactly as written, with the space around it. It may be
// empty.
func (v Value) Verbatim() string {
	text, ok := v.scalar("text")
	if ok && !Printable(text) {
		v.Want("one line of text")
		return ""
	}
	return text
}

// Printable reports whether a text may be a value: it has only letters, marks,
// numbers, punctuation, symbols and spaces, and nothing that changes how the text
// around it is shown.
func Printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r) })
}

// read gives what parse makes of a value's text. It gives the fallback for a value
// that is not set, and for one that parse refuses, which is a problem.
func read[T any](v Value, want string, fallback T, parse func(text string) (T, bool)) T {
	text, ok := v.scalar(want)
	if !ok {
		return fallback
	}
	parsed, ok := parse(text)
	if !ok {
		v.Want(want)
		return fallback
	}
	return parsed
}

// Bool reads true or false.
func (v Value) Bool(fallback bool) bool {
	return read(v, "true or false", fallback, func(text string) (bool, bool) {
		is := strings.EqualFold(text, "true")
		return is, v.node.ShortTag() == "!!bool" && (is || strings.EqualFold(text, "false"))
	})
}

// Int reads a whole number between two bounds, both included.
func (v Value) Int(fallback, low, high int) int {
	return read(v, fmt.Sprintf("a number from %d to %d", low, high), fallback, func(text string) (int, bool) {
		n, err := strconv.Atoi(text)
		return n, err == nil && low <= n && n <= high
	})
}

// Day reads a date: 2020-02-04.
func (v Value) Day() calendar.Day {
	return read(v, "a date like 2020-02-04", calendar.Day{}, func(text string) (calendar.Day, bool) {
		day, err := calendar.Parse(strings.TrimSpace(text))
		return day, err == nil
	})
}

// daysLimit is a hundred years. More must be a typing error.
const daysLimit = 36_500

// Days reads a number of days, written 30d, of at least low.
func (v Value) Days(fallback, low int) int {
	return read(v, fmt.Sprintf("a number of days from %dd to %dd", low, daysLimit), fallback, func(text string) (int, bool) {
		digits, unit := strings.CutSuffix(strings.TrimSpace(text), "d")
		n, err := strconv.ParseUint(digits, 10, 31)
		return int(n), unit && err == nil && low <= int(n) && n <= daysLimit
	})
}

// Share reads a share, written 5%, and gives it from 0 to 1.
func (v Value) Share(fallback float64) float64 {
	return read(v, "a share from 0% to 100%", fallback, func(text string) (float64, bool) {
		digits, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
		n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		return n / 100, percent && err == nil && 0 <= n && n <= 100 && !strings.ContainsAny(digits, "xXpP_")
	})
}

// Bytes reads a size: 1GiB, 512 MiB, 64KiB, 10MB, or a plain number of bytes.
func (v Value) Bytes(fallback int64) int64 {
	return read(v, "a size such as 1GiB or 512MiB", fallback, parseBytes)
}

func parseBytes(text string) (int64, bool) {
	text = strings.TrimSpace(text)
	units := []struct {
		suffix string
		bytes  uint64
	}{
		{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40},
		{"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12},
		{"B", 1}, {"", 1},
	}
	for _, unit := range units {
		digits, found := strings.CutSuffix(text, unit.suffix)
		if !found {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(digits), 10, 63)
		if err != nil || n == 0 || n > math.MaxInt64/unit.bytes {
			return 0, false
		}
		return int64(n * unit.bytes), true
	}
	return 0, false
}

// OneOf reads one of some words.
func (v Value) OneOf(fallback string, words ...string) string {
	want := strings.Join(words, " or ")
	if len(words) > 2 {
		want = "one of " + strings.Join(words, ", ")
	}
	return read(v, want, fallback, func(text string) (string, bool) { return text, slices.Contains(words, text) })
}

// Link reads an address of a page: http, https or mailto.
func (v Value) Link() string {
	return read(v, "a link that begins with https:, http: or mailto:", "", func(text string) (string, bool) {
		text = strings.TrimSpace(text)
		return text, Printable(text) && IsLink(text)
	})
}

// IsLink reports whether text is an address that a page may link to.
func IsLink(text string) bool {
	if strings.ContainsFunc(text, unicode.IsSpace) || strings.ContainsAny(text, `"<>\^{|}`+"`") {
		return false
	}
	u, err := url.Parse(text)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Hostname() != "" && u.User == nil
	case "mailto":
		return strings.Contains(u.Opaque, "@")
	}
	return false
}

// Prefix reads an address or a network: 198.51.100.7, 198.51.100.0/24. An address
// inside a network, such as 198.51.100.7/24, is a problem, because nobody can tell
// which of the two was meant.
func (v Value) Prefix() netip.Prefix {
	const want = "an address or a network like 198.51.100.0/24"
	text, ok := v.scalar(want)
	if !ok {
		return netip.Prefix{}
	}
	text = strings.TrimSpace(text)
	if address, err := netip.ParseAddr(text); err == nil && address.Zone() == "" {
		address = address.Unmap()
		return netip.PrefixFrom(address, address.BitLen())
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil || prefix.Addr().Is4In6() {
		v.Want(want)
		return netip.Prefix{}
	}
	if masked := prefix.Masked(); masked != prefix {
		v.Want("the network's first address, " + masked.String())
		return netip.Prefix{}
	}
	return prefix
}

// List gives the values of a list. One value alone counts as a list of one.
func (v Value) List() []Value {
	switch {
	case v.node == nil, v.node.Kind == yaml.AliasNode:
		return nil
	case v.node.Kind == yaml.ScalarNode:
		return []Value{v}
	case v.node.Kind == yaml.MappingNode:
		v.Want("a list")
		return nil
	}
	var values []Value
	for i, node := range v.node.Content {
		entry := Value{doc: v.doc, node: node, path: fmt.Sprintf("%s[%d]", v.path, i)}
		if node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null" {
			entry.Want("a value")
			continue
		}
		values = append(values, entry)
	}
	return values
}

// Entries reads the values of a list. It leaves out those that read as the zero
// value, which mostly are problems.
func Entries[T comparable](v Value, read func(Value) T) []T {
	var entries []T
	for _, value := range v.List() {
		var none T
		if entry := read(value); entry != none {
			entries = append(entries, entry)
		}
	}
	return entries
}

// Texts gives a list of texts, without those that are a problem.
func (v Value) Texts() []string { return Entries(v, Value.Text) }

// IsMapping reports whether the value is a mapping, for a key that may have a text
// or a mapping.
func (v Value) IsMapping() bool { return v.node != nil && v.node.Kind == yaml.MappingNode }

// Mapping gives the keys under this value. It is never nil.
func (v Value) Mapping() *Mapping {
	switch {
	case v.IsMapping():
		return v.doc.open(v)
	case v.node != nil && v.node.Kind != yaml.AliasNode:
		v.Want("keys with values")
	}
	return &Mapping{doc: v.doc, path: v.path, broken: true}
}

// Mappings gives the mappings of a list.
func (v Value) Mappings() []*Mapping {
	if v.node != nil && v.node.Kind == yaml.ScalarNode {
		v.Want("a list of keys with values")
		return nil
	}
	var mappings []*Mapping
	for _, entry := range v.List() {
		mappings = append(mappings, entry.Mapping())
	}
	return mappings
}
