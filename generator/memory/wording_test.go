package memory

import (
	"fmt"
	"strconv"

	"example.org/cutoff/generator/calendar"
)

var plainWording = Wording{Day: calendar.Day.String, Number: strconv.Itoa}

// paceText gives every figure of a pace on one line.
func paceText(p *Pace) string {
	if p == nil {
		return "none"
	}
	required, done := "none", "never"
	if p.RequiredPerDay != nil {
		required = decimal(*p.RequiredPerDay)
	}
	if p.DoneOn != nil {
		done = p.DoneOn.String()
	}
	return fmt.Sprint(p.From, " ", p.OpenThen, " ", p.Open, " ", p.DaysLeft, " ", decimal(p.PerDay), " ", required, " ", p.OpenOnEffective, " ", done)
}
