package config

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// Columns gives every column that the key columns may map header texts to, sorted.
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

// Line gives the line of a top-level key, from 1; 0 if the file has no such key or
// there is no file.
func (c *Config) Line(key string) int {
	for i, line := range strings.Split(string(c.Text), "\n") {
		if strings.HasPrefix(line, key+":") {
			return i + 1
		}
	}
	return 0
}

// Has reports whether the file has a key. path includes the keys above it:
// destinations.cloud.
func (c *Config) Has(path string) bool {
	_, has := c.positions[path]
	return has
}

// Problem gives the problem of a setting that shows only later in the run, such as
// a logo that cannot be read, with its place in the file. path includes the keys
// above: look.logo. Without a file, the message names only the key.
func (c *Config) Problem(path, message string) problem.Problem {
	at, ok := c.positions[path]
	if !ok {
		at = problem.Position{File: c.File}
	}
	return problem.Problem{Position: at, Kind: problem.BadSetting, Message: problem.Visible(path) + ": " + message}
}
