package fleet

import (
	"fmt"

	"example.org/cutoff/generator/problem"
)

// Problems gives the faults of the inputs that only the assessed fleet shows. One
// is devices without a destination in any report, which cannot be called affected
// by their version. The other is on-premises devices that were seen on a retired
// port at the vendor's cloud, which keep their verdicts until somebody looks.
func Problems(f *Fleet) []problem.Problem {
	var problems []problem.Problem
	homeless := 0
	for _, a := range f.Devices {
		if len(a.Destinations) == 0 {
			homeless++
		}
		if a.CloudPortOnPremises {
			problems = append(problems, problem.Problem{
				Position: problem.Position{File: a.Source.File, Row: a.Source.Row},
				Kind:     problem.CloudPortOnPremises,
				Message:  "found an on-premises device on a retired port at the vendor's cloud, want a destination that agrees; the verdict stays not-affected",
			})
		}
	}
	if homeless > 0 && f.Possible.Destinations {
		problems = append(problems, problem.Problem{
			Kind:    problem.NoDestination,
			Message: fmt.Sprintf("found no destination column for %d of %d devices, want one: their destination is unclassified, and none of them can be called affected by its version", homeless, len(f.Devices)),
		})
	}
	return problems
}
