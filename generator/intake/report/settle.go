package report

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
)

// settleDestinations sorts a device's destinations. It drops a name without a UID
// where the same name is also there with one.
func settleDestinations(destinations []device.Destination) []device.Destination {
	if len(destinations) < 2 {
		return destinations
	}
	destinations = slices.Clone(destinations)
	slices.SortFunc(destinations, func(a, b device.Destination) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.UID, b.UID))
	})
	all := slices.Clone(destinations)
	return slices.DeleteFunc(destinations, func(p device.Destination) bool {
		return p.UID == "" && p.Name != "" && slices.ContainsFunc(all, func(q device.Destination) bool {
			return q.UID != "" && spelling.Same(p.Name, q.Name)
		})
	})
}

// disagreement adds a problem if a device's rows disagree about its version in a
// way that an upgrade does not explain: two versions at the same instant, or a
// higher one in an older row.
func (r *Reader) disagreement(d *device.Device, s *state) {
	var message string
	n := numbers(d.Version)
	other := s.further().rival
	switch {
	case other != nil:
		message = fmt.Sprintf("found version %s here and %s in %s:%d at the same time, want one: this row counts",
			problem.Quote(d.Version.Text), problem.Quote(other.version.Text), problem.Visible(r.origins[other.origin].path()), other.row)
	case d.Version.Known && slices.Compare(n[:], s.highest[:]) < 0:
		message = fmt.Sprintf("found version %s in the newest row and %d.%d.%d in an older one, want versions that grow: the newest row counts",
			problem.Quote(d.Version.Text), s.highest[0], s.highest[1], s.highest[2])
	default:
		return
	}
	o := &r.origins[s.newest.origin]
	o.account.Problem(problem.Position{Sheet: o.sheet, Row: int(s.newest.row), Column: o.version}, problem.Conflict, message)
}

// notes says how many devices share a name, and how many changed theirs. Neither
// is a fault: the app may be installed once for each user, and people rename
// computers.
func (m *merger) notes() []string {
	names := make(map[uint64]int32, len(m.devices))
	renamed, shared, devices := 0, 0, 0
	for i, d := range m.devices {
		if m.state(int32(i)).renamed {
			renamed++
		}
		if d.Name == "" {
			continue
		}
		key := spelling.Hash(d.Name)
		names[key]++
		switch names[key] {
		case 1:
		case 2:
			shared++
			devices += 2
		default:
			devices++
		}
	}
	var notes []string
	if shared > 0 {
		notes = append(notes, fmt.Sprintf("%s by more than one device (%d devices in all): each GUID counts as a device.", plural.Count(shared, "name is carried", "names are carried"), devices))
	}
	if renamed > 0 {
		notes = append(notes, fmt.Sprintf("%s with different names in different rows: the newest row gives the name.", plural.Count(renamed, "device appears", "devices appear")))
	}
	return notes
}

// inside maps inside addresses to devices; nil marks an address that several
// have. If a device has its address only from an older row, the address may have
// passed on: it does not count where another report has it for another device in
// a newer row.
func (m *merger) inside() map[netip.Addr]*device.Device {
	newest := map[netip.Addr]rank{}
	for i, address := range m.insides {
		if at, have := m.state(int32(i)).insideAt(), newest[address]; have == (rank{}) || at.compare(have) > 0 {
			newest[address] = at
		}
	}
	found := make(map[netip.Addr]*device.Device, len(newest))
	for i, address := range m.insides {
		s := m.state(int32(i))
		at, last := s.insideAt(), newest[address]
		if !address.IsValid() || at != s.newest && at != last && at.origin != last.origin {
			continue
		}
		d := m.devices[i]
		if _, taken := found[address]; taken {
			d = nil
		}
		found[address] = d
	}
	return found
}

// insideAt is the rank of the row that gave the inside address.
func (s *state) insideAt() rank {
	if i := s.givenBy(insideField); i >= 0 {
		return s.rare.older[i].rank
	}
	return s.newest
}
