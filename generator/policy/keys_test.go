package policy_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// The table of keys and the code that asks for them name the same keys: each
// mapping is given a key that nobody knows, and the problem names those that it
// would have taken.
func TestKeysAreThoseRead(t *testing.T) {
	children := map[string][]string{}
	for _, key := range policy.Keys() {
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
		t.Run(parent, func(t *testing.T) {
			text := "{nobody-knows: 1}"
			if name, list := strings.CutSuffix(parent, "[]"); list {
				text = "{" + name + ": [" + text + "]}"
			} else if parent != "" {
				text = "{" + parent + ": " + text + "}"
			}
			_, err := policy.Parse("p.yaml", []byte(text))
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
