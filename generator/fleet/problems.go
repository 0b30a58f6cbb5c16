package fleet

import "example.org/cutoff/generator/problem"

// Problems has what the assessment of the fleet shows to be wrong with its
// inputs: on-premises devices that were seen on a retired port at the vendor's
// cloud. Their verdict stands, and somebody should look.
func Problems(f *Fleet) []problem.Problem {
	var problems []problem.Problem
	for _, a := range f.Devices {
		if a.CloudPortOnPremises {
			problems = append(problems, problem.Problem{
				Position: problem.Position{File: a.Source.File, Row: a.Source.Row},
				Kind:     problem.CloudPortOnPremises,
				Message:  "found an on-premises device on a retired port at the vendor's cloud, want a destination that agrees; the verdict stays not-affected",
			})
		}
	}
	return problems
}
