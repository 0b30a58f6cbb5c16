package generator

import (
	"fmt"
	"slices"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/explain"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/roster"
)

// Explain finds the devices that a name means (see [explain.Find]) and says of
// a single one how its verdict comes about; of several it gives the list. Every
// input's Open must give its bytes again each time: a device that its first row
// does not call by the name, but a later one, or one that only begins with it, is
// read a second time for everything that the inputs say of it. A name that no device has is looked up in older rows.
func Explain(run *Run, name string) ([]explain.Match, *explain.Explanation, error) {
	traced := *run
	traced.Force = true // bounds keep a site from being published, not a question from an answer
	traced.trace = func(i intake.Identity) bool {
		return explain.Names(name, i.GUID, i.Name, i.Hostname, i.Username, i.Email)
	}
	outcome, err := Assess(&traced)
	if err != nil {
		return nil, nil, err
	}
	found := explain.Find(outcome.Fleet.Devices, name)
	former := len(found) == 0
	if former {
		found = outcome.formerly()
	}
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
	if !outcome.traced(found[0]) {
		guid, source := found[0].GUID, found[0].Source
		outcome, found = nil, nil // a large fleet need not be in memory twice
		traced.trace = func(other intake.Identity) bool { return other.GUID == guid }
		if outcome, err = Assess(&traced); err != nil {
			return nil, nil, err
		}
		found = again(outcome.Fleet.Devices, guid, source)
		if len(found) == 0 {
			return nil, nil, fmt.Errorf("inputs: found other devices when they were read again, want files that stay as they are")
		}
	}
	asked := found[0]
	explanation := explain.Explain(explain.Facts{
		Assessed: asked, Rules: outcome.Rules, AsOf: run.AsOf,
		Trace:  outcome.traceOf(asked),
		Origin: roster.Trace(asked.Device, outcome.devices(), outcome.people), Exemptions: outcome.Fleet.Exemptions,
		Problems: outcome.Problems, Files: outcome.Files, Named: run.Named,
	})
	explanation.Former = former
	return matches, explanation, nil
}

// formerly gives the devices that a row has by the name that was asked for, a row
// that is not their newest one.
func (o *Outcome) formerly() []*fleet.Assessed {
	var found []*fleet.Assessed
	for _, a := range o.Fleet.Devices {
		if o.traced(a) || slices.Contains(o.wanted, a.Device) {
			found = append(found, a)
		}
	}
	return found
}

// devices gives the fleet's devices as they were read.
func (o *Outcome) devices() []*device.Device {
	all := make([]*device.Device, len(o.Fleet.Devices))
	for i, a := range o.Fleet.Devices {
		all[i] = a.Device
	}
	return all
}

// again finds a device in another reading of the same inputs.
func again(devices []*fleet.Assessed, guid string, source device.Source) []*fleet.Assessed {
	for i, a := range devices {
		if a.GUID == guid && a.Source == source {
			return devices[i : i+1]
		}
	}
	return nil
}

func (o *Outcome) traced(a *fleet.Assessed) bool {
	return slices.ContainsFunc(o.traces, func(t intake.Trace) bool { return t.Device == a.Device })
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
