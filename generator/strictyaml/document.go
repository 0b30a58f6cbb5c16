// Package strictyaml reads the YAML files that people write by hand: the
// configuration, policies, waivers. It gives values with their positions. It
// collects every fault, so that one run names them all: unknown keys with the
// nearest known one, keys given twice, values of another form. The code that asks
// for keys decides which a file may have: a key that nobody asked for is unknown.
// Anchors, aliases, tags and second documents are refused, so that every value is
// written where it is read.
package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"example.org/cutoff/generator/problem"
)

// SizeLimit is how many bytes a file may have: far more than anybody writes by
// hand, and small enough to read at once.
const SizeLimit = 1 << 20

// faultLimit bounds the problems of one file. A file of another kind would give one
// for every line.
const faultLimit = 100

// Document is one file with the faults found in it so far.
type Document struct {
	file      string
	kind      problem.Kind
	root      *Mapping
	opened    []*Mapping
	problems  []problem.Problem
	positions map[string]problem.Position
}

// Read parses a file. Its problems name the file and have the given kind. Read
// always gives a document. If the file cannot be read, the root has no keys, and a
// missing key is then no further problem.
func Read(file string, text []byte, kind problem.Kind) *Document {
	d := &Document{file: file, kind: kind, positions: map[string]problem.Position{}}
	node := d.parse(text)
	if node == nil {
		d.root = &Mapping{doc: d, broken: true}
		return d
	}
	d.walk(node, "", 0)
	d.root = d.open(Value{doc: d, node: node})
	return d
}

// Root is the file's outermost mapping, never nil.
func (d *Document) Root() *Mapping { return d.root }

// Positions says where each value is, by its path: "versions.connects[2]".
// Keys that the author chose are in the path as written, cut after 60 characters.
func (d *Document) Positions() map[string]problem.Position { return d.positions }

// Err is nil for a file without a fault, else a [problem.List] in the order of the
// file. Call it after all keys have been asked for, because any other key counts as
// unknown.
func (d *Document) Err() error {
	problems := slices.Clone(d.problems)
	for _, m := range d.opened {
		problems = append(problems, m.unknown()...)
	}
	if len(problems) == 0 {
		return nil
	}
	problem.Sort(problems)
	if len(problems) > faultLimit {
		rest := len(problems) - faultLimit
		problems = append(problems[:faultLimit:faultLimit], d.fault(problem.Position{File: d.file}, fmt.Sprintf("found %d more faults, want none", rest)))
		problem.Sort(problems)
	}
	return problem.List(problems)
}

func (d *Document) fault(at problem.Position, message string) problem.Problem {
	return problem.Problem{Position: at, Kind: d.kind, Message: message}
}

func (d *Document) add(at problem.Position, message string) {
	d.problems = append(d.problems, d.fault(at, message))
}

func (d *Document) at(line, column int) problem.Position {
	return problem.Position{File: d.file, Row: line, Column: column}
}

// parse gives the root node; nil if the file cannot be read.
func (d *Document) parse(text []byte) *yaml.Node {
	whole := problem.Position{File: d.file}
	if len(text) > SizeLimit {
		d.add(whole, fmt.Sprintf("found %d bytes, want at most %d", len(text), SizeLimit))
		return nil
	}
	if bytes.HasPrefix(text, []byte{0xFF, 0xFE}) || bytes.HasPrefix(text, []byte{0xFE, 0xFF}) {
		d.add(whole, "found UTF-16, want UTF-8")
		return nil
	}
	if line, column, found := unprintable(text); found != "" {
		d.add(d.at(line, column), "found "+found+", want UTF-8 text")
		return nil
	}
	loader, err := yaml.NewLoader(bytes.NewReader(text), yaml.WithUniqueKeys(false))
	if err != nil {
		d.add(whole, "found "+problem.Visible(err.Error())+", want YAML")
		return nil
	}
	var documents []*yaml.Node
	for len(documents) < 2 {
		node := new(yaml.Node)
		if err := loader.Load(node); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			d.syntax(text, err)
			return nil
		}
		documents = append(documents, node)
	}
	switch {
	case len(documents) == 0 || len(documents[0].Content) == 0:
		d.add(whole, "found nothing but space and comments, want keys with values")
		return nil
	case len(documents) > 1:
		second := documents[1]
		d.add(d.at(second.Line, second.Column), "found a second document, want one")
	}
	root := documents[0].Content[0]
	if root.Kind != yaml.MappingNode {
		want := "keys with values"
		if strings.Contains(root.Value, ":") {
			want += ", and a blank behind each colon"
		}
		d.add(d.at(root.Line, root.Column), "found "+describe(root)+", want "+want)
		return nil
	}
	return root
}

