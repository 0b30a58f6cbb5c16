package generator

import (
	"fmt"

	"example.org/cutoff/generator/explain"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/roster"
)

// Explain finds the devices that a name means (see [explain.Find]) and says of
// a single one how its verdict comes about; of several it gives the list. Every
// input's Open must give its bytes again each time: once the device is known,
// the inputs are read a second time for everything that they say of it.
func Explain(run *Run, name string) ([]explain.Match, *explain.Explanation, error) {
	traced := *run
	traced.Force = true // bounds keep a site from being published, not a question from an answer
	traced.trace = func(guid string) bool { return guid == name && guid != "" }
	outcome, err := Assess(&traced)
	if err != nil {
		return nil, nil, err
	}
	found := explain.Find(outcome.Fleet.Devices, name)
	matches := make([]explain.Match, len(found))
	for i, a := range found {
		matches[i] = explain.MatchOf(a)
	}
	switch len(found) {
	case 0:
		return nil, nil, &explain.UnknownError{Near: explain.Near(outcome.Fleet.Devices, name)}
	case 1:
	default:
		return matches, nil, nil
	}
	device := found[0]
	if len(outcome.traces) == 0 { // it was not named by its GUID
		traced.trace = func(guid string) bool { return guid == device.GUID }
		if outcome, err = Assess(&traced); err != nil {
			return nil, nil, err
		}
		if device = again(outcome.Fleet.Devices, device); device == nil {
			return nil, nil, fmt.Errorf("inputs: found other devices when they were read again, want files that stay as they are")
		}
	}
	return matches, explain.Explain(explain.Facts{
		Assessed: device, Rules: outcome.Rules, AsOf: run.AsOf,
		Trace:  outcome.traceOf(device),
		Origin: roster.Trace(device.Device, outcome.people), Exemptions: outcome.Fleet.Exemptions,
		Problems: outcome.Problems, Files: outcome.Files,
	}), nil
}

// again finds a device in another reading of the same inputs.
func again(devices []*fleet.Assessed, wanted *fleet.Assessed) *fleet.Assessed {
	for _, a := range devices {
		if a.GUID == wanted.GUID && a.Source == wanted.Source {
			return a
		}
	}
	return nil
}

// traceOf gives what was read of a device. Devices without a GUID are traced
// together, so it is found by its newest row.
func (o *Outcome) traceOf(a *fleet.Assessed) intake.Trace {
	for _, t := range o.traces {
		if t.Device == a.Device {
			return t
		}
	}
	return intake.Trace{Device: a.Device}
}
