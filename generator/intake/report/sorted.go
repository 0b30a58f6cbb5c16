package report

import (
	"cmp"
	"encoding/binary"
	"slices"

	"example.org/cutoff/generator/device"
)

// keyed is a device with the first bytes of its GUID as two numbers, which
// compare like the text: without them reading 100,000 devices in no order takes a
// quarter longer.
type keyed struct {
	head, tail uint64
	*device.Device
}

// sorted gives the devices by GUID, then name, username and source. Exports
// often have that order already.
func (m *merger) sorted() []*device.Device {
	keys := make([]keyed, len(m.devices))
	inOrder := true
	for i, d := range m.devices {
		var head [16]byte
		copy(head[:], d.GUID)
		keys[i] = keyed{binary.BigEndian.Uint64(head[:8]), binary.BigEndian.Uint64(head[8:]), d}
		if inOrder && i > 0 {
			inOrder = compareKeyed(&keys[i-1], &keys[i]) <= 0
		}
	}
	if inOrder {
		return m.devices
	}
	slices.SortFunc(keys, func(a, b keyed) int { return compareKeyed(&a, &b) })
	devices := make([]*device.Device, len(keys))
	for i := range keys {
		devices[i] = keys[i].Device
	}
	return devices
}

func compareKeyed(a, b *keyed) int {
	switch {
	case a.head != b.head:
		return cmp.Compare(a.head, b.head)
	case a.tail != b.tail:
		return cmp.Compare(a.tail, b.tail)
	}
	return cmp.Or(cmp.Compare(a.GUID, b.GUID), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Username, b.Username),
		cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Row, b.Source.Row))
}
