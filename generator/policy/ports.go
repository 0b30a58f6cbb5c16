package policy

import (
	"cmp"
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

// compare sorts the connections of one network so that the one that decides comes
// first: newer before older, dated before undated. On a tie a retired port comes
// before an allowed one, then the lower number.
func (p *Ports) compare(a, b *device.Connection) int {
	return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(p.rank(a.Port), p.rank(b.Port)), cmp.Compare(a.Port, b.Port))
}

// rank is lower for retired ports.
func (p *Ports) rank(port int) int {
	if p.retires(port) {
		return 0
	}
	return 1
}

// judgePort fills in what the observations say.
func (r *Rules) judgePort(a *Assessment, d *device.Device, asOf calendar.Day) {
	ports := &r.policy.Ports
	if len(ports.Retired) == 0 {
		a.PortStatus = Allowed
		return
	}
	var buffer [few]*device.Connection
	counting := r.counting(buffer[:0], d, asOf)
	if a.DestinationKind == OnPremises {
		a.CloudPortOnPremises = slices.ContainsFunc(counting, func(c *device.Connection) bool { return ports.retires(c.Port) })
	}
	switch {
	case len(counting) > 0:
		// One network on the retired port makes the device retired.
		shown := slices.MinFunc(ports.deciders(counting), func(a, b *device.Connection) int {
			return cmp.Or(cmp.Compare(ports.rank(a.Port), ports.rank(b.Port)), ports.compare(a, b))
		})
		a.PortStatus, a.Port = Allowed, shown.Port
		if ports.retires(shown.Port) {
			a.PortStatus = Retired
		}
	case r.settings.NetworkConfirmed:
		a.PortStatus, a.ConfirmedPort = Allowed, true
	default:
		a.PortStatus = Unverified
	}
}

// few is how many connections of a device can be judged without allocating. Most
// devices have one or two.
const few = 8

// counting adds to found the connections of a device that count.
func (r *Rules) counting(found []*device.Connection, d *device.Device, asOf calendar.Day) []*device.Connection {
	if len(d.Connections) == 0 {
		return found
	}
	w := r.windowOf(asOf)
	for i := range d.Connections {
		if c := &d.Connections[i]; r.weigh(c, w) == Counts {
			found = append(found, c)
		}
	}
	return found
}

// deciders picks, from the connections that count, the one that decides for each
// network. It sorts the given slice and reuses it for the result.
func (p *Ports) deciders(counting []*device.Connection) []*device.Connection {
	slices.SortStableFunc(counting, func(a, b *device.Connection) int {
		return cmp.Or(a.Network.Compare(b.Network), p.compare(a, b))
	})
	return slices.CompactFunc(counting, func(a, b *device.Connection) bool { return a.Network == b.Network })
}

// Observation is one connection with what it weighed.
type Observation struct {
	*device.Connection
	Weight Weight
	// Decides is set for the one that decides for its network.
	Decides bool
}

// Observations gives a device's connections, newest first, with what each of
// them weighed on a day.
func (r *Rules) Observations(d *device.Device, asOf calendar.Day) []Observation {
	ports, w := &r.policy.Ports, r.windowOf(asOf)
	observations := make([]Observation, len(d.Connections))
	deciders := make(map[netip.Prefix]*device.Connection)
	for _, c := range ports.deciders(r.counting(nil, d, asOf)) {
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
		return cmp.Or(ports.compare(a.Connection, b.Connection), cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Row, b.Source.Row))
	})
	return observations
}
