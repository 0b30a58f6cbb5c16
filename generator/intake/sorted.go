package intake

import (
	"cmp"
	"encoding/binary"
	"slices"

	"example.org/cutoff/generator/device"
)

// sorted gives the devices by GUID, then name, username and source. Comparing
// the first bytes as numbers keeps sorting a million of them below the price of
// reading them.
func (f *fleet) sorted() []*device.Device {
	type keyed struct {
		head, tail uint64
		*device.Device
	}
	keys := make([]keyed, len(f.devices))
	for i, d := range f.devices {
		var head [16]byte
		copy(head[:], d.GUID)
		keys[i] = keyed{binary.BigEndian.Uint64(head[:8]), binary.BigEndian.Uint64(head[8:]), d}
	}
	slices.SortFunc(keys, func(a, b keyed) int {
		switch {
		case a.head != b.head:
			return cmp.Compare(a.head, b.head)
		case a.tail != b.tail:
			return cmp.Compare(a.tail, b.tail)
		}
		return cmp.Or(cmp.Compare(a.GUID, b.GUID), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Username, b.Username),
			cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Row, b.Source.Row))
	})
	devices := make([]*device.Device, len(keys))
	for i := range keys {
		devices[i] = keys[i].Device
	}
	return devices
}
