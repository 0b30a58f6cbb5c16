package site

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/policy"
)

// words puts numbers and days into the forms that the organisation chose.
type words struct {
	look      config.Look
	days      string // a layout of package time
	shortDays string // the same with months and weekdays cut to three letters
}

func newWords(look config.Look) words {
	days := cmp.Or(look.Dates, defaultDates)
	short := strings.NewReplacer("January", "Jan", "Monday", "Mon").Replace(days)
	return words{look, days, short}
}

// number gives 12,345 with the organisation's own mark between thousands.
func (w words) number(n int) string { return writeNumber(w.look, n) }

// day gives a day in the organisation's form, and "" for no day.
func (w words) day(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(w.days)
}

// shortDay is day for the columns of a list.
func (w words) shortDay(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(w.shortDays)
}

// count gives a number with its noun: "1 device", "1,204 devices".
func (w words) count(n int, one, many string) string {
	return w.number(n) + " " + plural(one, many, n)
}

// verdictWord is what a page calls a verdict; with the shape of its mark it
// says in print and to the colour-blind what the colour says to others.
func verdictWord(v policy.Verdict) string {
	switch v {
	case policy.UpgradeAndChangePort:
		return "Upgrade and change port"
	case policy.Upgrade:
		return "Upgrade"
	case policy.ChangePort:
		return "Change port"
	case policy.Check:
		return "Check"
	case policy.UpgradeRecommended:
		return "Upgrade recommended"
	case policy.VerifyPort:
		return "Verify port"
	case policy.Ready:
		return "Ready"
	case policy.NotAffected:
		return "Not affected"
	case policy.Inactive:
		return "Inactive"
	}
	return string(v)
}

// verdictMeaning says in one short sentence what a verdict means.
func verdictMeaning(v policy.Verdict, p *policy.Policy) string {
	retired := "a retired port"
	if len(p.Ports.Retired) > 0 {
		retired = "port " + Ports(p.Ports.Retired).Or()
	}
	switch v {
	case policy.UpgradeAndChangePort:
		return "Too old, and last seen on " + retired + "."
	case policy.Upgrade:
		return "Too old to connect from the cutoff on."
	case policy.ChangePort:
		return "New enough, but last seen on " + retired + "."
	case policy.Check:
		return "Its version or its destination is unclear, so nobody can call it safe."
	case policy.UpgradeRecommended:
		return "Connects, but without the vendor's support."
	case policy.VerifyPort:
		return "New enough; we have no evidence of its port."
	case policy.Ready:
		return "Nothing to do."
	case policy.NotAffected:
		return "Stores on-premises only."
	case policy.Inactive:
		return "Deactivated, so not counted on to connect."
	}
	return ""
}
