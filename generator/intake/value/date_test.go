package value

import (
	"testing"
	"time"
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

// TestSettle reads columns whose values say together what none says alone.
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
