// Package keytest is for the tests of packages that read YAML through strictyaml. It
// compares a table of keys with the code that reads them.
package keytest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// Check wants the table and the code to have the same keys. It puts an unknown key
// into each mapping, and the problem then names the keys that the code knows. parse
// reads a document and gives its faults.
func Check(t *testing.T, keys []strictyaml.Key, parse func(text []byte) error) {
	t.Helper()
	children := map[string][]string{}
	for _, key := range keys {
		parent, name := "", key.Path
		if i := strings.LastIndex(key.Path, "."); i >= 0 {
			parent, name = key.Path[:i], key.Path[i+1:]
		}
		children[parent] = append(children[parent], name)
		if key.Form == "" || key.Default == "" || !strings.HasSuffix(key.Meaning, ".") {
			t.Errorf("%s: found a gap in its form, default or meaning", key.Path)
		}
	}
	for parent, names := range children {
		if strings.HasPrefix(names[0], "<") {
			continue // the author chooses these keys
		}
		t.Run(parent, func(t *testing.T) {
			err := parse([]byte(nest(parent)))
			var problems problem.List
			if !errors.As(err, &problems) {
				t.Fatalf("found error %v, want a list of problems", err)
			}
			var read []string
			for _, p := range problems {
				if _, list, ok := strings.Cut(p.Message, `unknown key "nobody-knows", want one of `); ok {
					read = strings.Split(list, ", ")
				}
			}
			slices.Sort(names)
			slices.Sort(read)
			if diff := cmp.Diff(names, read); diff != "" {
				t.Errorf("keys read (+) are not those in the table (-):\n%s", diff)
			}
		})
	}
}

// nest gives a document with an unknown key in the mapping at a path.
func nest(path string) string {
	text := "{nobody-knows: 1}"
	if path == "" {
		return text
	}
	parts := strings.Split(path, ".")
	slices.Reverse(parts)
	for _, part := range parts {
		if name, list := strings.CutSuffix(part, "[]"); list {
			text = "{" + name + ": [" + text + "]}"
			continue
		}
		text = "{" + part + ": " + text + "}"
	}
	return text
}
