package value

import (
	"strings"
	"time"
)

// parseISO reads 2020-10-12T16:55:40.632Z and its variants: a blank for the T,
// slashes for the hyphens, and no fraction, seconds, time or zone (then UTC).
// Most dates of reports have this form, so it is written by hand to be fast.
func parseISO(text string) (time.Time, bool) {
	if len(text) < 10 || text[4] != text[7] || text[4] != '-' && text[4] != '/' {
		return time.Time{}, false
	}
	year, ok1 := twoDigits(text, 0)
	years, ok2 := twoDigits(text, 2)
	month, ok3 := twoDigits(text, 5)
	day, ok4 := twoDigits(text, 8)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return time.Time{}, false
	}
	midnight, ok := date(year*100+years, month, day)
	if !ok {
		return time.Time{}, false
	}
	if len(text) == 10 {
		return midnight, true
	}
	if text[10] != 'T' && text[10] != ' ' && text[10] != 't' {
		return time.Time{}, false
	}
	sinceMidnight, offset, ok := parseClock(text[11:])
	return midnight.Add(sinceMidnight - offset), ok
}

// date gives midnight of a day in UTC. It reports false for a day that no
// calendar has.
func date(year, month, day int) (time.Time, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || day > 28 && day > daysIn(year, month) {
		return time.Time{}, false
	}
	// Counted from March, a year has its leap day at its end, which makes this
	// short. [time.Date] takes twice as long.
	y, m := year+(month+9)/12-1, (month+9)%12
	days := 365*y + y/4 - y/100 + y/400 + (153*m+2)/5 + day - 1
	return time.Unix(int64(days-marchDay)*secondsADay, 0).UTC(), true
}

const (
	marchDay    = 719_468 // the first of 1970, counted from 1 March of the year 0
	secondsADay = 24 * 60 * 60
)

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// parseClock reads a time of day with an optional zone: "", "09:30",
// "09:30:15.123", "9:30 AM", "9 p.m.", "16:55:40.632-06:00", "10:00:00 UTC". It
// gives the time since midnight and the zone's offset from UTC.
func parseClock(text string) (sinceMidnight, offset time.Duration, ok bool) {
	if text == "" {
		return 0, 0, true
	}
	hour, rest, digits := leadingNumber(text)
	if digits == 0 || digits > 2 || hour > 23 {
		return 0, 0, false
	}
	sinceMidnight = time.Duration(hour) * time.Hour
	if strings.HasPrefix(rest, ":") {
		minute, ok := twoDigits(rest, 1)
		if !ok || minute > 59 {
			return 0, 0, false
		}
		rest = rest[3:]
		sinceMidnight += time.Duration(minute) * time.Minute
		if rest != "" && rest[0] == ':' {
			second, ok := twoDigits(rest, 1)
			if !ok || second > 60 {
				return 0, 0, false
			}
			rest = rest[3:]
			sinceMidnight += time.Duration(second) * time.Second
			if rest != "" && (rest[0] == '.' || rest[0] == ',') {
				unit := time.Second
				n := 1
				for ; n < len(rest) && rest[n] >= '0' && rest[n] <= '9'; n++ {
					unit /= 10
					sinceMidnight += time.Duration(rest[n]-'0') * unit
				}
				if n == 1 {
					return 0, 0, false
				}
				rest = rest[n:]
			}
		}
		if rest == "Z" || rest != "" && (rest[0] == '-' || rest[0] == '+') { // as in nearly all exports
			offset, ok = parseZone(rest)
			return sinceMidnight, offset, ok
		}
	} else if half, _ := cutHalf(rest); half == "" {
		return 0, 0, false // a number alone is no time
	}
	if half, tail := cutHalf(rest); half != "" {
		switch {
		case hour < 1 || hour > 12:
			return 0, 0, false
		case half == "am" && hour == 12:
			sinceMidnight -= 12 * time.Hour
		case half == "pm" && hour != 12:
			sinceMidnight += 12 * time.Hour
		}
		rest = tail
	}
	rest = strings.TrimLeft(rest, " ")
	if word, tail := leadingWord(rest); word == "uhr" {
		rest = strings.TrimLeft(tail, " ")
	}
	offset, ok = parseZone(rest)
	return sinceMidnight, offset, ok
}

// cutHalf gives the half of the day at the beginning of a text, "am", "pm" or "",
// and what follows it.
func cutHalf(text string) (half, rest string) {
	if text == "" || len(text) > 40 {
		return "", text
	}
	word, rest := leadingWord(strings.TrimLeft(text, " "))
	if word == "am" || word == "pm" {
		return word, rest
	}
	return "", text
}

// parseZone reads "", "Z", "UTC", "GMT", "+02:00", "-0600", "+01", and what
// programs print: "+0000 UTC", "GMT+0100 (CET)", "UTC-6". A zone's name without
// an offset is refused, since a name such as CST means several zones.
func parseZone(text string) (time.Duration, bool) {
	switch text {
	case "", "Z", "z", "UTC", "GMT":
		return 0, true
	}
	text, _, _ = strings.Cut(text, " (")
	for _, name := range []string{"UTC", "GMT"} {
		if tail, ok := strings.CutPrefix(text, name); ok && tail != "" {
			text = strings.TrimLeft(tail, " ")
		}
	}
	text, name, _ := strings.Cut(text, " ")
	if strings.ContainsAny(name, " :/") || len(name) > 5 || text == "" {
		return 0, false
	}
	sign := time.Duration(1)
	switch text[0] {
	case '-':
		sign = -1
	case '+':
	default:
		return 0, false
	}
	hours, rest, digits := leadingNumber(text[1:])
	minutes := 0
	switch {
	case digits == 4:
		hours, minutes = hours/100, hours%100
	case digits == 0 || digits > 2:
		return 0, false
	case rest != "":
		var ok bool
		if minutes, ok = twoDigits(strings.TrimPrefix(rest, ":"), 0); !ok || len(rest) != 3 {
			return 0, false
		}
		rest = ""
	}
	if rest != "" || hours > 15 || minutes > 59 {
		return 0, false
	}
	return sign * (time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute), true
}

// twoDigits reads the two digits at i. It reports false if there are none.
func twoDigits(text string, i int) (int, bool) {
	if len(text) < i+2 {
		return 0, false
	}
	a, b := text[i]-'0', text[i+1]-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

// leadingNumber reads the digits at the start, at most nine, and gives their
// number and the rest.
func leadingNumber(text string) (n int, rest string, digits int) {
	for digits < len(text) && digits < 9 && text[digits] >= '0' && text[digits] <= '9' {
		n = n*10 + int(text[digits]-'0')
		digits++
	}
	return n, text[digits:], digits
}
