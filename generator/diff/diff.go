// Package diff compares two assessments of one fleet: under another policy,
// another configuration, or on another day. It pairs the devices of both and
// says which of them change verdict, from what to what, and which fact made the
// difference. It reads nothing and judges nothing itself.
package diff

import (
	"cmp"
	"fmt"
	"slices"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/spelling"
)

// Side is one of the two assessments.
type Side struct {
	Fleet *fleet.Fleet
	Rules *policy.Rules
}

// Difference is what changes between two assessments. Lists are never null.
type Difference struct {
	From   Totals  `json:"from"`
	To     Totals  `json:"to"`
	Same   int     `json:"same"` // devices that keep their verdict
	Groups []Group `json:"changes"`
	// Devices has the devices of the first group, then those of the second, and
	// so on. Within a group they are in the fleet's order, by GUID first.
	Devices []Device `json:"devices"`
}

// Totals are one side's sums.
type Totals struct {
	AsOf     string                 `json:"as_of"`
	Policy   string                 `json:"policy"`
	Devices  int                    `json:"devices"`
	Verdicts map[policy.Verdict]int `json:"verdicts"` // each verdict, zero too
	Affected int                    `json:"affected"`
	Open     int                    `json:"open"`
	Waived   int                    `json:"waived"`
}

// Group counts the devices that change from one verdict to another. From is ""
// for devices that only the second side has, To is "" for those that only the
// first has.
type Group struct {
	From    policy.Verdict `json:"from"`
	To      policy.Verdict `json:"to"`
	Devices int            `json:"devices"`
}

// Device is a device that changes verdict.
type Device struct {
	GUID       string         `json:"device_guid"`
	Name       string         `json:"device_name"`
	Username   string         `json:"username"`
	Department string         `json:"department"`
	Version    string         `json:"app_version"`
	From       policy.Verdict `json:"from"`
	To         policy.Verdict `json:"to"`
	// Because has the facts that differ, each in a few words.
	Because []string `json:"because"`
	// WhyFrom and WhyTo give the reason for each verdict in a sentence; "" on a
	// side that does not have the device.
	WhyFrom string `json:"why_from"`
	WhyTo   string `json:"why_to"`
}

// Compare says what changes from one side to the other. The sums agree: for
// every verdict, the devices in From, less those that leave it, plus those that
// come to it, are the devices in To.
func Compare(from, to Side) *Difference {
	d := &Difference{From: totals(from), To: totals(to), Groups: []Group{}, Devices: []Device{}}
	for _, pair := range pairs(from.Fleet.Devices, to.Fleet.Devices) {
		if pair.from != nil && pair.to != nil && pair.from.Verdict == pair.to.Verdict {
			d.Same++
			continue
		}
		d.Devices = append(d.Devices, change(pair.from, pair.to, from.Rules, to.Rules))
	}
	slices.SortStableFunc(d.Devices, func(a, b Device) int {
		return cmp.Or(cmp.Compare(a.To.Place(), b.To.Place()), cmp.Compare(a.From.Place(), b.From.Place()))
	})
	for _, device := range d.Devices {
		last := len(d.Groups) - 1
		if last < 0 || d.Groups[last].From != device.From || d.Groups[last].To != device.To {
			d.Groups = append(d.Groups, Group{From: device.From, To: device.To})
			last++
		}
		d.Groups[last].Devices++
	}
	return d
}

func totals(s Side) Totals {
	f := s.Fleet
	return Totals{
		AsOf: f.AsOf.String(), Policy: s.Rules.Policy().ID,
		Devices: f.Counts.Devices, Verdicts: f.Verdicts, Affected: f.Affected, Open: f.Open, Waived: f.Waived,
	}
}

// pair is a device on both sides; nil on a side that does not have it.
type pair struct{ from, to *fleet.Assessed }

// pairs matches the devices of both sides. It keeps the order of the first
// side; devices that only the second side has come last.
func pairs(from, to []*fleet.Assessed) []pair {
	waiting := make(map[string][]*fleet.Assessed, len(to))
	for _, a := range to {
		waiting[identity(a)] = append(waiting[identity(a)], a)
	}
	var all []pair
	for _, a := range from {
		p := pair{from: a}
		if same := waiting[identity(a)]; len(same) > 0 {
			p.to, waiting[identity(a)] = same[0], same[1:]
		}
		all = append(all, p)
	}
	for _, a := range to {
		if slices.Contains(waiting[identity(a)], a) {
			all = append(all, pair{to: a})
		}
	}
	return all
}

// identity gives the GUID, or the name with the user name for a device without
// one.
func identity(a *fleet.Assessed) string {
	if a.GUID != "" {
		return a.GUID
	}
	return "\x00" + spelling.Fold(a.Name) + "\x00" + spelling.Fold(a.Username)
}

func change(from, to *fleet.Assessed, before, after *policy.Rules) Device {
	shown := cmp.Or(to, from)
	d := Device{
		GUID: shown.GUID, Name: shown.Name, Username: shown.Username, Department: shown.Department,
		Version: shown.Version.Text, Because: []string{},
	}
	if from != nil {
		d.From, d.WhyFrom = from.Verdict, from.Why
	}
	if to != nil {
		d.To, d.WhyTo = to.Verdict, to.Why
	}
	switch {
	case from == nil:
		d.Because = append(d.Because, "only there")
	case to == nil:
		d.Because = append(d.Because, "no longer there")
	default:
		d.Because = because(from, to, before, after)
	}
	return d
}

// because names the facts that differ: those that the table of verdicts asks
// for, and what the reports say about them.
func because(from, to *fleet.Assessed, before, after *policy.Rules) []string {
	var facts []string
	differ := func(name, was, is string) {
		if was != is {
			facts = append(facts, fmt.Sprintf("%s %s, now %s", name, cmp.Or(was, "none"), cmp.Or(is, "none")))
		}
	}
	differ("status", string(from.Status), string(to.Status))
	version := "version"
	if from.Version.Text == to.Version.Text && from.Version.Known {
		version += " " + from.Version.String()
	} else {
		differ("version", from.Version.Text, to.Version.Text)
	}
	differ(version, string(from.VersionStatus), string(to.VersionStatus))
	differ("port", port(from, before), port(to, after))
	differ("destination", string(from.DestinationKind), string(to.DestinationKind))
	if was, is := before.Settings().UnclassifiedIsCloud, after.Settings().UnclassifiedIsCloud; was != is && to.DestinationKind == policy.Unclassified {
		facts = append(facts, map[bool]string{true: "unclassified is now taken as cloud", false: "unclassified is no longer taken as cloud"}[is])
	}
	return facts
}

func port(a *fleet.Assessed, rules *policy.Rules) string {
	switch {
	case len(rules.Policy().Ports.Retired) == 0:
		return "not asked"
	case a.Port != 0:
		return fmt.Sprintf("%d %s", a.Port, a.PortStatus)
	case a.ConfirmedPort:
		return string(a.PortStatus) + " by confirmation"
	}
	return string(a.PortStatus)
}
