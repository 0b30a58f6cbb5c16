package site

import (
	"fmt"
	"slices"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/spelling"
)

// burndown shows how many devices are still to fix, night by night, and where
// that leads. The lines are drawn in a space of 1000 by 1000 that is stretched
// to the picture's size. The words are placed in percent.
type burndown struct {
	ID string // for the ids of its parts
	// Sentence says how many devices a day are needed, how many are done, and
	// where that leads.
	Sentence string
	// Moves says which affected devices moved in or out of a department; "" for
	// none.
	Moves string
	// Drawn is false on the first night, when there is nothing to compare.
	Drawn bool
	Grid  []gridLine
	// Open and Affected are paths, with a gap where there was no run. Affected
	// is "" when it equals Open. Required and Projected are lines from the
	// as-of date on; "" for none.
	Open, Affected, Required, Projected string
	// Bridges are faint lines over short gaps, so that readers see which points
	// belong together; "" for none.
	Bridges string
	Nights  []chartPoint // nights that need a point to be seen
	Tonight chartPoint
	// Cutoff is the place of the effective date's line, CutoffX that of the
	// word at it, CutoffAnchor the end of the word that is there; "" when the
	// date is not in the picture.
	Cutoff, CutoffX, CutoffAnchor string
	// DateWord and TheDate name the effective date: "Cutoff", "the cutoff".
	DateWord, TheDate string
	First, Last       datedDay
	Since             string // the night from which the pace is counted
	Rows              []burndownRow
	// More says how many nights the table leaves out; "" for none.
	More string
}

// gridLine is a level of the picture and its number.
type gridLine struct{ Y, TextY, Number string }

// chartPoint is a point in percent with its number. Anchor says which end of
// the number is at TextX.
type chartPoint struct{ X, Y, TextX, TextY, Number, Anchor string }

// burndownRow has a night's figures.
type burndownRow struct {
	Day                             datedDay
	Open, Waived, Affected, Devices string
}

const (
	// With at most fewNights nights, each has a point of its own.
	fewNights = 31
	// longestBridge is the longest gap, in days, that is bridged: a weekly run
	// may come late.
	longestBridge = 10
	// mostNightRows bounds the table; history.json has every night.
	mostNightRows = 120
	// The edges of what is drawn: lowest level, highest level, left side, right
	// side.
	chartBottom, chartTop, chartLeft, chartRight = 980, 130, 45, 992
)

// chart is what a burndown is drawn from.
type chart struct {
	nights         []calendar.Day
	open, affected []int
	effective      calendar.Day
	pace           *memory.Pace
	first, last    calendar.Day
	top            int // the number at the highest level
}

// burndown draws the figures of some devices. series has a number for each
// night that the memory knows. Where its number of devices is 0, there were
// none.
func (s *Site) burndown(id string, series memory.Series, pace *memory.Pace) burndown {
	name := theDate(s.in.Policy)
	b := burndown{ID: id, TheDate: name, DateWord: spelling.Capitalised(strings.TrimPrefix(name, "the ")), Sentence: s.paceSentence(series, pace)}
	nights := s.nights()
	if len(nights) < 2 || pace == nil {
		return b
	}
	c := newChart(nights, series, s.in.Policy.Effective, pace)
	b.Drawn = true
	b.Grid = c.grid(s.words)
	b.Open = c.path(c.open)
	if !slices.Equal(c.open, c.affected) {
		b.Affected = c.path(c.affected)
	}
	b.Nights, b.Bridges = c.singles(), c.bridges(c.open)
	tonight := len(nights) - 1
	b.Tonight = c.point(nights[tonight], c.open[tonight])
	b.Tonight.Number = s.words.Number(c.open[tonight])
	if pace.RequiredPerDay != nil && pace.Open > 0 {
		b.Required = c.line(float64(pace.Open), 0, c.effective)
	}
	b.Projected = c.projection()
	if c.effective.Until(c.last) >= 0 && !c.effective.Before(c.first) {
		x := c.x(c.effective)
		b.Cutoff, b.CutoffX, b.CutoffAnchor = fmt.Sprintf("%d", x), permilleText(x-8), "end"
		if x < 300 {
			b.CutoffX, b.CutoffAnchor = permilleText(x+8), "start"
		}
	}
	b.First, b.Last = s.dated(c.first), s.dated(c.last)
	b.Since = s.words.Day(pace.From)
	b.Rows, b.More = s.burndownRows(nights, series)
	return b
}

