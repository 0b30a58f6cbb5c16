package sample

import "time"

// ConnectionsHeader has the columns of evidence.
var ConnectionsHeader = []string{"device", "address", "destination", "port", "time"}

const (
	// window is how many days a night's firewall log goes back.
	window = 30
	// One device in so many is behind a firewall that logs.
	perLogged = 4
)

// connections is the firewall's log of the last 30 days, oldest first. Lines are
// numbered through all nights, so two nights have the same lines for the same days.
// The devices behind the firewall take turns: with a line for every second device
// of the fleet, each is seen twice within the window.
func (f Fleet) connections(night int) rows {
	return func(yield func([]string) bool) {
		daily := (f.LogLines + window - 1) / window
		logged := (f.Devices + perLogged - 1) / perLogged
		end := (night + window) * daily
		for n := end - f.LogLines; n < end; n++ {
			day := n/daily - window + 1
			at := f.day(day).Start().Add(time.Duration(n%daily) * 24 * time.Hour / time.Duration(daily))
			m := f.machine(n%logged*perLogged, max(0, day))
			if !yield(append(f.connection(&m, f.roll(aLine, n, 0), day), at.Format(time.RFC3339))) {
				return
			}
		}
	}
}

// connection gives a line of the log without its time: the device, its address, the
// host and the port. A device that is gone, deactivated or silent connects to
// another host than the vendor's.
func (f Fleet) connection(m *machine, d *dice, day int) []string {
	device := ""
	switch {
	case m.named && d.below(2) == 0: // its name is not the only one of its kind
		device = f.guid(m)
	case d.below(2) == 0:
		device = m.host()
	case d.below(10) > 0 && !m.named:
		device = m.name()
	}
	host, port := "updates.example.com", "443"
	switch {
	case m.gone, m.status[0] == 'D', f.silent(m.number, day):
	case m.stores[0] == ownServer && len(m.stores) == 1:
		host, port = "backup1."+mailDomain, "4282"
	default:
		host = pick(d, []string{"central.crashplan.com", "central.crashplan.com", "edge.code42.com", "162.222.40.218"})
		switch {
		case m.tooOld(), f.closed(m.number/perNetwork, max(0, day)):
			port = "4282"
		case d.below(5) > 0:
			port = "4287"
		}
	}
	return []string{device, address(m.number), host, port}
}

// silent tells whether a device has stopped connecting to the vendor by a day,
// counted from the first night. One in 30 stops in the weeks around that night, so
// that its evidence becomes too old.
func (f Fleet) silent(number, day int) bool {
	d := f.roll(aMachine, number, 2)
	return d.below(30) == 0 && day > d.below(2*window)-window
}

// closed tells whether a network lets out only the old port on a night. Every sixth
// network begins so. The first always does, so that small fleets have one too.
func (f Fleet) closed(network, night int) bool {
	if d := f.roll(aNetwork, network, 0); network > 0 && d.below(6) > 0 {
		return false
	}
	for n := 1; n <= night; n++ {
		if f.roll(aNetworksNight, network, n).chance(f.Changed) {
			return false
		}
	}
	return true
}
