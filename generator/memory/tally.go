package memory

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// tally counts devices night by night. Up to sumUp, each number is the difference
// to the night before, so that a device costs work only on nights when it changed.
type tally struct {
	nights      []calendar.Day // up to tonight
	fleet       counts
	verdicts    map[policy.Verdict][]int32
	departments map[string]*counts // by name, each spelling apart
	// last is the department of the previous call, since most calls want it again.
	last     *counts
	lastName string
}

// counts are devices, affected, open and waived by night.
type counts [4][]int32

func newCounts(nights int) *counts {
	block := make([]int32, 4*nights)
	var c counts
	for i := range c {
		c[i] = block[i*nights : (i+1)*nights : (i+1)*nights]
	}
	return &c
}

func newTally(nights []calendar.Day) *tally {
	t := &tally{nights: nights, fleet: *newCounts(len(nights)), departments: make(map[string]*counts), verdicts: make(map[policy.Verdict][]int32)}
	for _, verdict := range policy.Verdicts() {
		t.verdicts[verdict] = make([]int32, len(nights))
	}
	return t
}

// move counts that a device changed from one state to another on a night. nil
// means that no report had it.
func (t *tally) move(night int, from, to *Facts) {
	t.count(night, from, -1)
	t.count(night, to, 1)
}

func (t *tally) count(night int, f *Facts, n int32) {
	if f == nil {
		return
	}
	t.verdicts[f.Verdict][night] += n
	department := t.department(f.Department)
	for _, c := range [...]*counts{&t.fleet, department} {
		c[0][night] += n
		switch {
		case f.affected() && f.waived():
			c[1][night] += n
			c[3][night] += n
		case f.affected():
			c[1][night] += n
			c[2][night] += n
		}
	}
}

func (t *tally) department(name string) *counts {
	if t.last != nil && t.lastName == name {
		return t.last
	}
	c := t.departments[name]
	if c == nil {
		c = newCounts(len(t.nights))
		t.departments[name] = c
	}
	t.last, t.lastName = c, name
	return c
}

// sumUp turns the differences into numbers.
func (t *tally) sumUp() {
	lists := slices.AppendSeq(t.fleet[:], maps.Values(t.verdicts))
	for _, c := range t.departments {
		lists = append(lists, c[:]...)
	}
	for _, list := range lists {
		sumUp(list)
	}
}

func sumUp(list []int32) {
	for i := 1; i < len(list); i++ {
		list[i] += list[i-1]
	}
}

// check compares the numbers from the log with a night's record.
func (t *tally) check(night int, r *Record) error {
	found := []int32{t.fleet[0][night], t.fleet[1][night], t.fleet[2][night], t.fleet[3][night]}
	want := []int{r.Devices, r.Affected, r.Open, r.Waived}
	for _, verdict := range policy.Verdicts() {
		found, want = append(found, t.verdicts[verdict][night]), append(want, r.Verdicts[verdict])
	}
	for i := range found {
		if int(found[i]) != want[i] {
			return damaged(devicesName, 0, fmt.Sprintf("other devices on %s than %s counts", r.Night, nightsName), "the two to agree")
		}
	}
	return nil
}

// history gives the figures. empty has, for each night, the departments without a
// device.
func (t *tally) history(empty [][]string) History {
	h := History{Nights: t.nights, Fleet: t.fleet.series(), Verdicts: make(map[policy.Verdict][]int)}
	for verdict, list := range t.verdicts {
		h.Verdicts[verdict] = ints(list)
	}
	newest := make(map[string]int) // spelling -> last night that used it
	for name, c := range t.departments {
		for night, n := range c[0] {
			if n > 0 {
				newest[name] = night
			}
		}
	}
	for night, names := range empty {
		for _, name := range names {
			newest[name] = max(newest[name], night)
		}
	}
	bySlug := make(map[string]*DepartmentSeries)
	nights := make(map[string]int)
	for name, night := range newest {
		slug := fleet.Slug(name)
		d := bySlug[slug]
		if d == nil {
			d = &DepartmentSeries{Slug: slug, Series: newCounts(len(t.nights)).series()}
			bySlug[slug], nights[slug] = d, -1
		}
		if night > nights[slug] {
			d.Name, nights[slug] = name, night
		}
		if c := t.departments[name]; c != nil {
			d.add(c)
		}
	}
	for _, d := range bySlug {
		h.Departments = append(h.Departments, *d)
	}
	slices.SortFunc(h.Departments, func(a, b DepartmentSeries) int { return cmp.Compare(a.Name, b.Name) })
	return h
}

func (c *counts) series() Series {
	return Series{ints(c[0]), ints(c[1]), ints(c[2]), ints(c[3])}
}

// add adds the counts of another spelling of the department.
func (s *Series) add(c *counts) {
	for i, list := range [...][]int{s.Devices, s.Affected, s.Open, s.Waived} {
		for night, n := range c[i] {
			list[night] += int(n)
		}
	}
}

func ints(list []int32) []int {
	all := make([]int, len(list))
	for i, n := range list {
		all[i] = int(n)
	}
	return all
}
