package evidence

import (
	"net/netip"
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/report"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/spelling"
)

// owners finds devices by what evidence calls them. A name or an address of several
// devices finds none.
type owners struct {
	devices report.Devices
	names   map[uint64]*device.Device // by the hashes of device names and host names; nil for several
	inside  map[netip.Addr]*device.Device
}

// index indexes the devices when the first evidence asks for them.
func (o *owners) index() {
	if o.names != nil {
		return
	}
	o.names = make(map[uint64]*device.Device, 2*len(o.devices.All))
	o.inside = o.devices.Inside()
	for _, d := range o.devices.All {
		for _, name := range []string{d.Name, d.Hostname} {
			hash := spelling.Hash(name)
			if have, taken := o.names[hash]; taken && have != d {
				o.names[hash] = nil
			} else {
				o.names[hash] = d
			}
		}
	}
	o.names[spelling.Hash("")] = nil
}

// byName gives the device with a GUID, or the only device with a device name or
// host name; nil for none.
func (o *owners) byName(text string) *device.Device {
	o.index()
	if guid, _ := value.GUID(text, false); guid != "" {
		all := o.devices.All
		if i, found := slices.BinarySearchFunc(all, guid, func(d *device.Device, guid string) int { return strings.Compare(d.GUID, guid) }); found {
			return all[i]
		}
	}
	return bearer(o.names[spelling.Hash(text)], text)
}

// byAddress gives the only device with an inside address; nil for none. If the row
// has a name too, the device must have that name: the address then tells devices
// of one name apart. For a name that no device has it finds none, since the
// address may have passed to another device.
func (o *owners) byAddress(address netip.Addr, name string) *device.Device {
	o.index()
	if name == "" {
		return o.inside[address]
	}
	return bearer(o.inside[address], name)
}

// bearer gives d if it has this device name or host name, else nil.
func bearer(d *device.Device, name string) *device.Device {
	if name = value.Clean(name); d != nil && (spelling.Same(d.Name, name) || spelling.Same(d.Hostname, name)) {
		return d
	}
	return nil
}
