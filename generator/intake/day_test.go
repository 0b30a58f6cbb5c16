package intake

import "example.org/cutoff/generator/calendar"

func day(text string) calendar.Day {
	d, err := calendar.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}
