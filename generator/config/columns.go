package config

import (
	"maps"
	"slices"
	"strings"

	"example.org/cutoff/generator/problem"
)

// CheckColumns finds keys under columns that are no column of the program.
// Which there are is known where files are read, not here: known has them all.
func (c *Config) CheckColumns(known []string) []problem.Problem {
	var problems []problem.Problem
	for _, name := range slices.Sorted(maps.Keys(c.Columns)) {
		if slices.Contains(known, name) {
			continue
		}
		problems = append(problems, c.Problem("columns."+name,
			"found unknown column "+problem.Quote(name)+", want one of "+strings.Join(known, ", ")))
	}
	problem.Sort(problems)
	return problems
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