// syntax notes the library's complaint, with advice. It names a tab in the
// indentation as such, because nobody sees it on the screen.
func (d *Document) syntax(text []byte, err error) {
	at, message := problem.Position{File: d.file}, err.Error()
	if fault, ok := errors.AsType[*yaml.LoadError](err); ok {
		message = fault.Message
		if fault.ContextMsg != "" {
			message += " " + fault.ContextMsg
		}
		if fault.Mark.Line > 0 {
			at = d.at(fault.Mark.Line, fault.Mark.Column)
		}
	}
	if column := tabInIndent(text, at.Row); column > 0 {
		d.add(d.at(at.Row, column), "found a tab in the indentation, want spaces")
		return
	}
	want := "keys with values"
	for _, c := range complaints {
		if strings.Contains(message, c.words) {
			want = c.want
		}
	}
	d.add(at, "found broken YAML ("+problem.Visible(message)+"), want "+want)
}

// complaints maps words of the library that do not say what to do to words that do.
var complaints = []struct{ words, want string }{
	{"unknown anchor", `a value that begins with * in quotes: "*.csv"`},
	{"unknown escape character", `a path with / in it, or in single quotes: between double ones \ begins a character`},
	{"mapping values are not allowed", "a value with a colon and a blank in it in quotes, or the key on a line of its own"},
}

// tabInIndent gives the column of a tab in the indentation of a line; 0 if there is
// none.
func tabInIndent(text []byte, line int) int {
	lines := bytes.Split(text, []byte("\n"))
	if line < 1 || line > len(lines) {
		return 0
	}
	beyond := bytes.TrimLeft(lines[line-1], " \t")
	return bytes.IndexByte(lines[line-1][:len(lines[line-1])-len(beyond)], '\t') + 1
}

// unprintable finds the first byte that is not UTF-8 or the first control
// character, whichever comes first. The YAML library would name them without a
// position.
func unprintable(text []byte) (line, column int, found string) {
	line, column = 1, 1
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1:
			return line, column, fmt.Sprintf("byte 0x%02X", text[0])
		case r < ' ' && r != '\n' && r != '\r' && r != '\t', r >= 0x7F && r < 0xA0 && r != 0x85:
			return line, column, fmt.Sprintf("control character U+%04X", r)
		case r == '\n':
			line, column = line+1, 0
		}
		column++
		text = text[size:]
	}
	return 0, 0, ""
}

// depthLimit bounds the recursion of walk. No real file is so deep.
const depthLimit = 50

// walk notes positions, and refuses anchors, aliases and tags.
func (d *Document) walk(node *yaml.Node, path string, depth int) {
	at := d.at(node.Line, node.Column)
	d.positions[path] = at
	if depth > depthLimit {
		d.add(at, fmt.Sprintf("found more than %d levels, want fewer", depthLimit))
		node.Kind, node.Content = yaml.AliasNode, nil // read as an alias, which is refused
		return
	}
	switch {
	case node.Kind == yaml.AliasNode:
		d.add(at, place(path)+"found an alias, want the value itself")
	case node.Anchor != "":
		d.add(at, place(path)+"found an anchor, want the value alone")
	case node.Style&yaml.TaggedStyle != 0:
		d.add(at, place(path)+"found a tag, want the value alone")
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i]
			if key.Kind == yaml.ScalarNode {
				d.walk(node.Content[i+1], join(path, key.Value), depth+1)
			}
		}
	case yaml.SequenceNode:
		for i, entry := range node.Content {
			d.walk(entry, fmt.Sprintf("%s[%d]", path, i), depth+1)
		}
	}
}

// join appends a key to a path. It cuts the key, which may be anything that somebody
// typed.
func join(path, key string) string {
	if runes := []rune(key); len(runes) > 60 {
		key = string(runes[:60]) + "…"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// place gives the path as the start of a message.
func place(path string) string {
	if path == "" {
		return ""
	}
	return problem.Visible(path) + ": "
}

func describe(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		if node.ShortTag() == "!!null" {
			return "nothing"
		}
		return problem.Quote(strings.TrimSpace(node.Value))
	}
	return "an alias"
}
