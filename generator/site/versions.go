package site

import (
	"cmp"
	"fmt"
	"slices"

	"example.org/cutoff/generator/policy"
)

// versionChart is the picture of the versions in use, with the line that the
// cutoff draws: a column for each version, low to high, those that are cut off
// on shaded ground, and a line wherever the two change.
type versionChart struct {
	Title, Desc string
	Columns     []versionColumn
	Grounds     []versionGround
	Lines       []string // where the two change, in percent
	Rows        []versionRow
	// Unknown counts devices whose version could not be read; Left out are
	// those that do not store in the vendor's cloud, or are deactivated.
	Unknown, LeftOut string
}

type versionColumn struct {
	X, Y, Width, Height string // percent of the picture
	Status              policy.VersionStatus
	Label               string // "" for none
	LabelX              string
}

// versionGround is a stretch of versions that the cutoff leaves without a
// connection.
type versionGround struct{ X, Width string }

type versionRow struct {
	Label  string
	Mark   policy.Verdict // whose mark the status shares
	Word   string
	Count  int
	Number string
}

// mostVersions is how many versions the picture and its table show; the ones
// with fewest devices beyond it are put together by status.
const mostVersions = 36

type versionKey struct {
	major, minor int
	status       policy.VersionStatus
}

func (s *Site) versionChart() versionChart {
	counts := make(map[versionKey]int)
	unknown, leftOut := 0, 0
	for _, d := range s.in.Fleet.Devices {
		switch {
		case d.Verdict == policy.Inactive || d.Verdict == policy.NotAffected:
			leftOut++
		case !d.Version.Known:
			unknown++
		default:
			counts[versionKey{d.Version.Major, d.Version.Minor, d.VersionStatus}]++
		}
	}
	chart := versionChart{
		Title:   "Versions in use",
		Unknown: s.words.number(unknown),
		LeftOut: s.words.count(leftOut, "device", "devices"),
	}
	keys, others := shownVersions(counts)
	highest, tooOld, passing := 1, 0, 0
	for _, key := range keys {
		highest = max(highest, counts[key])
	}
	for key, n := range counts {
		if key.status == policy.TooOld {
			tooOld += n
		} else {
			passing += n
		}
	}
	chart.draw(keys, counts, highest)
	for _, key := range keys {
		chart.Rows = append(chart.Rows, s.versionRow(fmt.Sprintf("%d.%d", key.major, key.minor), key.status, counts[key]))
	}
	for _, status := range versionStatuses() {
		if n := others[status]; n > 0 {
			chart.Rows = append(chart.Rows, s.versionRow("others", status, n))
		}
	}
	if unknown > 0 {
		chart.Rows = append(chart.Rows, s.versionRow("not readable", policy.UnknownVersion, unknown))
	}
	chart.Desc = fmt.Sprintf("%s on versions that the cutoff shuts out, %s on versions that go on connecting, %s on versions that could not be read.",
		s.words.count(tooOld, "device", "devices"), s.words.number(passing), s.words.number(unknown))
	return chart
}

func versionStatuses() []policy.VersionStatus {
	return []policy.VersionStatus{policy.TooOld, policy.Unsupported, policy.Connects, policy.Supported}
}

// shownVersions gives the versions that have a column of their own, low to
// high, and the devices of the rest by status.
func shownVersions(counts map[versionKey]int) ([]versionKey, map[policy.VersionStatus]int) {
	keys := make([]versionKey, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	byVersion := func(a, b versionKey) int {
		return cmp.Or(cmp.Compare(a.major, b.major), cmp.Compare(a.minor, b.minor), cmp.Compare(a.status, b.status))
	}
	slices.SortFunc(keys, func(a, b versionKey) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), byVersion(a, b))
	})
	others := make(map[policy.VersionStatus]int)
	if len(keys) > mostVersions {
		for _, key := range keys[mostVersions:] {
			others[key.status] += counts[key]
		}
		keys = keys[:mostVersions]
	}
	slices.SortFunc(keys, byVersion)
	return keys, others
}

// draw places columns, grounds and lines. The picture's lower part is left to
// the labels.
func (c *versionChart) draw(keys []versionKey, counts map[versionKey]int, highest int) {
	const top, bottom = 12.0, 88.0
	step := 100 / float64(max(1, len(keys)))
	shut := func(i int) bool { return keys[i].status == policy.TooOld }
	groundFrom := 0.0
	for i, key := range keys {
		x := float64(i) * step
		height := max(1, (bottom-top)*float64(counts[key])/float64(highest))
		column := versionColumn{
			X: geometry(x + step*0.14), Width: geometry(step * 0.72),
			Y: geometry(bottom - height), Height: geometry(height),
			Status: key.status, LabelX: geometry(x + step/2),
		}
		switch {
		case step > 6 || i > 0 && shut(i) != shut(i-1):
			column.Label = fmt.Sprintf("%d.%d", key.major, key.minor)
		case i == 0 || keys[i-1].major != key.major && c.Columns[i-1].Label == "":
			column.Label = fmt.Sprint(key.major)
		}
		c.Columns = append(c.Columns, column)
		if i > 0 && shut(i) != shut(i-1) {
			c.Lines = append(c.Lines, geometry(x))
		}
		if shut(i) && (i == 0 || !shut(i-1)) {
			groundFrom = x
		}
		if shut(i) && (i == len(keys)-1 || !shut(i+1)) {
			c.Grounds = append(c.Grounds, versionGround{geometry(groundFrom), geometry(x + step - groundFrom)})
		}
	}
}

func (s *Site) versionRow(label string, status policy.VersionStatus, n int) versionRow {
	return versionRow{Label: label, Mark: versionMark(status), Word: s.versionWord(status), Count: n, Number: s.words.number(n)}
}

func (s *Site) versionWord(status policy.VersionStatus) string {
	switch status {
	case policy.TooOld:
		if s.in.Fleet.Phase == policy.InForce {
			return "cut off"
		}
		return "will be cut off"
	case policy.Unsupported:
		return "connects, without support"
	case policy.Connects:
		return "connects; support not checked"
	case policy.Supported:
		return "connects, with support"
	}
	return "unknown: to be checked"
}

// versionMark gives the verdict that a version leads to when nothing else
// matters; its shape and colour stand for the status too.
func versionMark(status policy.VersionStatus) policy.Verdict {
	switch status {
	case policy.TooOld:
		return policy.Upgrade
	case policy.Unsupported:
		return policy.UpgradeRecommended
	case policy.Connects, policy.Supported:
		return policy.Ready
	}
	return policy.Check
}
