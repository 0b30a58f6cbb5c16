package explain

import (
	"strings"

	"example.org/cutoff/generator/problem"
)

// UnknownError says that no device of the reports has the name that was asked
// for.
type UnknownError struct {
	// Near are the names most like it; nil where there are none.
	Near []string
}

// Error does not repeat the name: it may be a person's, and whoever typed it
// knows it.
func (e *UnknownError) Error() string {
	return "found no device in the reports with this GUID, device name, host name or user name, want one that a report has"
}

// Hint suggests the names that may have been meant.
func (e *UnknownError) Hint() string {
	if len(e.Near) == 0 {
		return "the start of a name is enough; look it up in data/devices.csv or on find.html"
	}
	quoted := make([]string, len(e.Near))
	for i, name := range e.Near {
		quoted[i] = problem.Quote(name)
	}
	return "the reports have " + strings.Join(quoted, ", ")
}
