package site

import (
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/policy"
)

// remember gives an input a memory of some nights before its own. Every ninth
// night is missing. Each earlier night had a few more open devices, and every
// department had its share of them.
func remember(in Input, nights int) Input {
	account := &memory.Account{AsOf: in.Fleet.AsOf}
	h := &account.History
	var ages []int
	for age := nights - 1; age >= 0; age-- {
		if age%9 != 4 || age < 4 {
			ages = append(ages, age)
			h.Nights = append(h.Nights, in.Fleet.AsOf.Add(-age))
		}
	}
	series := func(c fleet.Counts) memory.Series {
		var s memory.Series
		for _, age := range ages {
			more := min(c.Devices-c.Affected, c.Open*age/20)
			s.Devices = append(s.Devices, c.Devices)
			s.Affected = append(s.Affected, c.Affected+more)
			s.Open = append(s.Open, c.Open+more)
			s.Waived = append(s.Waived, c.Waived)
		}
		return s
	}
	h.Fleet = series(in.Fleet.Counts)
	for _, d := range in.Fleet.Departments {
		h.Departments = append(h.Departments, memory.DepartmentSeries{Name: d.Name, Slug: d.Slug, Series: series(d.Counts)})
	}
	account.Pace = memory.NewPace(h.Nights, h.Fleet.Open, in.Policy.Effective, 14)
	if nights > 1 {
		account.Last = compared(in.Fleet, h.Nights[len(h.Nights)-2])
		account.Announcement = compared(in.Fleet, h.Nights[0])
	}
	in.Memory = account
	return in
}

// compared gives each of the first devices of a fleet a change, one kind after
// the other.
func compared(f *fleet.Fleet, against calendar.Day) *memory.Comparison {
	c := &memory.Comparison{Against: against, Counts: map[memory.Kind]int{}, PolicyChanged: true, RulesAlone: 1}
	kinds := memory.Kinds()
	for i, a := range f.Devices[:min(len(f.Devices), 40)] {
		kind := kinds[i%len(kinds)]
		now := memory.FactsOf(a)
		then := now
		then.Version, then.Verdict, then.Port = "4.7.1", policy.Upgrade, 4282
		change := memory.Change{Kind: kind, GUID: a.GUID, Then: &then, Now: &now}
		switch kind {
		case memory.New, memory.Back:
			change.Then = nil
		case memory.Gone:
			change.Now = nil
		case memory.Fixed:
			change.How = cycle(hows, i/len(kinds))
			change.RulesAlone = change.How == memory.ByRules
		}
		c.Counts[kind]++
		c.Changes = append(c.Changes, change)
	}
	c.Sum = memory.Sum{AffectedThen: f.Affected + 2, NewlyAffected: c.Counts[memory.NewlyAffected], Fixed: c.Counts[memory.Fixed], AffectedNow: f.Affected}
	return c
}
