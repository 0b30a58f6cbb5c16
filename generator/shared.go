package generator

import (
	"fmt"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// shared lists the devices of which another computer carries the GUID, with the
// verdict that the other one's rows would give.
func shared(rules *policy.Rules, devices []*device.Device, assessments []*policy.Assessment, asOf calendar.Day) []problem.Problem {
	var problems []problem.Problem
	for i, d := range devices {
		if d.Other == nil {
			continue
		}
		alone := *d
		alone.Version, alone.Status, alone.Destinations = d.Other.Version, d.Other.Status, d.Other.Destinations
		problems = append(problems, problem.Problem{
			Position: problem.Position{File: d.Source.File, Row: d.Source.Row},
			Kind:     problem.SharedGUID,
			Message: fmt.Sprintf("found the GUID on another computer with another user too (%s:%d), both seen lately, want a GUID for each: they count as one device with the verdict %s, the other row alone would give %s",
				problem.Visible(d.Other.Source.File), d.Other.Source.Row, assessments[i].Verdict, rules.Assess(&alone, asOf).Verdict),
		})
	}
	return problems
}
