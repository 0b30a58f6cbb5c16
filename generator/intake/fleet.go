package intake

import (
	"net/netip"
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
)

// fleet merges rows into devices. Rows may come in any order; what comes out is
// the same.
type fleet struct {
	index   map[string]int32 // by GUID
	devices []*device.Device
	states  [][]state // of the devices at the same places, in pieces
	slab    []device.Device
	texts   texts
	words   map[string]string
	// versions has each version text once, read.
	versions map[string]device.Version
	// places has each destination once, as the list of a device that stores
	// nowhere else.
	places map[device.Destination][]device.Destination
	// seen finds a device's observation once it has many.
	seen map[seenKey]int32
	// nameless are rows of files without a GUID column. They wait for the end of
	// all reports, when it is known whose names they carry.
	nameless []facts
	// wanted says which devices to trace; nil for none (see [Options.Trace]).
	wanted func(guid string) bool
	traces map[int32]*Trace
}

// state is what merging needs to know of a device beside the device.
type state struct {
	newest rank
	// rival is a row of the same instant as the newest one that has another
	// version: the newest of those; nil for none.
	rival   *rival
	renamed bool // rows disagree about the name
	// highest is the highest version of all dated rows: major, minor, patch.
	highest [3]int32
	// first is the smallest origin of all rows.
	first int32
	// fills says where the names come from that the newest row leaves blank.
	fills []fill
	// inside is the newest row's inside address.
	inside netip.Addr
}

type rival struct {
	rank
	version device.Version
}

// fill is a name that an older row gave because every newer one leaves it blank.
type fill struct {
	rank
	name int // in the order of names
}

func newFleet() *fleet {
	return &fleet{
		index:    map[string]int32{},
		words:    map[string]string{},
		versions: map[string]device.Version{},
		places:   map[device.Destination][]device.Destination{},
		seen:     map[seenKey]int32{},
		traces:   map[int32]*Trace{},
	}
}

// add merges one row.
func (f *fleet) add(row *facts) {
	if row.named {
		f.nameless = append(f.nameless, row.clone())
		return
	}
	i, known := f.index[row.guid]
	if !known {
		guid := f.texts.keep(row.guid)
		i = f.create(row)
		f.devices[i].GUID = guid
		f.index[guid] = i
		return
	}
	f.merge(i, row)
}

// names gives the texts of a row that an older row may fill in, and the fields
// of a device in the same order.
func (row *facts) names() [8]string {
	return [8]string{row.name, row.host, row.user, row.email, row.department, row.organization, row.os, row.osVersion}
}

func nameFields(d *device.Device) [8]*string {
	return [8]*string{&d.Name, &d.Hostname, &d.Username, &d.Email, &d.Department, &d.Organization, &d.OS, &d.OSVersion}
}

// ownNames is how many of the names are a device's own; the rest are kept words.
const ownNames = 4

// pieceDevices is how many devices are allocated at once. Growing one slice of
// all of them would copy a million devices many times.
const pieceDevices = 256

// state gives the state of a device.
func (f *fleet) state(i int32) *state { return &f.states[i/pieceDevices][i%pieceDevices] }

// create makes a device of its first row.
func (f *fleet) create(row *facts) int32 {
	i := int32(len(f.devices))
	if i%pieceDevices == 0 {
		f.slab = make([]device.Device, pieceDevices)
		f.states = append(f.states, make([]state, pieceDevices))
	}
	d := &f.slab[i%pieceDevices]
	f.devices = append(f.devices, d)
	s := f.state(i)
	*s = state{newest: row.rank(), first: row.origin, inside: row.inside}
	if s.newest.at != undated {
		s.highest = numbers(row.version)
	}
	d.Name, d.Hostname = f.texts.keep(row.name), f.texts.keep(row.host)
	d.Username = f.texts.keep(row.user)
	d.Email = d.Username
	if row.email != row.user {
		d.Email = f.texts.keep(row.email)
	}
	d.Department, d.Organization, d.OS, d.OSVersion = row.department, row.organization, row.os, row.osVersion
	d.Version, d.Status = row.version, row.status
	if row.remote.IsValid() {
		d.RemoteNetwork = device.CutNetwork(row.remote)
	}
	d.LastActivity, d.LastConnected = row.activity, row.connected
	f.trace(i, row)
	for _, place := range row.destinations {
		f.addDestination(d, place)
	}
	f.addPorts(i, row)
	return i
}

