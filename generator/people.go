package generator

import (
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// People reads the rosters among the inputs and nothing else. Who answers for
// which device is needed when mails are sent, and is in no file of a site.
func People(run *Run) ([]device.Person, []problem.Problem, error) {
	rosters := *run
	rosters.Inputs, rosters.Policy = nil, &policy.Policy{} // rules decide nothing here
	rosters.everyone = true
	for _, input := range run.Inputs {
		if input.Kind == intake.Roster {
			rosters.Inputs = append(rosters.Inputs, input)
		}
	}
	read, err := readInputs(&rosters)
	if err != nil {
		return nil, nil, err
	}
	return read.People, read.Problems, nil
}
