package policy

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/spelling"
)

// places knows which destinations are in the cloud and which are on premises. A
// UID decides before a name, because one UID has different names in different
// tenants. If the policy and the organisation disagree on a UID or a name, the
// organisation wins.
type places struct {
	byUID  map[string]DestinationKind
	byName map[uint64]DestinationKind // by [spelling.Hash]
	// overruled has the policy's cloud destinations that the organisation calls
	// on premises.
	overruled []string
}

func newPlaces(p *Policy, s Settings) places {
	known := places{byUID: map[string]DestinationKind{}, byName: map[uint64]DestinationKind{}}
	for _, d := range p.Destinations {
		if d.UID != "" {
			known.byUID[d.UID] = Cloud
		}
		for _, name := range d.Names {
			known.byName[spelling.Hash(name)] = Cloud
		}
	}
	add := func(list []string, kind DestinationKind) {
		for _, text := range list {
			if text = strings.TrimSpace(text); text != "" {
				if kind == OnPremises && (known.byUID[text] == Cloud || known.byName[spelling.Hash(text)] == Cloud) {
					known.overruled = append(known.overruled, text)
				}
				known.byUID[text] = kind
				known.byName[spelling.Hash(text)] = kind
			}
		}
	}
	add(s.OnPremisesDestinations, OnPremises)
	add(s.CloudDestinations, Cloud)
	return known
}

// of classifies one destination. One that matches nothing is unclassified and
// never silently on premises.
func (p places) of(d device.Destination) DestinationKind {
	if kind, known := p.byUID[d.UID]; known {
		return kind
	}
	return cmp.Or(p.byName[spelling.Hash(d.Name)], Unclassified)
}

// kind takes all destinations of a device together. A device without any is
// unclassified.
func (p places) kind(destinations []device.Destination) DestinationKind {
	var cloud, onPremises, unclassified bool
	for i := range destinations {
		switch p.of(destinations[i]) {
		case Cloud:
			cloud = true
		case OnPremises:
			onPremises = true
		default:
			unclassified = true
		}
	}
	switch {
	case cloud && onPremises:
		return Mixed
	case cloud:
		return Cloud
	case onPremises && !unclassified:
		return OnPremises
	}
	return Unclassified
}

// Classify says what one destination is: cloud, on-premises or unclassified.
func (r *Rules) Classify(d device.Destination) DestinationKind { return r.places.of(d) }

// Overruled gives the destinations that the policy says are in the cloud but the
// organisation's settings say are on premises, spelled as in the settings. The
// settings win, because an organisation's own server may have such a name. But if
// the settings are wrong, affected devices are missed, so pages point it out.
func (r *Rules) Overruled() []string { return r.places.overruled }
