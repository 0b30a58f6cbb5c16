package report

import (
	"slices"
	"strings"
	"time"

	"example.org/cutoff/generator/calendar"
)

// age makes the row its sheet's newest if it is.
func (m *merger) age(k rank) {
	for int(k.origin) >= len(m.ages) {
		m.ages = append(m.ages, undated)
	}
	m.ages[k.origin] = max(m.ages[k.origin], k.at)
}

// meet notes that a sheet has the device. If it is another sheet than before,
// that one has been read to its end, so its age is known and it can compete for
// the latest.
func (m *merger) meet(s *state, origin int32) {
	if s.reading != origin {
		s.latest, s.reading = m.latest(s), origin
	}
}

// latest gives the newest sheet that has the device, by the newest row of each
// sheet. A sheet without any date may be of any age: it counts as the newest.
func (m *merger) latest(s *state) int32 {
	a, b := m.ages[s.latest], m.ages[s.reading]
	if a != undated && (b == undated || b > a) {
		return s.reading
	}
	return s.latest
}

// Age says how old a report is. Newest is the day of its newest row. Latest
// counts the devices that are in no newer report.
type Age struct {
	File   string
	Newest calendar.Day // zero when no row is dated
	Latest int
}

// fileAges gives the age of every report, in the order of their paths.
func (r *Reader) fileAges() []Age {
	var ages []Age
	places := make(map[string]int)
	at := make([]int, len(r.origins))
	for i := range r.origins {
		path := r.origins[i].path()
		n, known := places[path]
		if !known {
			n = len(ages)
			places[path], ages = n, append(ages, Age{File: path})
		}
		at[i] = n
		if i < len(r.merger.ages) && r.merger.ages[i] != undated {
			if day := calendar.Of(time.Unix(0, r.merger.ages[i])); day.After(ages[n].Newest) {
				ages[n].Newest = day
			}
		}
	}
	for i := range r.merger.devices {
		ages[at[r.merger.latest(r.merger.state(int32(i)))]].Latest++
	}
	slices.SortFunc(ages, func(a, b Age) int { return strings.Compare(a.File, b.File) })
	return ages
}
