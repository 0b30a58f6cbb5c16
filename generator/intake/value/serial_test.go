package value

import (
	"testing"
	"time"
)

func TestSerialTime(t *testing.T) {
	day := func(year int, month time.Month, day, hour, minute, second, millis int) time.Time {
		return time.Date(year, month, day, hour, minute, second, millis*1_000_000, time.UTC)
	}
	for _, test := range []struct {
		name     string
		serial   float64
		date1904 bool
		want     time.Time
		ok       bool
	}{
		{name: "a day", serial: 43801, want: day(2019, 12, 2, 0, 0, 0, 0), ok: true},
		{name: "the same day of 1904", serial: 43801 - 1462, date1904: true, want: day(2019, 12, 2, 0, 0, 0, 0), ok: true},
		{name: "with a time", serial: 43801.398935185185, want: day(2019, 12, 2, 9, 34, 28, 0), ok: true},
		{name: "with milliseconds", serial: 43801.39893991898, want: day(2019, 12, 2, 9, 34, 28, 409), ok: true},
		{name: "rounded to the next day", serial: 43801.9999999999, want: day(2019, 12, 3, 0, 0, 0, 0), ok: true},
		{name: "the first plausible day", serial: 32874, want: day(1990, 1, 1, 0, 0, 0, 0), ok: true},
		{name: "the day before", serial: 32873},
		{name: "the last plausible day", serial: 73415, want: day(2100, 12, 31, 0, 0, 0, 0), ok: true},
		{name: "the day after", serial: 73416},
		{name: "the day that never was", serial: 60},
		{name: "negative", serial: -1},
		{name: "a long version number", serial: 1512021600671},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := SerialTime(test.serial, test.date1904)
			if ok != test.ok || !got.Equal(test.want) {
				t.Errorf("found %v %t, want %v %t", got, ok, test.want, test.ok)
			}
		})
	}
}
