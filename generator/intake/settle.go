package intake

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/problem"
)

// settle turns what the reports said into devices: the rows without a GUID find
// theirs, every device gets its source, and the ledgers learn which rows became
// devices.
func (r *run) settle() {
	f := r.fleet
	r.joinNameless()
	f.versions = nil
	for i, d := range f.devices {
		s := f.state(int32(i))
		d.Source = device.Source{File: r.origins[s.newest.origin].file.Path, Row: int(s.newest.row)}
		d.Destinations = settleDestinations(d.Destinations)
		r.disagreement(d, s)
		r.origins[s.first].file.Devices++
	}
	for _, s := range r.sources {
		if s.file.Kind == Report {
			s.file.Merged += s.used - s.file.Devices
		}
	}
	r.nameNotes()
}

// settleDestinations orders a device's destinations, without those that are
// known by their UID too.
func settleDestinations(places []device.Destination) []device.Destination {
	if len(places) < 2 {
		return places
	}
	places = slices.Clone(places)
	slices.SortFunc(places, func(a, b device.Destination) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.UID, b.UID))
	})
	all := slices.Clone(places)
	return slices.DeleteFunc(places, func(p device.Destination) bool {
		return p.UID == "" && p.Name != "" && slices.ContainsFunc(all, func(q device.Destination) bool {
			return q.UID != "" && strings.EqualFold(p.Name, q.Name)
		})
	})
}

// disagreement lists a device whose rows disagree about its version where it
// matters: at the same instant, or when an older row has the higher version.
func (r *run) disagreement(d *device.Device, s *state) {
	var message string
	n := numbers(d.Version)
	switch {
	case s.rival != nil:
		other := r.origins[s.rival.origin].file.Path
		message = fmt.Sprintf("found version %s here and %s in %s:%d at the same time, want one: this row counts",
			problem.Quote(d.Version.Text), problem.Quote(s.rival.version.Text), problem.Visible(other), s.rival.row)
	case d.Version.Known && slices.Compare(n[:], s.highest[:]) < 0:
		message = fmt.Sprintf("found version %s in the newest row and %d.%d.%d in an older one, want versions that grow: the newest row counts",
			problem.Quote(d.Version.Text), s.highest[0], s.highest[1], s.highest[2])
	default:
		return
	}
	origin := r.origins[s.newest.origin]
	origin.faults.sheet = origin.sheet.Name
	origin.faults.add(problem.Conflict, int(s.newest.row), origin.header.column("app_version"), message)
}

// nameNotes says how many devices share or changed their name. Neither is a
// fault: the app may be installed for each user, and computers are renamed.
func (r *run) nameNotes() {
	names := make(map[string]int, len(r.fleet.devices))
	renamed := 0
	for i, d := range r.fleet.devices {
		if d.Name != "" {
			names[strings.ToLower(d.Name)]++
		}
		if r.fleet.state(int32(i)).renamed {
			renamed++
		}
	}
	shared, devices := 0, 0
	for _, n := range names {
		if n > 1 {
			shared++
			devices += n
		}
	}
	if shared > 0 {
		r.result.Notes = append(r.result.Notes, fmt.Sprintf("%s by more than one device (%d devices in all): each GUID counts as a device.", plural(shared, "name is carried", "names are carried"), devices))
	}
	if renamed > 0 {
		r.result.Notes = append(r.result.Notes, fmt.Sprintf("%s with different names in different rows: the newest row gives the name.", plural(renamed, "device appears", "devices appear")))
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// joinNameless merges the rows of files without a GUID column: into the device
// of that name and user that other files know, when there is exactly one, else
// into a device of their own.
func (r *run) joinNameless() {
	f := r.fleet
	if len(f.nameless) == 0 {
		return
	}
	byUser, byName := nameIndex{}, nameIndex{}
	for i, d := range f.devices {
		byName.add(int32(i), d.Name)
		if d.Username == "" && d.Email == "" {
			byUser.add(int32(i), d.Name, "")
		}
		if d.Username != "" {
			byUser.add(int32(i), d.Name, d.Username)
		}
		if d.Email != "" && !strings.EqualFold(d.Email, d.Username) {
			byUser.add(int32(i), d.Name, d.Email)
		}
	}
	joined := make([]int, len(r.origins))
	own := nameIndex{}
	// Rows that name a user come first: those that do not may be about them.
	for _, withUser := range []bool{true, false} {
		ownByName := nameIndex{}
		for key, i := range own {
			name, _, _ := strings.Cut(key, "\x00")
			ownByName.add(i, name)
		}
		for k := range f.nameless {
			row := &f.nameless[k]
			user := cmp.Or(row.user, row.email)
			if (user != "") != withUser {
				continue
			}
			i, known := byName.find(row.name)
			if withUser {
				if i, known = byUser.find(row.name, user); !known {
					i, known = byUser.find(row.name, "")
				}
			}
			if known {
				joined[row.origin]++
				f.merge(i, row)
				continue
			}
			if i, known = own.find(row.name, user); !known && !withUser {
				i, known = ownByName.find(row.name)
			}
			if known {
				f.merge(i, row)
			} else {
				own.add(f.create(row), row.name, user)
			}
		}
	}
	f.nameless = nil
	for i, o := range r.origins {
		if o.file.Kind != Report || o.header.has("device_guid") {
			continue
		}
		o.file.Notes = append(o.file.Notes, fmt.Sprintf(
			"It has no column of GUIDs: its rows are joined by device name and user, %d of them to a device that another file knows by its GUID.", joined[i]))
	}
}

// nameIndex finds devices by texts without regard to case. A key that two
// devices share finds none.
type nameIndex map[string]int32

const ambiguous = -1

func (x nameIndex) add(i int32, texts ...string) {
	key := nameKey(texts)
	if have, ok := x[key]; ok && have != i {
		i = ambiguous
	}
	x[key] = i
}

func (x nameIndex) find(texts ...string) (int32, bool) {
	i, ok := x[nameKey(texts)]
	return i, ok && i != ambiguous
}

func nameKey(texts []string) string {
	if len(texts) == 1 {
		return strings.ToLower(texts[0])
	}
	return strings.ToLower(strings.Join(texts, "\x00"))
}

// sorted gives the devices by GUID, then name, username and source. Comparing
// the first bytes as numbers keeps sorting a million of them below the price of
// reading them.
func (f *fleet) sorted() []*device.Device {
	type keyed struct {
		head, tail uint64
		*device.Device
	}
	keys := make([]keyed, len(f.devices))
	for i, d := range f.devices {
		var head [16]byte
		copy(head[:], d.GUID)
		keys[i] = keyed{binary.BigEndian.Uint64(head[:8]), binary.BigEndian.Uint64(head[8:]), d}
	}
	slices.SortFunc(keys, func(a, b keyed) int {
		switch {
		case a.head != b.head:
			return cmp.Compare(a.head, b.head)
		case a.tail != b.tail:
			return cmp.Compare(a.tail, b.tail)
		}
		return cmp.Or(cmp.Compare(a.GUID, b.GUID), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Username, b.Username),
			cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Row, b.Source.Row))
	})
	devices := make([]*device.Device, len(keys))
	for i := range keys {
		devices[i] = keys[i].Device
	}
	return devices
}
