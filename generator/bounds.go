package generator

import (
	"fmt"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// StopError ends a run whose inputs look too bad to be published. Run.Force
// overrides it.
type StopError struct {
	// Reasons has each bound that was passed, in the form "place: found X, want Y".
	Reasons []string
	// forgot is set when all that is wrong is that the memory is gone.
	forgot bool
}

// Error gives the reasons, one a line.
func (e *StopError) Error() string { return strings.Join(e.Reasons, "\n") }

// Hint says how to go on.
func (e *StopError) Hint() string {
	if e.forgot {
		return "put the memory back, or say where it is (--memory, or memory in the configuration); --force begins a new one, and the pages say so"
	}
	return "look at the inputs first (cutoff check); --force publishes all the same, and the pages say so"
}

// bounds compares what was read, and the newest day in it, with Config.Stop, and
// the nights that are known with those that should be; unusable is what is wrong
// with the roster, "" for nothing. It gives the reasons to stop when they are
// overridden, and a [*StopError] with them when they are not.
func bounds(run *Run, files []intake.File, devices int, newest calendar.Day, p *past, unusable string) ([]string, error) {
	var reasons []string
	gone := p.gone()
	if gone != "" {
		reasons = append(reasons, gone)
	}
	stop := run.Config.Stop
	for _, file := range files {
		judged := file.Devices + file.Merged + file.Rejected
		if file.Kind != intake.Report || file.Rejected == 0 {
			continue
		}
		if share := float64(file.Rejected) / float64(judged); share >= stop.RejectedShare {
			reasons = append(reasons, fmt.Sprintf("%s: found %d of %d rows rejected (%.1f%%), want less than %.4g%%",
				problem.Visible(file.Path), file.Rejected, judged, 100*share, 100*stop.RejectedShare))
		}
	}
	if stop.AgeDays > 0 && !newest.IsZero() {
		if age := newest.Until(run.AsOf); age > stop.AgeDays {
			reasons = append(reasons, fmt.Sprintf("reports: found the newest row on %s, %d days before %s, want at most %d days", newest, age, run.AsOf, stop.AgeDays))
		}
	}
	if last, known := p.before(run.AsOf); known {
		fewer := last.Devices - devices
		if share := float64(fewer) / float64(last.Devices); fewer > 0 && share >= stop.FewerShare {
			reasons = append(reasons, fmt.Sprintf("reports: found %s, %d (%.1f%%) fewer than the %d of %s, want less than %.4g%% fewer",
				plural.Count(devices, "device", "devices"), fewer, 100*share, last.Devices, last.Night, 100*stop.FewerShare))
		}
	}
	if unusable != "" {
		reasons = append(reasons, unusable)
	}
	if len(reasons) > 0 && !run.Force {
		return nil, &StopError{reasons, len(reasons) == 1 && gone != ""}
	}
	return reasons, nil
}
