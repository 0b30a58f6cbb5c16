package value

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/problem"
)

// DateOrder decides how a date of three numbers is read where the year comes
// last: 03/04/2020.
type DateOrder string

// Auto looks for a number above 12 elsewhere in the same column and, finding
// none, leaves the date unreadable rather than guess.
const (
	Auto       DateOrder = "auto"
	DayFirst   DateOrder = "day-first"
	MonthFirst DateOrder = "month-first"
)

// Dates reads the dates of one column. Dates without a zone are UTC.
type Dates struct {
	Order DateOrder // "" is [Auto]
	// Workbook says that numbers may be serials, Date1904 that those count from
	// 1904.
	Workbook, Date1904 bool
	// AsOf is the day after which a date is [Future]; the zero Day knows none.
	AsOf calendar.Day

	end time.Time // of the as-of day
	// dayFirst and monthFirst say which orders the column's values prove.
	dayFirst, monthFirst bool
}

// Reading says how reading a date went.
type Reading int

// How reading a date went.
const (
	NoDate     Reading = iota // nothing, or a word for it
	Readable                  // an instant
	Undecided                 // 03/04/2020 in a column that proves no order; read as day-first
	Unreadable                // something else
	Future                    // an instant later than the as-of date
)

// Settle fixes the order by what the whole column proved.
func (d *Dates) Settle() {
	if d.Order == Auto || d.Order == "" {
		switch {
		case d.dayFirst && !d.monthFirst:
			d.Order = DayFirst
		case d.monthFirst && !d.dayFirst:
			d.Order = MonthFirst
		}
	}
}

// Read gives the instant that a clean cell names, in UTC.
func (d *Dates) Read(cell string) (time.Time, Reading) {
	t, how := d.read(cell)
	if how == Readable && !d.AsOf.IsZero() {
		if d.end.IsZero() {
			d.end = d.AsOf.End()
		}
		if !t.Before(d.end) {
			how = Future
		}
	}
	return t, how
}

// Fault says what is wrong with a clean cell that was read so: the kind of
// problem and its message; "" for a date that counts and for none.
func (d *Dates) Fault(how Reading, cell string) (problem.Kind, string) {
	if how == NoDate || how == Readable {
		return "", ""
	}
	found := "found " + problem.Quote(cell)
	switch how {
	case Unreadable:
		return problem.UnreadableDate, found + ", want a date like 2020-02-04T09:30:00Z: it counts as missing"
	case Undecided:
		return problem.UnreadableDate, found + ", want to know whether the day or the month comes first, which no date of the column tells: set dates.order in the configuration"
	}
	return problem.FutureDate, fmt.Sprintf("%s, want a date not later than the as-of date %s: it counts as missing", found, d.AsOf)
}

func (d *Dates) read(cell string) (time.Time, Reading) {
	if cell == "" {
		return time.Time{}, NoDate
	}
	if t, ok := parseISO(cell); ok {
		return sensible(t)
	}
	if strings.EqualFold(cell, "never") || strings.EqualFold(cell, "n/a") || strings.Trim(cell, "-") == "" {
		return time.Time{}, NoDate
	}
	text := plainSpaces(cell)
	if t, ok := d.parseNumber(text); ok {
		return sensible(t)
	}
	if t, how := d.parseNumbers(text); how != Unreadable {
		return t, how
	}
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, text, time.UTC); err == nil && trustedZone(t) {
			return sensible(t.UTC())
		}
	}
	return time.Time{}, Unreadable
}

// layouts are the forms with a month's name: those of older on-premises
// consoles first (Mar 01, 2014 03:00:00 PM), then RFC 1123 and its kin.
var layouts = []string{
	"Jan 2, 2006 3:04:05 PM", "Jan 2, 2006, 3:04:05 PM", "Jan 2, 2006 3:04 PM", "Jan 2, 2006, 3:04 PM",
	"Jan 2, 2006 15:04:05", "Jan 2, 2006, 15:04:05", "Jan 2, 2006",
	"January 2, 2006 3:04:05 PM", "January 2, 2006 3:04 PM", "January 2, 2006 15:04:05", "January 2, 2006",
	time.RFC1123, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon Jan _2 15:04:05 MST 2006", "Mon Jan _2 15:04:05 -0700 2006", time.ANSIC,
	"2 Jan 2006 15:04:05", "2 Jan 2006 15:04", "2 Jan 2006", "2-Jan-2006 15:04:05", "2-Jan-2006",
	"2 January 2006 15:04:05", "2 January 2006", "Jan 2 2006 15:04:05", "Jan 2 2006",
}

// trustedZone reports whether a date's zone says how far it is from UTC. The
// names of zones do not: CST is three of them.
func trustedZone(t time.Time) bool {
	name, offset := t.Zone()
	return name == "UTC" || name == "GMT" || name == "" || offset != 0
}

// sensible refuses instants that are a program's word for never, and those
// that cannot be counted in nanoseconds.
func sensible(t time.Time) (time.Time, Reading) {
	switch year := t.Year(); {
	case year <= 1900:
		return time.Time{}, NoDate // 0001-01-01 and 1899-12-30
	case year > 2200:
		return time.Time{}, Unreadable
	}
	return t, Readable
}

func plainSpaces(text string) string {
	if strings.ContainsAny(text, "\u00a0\u202f\u2009") {
		text = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ").Replace(text)
	}
	return text
}

// parseNumber reads a workbook's serial, or seconds, milliseconds, microseconds
// or nanoseconds since 1970 as logs write them.
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
	// From 2001 to 2286 seconds have ten digits.
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

// parseNumbers reads dates of three numbers with the year last: 15.01.2020
// 09:30, 1/15/2020 9:30 AM, 15-01-20. Dots put the day first everywhere;
// slashes and hyphens do not say.
func (d *Dates) parseNumbers(text string) (time.Time, Reading) {
	var parts [3]int
	rest := text
	var mark byte
	for i := range parts {
		n, tail, digits := leadingNumber(rest)
		if digits == 0 || digits > 4 || digits > 2 && i < 2 {
			return time.Time{}, Unreadable
		}
		parts[i], rest = n, tail
		if i == 2 {
			if digits == 2 {
				parts[i] += 2000
			} else if digits != 4 {
				return time.Time{}, Unreadable
			}
			break
		}
		if rest == "" || rest[0] != '/' && rest[0] != '.' && rest[0] != '-' || i > 0 && rest[0] != mark {
			return time.Time{}, Unreadable
		}
		mark, rest = rest[0], rest[1:]
	}
	sinceMidnight, offset, ok := parseClock(strings.TrimLeft(strings.TrimPrefix(rest, ","), " "))
	if !ok {
		return time.Time{}, Unreadable
	}
	dayFirst, dayOK := date(parts[2], parts[1], parts[0])
	monthFirst, monthOK := date(parts[2], parts[0], parts[1])
	switch {
	case mark == '.':
		monthOK = false
	case parts[0] == parts[1]:
	case dayOK && !monthOK:
		d.dayFirst = true
	case monthOK && !dayOK:
		d.monthFirst = true
	case dayOK && monthOK && d.Order == MonthFirst:
		dayFirst = monthFirst
	case dayOK && monthOK && d.Order != DayFirst:
		return dayFirst.Add(sinceMidnight - offset), Undecided
	}
	switch {
	case dayOK:
		return sensible(dayFirst.Add(sinceMidnight - offset))
	case monthOK:
		return sensible(monthFirst.Add(sinceMidnight - offset))
	}
	return time.Time{}, Unreadable
}

// JoinDate puts a date and a time of day together where they stand in two
// columns, as Fortinet's do.
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
