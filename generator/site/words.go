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
func (s *Site) verdictMeaning(v policy.Verdict) string {
	p, possible := s.in.Policy, s.in.Fleet.Possible
	retired := "a retired port"
	if len(p.Ports.Retired) > 0 {
		retired = "port " + Ports(p.Ports.Retired).Or()
	}
	switch v {
	case policy.UpgradeAndChangePort:
		return "Too old, and last seen on " + retired + "."
	case policy.Upgrade:
		if !p.CutOff() {
			return "Too old, and so " + visible(p.Fate()) + s.fromTheDate()
		}
		return "Too old to connect from the cutoff on."
	case policy.ChangePort:
		return "New enough, but last seen on " + retired + "."
	case policy.Check:
		return "Its version" + s.orDestination() + " is unclear, so nobody can call it safe."
	case policy.UpgradeRecommended:
		return capitalised(p.Passes()) + ", but without the vendor's support."
	case policy.VerifyPort:
		return "New enough; we have no evidence of its port."
	case policy.Ready:
		return "Nothing to do."
	case policy.NotAffected:
		if possible.Families {
			return "Runs another system."
		}
		return "Stores on-premises only."
	case policy.Inactive:
		if !p.CutOff() {
			return "Deactivated, so not counted."
		}
		return "Deactivated, so not counted on to connect."
	}
	return ""
}

// fromTheDate ends a sentence about what affected devices are, or will be.
func (s *Site) fromTheDate() string {
	if s.in.Fleet.Phase == policy.InForce {
		return "."
	}
	return " from the date on."
}

// theDate is what the effective date is called: the cutoff, where devices are cut
// off.
func theDate(p *policy.Policy) string {
	if p.CutOff() {
		return "the cutoff"
	}
	return "the date"
}

// orDestination goes on after "its version", where it matters where a device
// stores.
func (s *Site) orDestination() string {
	if s.in.Fleet.Possible.Destinations {
		return " or its destination"
	}
	return ""
}

// theProduct and theApp name the product in a sentence (see
// [policy.Policy.TheProduct]).
func (s *Site) theProduct() string { return visible(s.in.Policy.TheProduct()) }

func (s *Site) theApp() string { return visible(s.in.Policy.TheApp()) }

// fate, will and does say what happens to affected devices (see
// [policy.Policy.Fate]).
func (s *Site) fate() string { return visible(s.in.Policy.Fate()) }

func (s *Site) will(devices int) string { return visible(s.in.Policy.Will(devices)) }

func (s *Site) does(devices int) string { return visible(s.in.Policy.Does(devices)) }

// capitalised begins a sentence.
func capitalised(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
