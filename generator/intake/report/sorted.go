package report

import (
	"cmp"
	"encoding/binary"
	"slices"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/keep"
)

// keyed is a device and its number, with the first bytes of its GUID as two
// numbers, which compare like the text: without them reading 100,000 devices in no
// order takes a quarter longer.
type keyed struct {
	head, tail uint64
	*device.Device
	number int32
}

// sorted gives the devices by GUID, then name, username and source. Exports
// often have that order already. Where they do not, the devices and their texts
// are moved to that order in memory too, since every later stage goes through
// them in it: that takes a fifth off the time of assessing.
func (m *merger) sorted() []*device.Device {
	keys := make([]keyed, len(m.devices))
	inOrder := true
	for i, d := range m.devices {
		var head [16]byte
		copy(head[:], d.GUID)
		keys[i] = keyed{binary.BigEndian.Uint64(head[:8]), binary.BigEndian.Uint64(head[8:]), d, int32(i)}
		if inOrder && i > 0 {
			inOrder = compareKeyed(&keys[i-1], &keys[i]) <= 0
		}
	}
	if inOrder {
		return m.devices
	}
	slices.SortFunc(keys, func(a, b keyed) int { return compareKeyed(&a, &b) })
	places := slices.Clone(m.devices)
	for i := range keys {
		m.devices[keys[i].number] = places[i]
	}
	m.ports.Move(places, m.devices)
	move(places, keys)
	var texts keep.Texts
	for _, d := range places {
		for _, text := range []*string{&d.GUID, &d.Name, &d.Hostname, &d.Username} {
			*text = texts.Keep(*text)
		}
		d.Email = texts.KeepBeside(d.Email, d.Username)
	}
	return places
}

// move puts into each place the device with the key there, one circle of places
// after the other, so that no device is in memory twice.
func move(places []*device.Device, keys []keyed) {
	for start := range keys {
		first := *places[start]
		for at := start; keys[at].Device != nil; {
			from := int(keys[at].number)
			keys[at].Device = nil // done
			if from == start {
				*places[at] = first
				break
			}
			*places[at] = *places[from]
			at = from
		}
	}
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
