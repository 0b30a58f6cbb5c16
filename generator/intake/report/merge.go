package report

import (
	"net/netip"
	"slices"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/keep"
	"example.org/cutoff/generator/intake/seen"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/spelling"
)

// merger merges rows into devices. Rows may come in any order; what comes out is
// the same.
type merger struct {
	ports   *seen.Ports
	index   index
	devices []*device.Device
	states  [][]state // of the devices, in pieces (see [merger.state])
	slab    []device.Device
	texts   keep.Texts
	words   keep.Words
	// versions has what each version text means.
	versions map[string]device.Version
	// anyProduct also reads versions in the forms of other programs.
	anyProduct bool
	// systems has what each pair of operating system and version text means.
	systems map[[2]string]device.Version
	// software, homes, destinations and networks have each value once, for all
	// devices to share. The key of a list of destinations is how it was made.
	software     map[device.Software]*device.Software
	homes        map[home]*device.Home
	destinations map[addition][]device.Destination
	networks     map[netip.Prefix]*netip.Prefix
	// insides has the inside address of each device. It is empty, which saves 24
	// bytes a device, unless addresses says that devices will be looked up by it.
	insides   []netip.Addr
	addresses bool
	// nameless are rows of files without a GUID column. They wait for the end of
	// all reports.
	nameless []row
	// wanted picks the devices to trace; nil picks none (see [Options.Trace]).
	wanted func(Identity) bool
	traces map[int32][]Row
	// alsoWanted has the devices that wanted picked only at a later row.
	alsoWanted []int32
	// ages has the instant of each sheet's newest row.
	ages []int64
}

// home is a [device.Home] as a map key.
type home struct {
	organization, department string
	first                    *device.Destination
}

// addition says how a list of destinations was made: by adding one destination
// to the list that begins at to (nil for the empty list).
type addition struct {
	to *device.Destination
	device.Destination
}

// state is what merging needs to know about a device that is not in the device.
type state struct {
	newest  rank
	renamed bool // rows disagree about the name
	// highest is the highest version of all dated rows: major, minor, patch.
	highest [3]int32
	// first is the smallest origin of all rows. there counts the rows of the
	// origin that is being read.
	first int32
	there struct{ origin, rows int32 }
	owner uint32 // the first row's owner (see [row.ownerKey]), 0 for none
	// reading is the last sheet that has the device, which may be still open.
	// latest is the newest of the sheets before it that have the device.
	latest, reading int32
	// rare is nil for most devices, which saves 72 bytes of 136.
	rare *rare
}

// rare is what merging needs to know of few devices.
type rare struct {
	// rival is a row of the same instant as the newest row, but with another
	// version. Of several it is the newest; nil for none.
	rival *rival
	// older says which fields come from an older row because the newest row has
	// nothing in them.
	older  []older
	owners []owner // nil while all rows name the same owner
	// shown has the rows that gave what is shown of the device.
	shown []rank
}

// further gives the device's rare part to read; it may be empty.
func (s *state) further() rare {
	if s.rare == nil {
		return rare{}
	}
	return *s.rare
}

// addRare gives the device's rare part to write, and makes it first if need be.
func (s *state) addRare() *rare {
	if s.rare == nil {
		s.rare = &rare{}
	}
	return s.rare
}

type rival struct {
	rank
	version device.Version
}

func newMerger(ports *seen.Ports, wanted func(Identity) bool) *merger {
	return &merger{
		ports:        ports,
		index:        newIndex(),
		words:        keep.Words{},
		versions:     map[string]device.Version{},
		systems:      map[[2]string]device.Version{},
		software:     map[device.Software]*device.Software{},
		homes:        map[home]*device.Home{},
		destinations: map[addition][]device.Destination{},
		networks:     map[netip.Prefix]*netip.Prefix{},
		wanted:       wanted,
		traces:       map[int32][]Row{},
	}
}

// add merges one row. It returns the number of the row's device, or -1 for a row
// without a GUID column, which waits for the end of all reports.
func (m *merger) add(r *row) int32 {
	if r.named {
		m.nameless = append(m.nameless, r.clone())
		return -1
	}
	i, known := m.index.find(r.guid)
	if known {
		m.merge(i, r)
	} else {
		guid := m.texts.Keep(r.guid)
		i = m.create(r)
		m.devices[i].GUID = guid
		m.index.add(guid, i)
	}
	return i
}

// names gives the texts of a row that an older row may fill in.
func (r *row) names() [names]string {
	return [names]string{r.name, r.host, r.user, r.email, r.department, r.organization, r.os, r.osVersion}
}

