package config

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// Columns has every column that a header text can be made to mean, sorted.
func Columns() []string {
	var names []string
	for _, kind := range column.Kinds {
		names = append(names, column.Canonical(kind)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func readColumns(v strictyaml.Value) map[string][]string {
	columns, known := map[string][]string{}, Columns()
	v.Mapping().Each(func(name, headers strictyaml.Value) {
		texts := headers.Texts()
		if len(texts) == 0 {
			return
		}
		columns[name.Quiet()] = texts
		if !slices.Contains(known, name.Quiet()) {
			headers.Fault(strictyaml.Unknown("column", name.Quiet(), known))
		}
	})
	return columns
}

// Line gives the line of a key at the top of the file; 0 when the file has no
// such key, or when there is no file.
func (c *Config) Line(key string) int {
	for i, line := range strings.Split(string(c.Text), "\n") {
		if strings.HasPrefix(line, key+":") {
			return i + 1
		}
	}
	return 0
}

// Has reports whether the file has a key, given with those above it:
// destinations.cloud.
func (c *Config) Has(path string) bool {
	_, has := c.positions[path]
	return has
}

// Problem words a fault of a setting that only shows later in the run (a logo
// that cannot be read, say), with its place in the file. The path is the key
// with those above it: look.logo. Without a file, the key alone is the place.
func (c *Config) Problem(path, message string) problem.Problem {
	at, ok := c.positions[path]
	if !ok {
		at = problem.Position{File: c.File}
	}
	return problem.Problem{Position: at, Kind: problem.BadSetting, Message: problem.Visible(path) + ": " + message}
}
