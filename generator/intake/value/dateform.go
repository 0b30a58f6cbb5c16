package value

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// form is a date taken apart: its numbers, its month if that is a name, and its
// time of day.
type form struct {
	numbers []number
	mark    byte // what separates the numbers: '-', '/' or '.'; 0 for blanks
	month   int  // if it is a name, else 0
	// sinceMidnight is the time of day, offset its zone's offset from UTC.
	sinceMidnight, offset time.Duration
	halfDay               bool // it has AM or PM
}

type number struct{ value, digits int }

// parseForm reads every form that parseISO does not: 2020-1-10, 20200110,
// 20200110095812, 10-Jan-20, "Friday, January 10, 2020 9:58:12 AM",
// "Jan 10, 2020 @ 09:58:12.000", 15.01.2020 09:30, 1/15/2020 9:30 AM,
// "Fri Jan 10 09:58:12 UTC 2020", 2020年1月10日.
func (d *Dates) parseForm(text string) (one, other time.Time, how Reading) {
	f, ok := split(plain(text))
	if !ok {
		return time.Time{}, time.Time{}, Unreadable
	}
	instant := func(year, month, day number) (time.Time, bool) {
		if year.digits == 2 {
			year.value += 2000
		} else if year.digits != 4 {
			return time.Time{}, false
		}
		t, ok := date(year.value, month.value, day.value)
		return t.Add(f.sinceMidnight - f.offset), ok
	}
	sure := func(year, month, day number) (one, other time.Time, how Reading) {
		if one, ok = instant(year, month, day); !ok {
			return one, one, Unreadable
		}
		return one, one, Readable
	}
	n := f.numbers
	switch {
	case f.month != 0 && len(n) == 2:
		day, year := n[0], n[1]
		if day.digits == 4 {
			day, year = year, day
		}
		return sure(year, number{f.month, 2}, day)
	case f.month != 0 || len(n) != 3 || n[1].digits > 2 || n[0].digits == 3:
		return time.Time{}, time.Time{}, Unreadable
	case n[0].digits == 4:
		return sure(n[0], n[1], n[2])
	}
	dayFirst, dayOK := instant(n[2], n[1], n[0])
	monthFirst, monthOK := instant(n[2], n[0], n[1])
	if f.mark == '.' { // wherever people write dots, the day comes first
		monthOK = false
	}
	if f.mark == '-' && n[2].digits == 2 && d.Order != DayFirst && d.Order != MonthFirst {
		// 20-01-15 may also have the year first.
		if yearFirst, ok := instant(n[0], n[1], n[2]); ok && n[0].digits == 2 && dayOK && !yearFirst.Equal(dayFirst) {
			return dayFirst, yearFirst, Undecided
		}
	}
	switch {
	case dayOK && monthOK && n[0].value != n[1].value:
		d.halfDays = d.halfDays || f.halfDay
		switch d.Order {
		case DayFirst:
			return dayFirst, dayFirst, Readable
		case MonthFirst:
			return monthFirst, monthFirst, Readable
		}
		return dayFirst, monthFirst, Undecided
	case dayOK:
		d.dayFirst = d.dayFirst || !monthOK && f.mark != '.'
		return dayFirst, dayFirst, Readable
	case monthOK:
		d.monthFirst = true
		return monthFirst, monthFirst, Readable
	}
	return time.Time{}, time.Time{}, Unreadable
}

// plain gives a text with ordinary blanks and digits, and turns the signs of
// Chinese and Japanese dates into hyphens and colons.
func plain(text string) string {
	text = norm.NFKC.String(text)
	if strings.ContainsRune(text, '年') {
		text = eastern.Replace(text)
	}
	return text
}

// eastern rewrites dates such as 2020年1月10日(金) 上午9時58分12秒. There AM and PM come
// before the time, but split takes them anywhere.
var eastern = strings.NewReplacer(
	"年", "-", "月", "-", "日", " ", "時", ":", "时", ":", "点", ":", "分", ":", "秒", " ",
	"上午", " AM ", "午前", " AM ", "下午", " PM ", "午後", " PM ",
	"星期一", "", "星期二", "", "星期三", "", "星期四", "", "星期五", "", "星期六", "", "星期日", "", "星期天", "",
	"(月)", "", "(火)", "", "(水)", "", "(木)", "", "(金)", "", "(土)", "", "(日)", "",
)

// wholeInstant is how many digits a date with its time of day has if nothing
// separates them: 20200110095812.
const wholeInstant = 14