// names is how many texts [row.names] gives. The first ownNames of them are a
// device's own; the others many devices share, so they are kept already.
const (
	names    = 8
	ownNames = 4
)

// pieceDevices is how many devices are allocated at once, which is a tenth
// faster. One growing slice of all devices would copy them again and again.
const pieceDevices = 256

// state gives the state of the device with a number.
func (m *merger) state(i int32) *state { return &m.states[i/pieceDevices][i%pieceDevices] }

// create makes a device from its first row and returns its number.
func (m *merger) create(r *row) int32 {
	i := int32(len(m.devices))
	if i%pieceDevices == 0 {
		m.slab = make([]device.Device, pieceDevices)
		m.states = append(m.states, make([]state, pieceDevices))
	}
	d, s := &m.slab[i%pieceDevices], &m.states[i/pieceDevices][i%pieceDevices]
	m.devices = append(m.devices, d)
	*s = state{newest: r.rank(), first: r.origin, latest: r.origin, reading: r.origin}
	m.age(s.newest)
	s.there.origin, s.there.rows = r.origin, 1
	if !r.hasStatus {
		s.give(statusField, never, false)
	}
	s.owner = r.ownerKey()
	if s.newest.at != undated {
		s.highest = numbers(r.version)
	}
	d.Name, d.Hostname = m.texts.Keep(r.name), m.texts.Keep(r.host)
	d.Username = m.texts.Keep(r.user)
	d.Email = m.texts.KeepBeside(r.email, d.Username)
	d.Home = m.belongs(device.Home{Organization: r.organization, Department: r.department, Destinations: m.stores(nil, r)})
	d.Software = m.runs(device.Software{OS: r.os, OSVersion: r.osVersion, Version: r.version, AppVersion: r.app, Status: r.status})
	d.RemoteNetwork = m.network(r.remote)
	d.LastActivity, d.LastConnected = device.InstantOf(r.activity), device.InstantOf(r.connected)
	if m.addresses {
		m.insides = append(m.insides, r.inside)
	}
	m.show(d, s, r)
	if m.wanted != nil && m.wanted(r.identity()) {
		m.traces[i] = []Row{r.trace()}
		m.ports.All[d] = nil
	}
	m.addPorts(d, r)
	return i
}

// merge adds a further row to a device.
func (m *merger) merge(i int32, r *row) {
	d, s := m.devices[i], m.state(i)
	if rows, traced := m.traces[i]; traced {
		m.traces[i] = append(rows, r.trace())
	} else if m.wanted != nil && m.wanted(r.identity()) {
		m.alsoWanted = append(m.alsoWanted, i)
	}
	k := r.rank()
	m.age(k)
	m.meet(s, r.origin)
	newer := k.compare(s.newest) > 0
	m.own(d, s, r, k)
	s.compareVersions(d, k, r.version, newer)
	m.mergeFields(d, s, k, r, newer)
	if m.addresses && s.takes(insideField, r.inside.IsValid(), m.insides[i].IsValid(), k, newer) {
		m.insides[i] = r.inside
	}
	m.show(d, s, r)
	if newer {
		s.newest = k
	}
	if s.there.origin != r.origin {
		s.there.origin, s.there.rows = r.origin, 0
	}
	s.there.rows++
	s.first = min(s.first, r.origin)
	d.LastActivity = max(d.LastActivity, device.InstantOf(r.activity))
	d.LastConnected = max(d.LastConnected, device.InstantOf(r.connected))
	m.addPorts(d, r)
}

// runs gives the one copy of a software, for all devices that have the same.
func (m *merger) runs(software device.Software) *device.Software {
	shared, known := m.software[software]
	if !known {
		shared = &software
		m.software[software] = shared
	}
	return shared
}

// belongs gives the one copy of a home, for all devices that have the same.
func (m *merger) belongs(of device.Home) *device.Home {
	key := home{of.Organization, of.Department, first(of.Destinations)}
	shared, known := m.homes[key]
	if !known {
		shared = &of
		m.homes[key] = shared
	}
	return shared
}

// network gives the one copy of an address's network; nil for no address.
func (m *merger) network(address netip.Addr) *netip.Prefix {
	if !address.IsValid() {
		return nil
	}
	prefix := device.CutNetwork(address)
	network := m.networks[prefix]
	if network == nil {
		network = new(prefix)
		m.networks[prefix] = network
	}
	return network
}

