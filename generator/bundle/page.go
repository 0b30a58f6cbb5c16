package bundle

import "example.org/cutoff/generator/problem"

// shown gives a name for a page, with what does not print as an escape.
func shown(name string) string { return problem.Visible(name) }
