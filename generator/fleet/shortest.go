package fleet

import (
	"encoding/binary"
	"slices"

	"example.org/cutoff/generator/policy"
)

// Step is one thing that somebody does once and that helps many devices: to open
// a network, to upgrade the app on one kind of system, or to replace a system
// that cannot run a passing app.
type Step struct {
	// Network is the network to open; nil for an upgrade.
	Network *Network
	// Family is the kind of system whose app is upgraded; "" if it is not known.
	// System is the system that has to be replaced first; "" for none.
	Family, System string
	// Devices is how many open devices need this step. Fixed is how many are fixed
	// by it and the steps before it.
	Devices, Fixed int
}

// Way is a short way to zero open devices. Each of its steps is the one that fixes
// the most devices at that point.
type Way struct {
	Steps []Step
	// Open is how many devices there are to fix.
	Open int
}

// Ways knows which steps each open device needs.
type Ways struct {
	steps []Step
	// opens has the places of the networks to open for a device. upgrades has the
	// place of the upgrade, by words: devices with the same words need the same.
	opens    map[*Assessed][]int
	upgrades map[*Words]int
}

// mostSteps is how many steps a way has at most, so that it stays short.
const mostSteps = 5

// NewWays makes the steps from the networks of [Networks] and from the versions
// and systems of the devices.
func NewWays(f *Fleet, networks []Network) *Ways {
	w := &Ways{opens: map[*Assessed][]int{}, upgrades: map[*Words]int{}}
	for i := range networks {
		w.steps = append(w.steps, Step{Network: &networks[i]})
		for _, a := range networks[i].Devices {
			if a.Open() && a.PortStatus == policy.Retired {
				w.opens[a] = append(w.opens[a], i)
			}
		}
	}
	places := map[Step]int{}
	for _, a := range f.Devices {
		if !a.Open() || a.VersionStatus != policy.TooOld {
			continue
		}
		if _, known := w.upgrades[a.Words]; known {
			continue
		}
		step := Step{Family: a.Family()}
		if a.OldSystem != nil {
			step.System = a.OldSystem.Name
		}
		place, known := places[step]
		if !known {
			place = len(w.steps)
			places[step] = place
			w.steps = append(w.steps, step)
		}
		w.upgrades[a.Words] = place
	}
	return w
}

// needs appends the steps that an open device needs to found.
func (w *Ways) needs(found []int, a *Assessed) []int {
	found = append(found, w.opens[a]...)
	if a.VersionStatus == policy.TooOld {
		found = append(found, w.upgrades[a.Words])
	}
	return found
}

// together are devices that need the same steps.
type together struct {
	left    []int // steps that are still to be taken
	devices int
}

// Shortest gives a short way for some devices. A device is fixed when every step
// that it needs is taken. Each step is the one that fixes most of the devices that
// are left; on a tie, the one that most devices need. Trying all orders would take
// too long, so a shorter way may exist.
func (w *Ways) Shortest(devices []*Assessed) Way {
	way, groups := Way{}, w.group(devices)
	for _, g := range groups {
		way.Open += g.devices
	}
	fixed := 0
	for len(way.Steps) < mostSteps {
		best := w.best(groups)
		if best < 0 {
			break
		}
		step := w.steps[best]
		for i := range groups {
			g := &groups[i]
			at := slices.Index(g.left, best)
			if at < 0 {
				continue
			}
			step.Devices += g.devices
			g.left = slices.Delete(slices.Clone(g.left), at, at+1)
			if len(g.left) == 0 {
				fixed += g.devices
			}
		}
		step.Fixed = fixed
		way.Steps = append(way.Steps, step)
	}
	// A last step that fixes no device is left out.
	for n := len(way.Steps); n > 1 && way.Steps[n-1].Fixed == way.Steps[n-2].Fixed; n-- {
		way.Steps = way.Steps[:n-1]
	}
	return way
}

func (w *Ways) group(devices []*Assessed) []together {
	var groups []together
	places := map[string]int{}
	var needs []int
	var key []byte
	for _, a := range devices {
		if !a.Open() {
			continue
		}
		needs, key = w.needs(needs[:0], a), key[:0]
		for _, step := range needs {
			key = binary.AppendUvarint(key, uint64(step))
		}
		place, known := places[string(key)]
		if !known {
			place = len(groups)
			places[string(key)] = place
			groups = append(groups, together{left: slices.Clone(needs)})
		}
		groups[place].devices++
	}
	return groups
}

// best gives the place of the next step; -1 when none is left.
func (w *Ways) best(groups []together) int {
	fixes, wanted := make([]int, len(w.steps)), make([]int, len(w.steps))
	for _, g := range groups {
		for _, step := range g.left {
			wanted[step] += g.devices
		}
		if len(g.left) == 1 {
			fixes[g.left[0]] += g.devices
		}
	}
	best := -1
	for i := range w.steps {
		if wanted[i] > 0 && (best < 0 || fixes[i] > fixes[best] || fixes[i] == fixes[best] && wanted[i] > wanted[best]) {
			best = i
		}
	}
	return best
}