func (s *Site) dated(d calendar.Day) datedDay { return datedDay{s.words.Day(d), d.String()} }

// fleetBurndown draws the whole fleet's figures.
func (s *Site) fleetBurndown() burndown {
	if s.in.Memory == nil {
		return s.burndown("burndown", memory.Series{Open: []int{s.in.Fleet.Open}}, nil)
	}
	return s.burndown("burndown", s.in.Memory.History.Fleet, s.in.Memory.Pace)
}

// departmentBurndown draws a department's figures. Each device counts for the
// department that it had on that night. A department that never had an affected
// device has no picture.
func (s *Site) departmentBurndown(d *fleet.Department) burndown {
	series := s.history(d)
	if series == nil || slices.Max(series.Affected) == 0 {
		return burndown{}
	}
	b := s.burndown("burndown", *series, s.departmentPace(series))
	b.Moves = s.moves(d)
	return b
}

// moves says which affected devices came from another department or went to one
// since the first night compared with. Without it, the figures would seem to
// say that somebody fixed them. Other departments are not named.
func (s *Site) moves(d *fleet.Department) string {
	all := s.comparisons()
	if len(all) == 0 {
		return ""
	}
	c := all[len(all)-1]
	var in, out []string
	for _, m := range c.Moves {
		switch {
		case m.Is && fleet.Slug(m.To) == d.Slug && fleet.Slug(m.From) != d.Slug:
			in = append(in, m.Name)
		case m.Was && fleet.Slug(m.From) == d.Slug && fleet.Slug(m.To) != d.Slug:
			out = append(out, m.Name)
		}
	}
	var parts []string
	if len(in) > 0 {
		parts = append(parts, s.words.Count(len(in), "affected device", "affected devices")+" moved in from other departments ("+s.someNames(in, departmentsNamed)+")")
	}
	if len(out) > 0 {
		parts = append(parts, s.words.Count(len(out), "affected device", "affected devices")+" moved out ("+s.someNames(out, departmentsNamed)+")")
	}
	if len(parts) == 0 {
		return ""
	}
	return "Since " + s.words.Day(c.Against) + ", " + prose.Join(parts, "and") + "."
}

// someNames gives the first few names in a sentence, and how many follow.
func (s *Site) someNames(names []string, most int) string {
	var shown []string
	for _, name := range names[:min(len(names), most)] {
		shown = append(shown, prose.Shown(name))
	}
	if more := len(names) - len(shown); more > 0 {
		shown = append(shown, s.words.Number(more)+" more")
	}
	return prose.Join(shown, "and")
}

// history gives a department's figures; nil without a memory, or when it has
// none of the department.
func (s *Site) history(d *fleet.Department) *memory.Series {
	if s.in.Memory == nil {
		return nil
	}
	if found := s.in.Memory.History.Department(d.Slug); found != nil {
		return &found.Series
	}
	return nil
}

func (s *Site) departmentPace(series *memory.Series) *memory.Pace {
	open := slices.Clone(series.Open)
	for i, n := range series.Devices {
		if n == 0 {
			open[i] = -1
		}
	}
	return memory.NewPace(s.nights(), open, s.in.Policy.Effective, s.in.Config.PaceDays)
}

// nights gives the nights that the memory knows, tonight last; nil without a
// memory.
func (s *Site) nights() []calendar.Day {
	if s.in.Memory == nil {
		return nil
	}
	return s.in.Memory.History.Nights
}

