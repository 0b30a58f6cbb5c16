package memory

import (
	"example.org/cutoff/generator/calendar"
)

// Comparison is what changed between an earlier night and tonight.
type Comparison struct {
	// Against is the earlier night.
	Against calendar.Day
	// Changes has each device that changed, in the order of the log: by GUID,
	// those without one first.
	Changes []Change
	// Counts has every kind, even those with zero.
	Counts map[Kind]int
	// Moves are the devices that changed their department and are or were
	// affected.
	Moves []Move
	Sum   Sum
	// PolicyChanged and SettingsChanged say whether the rules of the two nights
	// differ: the policy's text, and those settings that can change a verdict.
	PolicyChanged, SettingsChanged bool
	// RulesAlone counts the devices whose verdict changed although nothing that is
	// known about them did.
	RulesAlone int
}

// Sum explains the number of affected devices: AffectedThen + NewlyAffected +
// Returned + New + Back - Fixed - Unclear - Gone = AffectedNow. New, Back and Gone
// count only affected devices.
type Sum struct {
	AffectedThen                       int
	NewlyAffected, Returned, New, Back int
	Fixed, Unclear, Gone               int
	AffectedNow                        int
}

// Move is a device that changed its department. Was and Is say whether it was
// affected then, and whether it is now.
type Move struct {
	Name, From, To string
	Was, Is        bool
}

func newComparison(against calendar.Day) *Comparison {
	c := &Comparison{Against: against, Counts: make(map[Kind]int)}
	for _, kind := range Kinds() {
		c.Counts[kind] = 0
	}
	return c
}

// weigh adds a device's part in the sum, changed or not.
func (s *Sum) weigh(then, now *Facts, kind Kind) {
	was, is := then != nil && then.affected(), now != nil && now.affected()
	if was {
		s.AffectedThen++
	}
	if is {
		s.AffectedNow++
	}
	switch {
	case kind == NewlyAffected:
		s.NewlyAffected++
	case kind == Returned:
		s.Returned++
	case kind == Fixed:
		s.Fixed++
	case kind == Unclear:
		s.Unclear++
	case kind == New && is:
		s.New++
	case kind == Back && is:
		s.Back++
	case kind == Gone && was:
		s.Gone++
	}
}

// take compares one device.
func (c *Comparison) take(key string, then, now *Facts, before earlier) {
	change, changed := changeOf(then, now, before)
	c.Sum.weigh(then, now, change.Kind)
	if then != nil && now != nil && then.Department != now.Department && (then.affected() || now.affected()) {
		c.Moves = append(c.Moves, Move{now.Name, then.Department, now.Department, then.affected(), now.affected()})
	}
	if !changed {
		return
	}
	c.Counts[change.Kind]++
	if change.RulesAlone {
		c.RulesAlone++
	}
	// The caller reuses the facts, so they are copied.
	change.GUID = guidOf(key)
	change.Then, change.Now = keep(then), keep(now)
	c.Changes = append(c.Changes, change)
}

func keep(f *Facts) *Facts {
	if f == nil {
		return nil
	}
	kept := *f
	return &kept
}
