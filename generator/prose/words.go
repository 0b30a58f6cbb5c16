// Package prose makes texts for people of what the run found: the announcement
// and the FAQ from their Markdown and the placeholders' values, numbers and days
// in the organisation's form, and text from an input with nothing unseen in it.
// Pages, mails and a ticket's texts all take their words from here. Goldmark is
// used here only, with raw HTML off, and so is sprig.
package prose

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
)

// Words puts numbers and days into the forms that the organisation chose.
type Words struct {
	look      config.Look
	days      string // a layout of package time
	shortDays string // the same with months and weekdays cut to three letters
}

// NewWords takes the forms from the configuration.
func NewWords(look config.Look) Words {
	days := cmp.Or(look.Dates, defaultDates)
	short := strings.NewReplacer("January", "Jan", "Monday", "Mon").Replace(days)
	return Words{look, days, short}
}

// Number gives 12,345 with the organisation's own mark between thousands.
func (w Words) Number(n int) string { return writeNumber(w.look, n) }

// Day gives a day in the organisation's form, and "" for no day.
func (w Words) Day(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(w.days)
}

// ShortDay is [Words.Day] for the columns of a list.
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

// Verdict is what a page calls a verdict; with the shape of its mark it says in
// print and to the colour-blind what the colour says to others.
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

// Capitalised begins a sentence.
func Capitalised(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
