package generator

import (
	"fmt"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// shared lists the devices whose GUID other computers carry too, each with the
// verdict that the other computer's rows would give.
func shared(rules *policy.Rules, devices []*device.Device, assessments []*policy.Assessment, asOf calendar.Day) []problem.Problem {
	var problems []problem.Problem
	for i, d := range devices {
		for other := d.Further().Other; other != nil; other = other.Next {
			alone, software, home := *d, *d.Software, *d.Home // two that other devices share
			software.Version, software.Status, home.Destinations = other.Version, other.Status, other.Destinations
			alone.Software, alone.Home = &software, &home
			problems = append(problems, problem.Problem{
				Position: problem.Position{File: d.Source.File, Row: d.Source.Row},
				Kind:     problem.SharedGUID,
				Message: fmt.Sprintf("found the GUID on another computer with another user too (%s:%d), both seen lately, want a GUID for each: they count as one device with the verdict %s, the other row alone would give %s",
					problem.Visible(other.Source.File), other.Source.Row, assessments[i].Verdict, rules.Assess(&alone, asOf).Verdict),
			})
		}
	}
	return problems
}
