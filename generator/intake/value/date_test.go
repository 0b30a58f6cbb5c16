package value

import (
	"testing"
	"time"

	"example.org/cutoff/generator/calendar"
)

func TestInstants(t *testing.T) {
	for name, test := range map[string]struct {
		text  string
		dates Dates
		want  string // RFC 3339, "" for none
		how   Reading
	}{
		"milliseconds and Z":             {text: "2020-10-12T16:55:40.632Z", want: "2020-10-12T16:55:40.632Z", how: Readable},
		"offset":                         {text: "2019-12-02T09:34:28.364-06:00", want: "2019-12-02T15:34:28.364Z", how: Readable},
		"offset without a colon":         {text: "2019-12-02T09:34:28+0530", want: "2019-12-02T04:04:28Z", how: Readable},
		"offset over midnight":           {text: "2020-01-01T00:30:00+01:00", want: "2019-12-31T23:30:00Z", how: Readable},
		"comma before the milliseconds":  {text: "2020-01-01 10:00:00,250", want: "2020-01-01T10:00:00.25Z", how: Readable},
		"no zone is UTC":                 {text: "2020-01-01 10:00:00", want: "2020-01-01T10:00:00Z", how: Readable},
		"no seconds":                     {text: "2020-01-01T10:00", want: "2020-01-01T10:00:00Z", how: Readable},
		"day alone":                      {text: "2020-02-29", want: "2020-02-29T00:00:00Z", how: Readable},
		"slashes with the year first":    {text: "2020/01/20 09:59:58", want: "2020-01-20T09:59:58Z", how: Readable},
		"zone by name":                   {text: "2020-01-20 09:59:58 UTC", want: "2020-01-20T09:59:58Z", how: Readable},
		"no such day":                    {text: "2019-02-29", how: Unreadable},
		"no such hour":                   {text: "2019-02-28T24:10:00Z", how: Unreadable},
		"no such month":                  {text: "2019-13-01", how: Unreadable},
		"text behind":                    {text: "2019-02-28 or so", how: Unreadable},
		"old console":                    {text: "Mar 01, 2014 03:00:00 PM", want: "2014-03-01T15:00:00Z", how: Readable},
		"narrow space before PM":         {text: "Mar 1, 2014, 3:00:00\u202fPM", want: "2014-03-01T15:00:00Z", how: Readable},
		"RFC 1123":                       {text: "Wed, 15 Jan 2020 10:00:00 GMT", want: "2020-01-15T10:00:00Z", how: Readable},
		"RFC 1123 with a number":         {text: "Wed, 15 Jan 2020 10:00:00 -0600", want: "2020-01-15T16:00:00Z", how: Readable},
		"zone whose name says nothing":   {text: "Wed, 15 Jan 2020 10:00:00 CST", how: Unreadable},
		"dots":                           {text: "15.01.2020 09:30", want: "2020-01-15T09:30:00Z", how: Readable},
		"dots put the day first":         {text: "03.04.2020", want: "2020-04-03T00:00:00Z", how: Readable},
		"dots with a month above twelve": {text: "03.14.2020", how: Unreadable},
		"slashes, day above twelve":      {text: "15/01/2020 09:30", want: "2020-01-15T09:30:00Z", how: Readable},
		"slashes, month first by day":    {text: "1/15/2020 9:30 AM", want: "2020-01-15T09:30:00Z", how: Readable},
		"slashes, two digits of a year":  {text: "1/15/20 9:30:15 PM", want: "2020-01-15T21:30:15Z", how: Readable},
		"noon":                           {text: "1/15/2020 12:00 PM", want: "2020-01-15T12:00:00Z", how: Readable},
		"midnight":                       {text: "1/15/2020 12:00 am", want: "2020-01-15T00:00:00Z", how: Readable},
		"thirteen o'clock PM":            {text: "1/15/2020 13:00 PM", how: Unreadable},
		"slashes that do not say":        {text: "03/04/2020", want: "2020-04-03T00:00:00Z", how: Undecided},
		"slashes, equal either way":      {text: "04/04/2020", want: "2020-04-04T00:00:00Z", how: Readable},
		"slashes, set to day first":      {text: "03/04/2020", dates: Dates{Order: DayFirst}, want: "2020-04-03T00:00:00Z", how: Readable},
		"slashes, set to month first":    {text: "03/04/2020", dates: Dates{Order: MonthFirst}, want: "2020-03-04T00:00:00Z", how: Readable},
		"set to month first, impossible": {text: "15/04/2020", dates: Dates{Order: MonthFirst}, want: "2020-04-15T00:00:00Z", how: Readable},
		"slashes, no date either way":    {text: "15/14/2020", how: Unreadable},
		"hyphens with the year last":     {text: "15-01-2020", want: "2020-01-15T00:00:00Z", how: Readable},
		"marks that differ":              {text: "15/01-2020", how: Unreadable},
		"Unix seconds":                   {text: "1579514400", want: "2020-01-20T10:00:00Z", how: Readable},
		"Unix seconds with a fraction":   {text: "1579514400.123456", want: "2020-01-20T10:00:00.123456Z", how: Readable},
		"Unix milliseconds":              {text: "1579514400123", want: "2020-01-20T10:00:00.123Z", how: Readable},
		"Unix nanoseconds":               {text: "1579514400123456789", want: "2020-01-20T10:00:00.123456789Z", how: Readable},
		"small number in text":           {text: "43850.5", how: Unreadable},
		"serial in a workbook":           {text: "43850.5", dates: Dates{Workbook: true}, want: "2020-01-20T12:00:00Z", how: Readable},
		"serial from 1904":               {text: "42388.5", dates: Dates{Workbook: true, Date1904: true}, want: "2020-01-20T12:00:00Z", how: Readable},
		"Unix seconds in a workbook":     {text: "1.5795144E+9", dates: Dates{Workbook: true}, want: "2020-01-20T10:00:00Z", how: Readable},
		"year first, one digit":          {text: "2020/1/5", want: "2020-01-05T00:00:00Z", how: Readable},
		"year first, one digit, hyphens": {text: "2020-1-5 9:58", want: "2020-01-05T09:58:00Z", how: Readable},
		"year first, dots with blanks":   {text: "2020. 1. 5.", want: "2020-01-05T00:00:00Z", how: Readable},
		"year first, T":                  {text: "2020-1-5T09:58:12Z", want: "2020-01-05T09:58:12Z", how: Readable},
		"without separators":             {text: "20200110", want: "2020-01-10T00:00:00Z", how: Readable},
		"without separators, with time":  {text: "20200110T095812Z", want: "2020-01-10T09:58:12Z", how: Readable},
		"digits alone, with time":        {text: "20200110095812", want: "2020-01-10T09:58:12Z", how: Readable},
		"fourteen digits that are none":  {text: "20201310095812", how: Unreadable},
		"without separators, a blank":    {text: "20200110 0958", want: "2020-01-10T09:58:00Z", how: Readable},
		"eight digits that are no date":  {text: "20201310", how: Unreadable},
		"Chinese":                        {text: "2020年1月10日", want: "2020-01-10T00:00:00Z", how: Readable},
		"Chinese with a weekday":         {text: "2020年1月10日 星期五 下午3:58:12", want: "2020-01-10T15:58:12Z", how: Readable},
		"Japanese with a time":           {text: "2020年1月10日(金) 9時58分12秒", want: "2020-01-10T09:58:12Z", how: Readable},
		"Japanese, hour and minute":      {text: "2020年1月10日 午後9時58分", want: "2020-01-10T21:58:00Z", how: Readable},
		"wide digits":                    {text: "２０２０/１/１０", want: "2020-01-10T00:00:00Z", how: Readable},
		"month's name, short year":       {text: "10-Jan-20", want: "2020-01-10T00:00:00Z", how: Readable},
		"month's name, year first":       {text: "2020-Jan-10 09:58", want: "2020-01-10T09:58:00Z", how: Readable},
		"weekday first":                  {text: "Friday, January 10, 2020 9:58:12 AM", want: "2020-01-10T09:58:12Z", how: Readable},
		"weekday first, year last":       {text: "Fri Jan 10 09:58:12 2020", want: "2020-01-10T09:58:12Z", how: Readable},
		"weekday first, zone, year last": {text: "Fri Jan 10 09:58:12 UTC 2020", want: "2020-01-10T09:58:12Z", how: Readable},
		"offset, year last":              {text: "Fri Jan 10 09:58:12 -0600 2020", want: "2020-01-10T15:58:12Z", how: Readable},
		"ordinal number":                 {text: "January 10th, 2020 at 9:58 a.m.", want: "2020-01-10T09:58:00Z", how: Readable},
		"day of the month":               {text: "the 3rd of April 2020", want: "2020-04-03T00:00:00Z", how: Readable},
		"month with a dot":               {text: "Sept. 3, 2020", want: "2020-09-03T00:00:00Z", how: Readable},
		"at sign":                        {text: "Jan 10, 2020 @ 09:58:12.000", want: "2020-01-10T09:58:12Z", how: Readable},
		"German":                         {text: "10. März 2020, 09:58 Uhr", want: "2020-03-10T09:58:00Z", how: Readable},
		"German with a weekday":          {text: "Freitag, den 10. Jänner 2020 um 9:58 Uhr", want: "2020-01-10T09:58:00Z", how: Readable},
		"German, short":                  {text: "10. Dez. 2020", want: "2020-12-10T00:00:00Z", how: Readable},
		"French":                         {text: "vendredi 10 janvier 2020 09:58", want: "2020-01-10T09:58:00Z", how: Readable},
		"dots with blanks":               {text: "10. 1. 2020 9:58", want: "2020-01-10T09:58:00Z", how: Readable},
		"dots, short year":               {text: "10.01.20", want: "2020-01-10T00:00:00Z", how: Readable},
		"Go's own":                       {text: "2020-01-10 09:58:12.123456 +0000 UTC", want: "2020-01-10T09:58:12.123456Z", how: Readable},
		"Go's own, elsewhere":            {text: "2020-01-10 09:58:12 +0100 CET", want: "2020-01-10T08:58:12Z", how: Readable},
		"JavaScript's own":               {text: "Fri Jan 10 2020 09:58:12 GMT+0100 (CET)", want: "2020-01-10T08:58:12Z", how: Readable},
		"a zone's long name":             {text: "Fri Jan 10 2020 09:58:12 GMT-0600 (Central Standard Time)", want: "2020-01-10T15:58:12Z", how: Readable},
		"a zone without its zero":        {text: "2020-01-10 09:58 UTC+1", want: "2020-01-10T08:58:00Z", how: Readable},
		"seven digits of a second":       {text: "2020-01-10T09:58:12.1234567Z", want: "2020-01-10T09:58:12.1234567Z", how: Readable},
		"hour alone with its half":       {text: "Jan 10, 2020 9 PM", want: "2020-01-10T21:00:00Z", how: Readable},
		"month and year alone":           {text: "January 2020", how: Unreadable},
		"two months":                     {text: "10 Jan Feb 2020", how: Unreadable},
		"four numbers":                   {text: "10.2.3.4", how: Unreadable},
		"three short numbers":            {text: "5.4.1", how: Unreadable},
		"a version":                      {text: "6.8.8.12", how: Unreadable},
		"a name with a month in it":      {text: "May-PC-12", how: Unreadable},
		"short year that may come first": {text: "20-01-15", want: "2015-01-20T00:00:00Z", how: Undecided},
		"short year that cannot":         {text: "31-01-20", want: "2020-01-31T00:00:00Z", how: Undecided},
		"short year, order set":          {text: "20-01-15", dates: Dates{Order: DayFirst}, want: "2015-01-20T00:00:00Z", how: Readable},
		"American with its half":         {text: "03/04/2020 9:30 AM", want: "2020-04-03T09:30:00Z", how: Undecided},
		"never":                          {text: "Never", how: NoDate},
		"a hyphen":                       {text: "-", how: NoDate},
		"year one":                       {text: "0001-01-01T00:00:00Z", how: NoDate},
		"nothing":                        {text: "", how: NoDate},
		"far future":                     {text: "9999-12-31", how: Unreadable},
		"a word":                         {text: "yesterday", how: Unreadable},
	} {
		t.Run(name, func(t *testing.T) {
			got, how := test.dates.Read(test.text)
			text := ""
			if !got.IsZero() {
				text = got.Format(time.RFC3339Nano)
			}
			if text != test.want || how != test.how {
				t.Errorf("found %q, %d for %q, want %q, %d", text, how, test.text, test.want, test.how)
			}
		})
	}
}

