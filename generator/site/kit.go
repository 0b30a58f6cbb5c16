package site

import (
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// kit is what a manager passes on: a text for the staff, and the files that
// belong to it.
type kit struct {
	// Text is plain text to forward. It is "" when nobody has anything to do,
	// and then there is no kit.
	Text string
	// Calendar is true while the effective date can still go into a calendar.
	Calendar bool
}

func (s *Site) kit(d *fleet.Department) kit {
	find := ""
	if address := s.in.Config.SiteURL; address != "" && s.in.Config.Privacy.FleetFiles {
		find = address + "find.html"
	}
	var paragraphs []string
	for _, line := range prose.StaffText(prose.DepartmentFacts(prose.FactsOf(s.in.Matter), d), find) {
		paragraphs = append(paragraphs, prose.Visible(line.String()))
	}
	return kit{Text: strings.Join(paragraphs, "\n\n"), Calendar: s.in.Fleet.Phase != policy.InForce}
}
