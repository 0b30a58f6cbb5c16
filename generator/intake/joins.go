package intake

import (
	"net/netip"
	"strings"

	"example.org/cutoff/generator/intake/value"
)

// joins finds devices by what evidence calls them.
type joins struct {
	fleet     *fleet
	names     nameIndex // device names and host names
	addresses map[netip.Addr]int32
}

// joins indexes the devices when the first evidence asks for them.
func (r *run) joins() *joins {
	if r.joining != nil {
		return r.joining
	}
	j := &joins{fleet: r.fleet, names: nameIndex{}, addresses: map[netip.Addr]int32{}}
	for i, d := range r.fleet.devices {
		for _, name := range []string{d.Name, d.Hostname} {
			if name != "" {
				j.names.add(int32(i), name)
			}
		}
		if inside := r.fleet.state(int32(i)).inside; inside.IsValid() {
			if _, taken := j.addresses[inside]; taken {
				j.addresses[inside] = ambiguous
			} else {
				j.addresses[inside] = int32(i)
			}
		}
	}
	r.joining = j
	return j
}

// byName gives the device with a GUID, or the only one with a name or host
// name; a negative number for none.
func (j *joins) byName(text string) int32 {
	if guid, how := value.GUID(text, false); how == value.SoundGUID || how == value.RoundedGUID || how == value.WordGUID {
		if i, ok := j.fleet.index[guid]; ok {
			return i
		}
	}
	if i, ok := j.names.find(text); ok {
		return i
	}
	return ambiguous
}

// bears reports whether a device has this name or host name.
func (j *joins) bears(i int32, name string) bool {
	d := j.fleet.devices[i]
	name = value.Clean(name)
	return strings.EqualFold(d.Name, name) || strings.EqualFold(d.Hostname, name)
}
