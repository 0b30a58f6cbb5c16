package strictyaml

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"example.org/cutoff/generator/problem"
)

// Mapping is a set of keys with values. Asking for a key makes it a known one.
type Mapping struct {
	doc  *Document
	path string
	at   problem.Position
	keys []key
	// index finds a key's place in keys by its name.
	index map[string]int
	// known has the keys asked for, in the order of asking.
	known []string
	// free is set when the author chooses the keys.
	free bool
	// broken is set for a mapping that could not be read. Missing keys in it are
	// then no problem.
	broken bool
}

type key struct {
	name  string
	node  *yaml.Node // the key itself
	value *yaml.Node
}

// blank reports whether the key has no value after it.
func (k key) blank() bool { return k.value.Kind == yaml.ScalarNode && k.value.ShortTag() == "!!null" }

// open reads a mapping's keys and finds those given twice.
func (d *Document) open(v Value) *Mapping {
	m := &Mapping{doc: d, path: v.path, at: v.Position(), index: map[string]int{}}
	d.opened = append(d.opened, m)
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		node, val := v.node.Content[i], v.node.Content[i+1]
		at := d.at(node.Line, node.Column)
		if node.Kind != yaml.ScalarNode || node.ShortTag() == "!!null" || node.ShortTag() == "!!merge" {
			d.add(at, place(m.path)+"found "+describe(node)+" as a key, want a word")
			continue
		}
		if first, again := m.index[node.Value]; again {
			d.add(at, place(m.path)+fmt.Sprintf("found key %s again (first on line %d), want it once", problem.Quote(node.Value), m.keys[first].node.Line))
			continue
		}
		m.index[node.Value] = len(m.keys)
		m.keys = append(m.keys, key{node.Value, node, val})
	}
	return m
}

// At gives a key's value. It is not set when the key is missing or has no value
// after it.
func (m *Mapping) At(name string) Value {
	if !slices.Contains(m.known, name) {
		m.known = append(m.known, name)
	}
	v := Value{doc: m.doc, path: join(m.path, name)}
	if i, ok := m.index[name]; ok {
		v.key = m.keys[i].node
		if !m.keys[i].blank() {
			v.node = m.keys[i].value
		}
	}
	return v
}

// Need is At for a key that must be there. want says what is wanted, for the
// problem: "a date like 2020-02-04". An empty list or mapping is a problem too.
func (m *Mapping) Need(name, want string) Value {
	v := m.At(name)
	switch {
	case m.broken:
		return v
	case v.IsSet():
		if v.node.Kind != yaml.AliasNode && v.node.Kind != yaml.ScalarNode && len(v.node.Content) == 0 {
			v.Fault("found nothing in it, want " + want)
		}
		return v
	}
	at, found := m.at, "no key "+problem.Quote(name)
	if v.IsBlank() {
		at, found = v.Position(), "nothing"
	}
	m.doc.add(at, place(v.path)+"found "+found+", want "+want)
	return v
}

// Each goes through the values of a mapping whose keys the author chooses, in
// the order of the file. A key without a value is left out.
func (m *Mapping) Each(visit func(name Value, v Value)) {
	m.free = true
	for _, k := range m.keys {
		if k.blank() {
			continue
		}
		path := join(m.path, k.name)
		visit(Value{doc: m.doc, node: k.node, path: path}, Value{doc: m.doc, node: k.value, path: path})
	}
}

// unknown gives a problem for each key that was never asked for.
func (m *Mapping) unknown() []problem.Problem {
	if m.free || m.broken {
		return nil
	}
	var problems []problem.Problem
	for _, k := range m.keys {
		if slices.Contains(m.known, k.name) {
			continue
		}
		known := m.known
		if len(problems) >= faultLimit { // only counted, so spare the search
			known = nil
		}
		message := place(m.path) + Unknown("key", k.name, known)
		problems = append(problems, m.doc.fault(m.doc.at(k.node.Line, k.node.Column), message))
	}
	return problems
}
