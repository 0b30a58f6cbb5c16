package memory

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
)

func day(t testing.TB, text string) calendar.Day {
	t.Helper()
	d, err := calendar.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPace(t *testing.T) {
	const effective = "2020-02-04"
	for name, c := range map[string]struct {
		nights   string
		open     []int
		want     string // from, then, open, left, per day, required, on the date, done on
		sentence string
	}{
		"first night":        {"2020-01-15", []int{9}, "none", ""},
		"one night before":   {"2020-01-14 2020-01-15", []int{10, 9}, "2020-01-14 10 9 20 1 0.45 0 2020-01-24", "At this pace, no device will be left to fix on the date (9 today). It takes 0.45 a day; since 2020-01-14, it has been 1 a day."},
		"thirteen days ago":  {"2019-12-01 2020-01-02 2020-01-15", []int{90, 30, 9}, "2019-12-01 90 9 20 1.8 0.45 0 2020-01-20", ""},
		"fourteen days ago":  {"2019-12-01 2020-01-01 2020-01-15", []int{90, 30, 9}, "2020-01-01 30 9 20 1.5 0.45 0 2020-01-21", ""},
		"fifteen days ago":   {"2019-12-01 2019-12-31 2020-01-15", []int{90, 30, 9}, "2019-12-31 30 9 20 1.4 0.45 0 2020-01-22", ""},
		"the latest of them": {"2019-12-01 2019-12-30 2019-12-31 2020-01-14 2020-01-15", []int{90, 50, 30, 12, 9}, "2019-12-31 30 9 20 1.4 0.45 0 2020-01-22", ""},
		"too slow":           {"2020-01-01 2020-01-15", []int{101, 100}, "2020-01-01 101 100 20 0.07 5 99 2023-11-15", "At this pace, 99 devices will be left to fix on the date (100 today). It takes 5 a day; since 2020-01-01, it has been 0.07 a day."},
		"just in time":       {"2020-01-05 2020-01-15", []int{30, 20}, "2020-01-05 30 20 20 1 1 0 2020-02-04", ""},
		"one left":           {"2020-01-05 2020-01-15", []int{30, 21}, "2020-01-05 30 21 20 0.9 1.05 3 2020-02-08", ""},
		"last on the date":   {"2020-01-05 2020-01-15", []int{31, 21}, "2020-01-05 31 21 20 1 1.05 1 2020-02-05", "At this pace, 1 device will be left to fix on the date (21 today). It takes 1.05 a day; since 2020-01-05, it has been 1 a day."},
		"standing still":     {"2020-01-05 2020-01-15", []int{1, 1}, "2020-01-05 1 1 20 0 0.05 1 never", "At this pace, 1 device will be left to fix on the date (1 today). It takes 0.05 a day; since 2020-01-05, it has been 0 a day."},
		"growing":            {"2020-01-05 2020-01-15", []int{20, 25}, "2020-01-05 20 25 20 -0.5 1.25 35 never", "At this pace, 35 devices will be left to fix on the date (25 today). It takes 1.25 a day; since 2020-01-05, the number has grown by 0.5 a day."},
		"hardly growing":     {"2018-05-01 2020-01-15", []int{0, 1}, "2018-05-01 0 1 20 0 0.05 2 never", "At this pace, 2 devices will be left to fix on the date (1 today). It takes 0.05 a day; since 2018-05-01, it has been 0 a day."},
		"all done":           {"2020-01-05 2020-01-15", []int{20, 0}, "2020-01-05 20 0 20 2 0 0 2020-01-15", "No device is left to fix."},
		"none ever":          {"2020-01-05 2020-01-15", []int{0, 0}, "2020-01-05 0 0 20 0 0 0 2020-01-15", "No device is left to fix."},
		"on the day before":  {"2020-01-31 2020-02-03", []int{10, 4}, "2020-01-31 10 4 1 2 4 2 2020-02-05", ""},
		"on the date":        {"2020-01-31 2020-02-04", []int{10, 4}, "2020-01-31 10 4 0 1.5 none 4 2020-02-07", "The date has come and 4 devices are still to fix. At this pace, the last one will be done on 2020-02-07: since 2020-01-31, it has been 1.5 a day."},
		"after the date":     {"2020-01-31 2020-02-10", []int{4, 10}, "2020-01-31 4 10 0 -0.6 none 10 never", "The date has come and 10 devices are still to fix. It is not getting better: since 2020-01-31, the number has grown by 0.6 a day."},
		"no department then": {"2020-01-05 2020-01-10 2020-01-15", []int{-1, 20, 10}, "2020-01-10 20 10 20 2 0.5 0 2020-01-20", ""},
		"no department now":  {"2020-01-05 2020-01-15", []int{5, -1}, "none", ""},
		"a gap, then found":  {"2019-12-20 2019-12-25 2020-01-15", []int{40, -1, 10}, "2019-12-20 40 10 20 1.15 0.5 0 2020-01-24", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var nights []calendar.Day
			for text := range strings.FieldsSeq(c.nights) {
				nights = append(nights, day(t, text))
			}
			p := NewPace(nights, c.open, day(t, effective), 14)
			if diff := cmp.Diff(c.want, paceText(p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if c.sentence == "" {
				return
			}
			if diff := cmp.Diff(c.sentence, p.Sentence(plainWording)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if NewPace(nil, nil, day(t, effective), 14) != nil {
		t.Error("found a pace without a night")
	}
}
