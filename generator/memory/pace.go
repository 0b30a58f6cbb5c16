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
	// DaysLeft are those before the effective date; 0 from it on.
	DaysLeft int `json:"days_left"`
	// PerDay is how many open devices fewer there are each day, RequiredPerDay
	// how many it takes; two decimals. PerDay is below 0 when they grew;
	// RequiredPerDay is nil when no day is left.
	PerDay         float64  `json:"per_day"`
	RequiredPerDay *float64 `json:"required_per_day"`
	// OpenOnEffective is how many are left on the effective date at this pace.
	OpenOnEffective int `json:"open_on_effective"`
	// DoneOn is the first day without an open device at this pace; nil when it
	// leads nowhere.
	DoneOn *calendar.Day `json:"done_on"`
}

// NewPace reckons the pace from open devices by night; the last night is
// tonight. A number below 0 leaves its night out. The night compared with is
// the last one at least window days before tonight, else the first one. It is
// nil when there is no earlier night.
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

func twoDecimals(n, by int) float64 { return math.Round(100*float64(n)/float64(by)) / 100 }

// ceilDivide divides by a number above 0 and rounds up.
func ceilDivide(n, by int) int {
	q := n / by
	if n%by > 0 {
		q++
	}
	return q
}

// Wording is how the reader's days and numbers are written.
type Wording struct {
	Day    func(calendar.Day) string
	Number func(int) string
}

// Sentence says what the pace is and where it leads.
func (p *Pace) Sentence(w Wording) string {
	if p.Open == 0 {
		return "No device is open."
	}
	done := fmt.Sprintf("since %s it was %s a day", w.Day(p.From), decimal(p.PerDay))
	if p.PerDay < 0 {
		done = fmt.Sprintf("since %s the open devices grew by %s a day", w.Day(p.From), decimal(-p.PerDay))
	}
	if p.RequiredPerDay == nil {
		end := "at this pace they will not get done"
		if p.DoneOn != nil {
			end = "at this pace the last one is done on " + w.Day(*p.DoneOn)
		}
		return fmt.Sprintf("The date is here and %s %s open; %s; %s.", w.Number(p.Open), devicesAre(p.Open), done, end)
	}
	left := "at this pace none is left on the date"
	if p.OpenOnEffective > 0 {
		left = fmt.Sprintf("at this pace %s %s left on the date", w.Number(p.OpenOnEffective), isAre(p.OpenOnEffective))
	}
	return fmt.Sprintf("%s %s open and %s a day are needed; %s; %s.", w.Number(p.Open), devicesAre(p.Open), decimal(*p.RequiredPerDay), done, left)
}

func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func devicesAre(n int) string {
	if n == 1 {
		return "device is"
	}
	return "devices are"
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
