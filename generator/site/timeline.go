package site

import (
	"fmt"

	"example.org/cutoff/generator/calendar"
)

// timeline is the picture of the notice's days: announced where that is known,
// as-of, effective.
type timeline struct {
	Title, Desc string
	Points      []timelinePoint
	// Left and Right bound the stretch from today to the cutoff, or from the
	// cutoff to today, in percent.
	Left, Width string
	// Cutoff is where the line of the cutoff stands.
	Cutoff string
	Passed bool
}

type timelinePoint struct {
	X       string // percent
	Anchor  string // how the words stand to the point: start, middle, end
	Text    string
	Day     datedDay
	Kind    string // announced, today, cutoff
	Lowered bool   // words below the line, so that neighbours do not collide
}

func (s *Site) timeline() timeline {
	p := s.in.Policy
	asOf := s.in.Fleet.AsOf
	first, last := p.Announced, p.Effective
	if first.IsZero() {
		first = last
	}
	if asOf.Before(first) {
		first = asOf
	}
	if asOf.After(last) {
		last = asOf
	}
	place := func(d calendar.Day) float64 {
		span := max(1, first.Until(last))
		return 2 + 96*float64(first.Until(d))/float64(span)
	}
	point := func(kind, text string, d calendar.Day, lowered bool) timelinePoint {
		x := place(d)
		anchor := "middle"
		if x < 25 {
			anchor = "start"
		} else if x > 75 {
			anchor = "end"
		}
		return timelinePoint{X: geometry(x), Anchor: anchor, Text: text, Day: datedDay{s.words.day(d), d.String()}, Kind: kind, Lowered: lowered}
	}
	from, to := place(asOf), place(p.Effective)
	t := timeline{
		Title: "The notice's days",
		Desc:  fmt.Sprintf("Cutoff %s; this site speaks for %s.", s.words.day(p.Effective), s.words.day(asOf)),
		Points: []timelinePoint{
			point("cutoff", "Cutoff", p.Effective, false),
			point("today", "As of", asOf, true),
		},
		Cutoff: geometry(to),
		Left:   geometry(min(from, to)),
		Width:  geometry(max(from, to) - min(from, to)),
		Passed: from >= to,
	}
	if !p.Announced.IsZero() {
		t.Desc = fmt.Sprintf("Announced %s, cutoff %s; this site speaks for %s.",
			s.words.day(p.Announced), s.words.day(p.Effective), s.words.day(asOf))
		t.Points = append([]timelinePoint{point("announced", "Announced", p.Announced, false)}, t.Points...)
	}
	return t
}
