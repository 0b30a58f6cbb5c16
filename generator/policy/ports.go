package policy

import (
	"net/netip"
	"slices"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
)

// Weight says whether an observation counts, and if not, why.
type Weight string

// The weights of an observation.
const (
	Counts          Weight = "counts"
	OtherPort       Weight = "port is neither retired nor allowed"
	OnPremisesRow   Weight = "row is of an on-premises destination"
	OutsideWindow   Weight = "older than the window"
	AfterAsOf       Weight = "later than the as-of date"
	DatedOneInstead Weight = "undated, and a dated one exists in its network"
)

// window is the time in which an observation counts.
type window struct{ start, end time.Time }

// windowOf goes back WindowDays days from the as-of day: at 30, an observation
// of 30 days before still counts, whatever its hour.
func (r *Rules) windowOf(asOf calendar.Day) window {
	return window{asOf.Add(-r.settings.WindowDays).Start(), asOf.Over()}
}

func (r *Rules) weigh(c *device.Connection, w window) Weight {
	switch {
	case !r.policy.Ports.matters(c.Port):
		return OtherPort
	case r.policy.Scope.Destinations && c.Destination != nil && r.places.of(*c.Destination) == OnPremises:
		return OnPremisesRow
	case c.Time.IsZero():
		return Counts
	case !c.Time.Before(w.end):
		return AfterAsOf
	case c.Time.Before(w.start):
		return OutsideWindow
	}
	return Counts
}

func (p *Ports) matters(port int) bool { return p.retires(port) || slices.Contains(p.Allowed, port) }

// retires reports whether a port stops. A port that is in both lists counts as
// retired, the careful reading of a policy that contradicts itself.
func (p *Ports) retires(port int) bool { return slices.Contains(p.Retired, port) }

// beats reports whether a decides before b in one network: the dated one before
// the undated, the newer before the older, on a tie the retired port before the
// allowed, and then the lower number, so that order decides nothing.
func (p *Ports) beats(a, b *device.Connection) bool {
	if a.Time.IsZero() != b.Time.IsZero() {
		return b.Time.IsZero()
	}
	if c := a.Time.Compare(b.Time); c != 0 {
		return c > 0
	}
	if x, y := p.retires(a.Port), p.retires(b.Port); x != y {
		return x
	}
	return a.Port < b.Port
}

// judgePort fills in what the observations say.
func (r *Rules) judgePort(a *Assessment, d *device.Device, asOf calendar.Day) {
	ports := &r.policy.Ports
	if len(ports.Retired) == 0 {
		a.PortStatus = Allowed
		return
	}
	a.PortStatus = Unverified
	r.judgeConnections(a, d, asOf)
	if a.PortStatus == Unverified && r.settings.NetworkConfirmed {
		a.PortStatus, a.ConfirmedPort = Allowed, true
	}
}

func (r *Rules) judgeConnections(a *Assessment, d *device.Device, asOf calendar.Day) {
	if len(d.Connections) == 0 {
		return
	}
	ports, w := &r.policy.Ports, r.windowOf(asOf)
	if a.DestinationKind == OnPremises {
		a.CloudPortOnPremises = slices.ContainsFunc(d.Connections, func(c device.Connection) bool {
			return ports.retires(c.Port) && r.weigh(&c, w) == Counts
		})
	}
	var buffer [few]*device.Connection
	deciders := r.deciders(buffer[:0], d, w)
	if len(deciders) == 0 {
		return
	}
	// Any network on the retired port makes the device retired. Of several
	// deciders the one that is shown is found as within one network, the
	// retired ones first.
	first := deciders[0]
	for _, c := range deciders[1:] {
		if x, y := ports.retires(c.Port), ports.retires(first.Port); x && !y || x == y && ports.beats(c, first) {
			first = c
		}
	}
	a.PortStatus, a.Port = Allowed, first.Port
	if ports.retires(first.Port) {
		a.PortStatus = Retired
	}
}

// few is how many networks of a device are searched one by one: most devices have
// one or two, and a map for each of them costs more than the rules do.
const few = 8

// deciders adds to found, which is empty, the connection that speaks for each
// network.
func (r *Rules) deciders(found []*device.Connection, d *device.Device, w window) []*device.Connection {
	var places map[netip.Prefix]int // in found, of devices with many networks
	for i := range d.Connections {
		c := &d.Connections[i]
		if r.weigh(c, w) != Counts {
			continue
		}
		at := len(found)
		if len(found) < few {
			if same := slices.IndexFunc(found, func(x *device.Connection) bool { return x.Network == c.Network }); same >= 0 {
				at = same
			}
		} else {
			if places == nil {
				places = make(map[netip.Prefix]int)
				for n, x := range found {
					places[x.Network] = n
				}
			}
			if same, known := places[c.Network]; known {
				at = same
			} else {
				places[c.Network] = at
			}
		}
		switch {
		case at == len(found):
			found = append(found, c)
		case r.policy.Ports.beats(c, found[at]):
			found[at] = c
		}
	}
	return found
}

// Observation is one connection with what it weighed.
type Observation struct {
	*device.Connection
	Weight Weight
	// Decides is set for the one that speaks for its network.
	Decides bool
}

// Observations gives a device's connections, newest first, with what each of
// them weighed on a day.
func (r *Rules) Observations(d *device.Device, asOf calendar.Day) []Observation {
	ports, w := &r.policy.Ports, r.windowOf(asOf)
	observations := make([]Observation, len(d.Connections))
	deciders := make(map[netip.Prefix]*device.Connection)
	for _, c := range r.deciders(nil, d, w) {
		deciders[c.Network] = c
	}
	for i := range d.Connections {
		c := &d.Connections[i]
		decider := deciders[c.Network]
		o := Observation{Connection: c, Weight: r.weigh(c, w), Decides: c == decider}
		if o.Weight == Counts && c.Time.IsZero() && !decider.Time.IsZero() {
			o.Weight = DatedOneInstead
		}
		observations[i] = o
	}
	slices.SortStableFunc(observations, func(a, b Observation) int {
		switch {
		case ports.beats(a.Connection, b.Connection):
			return -1
		case ports.beats(b.Connection, a.Connection):
			return 1
		}
		return compareSource(a.Source, b.Source)
	})
	return observations
}