func newChart(nights []calendar.Day, series memory.Series, effective calendar.Day, pace *memory.Pace) *chart {
	c := &chart{nights: nights, effective: effective, pace: pace, first: nights[0], last: nights[len(nights)-1]}
	highest := 1
	for i, n := range series.Devices {
		open, affected := series.Open[i], series.Affected[i]
		if n == 0 {
			open, affected = -1, -1
		}
		c.open, c.affected = append(c.open, open), append(c.affected, affected)
		highest = max(highest, affected)
	}
	if effective.After(c.last) {
		c.last = effective
	}
	// Show also where the pace leads after the date, up to a third more.
	if done := pace.DoneOn; done != nil && done.After(c.last) {
		limit := c.last.Add(c.first.Until(c.last) / 3)
		if done.Before(limit) {
			limit = *done
		}
		c.last = limit
	}
	step := niceStep(highest)
	c.top = (highest + step - 1) / step * step
	return c
}

// niceStep gives the distance between levels so that there are at most four: 1,
// 2 or 5 with zeros.
func niceStep(highest int) int {
	for step := 1; ; step *= 10 {
		for _, n := range []int{step, 2 * step, 5 * step} {
			if highest <= 4*n {
				return n
			}
		}
	}
}

func (c *chart) x(d calendar.Day) int {
	span := max(1, c.first.Until(c.last))
	return chartLeft + (chartRight-chartLeft)*c.first.Until(d)/span
}

func (c *chart) y(n float64) int {
	return chartBottom - int(float64(chartBottom-chartTop)*n/float64(c.top))
}

func (c *chart) grid(w prose.Words) []gridLine {
	var lines []gridLine
	for n, step := 0, niceStep(c.top); n <= c.top; n += step {
		y := c.y(float64(n))
		lines = append(lines, gridLine{fmt.Sprint(y), permilleText(y - 12), w.Number(n)})
	}
	return lines
}

// path draws figures from night to night. It starts again after a missing
// night, and skips nights inside a level stretch.
func (c *chart) path(figures []int) string {
	var out strings.Builder
	for i, n := range figures {
		switch joined := c.joined(figures, i); {
		case n < 0:
		case !joined && (i+1 == len(figures) || !c.joined(figures, i+1)):
			fmt.Fprintf(&out, "M%d %dh0", c.x(c.nights[i]), c.y(float64(n))) // a point
		case !joined:
			fmt.Fprintf(&out, "M%d %d", c.x(c.nights[i]), c.y(float64(n)))
		case i+1 < len(figures) && c.joined(figures, i+1) && figures[i-1] == n && figures[i+1] == n:
		default:
			fmt.Fprintf(&out, "L%d %d", c.x(c.nights[i]), c.y(float64(n)))
		}
	}
	return out.String()
}

// joined reports whether a night directly follows the one before it and both
// have figures.
func (c *chart) joined(figures []int, i int) bool {
	return i > 0 && figures[i] >= 0 && figures[i-1] >= 0 && c.nights[i-1].Until(c.nights[i]) == 1
}

// bridges gives lines from the last night before a short gap to the first night
// after it.
func (c *chart) bridges(figures []int) string {
	var out strings.Builder
	for i := 1; i < len(figures); i++ {
		then, now := c.nights[i-1], c.nights[i]
		if gap := then.Until(now); figures[i-1] >= 0 && figures[i] >= 0 && gap > 1 && gap <= longestBridge {
			fmt.Fprintf(&out, "M%d %dL%d %d", c.x(then), c.y(float64(figures[i-1])), c.x(now), c.y(float64(figures[i])))
		}
	}
	return out.String()
}

// singles gives the nights that need a point to be seen: all of them when they
// are few, otherwise those that no line reaches.
func (c *chart) singles() []chartPoint {
	var points []chartPoint
	for i, n := range c.open {
		alone := !c.joined(c.open, i) && (i+1 == len(c.open) || !c.joined(c.open, i+1))
		if n >= 0 && (alone || len(c.open) <= fewNights) {
			points = append(points, c.point(c.nights[i], n))
		}
	}
	return points
}

