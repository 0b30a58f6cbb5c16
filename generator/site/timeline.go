package site

import (
	"slices"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/prose"
)

// step is one of the notice's days, or the as-of date.
type step struct {
	Kind string // announced, cutoff, today or later
	Text string
	Day  datedDay
}

// timeline gives the days in their order. On the effective date itself, the
// cutoff comes before the as-of date. Without a known day of the announcement,
// that step is left out.
func (s *Site) timeline() []step {
	type dated struct {
		kind, text string
		day        calendar.Day
	}
	effect := "Cutoff"
	if !s.in.Policy.CutOff() {
		effect = "Takes effect"
	}
	days := []dated{
		{"announced", "Announced", s.in.Policy.Announced},
		{"cutoff", effect, s.in.Policy.Effective},
		{"today", "These pages", s.in.Fleet.AsOf},
	}
	for _, d := range s.in.Policy.Dates {
		days = append(days, dated{"later", prose.Visible(d.What), d.Day})
	}
	days = slices.DeleteFunc(days, func(d dated) bool { return d.day.IsZero() })
	slices.SortStableFunc(days, func(a, b dated) int { return b.day.Until(a.day) })
	steps := make([]step, len(days))
	for i, d := range days {
		steps[i] = step{d.kind, d.text, datedDay{s.words.Day(d.day), d.day.String()}}
	}
	return steps
}
