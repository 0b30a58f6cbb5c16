package policy

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"example.org/cutoff/generator/problem"
)

//go:embed builtin/*.yaml
var builtin embed.FS

// BuiltIn gives the names of the policies that come with the program, in order.
func BuiltIn() []string {
	entries, err := builtin.ReadDir("builtin")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	var names []string
	for _, entry := range entries {
		names = append(names, strings.TrimSuffix(entry.Name(), ".yaml"))
	}
	slices.Sort(names)
	return names
}

// Named gives a policy that comes with the program. The error for a name that
// none has says which there are.
func Named(name string) (*Policy, error) {
	if !slices.Contains(BuiltIn(), name) {
		return nil, fmt.Errorf("found policy %s, want %s, or a file", problem.Quote(name), strings.Join(BuiltIn(), " or "))
	}
	text, err := builtin.ReadFile(path.Join("builtin", name+".yaml"))
	if err != nil {
		return nil, err
	}
	return Parse(name, text)
}
