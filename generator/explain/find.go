// Package explain says how one device came to its verdict: the rows that were
// merged, the facts they gave, each observation of a port and what it weighs,
// every line of the table of verdicts with its values, the department, the
// waivers, and what would change the verdict. It shows what the earlier stages
// found out and judges nothing itself, so it cannot contradict the site. It is
// for administrators: it shows names and addresses.
package explain

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/spelling"
)

// Find gives the devices that a name means. A device with this GUID wins.
// Otherwise it is those whose device name, host name, user name or e-mail
// address equals the name, ignoring case. If there are none, it is those whose
// GUID or one of these names begins with it. They are in the fleet's order; an
// empty name finds none.
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

// Names reports whether a name is the GUID or, ignoring case, one of the
// others. An empty name is none of them.
func Names(name, guid string, others ...string) bool {
	name = strings.TrimSpace(name)
	return name != "" && (name == guid || slices.ContainsFunc(others, func(other string) bool { return spelling.Same(other, name) }))
}

// Near gives up to three names of the fleet that look like a name that no
// device has, the most alike first, so that somebody sees a typing error. Names
// that need more than two changes are left out.
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
