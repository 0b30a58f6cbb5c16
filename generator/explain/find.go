// Package explain says how the verdict on one device comes about: the rows that
// were merged into it, the facts that they gave, each observation of a port and
// what it weighs, every line of the table of verdicts with the values that made
// it fit or not, its department, its waivers, and what would change the verdict.
// It takes what the stages before found out and judges nothing itself, so that
// it cannot say anything else than the site does. It shows names and addresses:
// its reader is the administrator.
package explain

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/spelling"
)

// Find gives the devices that a name means: the one with this GUID; else those with
// this device name, host name, user name or e-mail address, ignoring case; else
// those where the GUID or one of the names begins with it. They are in the fleet's
// order; none for an empty name.
func Find(devices []*fleet.Assessed, name string) []*fleet.Assessed {
	name = strings.TrimSpace(name)
	if name == "" {
		return nil
	}
	folded := spelling.Fold(name)
	var exact, begins []*fleet.Assessed
	for _, a := range devices {
		if a.GUID == name {
			return []*fleet.Assessed{a}
		}
		is, starts := false, strings.HasPrefix(a.GUID, name)
		for _, text := range []string{a.Name, a.Hostname, a.Username, a.Email} {
			text = spelling.Fold(text)
			is = is || text == folded
			starts = starts || strings.HasPrefix(text, folded)
		}
		switch {
		case is:
			exact = append(exact, a)
		case starts:
			begins = append(begins, a)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return begins
}

// Names reports whether a name is one of a device's: its GUID, or one of the
// others, ignoring case.
func Names(name, guid string, others ...string) bool {
	name = strings.TrimSpace(name)
	return name != "" && (name == guid || slices.ContainsFunc(others, func(other string) bool { return spelling.Same(other, name) }))
}

// Near gives the names of the fleet that are most like a name that no device has,
// so that a typing error shows: at most three, most alike first.
func Near(devices []*fleet.Assessed, name string) []string {
	const most, furthest = 3, 2
	folded := spelling.Fold(name)
	distances := map[string]int{}
	for _, a := range devices {
		for _, text := range []string{a.Name, a.Hostname, a.Username} {
			if _, known := distances[text]; known || text == "" || len(text) > 2*len(name) {
				continue
			}
			if d := spelling.Distance(spelling.Fold(text), folded, furthest); d <= furthest {
				distances[text] = d
			}
		}
	}
	names := slices.SortedFunc(maps.Keys(distances), func(a, b string) int {
		return cmp.Or(cmp.Compare(distances[a], distances[b]), cmp.Compare(a, b))
	})
	return names[:min(most, len(names))]
}
