package calendar

import (
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Day{
		"2020-02-04": New(2020, time.February, 4),
		"2020-02-29": New(2020, time.February, 29),
		"9999-12-31": New(9999, time.December, 31),
		"2019-02-29": {},
		"2020-2-4":   {},
		"04.02.2020": {},
		"0001-01-01": {}, // would be no day at all
		"0000-01-01": {},
		"":           {},
	} {
		got, err := Parse(text)
		if got != want || (err == nil) != (want != Day{}) {
			t.Errorf("%q: found %v and error %v, want %v", text, got, err, want)
		}
	}
}

func TestUntil(t *testing.T) {
	for _, test := range []struct {
		from, to Day
		want     int
	}{
		{New(2020, time.January, 14), New(2020, time.February, 4), 21},
		{New(2020, time.February, 4), New(2020, time.February, 4), 0},
		{New(2020, time.February, 5), New(2020, time.February, 4), -1},
		{New(2020, time.January, 1), New(9999, time.December, 31), 2914634},
	} {
		if got := test.from.Until(test.to); got != test.want {
			t.Errorf("from %s until %s: found %d days, want %d", test.from, test.to, got, test.want)
		}
	}
}

// An instant belongs to its day in UTC, whatever its zone.
func TestOf(t *testing.T) {
	west := time.FixedZone("", -6*60*60)
	if got, want := Of(time.Date(2020, 1, 14, 20, 45, 0, 0, west)), New(2020, time.January, 15); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	if got := Of(time.Time{}); !got.IsZero() {
		t.Errorf("found %s for no time, want no day", got)
	}
}
