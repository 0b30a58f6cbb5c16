package fleet

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/roster"
)

// Facts are what the earlier stages found out. Assessments, Waivers and the
// departments of Assignment are parallel to Devices.
type Facts struct {
	AsOf        calendar.Day
	Devices     []*device.Device
	Assessments []*policy.Assessment
	Assignment  roster.Assignment
	Waivers     []*device.Waiver // nil for a device without one
	Exemptions  []roster.Exemption
	// StaleDays is how many days a device may go unseen before it is stale.
	StaleDays int
}

// Group joins devices with what is said about them and groups them by department.
// It gives an error only when two departments would share a file name.
func Group(rules *policy.Rules, facts Facts) (*Fleet, error) {
	f := &Fleet{
		AsOf:       facts.AsOf,
		Phase:      rules.Phase(facts.AsOf),
		Possible:   rules.Possible(),
		Devices:    make([]*Assessed, len(facts.Devices)),
		Unlisted:   facts.Assignment.Unlisted,
		Exemptions: facts.Exemptions,
	}
	assessed := make([]Assessed, len(facts.Devices))
	words := phrases{rules: rules, asOf: facts.AsOf, known: map[alike]*Words{}}
	for i, d := range facts.Devices {
		a := &assessed[i]
		a.Device = d
		a.Assessment = facts.Assessments[i]
		a.Department = facts.Assignment.Departments[i]
		a.Words = words.of(a)
		a.Stale = staleness(d, facts.AsOf, facts.StaleDays)
		a.Waiver = facts.Waivers[i]
		if a.Verdict.Affected() {
			a.AffectedSince = facts.AsOf
		}
		f.Devices[i] = a
		if seen := calendar.Of(d.LastSeen()); seen.After(f.Newest) {
			f.Newest = seen
		}
	}
	if !slices.IsSortedFunc(f.Devices, byIdentity) {
		slices.SortStableFunc(f.Devices, byIdentity)
	}
	markSuperseded(f.Devices)
	f.Counts = count(f.Devices)
	var err error
	if f.Departments, err = departments(f.Devices, facts.Assignment.Names); err != nil {
		return nil, err
	}
	if f.Possible.Destinations {
		f.Unclassified = unclassified(rules, f.Devices)
	}
	return f, nil
}

func byIdentity(a, b *Assessed) int {
	if order := cmp.Compare(a.GUID, b.GUID); order != 0 {
		return order
	}
	return cmp.Or(
		cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Username, b.Username),
		cmp.Compare(a.Source.File, b.Source.File),
		cmp.Compare(a.Source.Row, b.Source.Row),
	)
}

// alike is what the words about a device depend on. A large fleet has far fewer of
// them than devices, so sharing the words saves memory.
type alike struct {
	*device.Software
	*policy.Assessment
}

// phrases gives devices their words.
type phrases struct {
	rules *policy.Rules
	asOf  calendar.Day
	known map[alike]*Words
}

func (p *phrases) of(a *Assessed) *Words {
	key := alike{a.Software, a.Assessment}
	words := p.known[key]
	if words == nil {
		words = &Words{
			Action:    p.rules.Action(a.Device, *a.Assessment),
			Task:      p.rules.Task(a.Device, *a.Assessment),
			OldSystem: p.rules.OldSystem(a.Device, *a.Assessment),
			Why:       p.rules.Why(a.Device, *a.Assessment, p.asOf),
		}
		p.known[key] = words
	}
	return words
}

func staleness(d *device.Device, asOf calendar.Day, days int) Staleness {
	seen := calendar.Of(d.LastSeen())
	switch {
	case seen.IsZero():
		return SeenNever
	case seen.Until(asOf) > days:
		return Stale
	}
	return Recent
}

func count(devices []*Assessed) Counts {
	c := Counts{Devices: len(devices), Verdicts: make(map[policy.Verdict]int)}
	of := make(map[*policy.Assessment]int) // far fewer than devices
	for _, a := range devices {
		of[a.Assessment]++
		if !a.Verdict.Affected() {
			continue
		}
		c.Affected++
		if a.Open() {
			c.Open++
		} else {
			c.Waived++
		}
		switch a.Stale {
		case Recent:
			c.AffectedRecent++
		case Stale:
			c.AffectedStale++
		case SeenNever:
			c.AffectedUnseen++
		}
	}
	for _, verdict := range policy.Verdicts() {
		c.Verdicts[verdict] = 0
	}
	for assessment, n := range of {
		c.Verdicts[assessment.Verdict] += n
	}
	return c
}

// departments groups devices by department, worst first. Departments without a
// device are included.
func departments(devices []*Assessed, names []string) ([]*Department, error) {
	byName := make(map[string]*Department, len(names))
	bySlug := make(map[string]string, len(names))
	all := make([]*Department, len(names))
	for i, name := range names {
		slug := Slug(name)
		if other, taken := bySlug[slug]; taken {
			return nil, fmt.Errorf("departments %q and %q: found one file name %q for both, want two; rename one in departments.aliases", other, name, slug)
		}
		bySlug[slug] = name
		all[i] = &Department{Name: name, Slug: slug}
		byName[name] = all[i]
	}
	for _, a := range devices {
		department := byName[a.Department]
		department.Devices = append(department.Devices, a)
	}
	var sorting errgroup.Group
	sorting.SetLimit(runtime.GOMAXPROCS(0))
	for _, department := range all {
		sorting.Go(func() error {
			department.Counts = count(department.Devices)
			department.Devices = inTurn(department.Devices)
			return nil
		})
	}
	_ = sorting.Wait() // nothing there fails
	slices.SortFunc(all, func(a, b *Department) int {
		return cmp.Or(
			cmp.Compare(b.Open, a.Open),
			cmp.Compare(b.Affected, a.Affected),
			cmp.Compare(b.Verdicts[policy.Check], a.Verdicts[policy.Check]),
			cmp.Compare(b.Counts.Devices, a.Counts.Devices),
			cmp.Compare(a.Name, b.Name),
		)
	})
	return all, nil
}

// unclassified counts the devices of each unclassified destination. Inactive
// devices do not count.
func unclassified(rules *policy.Rules, devices []*Assessed) []DestinationCount {
	counts := make(map[device.Destination]int)
	for _, a := range devices {
		if a.Verdict == policy.Inactive {
			continue
		}
		for _, destination := range a.Destinations {
			if rules.Classify(destination) == policy.Unclassified {
				counts[destination]++
			}
		}
	}
	list := make([]DestinationCount, 0, len(counts))
	for destination, n := range counts {
		list = append(list, DestinationCount{Destination: destination, Devices: n})
	}
	slices.SortFunc(list, func(a, b DestinationCount) int {
		return cmp.Or(cmp.Compare(b.Devices, a.Devices), cmp.Compare(a.Name, b.Name), cmp.Compare(a.UID, b.UID))
	})
	return list
}
