package policy

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"example.org/cutoff/generator/problem"
)

//go:embed builtin/*.yaml
var builtin embed.FS

// BuiltIn gives the names of the policies that come with the program, in order.
func BuiltIn() []string {
	names, _ := fs.Glob(builtin, "builtin/*.yaml") // a sound pattern
	for i, file := range names {
		names[i] = strings.TrimSuffix(path.Base(file), ".yaml")
	}
	return names
}

// Named gives a policy that comes with the program. For an unknown name, the
// error lists the names there are.
func Named(name string) (*Policy, error) {
	text, err := builtin.ReadFile("builtin/" + name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("found policy %s, want %s, or a file", problem.Quote(name), strings.Join(BuiltIn(), " or "))
	}
	return Parse(name, text)
}
