package value

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/problem"
)

// DateOrder decides how to read a date of three numbers that may begin with the
// day or with the month: 03/04/2020.
type DateOrder string

// Auto decides by the other dates of the column, in which a number above 12 must
// be a day. If they do not tell, the date stays undecided: no guess is made.
const (
	Auto       DateOrder = "auto"
	DayFirst   DateOrder = "day-first"
	MonthFirst DateOrder = "month-first"
)

// Dates reads the dates of one column. A date without a zone is in UTC.
type Dates struct {
	Order DateOrder // "" is [Auto]
	// Workbook says that numbers may be serials. Date1904 says that serials count
	// from 1904.
	Workbook, Date1904 bool
	// AsOf is the last day that is not [Future]; with the zero Day no date is.
	AsOf calendar.Day

	end time.Time // of the as-of day, everywhere
	// dayFirst and monthFirst say which orders the column's dates prove. halfDays
	// says that an undecided one has AM or PM, which go with the month first.
	dayFirst, monthFirst, halfDays bool
}

// Reading says how reading a date went.
type Reading int

// How reading a date went.
const (
	NoDate     Reading = iota // an empty cell, or a word or date that means never
	Readable                  // an instant
	Undecided                 // 03/04/2020 in a column that proves no order
	Unreadable                // something else
	Future                    // an instant after the as-of day is over everywhere
)

// Settle decides the order by the dates read so far: call it at the column's end.
func (d *Dates) Settle() {
	if d.Order == Auto || d.Order == "" {
		switch {
		case d.dayFirst && !d.monthFirst:
			d.Order = DayFirst
		case d.monthFirst && !d.dayFirst, d.halfDays && !d.dayFirst:
			d.Order = MonthFirst
		}
	}
}

// Read gives the instant in a clean cell, in UTC. If the order is undecided, the
// instant is that with the day first.
func (d *Dates) Read(cell string) (time.Time, Reading) {
	t, _, how := d.Readings(cell)
	return t, how
}

// Readings gives the two instants that an undecided cell may mean. For any other
// cell both are what Read gives.
func (d *Dates) Readings(cell string) (one, other time.Time, how Reading) {
	one, other, how = d.read(cell)
	if (how == Readable || how == Undecided) && !d.AsOf.IsZero() {
		if d.end.IsZero() {
			d.end = d.AsOf.Over()
		}
		if !one.Before(d.end) && !other.Before(d.end) {
			how = Future
		}
	}
	return one, other, how
}

// Fault gives the kind of problem and the message for a clean cell with this
// reading. Both are "" for [Readable] and [NoDate].
func (d *Dates) Fault(how Reading, cell string) (problem.Kind, string) {
	found := "found " + problem.Quote(d.Shown(cell))
	switch how {
	case Unreadable:
		return problem.UnreadableDate, found + ", want a date like 2020-02-04T09:30:00Z: it counts as missing"
	case Undecided:
		return problem.UnreadableDate, found + ", want to know whether the day or the month comes first, which no date of the column tells: set dates.order in the configuration"
	case Future:
		return problem.FutureDate, fmt.Sprintf("%s, want a date not later than the as-of date %s: it counts as missing", found, d.AsOf)
	}
	return "", ""
}

// Shown gives a cell as a person would see it: a workbook's serial as a date, any
// other cell as it is.
func (d *Dates) Shown(cell string) string {
	if number, err := strconv.ParseFloat(cell, 64); err == nil && d.Workbook {
		if t, ok := SerialTime(number, d.Date1904); ok {
			return strings.TrimSuffix(t.Format("2006-01-02 15:04:05"), " 00:00:00")
		}
	}
	return cell
}

func (d *Dates) read(cell string) (one, other time.Time, how Reading) {
	if cell == "" {
		return time.Time{}, time.Time{}, NoDate
	}
	if t, ok := parseISO(cell); ok {
		return sensible(t, t, Readable)
	}
	if strings.EqualFold(cell, "never") || strings.EqualFold(cell, "n/a") || strings.Trim(cell, "-") == "" {
		return time.Time{}, time.Time{}, NoDate
	}
	if t, ok := d.parseNumber(cell); ok {
		return sensible(t, t, Readable)
	}
	return sensible(d.parseForm(cell))
}

// sensible makes [NoDate] of the instants that programs write for never, and
// [Unreadable] of those that are too late to be counted in nanoseconds.
func sensible(one, other time.Time, how Reading) (time.Time, time.Time, Reading) {
	switch year := one.Year(); {
	case how == Unreadable || year > 2200:
		return time.Time{}, time.Time{}, Unreadable
	case year <= 1900:
		return time.Time{}, time.Time{}, NoDate // 0001-01-01 and 1899-12-30
	}
	return one, other, how
}

// parseNumber reads a workbook's serial, or what logs write: seconds,
// milliseconds, microseconds or nanoseconds since 1970.
func (d *Dates) parseNumber(text string) (time.Time, bool) {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && c != '.' && !(d.Workbook && (c == 'E' || c == 'e' || c == '+' || c == '-')) {
			return time.Time{}, false
		}
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return time.Time{}, false
	}
	if d.Workbook && number < 100_000 {
		return SerialTime(number, d.Date1904)
	}
	whole, fraction, _ := strings.Cut(text, ".")
	if d.Workbook && strings.ContainsAny(text, "eE") {
		whole, fraction = strconv.FormatFloat(number, 'f', 0, 64), ""
	}
	unit, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	// The number of digits tells the unit: from 2001 to 2286, seconds have ten.
	switch {
	case unit >= 1e9 && unit < 1e10:
		nanos, _ := strconv.Atoi((fraction + "000000000")[:9])
		return time.Unix(unit, int64(nanos)).UTC(), true
	case unit >= 1e12 && unit < 1e13:
		return time.UnixMilli(unit).UTC(), true
	case unit >= 1e15 && unit < 1e16:
		return time.UnixMicro(unit).UTC(), true
	case unit >= 1e18:
		return time.Unix(0, unit).UTC(), true
	}
	return time.Time{}, false
}

// JoinDate joins a date and a time of day from two columns, as Fortinet has them,
// into one cell for [Dates.Read]. A clock that is no mere time of day is given
// alone: it has its own date.
func JoinDate(date, clock string, workbook bool) string {
	switch {
	case date == "":
		return clock
	case clock == "":
		return date
	}
	if workbook {
		day, err := strconv.ParseFloat(date, 64)
		fraction, err2 := strconv.ParseFloat(clock, 64)
		if err == nil && err2 == nil && fraction < 1 {
			return strconv.FormatFloat(day+fraction, 'f', -1, 64)
		}
	}
	if _, _, ok := parseClock(clock); ok {
		return date + " " + clock
	}
	return clock
}
