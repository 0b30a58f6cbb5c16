package intake

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
)

// seenKey is what two observations share of which only the newer one can decide
// anything.
type seenKey struct {
	device  int32
	port    int32
	dated   bool
	network netip.Prefix
	place   *device.Destination
}

// fewSeen is how many observations of a device are searched one by one.
const fewSeen = 16

// observe keeps an observation of a device, unless a newer one of the same port
// in the same network to the same destination is known. It reports whether the
// observation is the first of its kind.
func (f *fleet) observe(i int32, c device.Connection) bool {
	d := f.devices[i]
	if t := f.traces[i]; t != nil {
		t.Seen = append(t.Seen, c)
	}
	key := keyOf(i, &c)
	at := int32(-1)
	if len(d.Connections) < fewSeen {
		at = int32(slices.IndexFunc(d.Connections, func(x device.Connection) bool { return keyOf(i, &x) == key }))
	} else {
		if len(d.Connections) == fewSeen {
			for n := range d.Connections {
				f.seen[keyOf(i, &d.Connections[n])] = int32(n)
			}
		}
		if n, ok := f.seen[key]; ok {
			at = n
		}
	}
	if at < 0 {
		if len(d.Connections) >= fewSeen {
			f.seen[key] = int32(len(d.Connections))
		}
		d.Connections = append(d.Connections, c)
		return true
	}
	if have := &d.Connections[at]; newerConnection(&c, have) {
		*have = c
	}
	return false
}

func keyOf(i int32, c *device.Connection) seenKey {
	return seenKey{i, int32(c.Port), !c.Time.IsZero(), c.Network, c.Destination}
}

// newerConnection reports whether a was made after b; on a tie the greater
// path, then the later row.
func newerConnection(a, b *device.Connection) bool {
	return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Row, b.Source.Row)) > 0
}

// sortConnections orders a device's connections, newest first.
func sortConnections(connections []device.Connection) {
	slices.SortFunc(connections, func(a, b device.Connection) int {
		return cmp.Or(
			b.Time.Compare(a.Time),
			a.Network.Compare(b.Network),
			cmp.Compare(a.Port, b.Port),
			comparePlaces(a.Destination, b.Destination),
			strings.Compare(a.Source.File, b.Source.File),
			cmp.Compare(a.Source.Row, b.Source.Row),
		)
	})
}

func comparePlaces(a, b *device.Destination) int {
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