// TestSettle reads columns whose dates tell the order only together.
func TestSettle(t *testing.T) {
	for name, test := range map[string]struct {
		column []string
		want   DateOrder
	}{
		"a day above twelve":   {[]string{"03/04/2020", "13/04/2020"}, DayFirst},
		"a month-first date":   {[]string{"03/04/2020", "04/13/2020"}, MonthFirst},
		"both":                 {[]string{"13/04/2020", "04/13/2020"}, Auto},
		"neither":              {[]string{"03/04/2020", "05/05/2020"}, Auto},
		"dots prove nothing":   {[]string{"13.04.2020"}, Auto},
		"AM and PM":            {[]string{"03/04/2020 9:30 AM"}, MonthFirst},
		"AM, a day above 12":   {[]string{"03/04/2020 9:30 AM", "13/04/2020 9:30 AM"}, DayFirst},
		"other forms, neither": {[]string{"2020-04-13", "soon"}, Auto},
	} {
		t.Run(name, func(t *testing.T) {
			c := Dates{Order: Auto}
			for _, text := range test.column {
				c.Read(text)
			}
			if c.Settle(); c.Order != test.want {
				t.Errorf("found the order %s, want %s", c.Order, test.want)
			}
		})
	}
}

// The as-of day ends when it is over everywhere.
func TestFuture(t *testing.T) {
	dates := Dates{AsOf: calendar.New(2020, 1, 15)}
	for text, want := range map[string]Reading{
		"2020-01-15T23:59:59Z":      Readable,
		"2020-01-15T20:45:00-06:00": Readable,
		"2020-01-16T11:59:59Z":      Readable,
		"2020-01-16T12:00:00Z":      Future,
		"2020-01-16 23:59 +1200":    Readable,
		"15/01/2020":                Readable,
		"02/03/2021":                Future,
		"01/02/2020":                Undecided, // only one of the two readings is in the future
	} {
		if _, how := dates.Read(text); how != want {
			t.Errorf("%s: found %d, want %d", text, how, want)
		}
	}
}

// A serial is shown as a date.
func TestShown(t *testing.T) {
	for cell, want := range map[string]string{"43850": "2020-01-20", "43850.5": "2020-01-20 12:00:00", "soon": "soon", "7": "7"} {
		if got := (&Dates{Workbook: true}).Shown(cell); got != want {
			t.Errorf("%s: found %q, want %q", cell, got, want)
		}
	}
	if got := (&Dates{}).Shown("43850"); got != "43850" {
		t.Errorf("found %q, want the text as it is", got)
	}
}
