package site

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// versionsPart shows which versions and systems are in use, and when their
// devices were last seen. It leaves out deactivated devices and those that the
// notice is not about.
type versionsPart struct {
	// Statuses has a bar for each outcome, worst first.
	Statuses []meter
	// Rows has a row for each version, worst outcome first, then most devices
	// first.
	Rows     template.HTML
	Versions string // "Each of the 24 versions"
	Systems  []systemRow
	// SeenHeads are the columns of Seen: spans of days, and "no date" when a
	// device has none.
	SeenHeads []string
	Seen      []seenRow
	LeftOut   string
	// Empty is shown instead of all this when no version is left.
	Empty string
	// Meaning is the heading of the outcomes, With the heading of their column.
	Meaning, MeaningFor, With string
}

// meter is a bar with its number; Width is a percentage of the longest bar.
type meter struct {
	Mark   policy.Verdict // the verdict whose mark is shown
	Word   string
	Number string
	Width  string
}

// systemRow counts the devices of one kind of system, or of one system that has
// to be replaced.
type systemRow struct{ Name, Devices, Affected, Upgrade string }

// seenRow counts a verdict's devices by when they were last seen.
type seenRow struct {
	Verdict policy.Verdict
	Numbers []string
}

// mostVersions is how many versions have a row of their own. The versions after
// these are put together by outcome.
const mostVersions = 60

type versionKey struct {
	major, minor int
	patch        int    // 0 for the version of an app
	release      string // in place of the numbers: "Windows 10"
	status       policy.VersionStatus
}

func (s *Site) versions() versionsPart {
	counts, statuses := make(map[versionKey]int), make(map[policy.VersionStatus]int)
	leftOut := 0
	for _, d := range s.in.Fleet.Devices {
		if d.Verdict == policy.Inactive || d.Verdict == policy.NotAffected {
			leftOut++
			continue
		}
		key := versionKey{status: policy.UnknownVersion}
		if d.Version.Known {
			key = s.versionKey(d)
		}
		counts[key]++
		statuses[key.status]++
	}
	part := versionsPart{
		Versions:   plural.Of(len(counts), "The one version", "Each of the "+s.words.Count(len(counts), "version", "versions")),
		Systems:    s.systems(),
		Meaning:    "What " + theDate(s.in.Policy) + " means for them",
		MeaningFor: "what " + theDate(s.in.Policy) + " means for their version",
		With:       "With " + theDate(s.in.Policy),
		Empty:      "No device stores in the vendor’s cloud, so there are no versions to show.",
	}
	which := "deactivated"
	switch possible := s.in.Fleet.Possible; {
	case possible.Destinations:
		which = "on-premises only or deactivated"
	case possible.Families:
		which = "with another system or deactivated"
	}
	if !s.in.Fleet.Possible.Destinations {
		part.Empty = "There are no versions to show."
	}
	if leftOut > 0 {
		part.LeftOut = "Left out: " + s.words.Count(leftOut, "device", "devices") + ", " + which + "."
	}
	part.SeenHeads, part.Seen = s.seen()
	highest := 1
	for _, n := range statuses {
		highest = max(highest, n)
	}
	for _, status := range versionStatuses() {
		if n := statuses[status]; n > 0 {
			part.Statuses = append(part.Statuses, meter{versionMark(status), s.versionWord(status), s.words.Number(n), permilleText(n * 1000 / highest)})
		}
	}
	part.Rows = s.versionRows(counts)
	return part
}

// versionKey puts versions of an app together by their first two numbers. For
// Windows, the third number matters most.
func (s *Site) versionKey(d *fleet.Assessed) versionKey {
	key := versionKey{major: d.Version.Major, minor: d.Version.Minor, status: d.VersionStatus}
	switch {
	case d.Version.IsRelease():
		key.release = prose.Shown(d.Version.Text)
	case s.in.Fleet.Possible.System:
		key.patch = d.Version.Patch
	}
	return key
}

// versionStatuses are the outcomes of a version, worst first.
func versionStatuses() []policy.VersionStatus {
	return []policy.VersionStatus{policy.TooOld, policy.UnknownVersion, policy.Unsupported, policy.Connects, policy.Supported}
}

// versionRows writes the columns version, bar, devices and outcome.
func (s *Site) versionRows(counts map[versionKey]int) template.HTML {
	keys := make([]versionKey, 0, len(counts))
	highest := 1
	for key, n := range counts {
		keys = append(keys, key)
		highest = max(highest, n)
	}
	slices.SortFunc(keys, func(a, b versionKey) int {
		return cmp.Or(
			cmp.Compare(slices.Index(versionStatuses(), a.status), slices.Index(versionStatuses(), b.status)),
			cmp.Compare(counts[b], counts[a]), cmp.Compare(a.major, b.major), cmp.Compare(a.minor, b.minor),
			cmp.Compare(a.patch, b.patch), cmp.Compare(a.release, b.release),
		)
	})
	r := s.newRows()
	others := make(map[policy.VersionStatus]int)
	written := 0
	for _, key := range keys {
		label := fmt.Sprintf("%d.%d", key.major, key.minor)
		if s.in.Fleet.Possible.System {
			label += fmt.Sprintf(".%d", key.patch)
		}
		switch {
		case key.status == policy.UnknownVersion:
			label = "not readable"
		case key.release != "":
			label = key.release
		case written == mostVersions:
			others[key.status] += counts[key]
			continue
		}
		s.versionRow(r, label, key.status, counts[key], highest)
		written++
	}
	for _, status := range versionStatuses() {
		if n := others[status]; n > 0 {
			s.versionRow(r, "others", status, n, max(n, highest))
		}
	}
	return r.html()
}

