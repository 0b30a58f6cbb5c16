package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
)

// longestWaiver is how many days after the as-of date a waiver may expire. A longer
// one is refused, because it would hardly be an exception any more.
const longestWaiver = 366

// expiresSoon is how many days before its end a waiver is marked, so that somebody
// can act in time.
const expiresSoon = 30

// Standing says whether a waiver holds on the as-of date, and if not, why.
type Standing string

// What can be said of a waiver.
const (
	Holds     Standing = "holds"
	Expires   Standing = "expires-soon" // holds, for 30 more days or fewer
	Expired   Standing = "expired"
	Refused   Standing = "refused"   // no expiry, or one too far away
	Ambiguous Standing = "ambiguous" // several devices have the name
	Unused    Standing = "unused"    // no such device, or one that is not affected
)

// Exemption is a waiver with its standing.
type Exemption struct {
	device.Waiver
	Standing Standing
	// Named is the device that the waiver names; nil if none or several fit.
	Named *device.Device
}

// Waive decides which waivers hold on the as-of date. The first result is parallel
// to devices and has each device's waiver, even if the device is not affected; of
// several the one that expires last, or nil. The second has every waiver with its
// standing, ordered by file and row. Waivers that do not hold, or that lack a
// reason, owner or approver, are problems. affected says whether the device at an
// index is affected.
func Waive(waivers []device.Waiver, devices []*device.Device, affected func(int) bool, asOf calendar.Day) ([]*device.Waiver, []Exemption, []problem.Problem) {
	held := make([]*device.Waiver, len(devices))
	if len(waivers) == 0 {
		return held, nil, nil
	}
	index := newNamesakes(waivers, devices)
	exemptions := make([]Exemption, len(waivers))
	var problems []problem.Problem
	for i, waiver := range waivers {
		exemption := &exemptions[i]
		exemption.Waiver = waiver
		matches := index.find(waiver.Device)
		exemption.Standing = standing(waiver, matches, affected, asOf)
		if len(matches) == 1 {
			exemption.Named = devices[matches[0]]
		}
		at := problem.Position{File: waiver.Source.File, Row: waiver.Source.Row}
		if kind, message := complaint(exemption, len(matches), asOf); kind != "" {
			problems = append(problems, problem.Problem{Position: at, Kind: kind, Message: message})
		}
		if missing := missing(waiver); missing != "" {
			problems = append(problems, problem.Problem{Position: at, Kind: problem.IncompleteWaiver,
				Message: "found no " + missing + ", want reason, owner and approver"})
		}
		if kept := exemption.Standing; kept != Expired && kept != Refused && len(matches) == 1 {
			holder := &held[matches[0]]
			if *holder == nil || (*holder).Expires.Before(waiver.Expires) {
				*holder = &exemption.Waiver
			}
		}
	}
	slices.SortStableFunc(exemptions, func(a, b Exemption) int {
		return cmp.Or(cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Row, b.Source.Row))
	})
	return held, exemptions, problems
}

// missing names what a waiver should say and does not: reason, owner, approver.
func missing(waiver device.Waiver) string {
	var names []string
	for _, part := range [...]struct{ name, text string }{
		{"reason", waiver.Reason}, {"owner", waiver.Owner}, {"approver", waiver.Approver},
	} {
		if part.text == "" {
			names = append(names, part.name)
		}
	}
	return strings.Join(names, " and no ")
}

func standing(waiver device.Waiver, matches []int, affected func(int) bool, asOf calendar.Day) Standing {
	switch {
	case waiver.Expires.IsZero(), asOf.Until(waiver.Expires) > longestWaiver:
		return Refused
	case waiver.Expires.Before(asOf):
		return Expired
	case len(matches) > 1:
		return Ambiguous
	case len(matches) == 0, !affected(matches[0]):
		return Unused
	case asOf.Until(waiver.Expires) <= expiresSoon:
		return Expires
	}
	return Holds
}

// complaint words what is wrong with a waiver; the empty kind means nothing.
func complaint(e *Exemption, matches int, asOf calendar.Day) (problem.Kind, string) {
	switch e.Standing {
	case Refused:
		found := "no expiry"
		if !e.Expires.IsZero() {
			found = "expiry " + e.Expires.String()
		}
		return problem.RefusedWaiver, fmt.Sprintf("found %s, want a day up to %s; the device counts", found, asOf.Add(longestWaiver))
	case Expired:
		return problem.ExpiredWaiver, fmt.Sprintf("found expiry %s, want %s or later; the device counts", e.Expires, asOf)
	case Ambiguous:
		return problem.AmbiguousWaiver, fmt.Sprintf("found a name that %d devices have, want a GUID or a name that is unique; the devices count", matches)
	case Unused:
		if matches == 0 {
			return problem.UnusedWaiver, "found no device that has this GUID, or this name in its newest row, want one in the reports; cutoff explain finds a device by a name of an older row"
		}
		return problem.UnusedWaiver, "found a waiver for a device that is not affected, want it only where it is needed"
	}
	return "", ""
}

// named has the devices that one name may mean.
type named struct{ byGUID, byName, byHostname []int }

// namesakes finds the devices that have a waiver's name as GUID, else as device
// name, else as host name. It indexes the waivers' names and not the devices,
// because waivers are few.
type namesakes map[string]*named

func newNamesakes(waivers []device.Waiver, devices []*device.Device) namesakes {
	n := make(namesakes, len(waivers))
	for _, waiver := range waivers {
		if name := spelling.Fold(waiver.Device); name != "" {
			n[name] = &named{}
		}
	}
	for i, d := range devices {
		if bearer, ok := n[spelling.Fold(d.GUID)]; ok {
			bearer.byGUID = append(bearer.byGUID, i)
		}
		if bearer, ok := n[spelling.Fold(d.Name)]; ok {
			bearer.byName = append(bearer.byName, i)
		}
		if bearer, ok := n[spelling.Fold(d.Hostname)]; ok {
			bearer.byHostname = append(bearer.byHostname, i)
		}
	}
	return n
}

func (n namesakes) find(name string) []int {
	bearer, ok := n[spelling.Fold(name)]
	switch {
	case !ok:
		return nil
	case len(bearer.byGUID) > 0:
		return bearer.byGUID
	case len(bearer.byName) > 0:
		return bearer.byName
	}
	return bearer.byHostname
}