// merge adds a further row to a device.
func (f *fleet) merge(i int32, row *facts) {
	d, s := f.devices[i], f.state(i)
	f.traceRow(i, row)
	r := row.rank()
	newer := r.compare(s.newest) > 0
	s.compareVersions(d, r, row.version, newer)
	s.mergeNames(f, d, r, row, newer)
	if newer {
		d.Version, d.Status = row.version, row.status
		d.RemoteNetwork = netip.Prefix{}
		if row.remote.IsValid() {
			d.RemoteNetwork = device.CutNetwork(row.remote)
		}
		s.inside = row.inside
		s.newest = r
	}
	s.first = min(s.first, row.origin)
	if row.activity.After(d.LastActivity) {
		d.LastActivity = row.activity
	}
	if row.connected.After(d.LastConnected) {
		d.LastConnected = row.connected
	}
	for _, place := range row.destinations {
		f.addDestination(d, place)
	}
	f.addPorts(i, row)
}

// compareVersions keeps what tells whether rows disagree about the version.
func (s *state) compareVersions(d *device.Device, r rank, v device.Version, newer bool) {
	if n := numbers(v); r.at != undated && slices.Compare(n[:], s.highest[:]) > 0 {
		s.highest = n
	}
	switch {
	case r.at > s.newest.at:
		s.rival = nil
	case r.at < s.newest.at || sameVersion(v, d.Version):
	case newer:
		s.rival = &rival{s.newest, d.Version}
	case s.rival == nil || r.compare(s.rival.rank) > 0:
		s.rival = &rival{r, v}
	}
}

// sameVersion reports whether two versions mean the same; unknown ones do.
func sameVersion(v, w device.Version) bool {
	return v.Known == w.Known && v.Compare(w) == 0
}

// numbers gives a version's three numbers; 0.0.0 for an unknown one.
func numbers(v device.Version) [3]int32 {
	return [3]int32{int32(v.Major), int32(v.Minor), int32(v.Patch)}
}

// mergeNames takes the names of a row: each name is that of the newest row that
// has one.
func (s *state) mergeNames(f *fleet, d *device.Device, r rank, row *facts, newer bool) {
	fields := nameFields(d)
	if row.name != "" && d.Name != "" && row.name != d.Name && !strings.EqualFold(row.name, d.Name) {
		s.renamed = true
	}
	for n, text := range row.names() {
		field := fields[n]
		at := slices.IndexFunc(s.fills, func(x fill) bool { return x.name == n })
		switch {
		case text == "":
			if newer && *field != "" && at < 0 {
				s.fills = append(s.fills, fill{s.newest, n})
			}
			continue
		case newer:
			if at >= 0 {
				s.fills = slices.Delete(s.fills, at, at+1)
			}
		case *field == "":
			s.fills = append(s.fills, fill{r, n})
		case at >= 0 && r.compare(s.fills[at].rank) > 0:
			s.fills[at].rank = r
		default:
			continue
		}
		if *field != text {
			if n < ownNames {
				text = f.texts.keep(text)
			}
			*field = text
		}
	}
}

// addDestination adds a place to those where a device stores. A UID that goes
// by several names keeps the first in byte order, so that the order of rows
// decides nothing.
func (f *fleet) addDestination(d *device.Device, place device.Destination) {
	if len(d.Destinations) == 0 {
		d.Destinations = f.place(place)
		return
	}
	for i, have := range d.Destinations {
		if have == place {
			return
		}
		if have.UID == "" || have.UID != place.UID {
			continue
		}
		if place.Name != "" && (have.Name == "" || place.Name < have.Name) {
			d.Destinations = slices.Clone(d.Destinations)
			d.Destinations[i].Name = place.Name
		}
		return
	}
	d.Destinations = append(slices.Clip(d.Destinations), place)
}

// place gives the list that has one destination and is shared by all devices
// that store nowhere else.
func (f *fleet) place(place device.Destination) []device.Destination {
	list, known := f.places[place]
	if !known {
		list = []device.Destination{place}
		f.places[place] = list
	}
	return list
}

// addPorts adds the row's own port column: for each destination of the row an
// observation, dated by its last connection. It names no source network: the
// addresses of a report are the device's inside and outside address at any
// time, and say nothing of the connection.
func (f *fleet) addPorts(i int32, row *facts) {
	if len(row.ports) == 0 {
		return
	}
	seen := device.Connection{Time: row.connected, Source: device.Source{File: row.path, Row: int(row.row)}}
	places := row.destinations
	if len(places) == 0 {
		places = []device.Destination{{}}
	}
	for _, port := range row.ports {
		for _, place := range places {
			seen.Port, seen.Destination = port, &f.place(place)[0]
			f.observe(i, seen)
		}
	}
}