func (s *Site) versionRow(r *rows, label string, status policy.VersionStatus, n, highest int) {
	r.write(`<tr data-count="{}"><th scope="row">{}</th><td class="meter-cell"><svg class="meter" aria-hidden="true">`, n, label)
	r.write(`<rect class="fill fill--{}" height="100%" width="{}"/></svg></td>`, versionMark(status), permille(max(n*1000/highest, 8)))
	r.write("<td class=\"number\">{}</td><td>{}</td></tr>\n", s.words.Number(n), s.versionWord(status))
}

func (s *Site) versionWord(status policy.VersionStatus) string {
	passes := s.in.Policy.Passes()
	switch status {
	case policy.TooOld:
		if s.in.Fleet.Phase == policy.InForce {
			return s.fate()
		}
		return "will be " + s.fate()
	case policy.Unsupported:
		return passes + ", without support"
	case policy.Connects:
		if !s.in.Fleet.Possible.Support {
			return passes
		}
		return passes + "; support not checked"
	case policy.Supported:
		return passes + ", with support"
	}
	return "unknown: to be checked"
}

// versionMark gives the verdict that this status alone would lead to. The
// status has the verdict's shape and colour.
func versionMark(status policy.VersionStatus) policy.Verdict {
	return cmp.Or(versionMarks[status], policy.Check)
}

var versionMarks = map[policy.VersionStatus]policy.Verdict{
	policy.TooOld:      policy.Upgrade,
	policy.Unsupported: policy.UpgradeRecommended,
	policy.Connects:    policy.Ready,
	policy.Supported:   policy.Ready,
}

// systems counts the kinds of system, most affected first. Below them come the
// systems that have to be replaced before the app can be upgraded.
func (s *Site) systems() []systemRow {
	type sum struct{ devices, affected, upgrade int }
	families, replaced := map[string]*sum{}, map[string]*sum{}
	add := func(to map[string]*sum, name string, d *fleet.Assessed) {
		if to[name] == nil {
			to[name] = &sum{}
		}
		to[name].devices++
		if d.Verdict.Affected() {
			to[name].affected++
			if d.VersionStatus == policy.TooOld {
				to[name].upgrade++
			}
		}
	}
	for _, d := range s.in.Fleet.Devices {
		if d.Verdict == policy.Inactive || d.Verdict == policy.NotAffected {
			continue
		}
		add(families, cmp.Or(prose.Shown(d.Family()), "not known"), d)
		if system := s.in.Rules.OldSystem(d.Device, *d.Assessment); system != nil {
			add(replaced, system.Name+", to be replaced first", d)
		}
	}
	var list []systemRow
	for _, of := range []map[string]*sum{families, replaced} {
		names := make([]string, 0, len(of))
		for name := range of {
			names = append(names, name)
		}
		slices.SortFunc(names, func(a, b string) int {
			return cmp.Or(cmp.Compare(of[b].affected, of[a].affected), cmp.Compare(of[b].devices, of[a].devices), cmp.Compare(a, b))
		})
		for _, name := range names[:min(len(names), mostSystems)] {
			n := of[name]
			list = append(list, systemRow{name, s.words.Number(n.devices), s.words.Number(n.affected), s.words.Number(n.upgrade)})
		}
	}
	return list
}

// mostSystems bounds the kinds of system that are shown: an export may name any
// number.
const mostSystems = 8

// seen counts the devices that pages list by when they were last seen.
func (s *Site) seen() (heads []string, list []seenRow) {
	bounds := slices.Compact(slices.Sorted(slices.Values([]int{7, 30, s.in.Config.StaleDays})))
	from := 0
	for _, to := range bounds {
		heads = append(heads, fmt.Sprintf("%d–%d", from, to))
		from = to + 1
	}
	heads[0] += " days ago"
	heads = append(heads, fmt.Sprintf("over %d", from-1), "no date")
	undated := 0
	for _, v := range policy.Verdicts() {
		if !v.Listed() || s.in.Fleet.Verdicts[v] == 0 {
			continue
		}
		counts := make([]int, len(heads))
		for _, d := range s.in.Fleet.Devices {
			if d.Verdict != v {
				continue
			}
			column := len(heads) - 1
			if last := calendar.Of(d.LastSeen()); !last.IsZero() {
				column, _ = slices.BinarySearch(bounds, last.Until(s.in.Fleet.AsOf))
			}
			counts[column]++
		}
		undated += counts[len(heads)-1]
		row := seenRow{Verdict: v}
		for _, n := range counts {
			row.Numbers = append(row.Numbers, s.words.Number(n))
		}
		list = append(list, row)
	}
	if undated == 0 {
		heads = heads[:len(heads)-1]
		for i := range list {
			list[i].Numbers = list[i].Numbers[:len(heads)]
		}
	}
	return heads, list
}
