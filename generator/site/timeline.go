package site

import (
	"slices"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/prose"
)

// step is one of the notice's days: announced where that is known, as-of,
// effective.
type step struct {
	Kind string // announced, today, cutoff, later
	Text string
	Day  datedDay
}

// timeline gives the notice's days in the order in which they come. On the
// effective date itself, the cutoff stands before the as-of date.
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
