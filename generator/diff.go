package generator

import (
	"reflect"

	"example.org/cutoff/generator/diff"
	"example.org/cutoff/generator/intake"
)

// Diff says which devices change verdict from one run to another. sameInputs
// says that both name the same files; where they are to be read in the same way
// too, they are read once. Otherwise every input's Open must give its bytes
// again each time.
func Diff(from, to *Run, sameInputs bool) (*diff.Difference, error) {
	before, after := *from, *to
	before.Force, after.Force = true, true // bounds keep a site from being published, not a question from an answer
	read, err := readInputs(&before)
	if err != nil {
		return nil, err
	}
	first, err := assess(&before, read, nil, nil)
	if err != nil {
		return nil, err
	}
	if !sameInputs || !reflect.DeepEqual(intakeOptions(&before), intakeOptions(&after)) {
		if read, err = readInputs(&after); err != nil {
			return nil, err
		}
	}
	second, err := assess(&after, read, nil, nil)
	if err != nil {
		return nil, err
	}
	return diff.Compare(diff.Side{Fleet: first.Fleet, Rules: first.Rules}, diff.Side{Fleet: second.Fleet, Rules: second.Rules}), nil
}

func readInputs(run *Run) (*intake.Result, error) {
	run.Progress("reading the inputs")
	return intake.Read(run.Inputs, intakeOptions(run))
}
