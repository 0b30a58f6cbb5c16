package site

import (
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/prose"
)

// changedDevices counts changes by a department's slug. Each entry has a count
// for each of [Site.comparisons]; nil where nothing changed.
type changedDevices map[string][]map[memory.Kind]int

// countChanges counts the changes in each department. A device counts where it
// is now, or where it was if it is gone.
func (s *Site) countChanges() changedDevices {
	counts, slugs := changedDevices{}, map[string]string{}
	all := s.comparisons()
	for i, c := range all {
		for j := range c.Changes {
			name := c.Changes[j].Shown().Department
			slug, known := slugs[name]
			if !known {
				slug = fleet.Slug(name)
				slugs[name] = slug
				counts[slug] = make([]map[memory.Kind]int, len(all))
			}
			if counts[slug][i] == nil {
				counts[slug][i] = map[memory.Kind]int{}
			}
			counts[slug][i][c.Changes[j].Kind]++
		}
	}
	return counts
}

// departmentChanges gives a line for each comparison that says what changed in
// a department; nil where nothing did, and on the first night.
func (s *Site) departmentChanges(d *fleet.Department) []string {
	var lines []string
	for i, c := range s.comparisons() {
		var parts []string
		if counts := s.changed[d.Slug]; counts != nil {
			for _, k := range kindsOfChange {
				if n := counts[i][k.kind]; n > 0 {
					parts = append(parts, s.words.Number(n)+" "+k.noun)
				}
			}
		}
		if len(parts) > 0 {
			lines = append(lines, c.since+": "+prose.Join(parts, "and")+".")
		}
	}
	return lines
}
