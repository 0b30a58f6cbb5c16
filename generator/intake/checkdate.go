package intake

import (
	"fmt"
	"time"

	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// checkDate gives a date that counts, or the zero time and a problem.
func (s *source) checkDate(t time.Time, how value.Reading, cell string, row, column int) time.Time {
	switch {
	case how == value.Unreadable:
		s.faults.add(problem.UnreadableDate, row, column,
			fmt.Sprintf("found %s, want a date like 2020-02-04T09:30:00Z: it counts as missing", problem.Quote(value.Clean(cell))))
	case how == value.Undecided:
		s.faults.add(problem.UnreadableDate, row, column,
			fmt.Sprintf("found %s, want to know whether the day or the month comes first, which no date of the column tells: set dates.order in the configuration", problem.Quote(value.Clean(cell))))
	case how == value.Readable && !t.Before(s.run.end):
		s.faults.add(problem.FutureDate, row, column,
			fmt.Sprintf("found %s, want a date not later than the as-of date %s: it counts as missing", problem.Quote(value.Clean(cell)), s.run.opts.AsOf))
	case how == value.Readable:
		return t
	}
	return time.Time{}
}