// split takes a date apart. It reports false for a text that is no date.
func split(text string) (f form, ok bool) {
	rest, half := text, ""
	if len(text) == wholeInstant && Digits(text) {
		rest = text[:8] + " " + text[8:]
	}
	for rest != "" {
		switch c := rest[0]; {
		case c == ' ' || c == ',' || c == '@':
			rest = rest[1:]
		case c == '-' || c == '/' || c == '.':
			if len(f.numbers) == 0 && f.month == 0 || f.mark != 0 && f.mark != c && len(f.numbers) < 3 {
				return f, false
			}
			if len(f.numbers) < 3 {
				f.mark = c
			}
			rest = rest[1:]
		case c >= '0' && c <= '9':
			if isClock(rest, &f) {
				return f.clock(rest, half)
			}
			value, tail, digits := leadingNumber(rest)
			if digits > 4 && digits != 8 || !f.take(value, digits) {
				return f, false
			}
			rest = tail
		default:
			word, tail := leadingWord(rest)
			if word == "" {
				return f, false
			}
			rest = tail
			switch {
			case months[word] != 0 && f.month == 0 && len(f.numbers) < 3:
				f.month = months[word]
			case word == "am" || word == "pm":
				half = word
			case unsaid[word] == 0:
				return f, false
			}
		}
	}
	return f, true
}

// take adds a number of the date. One of eight digits is a whole date. It reports
// false if the number does not fit in.
func (f *form) take(value, digits int) bool {
	if digits == 8 && f.month == 0 && len(f.numbers) == 0 {
		f.numbers = append(f.numbers, number{value / 10000, 4}, number{value / 100 % 100, 2}, number{value % 100, 2})
		return true
	}
	f.numbers = append(f.numbers, number{value, digits})
	return digits <= 4 && len(f.numbers) <= 3
}

// isClock reports whether a text that begins with a digit is a time of day: 9:58
// anywhere, or 9 AM and 095812 after a whole date.
func isClock(text string, f *form) bool {
	_, tail, digits := leadingNumber(text)
	if digits <= 2 && strings.HasPrefix(tail, ":") {
		return true
	}
	whole := len(f.numbers) == 3 || f.month != 0 && len(f.numbers) == 2
	if half, _ := cutHalf(tail); whole && digits <= 2 && half != "" {
		return true
	}
	return whole && (digits == 4 || digits == 6)
}

// clock reads the rest of a date, from the time of day on. half is an AM or PM
// that came before. The year may come last, as in "Fri Jan 10 09:58:12 UTC 2020".
func (f *form) clock(text, half string) (form, bool) {
	if _, tail, digits := leadingNumber(text); digits == 4 || digits == 6 {
		text = text[:2] + ":" + text[2:4] + strings.TrimSuffix(":"+text[4:digits], ":") + tail
	}
	text = strings.TrimRight(text, ": ")
	if f.month != 0 && len(f.numbers) == 1 {
		i := strings.LastIndexByte(text, ' ')
		if i < 0 {
			return *f, false
		}
		year, tail, digits := leadingNumber(text[i+1:])
		if digits != 4 || tail != "" {
			return *f, false
		}
		f.numbers = append(f.numbers, number{year, digits})
		text = strings.TrimRight(text[:i], " ")
	}
	if half != "" {
		text += " " + half
	}
	f.halfDay = half != "" || strings.ContainsAny(text, "Mm") && strings.ContainsAny(text, "AaPp")
	var ok bool
	f.sinceMidnight, f.offset, ok = parseClock(text)
	return *f, ok
}

// leadingWord gives the letters at the beginning of a text in lower case, without
// the dots between and after them ("a.m." is "am"), and the rest.
func leadingWord(text string) (word, rest string) {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
	if end < 0 {
		end = len(text)
	}
	return strings.ToLower(strings.ReplaceAll(text[:end], ".", "")), text[end:]
}

// months are the names of months in English, German and French, short and long.
var months = byName(
	"jan january januar jänner janvier janv",
	"feb february februar feber février fevrier févr fevr",
	"mar march märz maerz mär mrz mars",
	"apr april avril avr",
	"may mai",
	"jun june juni juin",
	"jul july juli juillet juil",
	"aug august août aout",
	"sep sept september septembre",
	"oct october okt oktober octobre",
	"nov november novembre",
	"dec december dez dezember décembre decembre déc",
)

// byName maps each word to the number of its line, from 1.
func byName(lines ...string) map[string]int {
	found := map[string]int{}
	for i, line := range lines {
		for name := range strings.FieldsSeq(line) {
			found[name] = i + 1
		}
	}
	return found
}

// unsaid are words of a date that add nothing: weekdays, the endings of ordinal
// numbers, and words before the time of day.
var unsaid = byName(`t at um uhr the of der den le st nd rd th
	mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday
	mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag
	lun lundi mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche`)