// compareVersions remembers the highest version and the rival, by which
// [Reader.disagreement] tells whether rows disagree about the version.
func (s *state) compareVersions(d *device.Device, k rank, v device.Version, newer bool) {
	if n := numbers(v); k.at != undated && slices.Compare(n[:], s.highest[:]) > 0 {
		s.highest = n
	}
	other := s.further().rival
	switch {
	case k.at > s.newest.at:
		if other != nil {
			s.rare.rival = nil
		}
	case k.at < s.newest.at || sameVersion(v, d.Version):
	case newer:
		s.addRare().rival = &rival{s.newest, d.Version}
	case other == nil || k.compare(other.rank) > 0:
		s.addRare().rival = &rival{k, v}
	}
}

// sameVersion reports whether two versions mean the same. Two unknown ones do.
func sameVersion(v, w device.Version) bool {
	return v.Known == w.Known && v.Compare(w) == 0
}

// numbers gives a version's three numbers; 0.0.0 for an unknown one.
func numbers(v device.Version) [3]int32 {
	return [3]int32{int32(v.Major), int32(v.Minor), int32(v.Patch)}
}

// mergeFields takes over what a row says. A name or an address comes from the
// newest row that has one, the status from the newest row whose file has the
// column, and the version from the newest row.
func (m *merger) mergeFields(d *device.Device, s *state, k rank, r *row, newer bool) {
	software, home := *d.Software, *d.Home
	fields := [names]*string{&d.Name, &d.Hostname, &d.Username, &d.Email, &home.Department, &home.Organization, &software.OS, &software.OSVersion}
	if r.name != "" && d.Name != "" && !spelling.Same(r.name, d.Name) {
		s.renamed = true
	}
	for n, text := range r.names() {
		field := fields[n]
		if !s.takes(n, text != "", *field != "", k, newer) || *field == text {
			continue
		}
		if n < ownNames {
			text = m.texts.Keep(text)
		}
		*field = text
	}
	if s.takes(statusField, r.hasStatus, true, k, newer) {
		software.Status = r.status
	}
	if newer {
		software.Version, software.AppVersion = r.version, r.app
	}
	if software != *d.Software {
		d.Software = m.runs(software)
	}
	home.Destinations = m.stores(home.Destinations, r)
	d.Home = m.belongs(home)
	if s.takes(remoteField, r.remote.IsValid(), d.RemoteNetwork != nil, k, newer) {
		d.RemoteNetwork = m.network(r.remote)
	}
}

// show takes over the cells of the columns to show. Each comes from the newest
// row that has something in it.
func (m *merger) show(d *device.Device, s *state, r *row) {
	k := r.rank()
	for i, cell := range r.shown {
		text := value.Name(cell)
		if text == "" {
			continue
		}
		if d.Rare == nil {
			d.Rare, s.addRare().shown = &device.Rare{Shown: make([]string, len(r.shown))}, make([]rank, len(r.shown))
		}
		if d.Rare.Shown[i] == "" || k.compare(s.rare.shown[i]) > 0 {
			d.Rare.Shown[i], s.rare.shown[i] = m.words.Keep(text), k
		}
	}
}

// addPorts adds an observation for each port and destination of a row, dated by
// the row's last connection. It has no source network: the addresses in a report
// are the device's at some time, and say nothing about this connection.
func (m *merger) addPorts(d *device.Device, r *row) {
	if len(r.ports) == 0 {
		return
	}
	c := device.Connection{Time: r.connected, Source: device.Source{File: r.path, Row: int(r.number)}}
	destinations := r.destinations
	if len(destinations) == 0 {
		destinations = []device.Destination{{}}
	}
	for _, port := range r.ports {
		for _, destination := range destinations {
			c.Port, c.Destination = port, &m.with(nil, destination)[0]
			m.ports.Add(d, c)
		}
	}
}

// stores adds the destinations of a row to a list.
func (m *merger) stores(list []device.Destination, r *row) []device.Destination {
	for _, destination := range r.destinations {
		list = m.with(list, destination)
	}
	return list
}

// with gives a list with one more destination. A UID with several names keeps
// the first one in byte order, so that the order of rows does not matter. Equal
// additions give the same list, which devices share.
func (m *merger) with(list []device.Destination, destination device.Destination) []device.Destination {
	key := addition{first(list), destination}
	longer, known := m.destinations[key]
	if !known {
		longer = add(list, destination)
		m.destinations[key] = longer
	}
	return longer
}

// first identifies a shared list by its first element; nil is the empty list.
func first(list []device.Destination) *device.Destination {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

func add(list []device.Destination, destination device.Destination) []device.Destination {
	for i, have := range list {
		if have == destination {
			return list
		}
		if have.UID == "" || have.UID != destination.UID {
			continue
		}
		if destination.Name != "" && (have.Name == "" || destination.Name < have.Name) {
			list = slices.Clone(list)
			list[i].Name = destination.Name
		}
		return list
	}
	return append(slices.Clip(list), destination)
}
