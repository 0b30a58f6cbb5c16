package memory

import (
	"fmt"
	"math"
	"strconv"

	"example.org/cutoff/generator/calendar"
)

// Pace says whether the open devices will be done in time.
type Pace struct {
	// From is the night that tonight is compared with.
	From     calendar.Day `json:"from"`
	OpenThen int          `json:"open_then"`
	Open     int          `json:"open"`
	// DaysLeft counts the days to the effective date; 0 from that date on.
	DaysLeft int `json:"days_left"`
	// PerDay is by how many the open devices go down each day; it is below 0 if
	// they grew. RequiredPerDay is by how many they must go down; it is nil if no
	// day is left. Both are rounded to two decimals.
	PerDay         float64  `json:"per_day"`
	RequiredPerDay *float64 `json:"required_per_day"`
	// OpenOnEffective is how many are left on the effective date at this pace.
	OpenOnEffective int `json:"open_on_effective"`
	// DoneOn is the first day without an open device at this pace; nil if the open
	// devices do not go down.
	DoneOn *calendar.Day `json:"done_on"`
}

// NewPace computes the pace from the open devices of each night. The last night is
// tonight. A night with a number below 0 is left out. Tonight is compared with the
// last night at least window days earlier, else with the first one. The result is
// nil if there is no earlier night.
func NewPace(nights []calendar.Day, open []int, effective calendar.Day, window int) *Pace {
	tonight := len(nights) - 1
	from := -1
	for i := range max(tonight, 0) {
		if open[i] < 0 || from >= 0 && nights[i].Until(nights[tonight]) < window {
			continue
		}
		from = i
	}
	if from < 0 || open[tonight] < 0 {
		return nil
	}
	asOf, left := nights[tonight], open[tonight]
	days, done := nights[from].Until(asOf), open[from]-left
	p := &Pace{
		From: nights[from], OpenThen: open[from], Open: left,
		DaysLeft: max(0, asOf.Until(effective)), PerDay: twoDecimals(done, days),
	}
	if p.DaysLeft > 0 {
		required := twoDecimals(left, p.DaysLeft)
		p.RequiredPerDay = &required
	}
	p.OpenOnEffective = max(0, ceilDivide(left*days-done*p.DaysLeft, days))
	switch {
	case left == 0:
		p.DoneOn = &asOf
	case done > 0:
		day := asOf.Add(ceilDivide(left*days, done))
		p.DoneOn = &day
	}
	return p
}

// twoDecimals divides and rounds to two decimals. It never gives a negative zero.
func twoDecimals(n, by int) float64 {
	if rounded := math.Round(100 * float64(n) / float64(by)); rounded != 0 {
		return rounded / 100
	}
	return 0
}

// ceilDivide divides by a number above 0 and rounds up.
func ceilDivide(n, by int) int {
	q := n / by
	if n%by > 0 {
		q++
	}
	return q
}

// Wording says how to write days and numbers for the reader.
type Wording struct {
	Day    func(calendar.Day) string
	Number func(int) string
}

// Sentence says what the pace is and where it leads.
func (p *Pace) Sentence(w Wording) string {
	done := fmt.Sprintf("since %s, it has been %s a day", w.Day(p.From), decimal(p.PerDay))
	if p.PerDay < 0 {
		done = fmt.Sprintf("since %s, the number has grown by %s a day", w.Day(p.From), decimal(-p.PerDay))
	}
	devices := func(n int, one, many string) string {
		switch n {
		case 0:
			return "no device" + one
		case 1:
			return "1 device" + one
		}
		return w.Number(n) + " devices" + many
	}
	today := "The date has come and " + devices(p.Open, " is", " are") + " still to fix."
	switch {
	case p.Open == 0:
		return "No device is left to fix."
	case p.RequiredPerDay == nil && p.DoneOn == nil:
		return fmt.Sprintf("%s It is not getting better: %s.", today, done)
	case p.RequiredPerDay == nil:
		return fmt.Sprintf("%s At this pace, the last one will be done on %s: %s.", today, w.Day(*p.DoneOn), done)
	}
	return fmt.Sprintf("At this pace, %s will be left to fix on the date (%s today). It takes %s a day; %s.",
		devices(p.OpenOnEffective, "", ""), w.Number(p.Open), decimal(*p.RequiredPerDay), done)
}

func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
