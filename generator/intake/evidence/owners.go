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

// owners finds devices by what evidence calls them. A name or an address that
// several devices have finds none.
type owners struct {
	devices report.Devices
	names   map[string]*device.Device // device names and host names, in lower case
	inside  map[netip.Addr]*device.Device
}

// index indexes the devices when the first evidence asks for them.
func (o *owners) index() {
	if o.names != nil {
		return
	}
	o.names = make(map[string]*device.Device, 2*len(o.devices.All))
	o.inside = o.devices.Inside()
	for _, d := range o.devices.All {
		for _, name := range []string{d.Name, d.Hostname} {
			if key := spelling.Fold(name); key != "" {
				if have, taken := o.names[key]; taken && have != d {
					o.names[key] = nil
				} else {
					o.names[key] = d
				}
			}
		}
	}
}

// byName gives the device with a GUID, or the only one with a name or host
// name; nil for none.
func (o *owners) byName(text string) *device.Device {
	o.index()
	if guid, _ := value.GUID(text, false); guid != "" {
		all := o.devices.All
		if i, found := slices.BinarySearchFunc(all, guid, func(d *device.Device, guid string) int { return strings.Compare(d.GUID, guid) }); found {
			return all[i]
		}
	}
	return o.names[spelling.Fold(text)]
}

// byAddress gives the only device with an inside address; nil for none.
func (o *owners) byAddress(address netip.Addr) *device.Device {
	o.index()
	return o.inside[address]
}

// known are devices that were looked up, by what evidence calls them: texts that
// are kept anyway.
type known map[string]*device.Device

// owner finds the device that a name and an address are of: by what names it,
// and where nothing does, by its inside address. The address also tells devices
// of one name apart. A name that no device has is not overruled by the address:
// it may belong to one of ours that had it before.
func (o *owners) owner(name string, address netip.Addr, have known) *device.Device {
	if name == "" {
		return o.byAddress(address)
	}
	d, looked := have[name]
	if !looked {
		d = o.byName(name)
		if len(have) < lookupLimit {
			have[name] = d
		}
	}
	if d == nil {
		if d = o.byAddress(address); d != nil && !bears(d, name) {
			d = nil
		}
	}
	return d
}

// bears reports whether a device has this name or host name.
func bears(d *device.Device, name string) bool {
	name = value.Clean(name)
	return spelling.Same(d.Name, name) || spelling.Same(d.Hostname, name)
}
