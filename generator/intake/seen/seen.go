// Package seen keeps what was seen of devices' ports. Of several observations of
// one port, in one network and to one destination, only the newest can decide
// anything. So only that is kept: one with a date, and one without.
package seen

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
)

// Ports adds observations to devices.
type Ports struct {
	// All has every observation of the traced devices, its keys. To trace a device,
	// make it a key before its first observation.
	All map[*device.Device][]device.Connection

	// places has the indexes in [device.Device.Connections], for devices with many.
	places map[*device.Device]map[kind]int
}

// New gives Ports that trace no device.
func New() *Ports {
	return &Ports{All: map[*device.Device][]device.Connection{}, places: map[*device.Device]map[kind]int{}}
}

// kind is what observations of a device have in common if only the newest of them
// is kept.
type kind struct {
	port        int
	dated       bool
	network     netip.Prefix
	destination *device.Destination
}

func kindOf(c *device.Connection) kind {
	return kind{c.Port, !c.Time.IsZero(), c.Network, c.Destination}
}

// few is how many observations of a device are searched without a map. With a map
// for every device, 100,000 lines of evidence take a tenth longer and 5 MB more.
const few = 16

// Add keeps an observation of a device, unless a newer one of the same kind is
// known; an older one it replaces. It reports whether the observation is the
// first of its kind.
func (p *Ports) Add(d *device.Device, c device.Connection) (first bool) {
	if all, traced := p.All[d]; traced {
		p.All[d] = append(all, c)
	}
	i, known := p.find(d, &c)
	if !known {
		d.Connections = append(d.Connections, c)
		return true
	}
	if have := &d.Connections[i]; newer(&c, have) {
		*have = c
	}
	return false
}

// Move is called when devices were moved in memory: the device at from[i] is now
// at to[i].
func (p *Ports) Move(from, to []*device.Device) {
	moved := New()
	for i, d := range from {
		if seen, traced := p.All[d]; traced {
			moved.All[to[i]] = seen
		}
		if places := p.places[d]; places != nil {
			moved.places[to[i]] = places
		}
	}
	*p = *moved
}

// Traced gives every observation of a traced device, newest first and without
// repeats; none for other devices.
func (p *Ports) Traced(d *device.Device) []device.Connection {
	all := p.All[d]
	Sort(all)
	return slices.CompactFunc(all, func(a, b device.Connection) bool {
		return a.Time.Equal(b.Time) && a.Port == b.Port && a.Source == b.Source && a.Network == b.Network && a.Destination == b.Destination
	})
}

// find gives the index of the kept observation of c's kind, if there is one. It
// prepares the index for c if there is none.
func (p *Ports) find(d *device.Device, c *device.Connection) (place int, known bool) {
	k, n := kindOf(c), len(d.Connections)
	if n < few {
		for i := range d.Connections {
			if have := &d.Connections[i]; have.Port == c.Port && kindOf(have) == k {
				return i, true
			}
		}
		return -1, false
	}
	if p.places[d] == nil {
		p.places[d] = make(map[kind]int, 2*few)
		for i := range d.Connections {
			p.places[d][kindOf(&d.Connections[i])] = i
		}
	}
	if place, known = p.places[d][k]; !known {
		p.places[d][k] = n
	}
	return place, known
}

// newer reports whether a was made after b. On a tie the greater path decides,
// then the later row.
func newer(a, b *device.Connection) bool {
	return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Row, b.Source.Row)) > 0
}

// Sort sorts a device's observations, newest first.
func Sort(connections []device.Connection) {
	slices.SortFunc(connections, func(a, b device.Connection) int {
		return cmp.Or(
			b.Time.Compare(a.Time),
			a.Network.Compare(b.Network),
			cmp.Compare(a.Port, b.Port),
			compareDestinations(a.Destination, b.Destination),
			strings.Compare(a.Source.File, b.Source.File),
			cmp.Compare(a.Source.Row, b.Source.Row),
		)
	})
}

func compareDestinations(a, b *device.Destination) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.UID, b.UID))
}
