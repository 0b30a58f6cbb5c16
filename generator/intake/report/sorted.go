package report

import (
	"cmp"
	"slices"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/keep"
	"example.org/cutoff/generator/order"
)

// keyed is a device with its number and its sort key.
type keyed struct {
	guid order.Text
	*device.Device
	number int32
}

// sorted gives the devices by GUID, then name, username and source. Exports
// often have that order already. If not, the devices and their texts are also
// moved in memory into that order. Every later stage goes through them in it,
// and assessing is then a fifth faster.
func (m *merger) sorted() []*device.Device {
	keys := make([]keyed, len(m.devices))
	inOrder := true
	for i, d := range m.devices {
		keys[i] = keyed{order.Of(d.GUID), d, int32(i)}
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

// move puts each device into the place of its key. It follows one cycle of places
// after the other, so only one device at a time is in memory twice.
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
	if order := a.guid.Compare(&b.guid); order != 0 {
		return order
	}
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Username, b.Username), cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Row, b.Source.Row))
}
