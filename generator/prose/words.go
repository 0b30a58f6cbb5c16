// Package prose makes the texts that people read. It fills and converts the
// announcement and the FAQ, writes numbers and days in the organisation's form,
// and makes text from an input safe to show. Pages, mails and tickets all take
// their words from here. Only this package uses goldmark, with raw HTML off,
// and sprig.
package prose

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
)

// Words writes numbers and days in the forms that the organisation chose.
type Words struct {
	look      config.Look
	days      string // a layout of package time
	shortDays string // the same with months and weekdays cut to three letters
}

// NewWords takes the forms from the configuration. Days are 4 February 2020
// where it names no form.
func NewWords(look config.Look) Words {
	days := cmp.Or(look.Dates, defaultDates)
	short := strings.NewReplacer("January", "Jan", "Monday", "Mon").Replace(days)
	return Words{look, days, short}
}

// Number gives 12,345, with the organisation's own mark between thousands.
func (w Words) Number(n int) string { return writeNumber(w.look, n) }

// Day gives a day in the organisation's form; "" for no day.
func (w Words) Day(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(w.days)
}

// ShortDay is [Words.Day] for the columns of a list, with months and weekdays
// cut to three letters.
func (w Words) ShortDay(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(w.shortDays)
}

// Count gives a number with its noun: "1 device", "1,204 devices".
func (w Words) Count(n int, one, many string) string {
	return w.Number(n) + " " + plural.Of(n, one, many)
}

// Verdict gives the name of a verdict for pages; a verdict without one is given
// as it is. The name and the shape of its mark say in print and to colour-blind
// people what the colour says to others.
func Verdict(v policy.Verdict) string { return cmp.Or(verdicts[v], string(v)) }

var verdicts = map[policy.Verdict]string{
	policy.UpgradeAndChangePort: "Upgrade and change port",
	policy.Upgrade:              "Upgrade",
	policy.ChangePort:           "Change port",
	policy.Check:                "Check",
	policy.UpgradeRecommended:   "Upgrade recommended",
	policy.VerifyPort:           "Verify port",
	policy.Ready:                "Ready",
	policy.NotAffected:          "Not affected",
	policy.Inactive:             "Inactive",
}