func (c *chart) point(d calendar.Day, n int) chartPoint {
	x, y := c.x(d), c.y(float64(n))
	// Above and to the right there is room: lines come from the left and go
	// down.
	p := chartPoint{X: permilleText(x), Y: permilleText(y), TextX: permilleText(x + 12), TextY: permilleText(max(y-30, 60)), Anchor: "start"}
	if x > 900 {
		p.TextX, p.Anchor = p.X, "end"
	}
	return p
}

// line gives a straight line from tonight to another day.
func (c *chart) line(from, to float64, day calendar.Day) string {
	tonight := c.nights[len(c.nights)-1]
	return fmt.Sprintf("M%d %dL%d %d", c.x(tonight), c.y(from), c.x(day), c.y(max(0, min(to, float64(c.top)*1.1))))
}

// projection gives the line that continues at the present pace, to the end of
// the picture or until no device is left.
func (c *chart) projection() string {
	tonight := c.nights[len(c.nights)-1]
	ahead := tonight.Until(c.last)
	if ahead <= 0 || c.pace.Open == 0 {
		return ""
	}
	perDay := float64(c.pace.OpenThen-c.pace.Open) / float64(c.pace.From.Until(tonight))
	if done := c.pace.DoneOn; done != nil && !done.After(c.last) {
		return c.line(float64(c.pace.Open), 0, *done)
	}
	return c.line(float64(c.pace.Open), float64(c.pace.Open)-perDay*float64(ahead), c.last)
}

// burndownRows gives the nights on which a figure changed, and the first and
// last night. The newest comes first.
func (s *Site) burndownRows(nights []calendar.Day, series memory.Series) (shown []burndownRow, more string) {
	same := func(i, j int) bool {
		return series.Devices[i] == series.Devices[j] && series.Open[i] == series.Open[j] && series.Affected[i] == series.Affected[j]
	}
	left := 0
	for i := len(nights) - 1; i >= 0; i-- {
		switch {
		case i > 0 && i < len(nights)-1 && same(i, i-1):
		case len(shown) == mostNightRows:
			left++
		default:
			shown = append(shown, burndownRow{s.dated(nights[i]), s.words.Number(series.Open[i]), s.words.Number(series.Waived[i]),
				s.words.Number(series.Affected[i]), s.words.Number(series.Devices[i])})
		}
	}
	if left > 0 {
		more = fmt.Sprintf("%s before are in data/history.json.", s.words.Count(left, "night", "nights"))
	}
	return shown, more
}

// paceSentence says whether the devices will be done in time.
func (s *Site) paceSentence(series memory.Series, pace *memory.Pace) string {
	if pace != nil {
		return pace.Sentence(memory.Wording{Day: s.words.Day, Number: s.words.Number})
	}
	open := 0
	if n := len(series.Open); n > 0 {
		open = series.Open[n-1]
	}
	days := s.in.Fleet.AsOf.Until(s.in.Policy.Effective)
	switch {
	case open == 0:
		return "No device is left to fix."
	case s.in.Fleet.Phase == policy.InForce:
		return fmt.Sprintf("%s still to fix. The second night will show how fast that goes.", s.words.Count(open, "device is", "devices are"))
	}
	return fmt.Sprintf("%s still to fix in %s: %s a day. The second night will show how fast it goes.",
		s.words.Count(open, "device is", "devices are"), s.words.Count(days, "day", "days"), perDay(open, days))
}

// perDay gives a rate with one decimal. days must not be 0.
func perDay(n, days int) string { return fmt.Sprintf("%.1f", float64(n)/float64(days)) }

// permilleText gives thousandths of a picture as a percentage.
func permilleText(n int) string { return geometry(float64(n) / 10) }
