package fleet

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/policy"
)

// Network is a place on the network from which the retired port was used.
type Network struct {
	// Prefix is the source network of the observations. With Outside set it is the
	// outside network of the devices, because the evidence names no source. The
	// zero Prefix has the devices for which neither is known.
	Prefix  netip.Prefix
	Outside bool
	// Devices are those last seen on a retired port there, in the order of the
	// fleet.
	Devices []*Assessed
	// Departments are the departments of these devices, by name.
	Departments []string
	// Ports are the retired ports that were seen, in ascending order.
	Ports []int
	// LastSeen is the day of the newest observation on a retired port; the zero
	// Day if none has a date.
	LastSeen calendar.Day
	// Allowed are the allowed ports that any device was seen on from there within
	// the window, in ascending order; empty for none.
	Allowed []int
	// Affected counts the devices that are cut off or will be.
	Affected int
	// Cloud counts the devices that do not store on premises only: they store in
	// the cloud, or may do so.
	Cloud int
}

// Networks groups the devices that still use a retired port by the network they
// use it from. Inactive devices do not count. For each device and network, only the
// observation that decides under the rules counts, so that a network whose port
// was changed yesterday is gone from the list. Most devices come first.
func Networks(f *Fleet, rules *policy.Rules) []Network {
	g := networkGroups{byPlace: map[place]*Network{}, allowed: map[netip.Prefix]map[int]bool{}, rules: rules}
	for _, a := range f.Devices {
		if len(a.Connections) > 0 && a.Verdict != policy.Inactive {
			g.add(a, f.AsOf)
		}
	}
	return g.sorted()
}

// place tells networks apart.
type place struct {
	prefix  netip.Prefix
	outside bool
}

type networkGroups struct {
	rules   *policy.Rules
	byPlace map[place]*Network
	// allowed has the allowed ports that any device was seen on, by network.
	allowed map[netip.Prefix]map[int]bool
}

func (g *networkGroups) add(a *Assessed, asOf calendar.Day) {
	ports := &g.rules.Policy().Ports
	for _, o := range g.rules.Observations(a.Device, asOf) {
		if o.Weight != policy.Counts {
			continue
		}
		at := place{o.Network, false}
		if !o.Network.IsValid() {
			at = place{}
			if a.RemoteNetwork != nil {
				at = place{*a.RemoteNetwork, true}
			}
		}
		if !slices.Contains(ports.Retired, o.Port) {
			g.allow(at.prefix, o.Port)
			continue
		}
		if o.Decides {
			g.network(at).see(a, o)
		}
	}
}

func (g *networkGroups) allow(prefix netip.Prefix, port int) {
	if g.allowed[prefix] == nil {
		g.allowed[prefix] = map[int]bool{}
	}
	g.allowed[prefix][port] = true
}

func (g *networkGroups) network(at place) *Network {
	network := g.byPlace[at]
	if network == nil {
		network = &Network{Prefix: at.prefix, Outside: at.outside}
		g.byPlace[at] = network
	}
	return network
}

func (n *Network) see(a *Assessed, o policy.Observation) {
	if day := calendar.Of(o.Time); day.After(n.LastSeen) {
		n.LastSeen = day
	}
	if !slices.Contains(n.Ports, o.Port) {
		n.Ports = append(n.Ports, o.Port)
	}
	if len(n.Devices) == 0 || n.Devices[len(n.Devices)-1] != a {
		n.Devices = append(n.Devices, a)
	}
}

func (g *networkGroups) sorted() []Network {
	networks := make([]Network, 0, len(g.byPlace))
	for _, network := range g.byPlace {
		network.sum()
		slices.Sort(network.Ports)
		network.Allowed = slices.Sorted(maps.Keys(g.allowed[network.Prefix]))
		networks = append(networks, *network)
	}
	slices.SortFunc(networks, func(a, b Network) int {
		return cmp.Or(
			cmp.Compare(len(b.Devices), len(a.Devices)),
			a.Prefix.Addr().Compare(b.Prefix.Addr()),
			cmp.Compare(a.Prefix.Bits(), b.Prefix.Bits()),
			cmp.Compare(boolean(a.Outside), boolean(b.Outside)),
		)
	})
	return networks
}

func (n *Network) sum() {
	departments := map[string]bool{}
	for _, a := range n.Devices {
		departments[a.Department] = true
		if a.Verdict.Affected() {
			n.Affected++
		}
		if a.DestinationKind != policy.OnPremises {
			n.Cloud++
		}
	}
	n.Departments = slices.Sorted(maps.Keys(departments))
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}
