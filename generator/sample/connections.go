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

// connections is the firewall's log of the last 30 days, oldest first. Lines
// are numbered through all nights, so that two nights share what they both
// have. Each device behind the firewall has its turn: with a line for every
// second device, each is seen twice within the window.
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

// connection gives what the log has of a device before the time: where it went,
// to which port. One that is gone, deactivated or silent is seen elsewhere than in
// the vendor's cloud.
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

// silent tells whether a device has left the logged networks by a day, counted
// from the first night: one in 30 does in the weeks around it, so that what was
// seen of it grows old.
func (f Fleet) silent(number, day int) bool {
	d := f.roll(aMachine, number, 2)
	return d.below(30) == 0 && day > d.below(2*window)-window
}

// closed tells whether a network lets nothing but the old port out on a night.
// Every sixth begins so; the first always does, so that small fleets have one.
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
