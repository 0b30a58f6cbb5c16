// Package calendar has the day that every stage uses: a calendar day without a time
// of day or a zone. Notices name days, and a site is made for one. Days are compared
// and not instants, so that a run gives the same in every zone.
package calendar

import (
	"fmt"
	"time"
)

// Day is a calendar day. The zero Day is no day at all.
type Day struct{ days int32 } // since 1 January of the year 1

// unixDay is the number of the first day of 1970. secondsADay is how long a day is.
const (
	unixDay     = 719162
	secondsADay = 24 * 60 * 60
)

// ofUnix gives the day of an instant in seconds since 1970, which may be negative.
func ofUnix(seconds int64) Day { return Day{int32((seconds + unixDay*secondsADay) / secondsADay)} }

// Of gives the day on which an instant falls in UTC. The zero time gives the
// zero Day.
func Of(t time.Time) Day {
	if t.IsZero() {
		return Day{}
	}
	return ofUnix(t.Unix())
}

// New gives a day from its parts. Parts out of range carry over as in [time.Date].
func New(year int, month time.Month, day int) Day {
	return ofUnix(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix())
}

// Parse reads a day written as 2020-02-04. The error says what was wanted.
func Parse(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 2 { // the zero Day is in year 1
		return Day{}, fmt.Errorf("found %q, want a date like 2020-02-04", text)
	}
	return ofUnix(t.Unix()), nil
}

// IsZero reports whether d is no day at all.
func (d Day) IsZero() bool { return d.days == 0 }

// String gives 2020-02-04, and "" for the zero Day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}

// Format gives the day in a layout of package time.
func (d Day) Format(layout string) string { return d.Start().Format(layout) }

// Start is the day's first instant in UTC.
func (d Day) Start() time.Time {
	return time.Unix((int64(d.days)-unixDay)*secondsADay, 0).UTC()
}

// Over is the first instant at which the day has ended everywhere: 12:00 UTC of the
// next day, when it ends in the zone twelve hours west of Greenwich.
func (d Day) Over() time.Time { return d.Start().Add(36 * time.Hour) }

// Add gives the day n days later; n may be negative.
func (d Day) Add(n int) Day { return Day{d.days + int32(n)} }

// Until counts the days from d to later; negative when later is earlier.
func (d Day) Until(later Day) int { return int(later.days - d.days) }

// Before reports whether d is an earlier day than e.
func (d Day) Before(e Day) bool { return d.days < e.days }

// After reports whether d is a later day than e.
func (d Day) After(e Day) bool { return d.days > e.days }

// MarshalText gives the day for JSON and YAML.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a day as MarshalText gives it. Empty text gives the zero Day.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d = Day{}
	if len(text) > 0 {
		*d, err = Parse(string(text))
	}
	return err
}
