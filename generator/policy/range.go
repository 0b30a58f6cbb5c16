package policy

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// Range is a run of versions: From and all above it, up to but not including
// Below. nil is no bound on that side.
type Range struct {
	From, Below *device.Version
	// Text is the range as written: ">= 4.8, < 4.10".
	Text string
}

// Contains reports whether a known version is in the range. An unknown version
// is in none.
func (r Range) Contains(v device.Version) bool {
	return v.Known &&
		(r.From == nil || v.Compare(*r.From) >= 0) &&
		(r.Below == nil || v.Compare(*r.Below) < 0)
}

// First is the lowest version that can be in the range: 0.0 without a lower bound.
func (r Range) First() device.Version {
	if r.From == nil {
		return device.Version{Known: true}
	}
	return *r.From
}

// FromTheFirst reports whether the range has no lower bound: none, or 0.0.
func (r Range) FromTheFirst() bool {
	return r.First().Compare(device.Version{Known: true}) == 0
}

// ParseRange reads one run of versions: comparisons (>=, >, <, <=, =) with
// commas between; all of them must hold, as in ">= 4.8, < 4.10".
//
// A version of fewer than three numbers means all versions that begin with it,
// and may end in ".x" to say so. So a bare "4.8" is every 4.8; "> 5.4" begins at
// 5.5, because 5.4.1 is a 5.4 too; "<= 5.4" includes every 5.4. A fourth number is
// refused, because it is the build and decides nothing. A range that no version
// can be in is refused too.
func ParseRange(text string) (Range, error) {
	r := Range{Text: strings.TrimSpace(text)}
	for comparison := range strings.SplitSeq(text, ",") {
		if err := r.narrow(comparison); err != nil {
			return Range{}, fmt.Errorf("found %s, want %w", problem.Quote(strings.TrimSpace(text)), err)
		}
	}
	if r.empty() {
		return Range{}, fmt.Errorf(`found %s, which no version fits, want a range such as ">= 5.4" (a comma means and, || means or)`, problem.Quote(r.Text))
	}
	return r, nil
}

// ParseRanges reads ranges with "||" between: a version fits when it is in any.
func ParseRanges(text string) ([]Range, error) {
	var ranges []Range
	for part := range strings.SplitSeq(text, "||") {
		r, err := ParseRange(part)
		if err != nil {
			return nil, err
		}
		ranges = append(ranges, r)
	}
	return ranges, nil
}

// ReadRanges reads a YAML value that is a range, or a list of them.
func ReadRanges(v strictyaml.Value) []Range {
	found, _ := readRanges(v)
	return found
}

// readRanges also gives the path of the value that each range comes from.
func readRanges(v strictyaml.Value) (found []Range, paths []string) {
	for _, entry := range v.List() {
		text := entry.Text()
		if text == "" {
			continue
		}
		some, err := ParseRanges(text)
		if err != nil {
			entry.Fault(err.Error())
			continue
		}
		for _, r := range some {
			found, paths = append(found, r), append(paths, entry.Path())
		}
	}
	return found, paths
}

var errNoRange = errors.New(`a range such as ">= 5.4" or "4.8"`)

// narrow cuts r down to the versions that also pass one comparison.
func (r *Range) narrow(comparison string) error {
	comparison = strings.TrimSpace(comparison)
	version := strings.TrimLeft(comparison, "<>=")
	operator := comparison[:len(comparison)-len(version)]
	first, next, err := bounds(strings.TrimSpace(version))
	if err != nil {
		return err
	}
	switch operator {
	case "", "=":
		r.raise(first)
		r.lower(next)
	case ">=":
		r.raise(first)
	case ">":
		r.raise(next)
	case "<":
		r.lower(first)
	case "<=":
		r.lower(next)
	default:
		return errNoRange
	}
	return nil
}

// bounds gives the first version that begins with the written numbers, and the
// first version after all of those.
func bounds(text string) (first, next device.Version, err error) {
	text = strings.TrimSuffix(text, ".x")
	parts := strings.Split(text, ".")
	if len(parts) > 3 {
		return first, next, errors.New("at most three numbers in a version (the fourth is the build, and decides nothing)")
	}
	var numbers [3]int
	for i, part := range parts {
		if part == "" || len(part) > 9 || strings.Trim(part, "0123456789") != "" {
			return first, next, errNoRange
		}
		numbers[i], _ = strconv.Atoi(part) // nine digits fit
	}
	first = version(numbers)
	numbers[len(parts)-1]++
	return first, version(numbers), nil
}

func version(numbers [3]int) device.Version {
	return device.Version{Major: numbers[0], Minor: numbers[1], Patch: numbers[2], Known: true}
}

func (r *Range) raise(from device.Version) {
	if r.From == nil || from.Compare(*r.From) > 0 {
		r.From = &from
	}
}

func (r *Range) lower(below device.Version) {
	if r.Below == nil || below.Compare(*r.Below) < 0 {
		r.Below = &below
	}
}

func (r Range) empty() bool {
	return r.Below != nil && r.First().Compare(*r.Below) >= 0
}

func inAny(ranges []Range, v device.Version) bool {
	return slices.ContainsFunc(ranges, func(r Range) bool { return r.Contains(v) })
}
