package generator

import (
	"fmt"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// outdatedDays is how much older than the newest report one may be, where
// Config.Stop.AgeDays sets no bound: after that a nightly export was surely
// forgotten.
const outdatedDays = 14

// AgeAdvice says, behind a sentence about old reports, what stop.age does about
// them.
func (o *Outcome) AgeAdvice() string {
	if days := o.run.Config.Stop.AgeDays; days > 0 {
		return fmt.Sprintf("; stop.age is %s", plural.Count(days, "day", "days"))
	}
	return "; stop.age in the configuration would stop such a run"
}

// outdated says how many devices only reports know that are much older than the
// newest one: a glob keeps them, though they may be gone for long. It is "" when
// there are none.
func outdated(run *Run, read *intake.Result) string {
	days := run.Config.Stop.AgeDays
	if days == 0 {
		days = outdatedDays
	}
	var newest calendar.Day
	for _, age := range read.Ages {
		if age.Newest.After(newest) {
			newest = age.Newest
		}
	}
	devices := 0
	var files []string
	for _, age := range read.Ages {
		if age.Newest.IsZero() || age.Latest == 0 || age.Newest.Until(newest) <= days {
			continue
		}
		devices += age.Latest
		files = append(files, fmt.Sprintf("%s (newest row of %s)", problem.Visible(age.File), age.Newest))
	}
	known := "devices are known"
	switch devices {
	case 0:
		return ""
	case 1:
		known = "device is known"
	}
	return fmt.Sprintf("%d %s only from reports that are more than %d days older than the newest one, and may be gone: %s.", devices, known, days, strings.Join(files, ", "))
}
