package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
)

// owner is a computer and its user, with what their newest row says. If somebody
// copied an app with its identity, one GUID has several owners at once. If a
// computer was replaced, the new one has the old one's GUID, but only later.
type owner struct {
	rank
	key          uint32
	host, user   string
	version      device.Version
	status       device.Status
	destinations []device.Destination
}

// The newest mostOwners owners of a device are kept. An owner counts if it was
// seen in the inUseDays days before the as-of date.
const (
	mostOwners = 8
	inUseDays  = 30
)

// ownerKey is a hash of computer and user, ignoring case. It is 0 for a row that
// does not name both.
func (r *row) ownerKey() uint32 {
	host, user := cmp.Or(r.host, r.name), cmp.Or(r.user, r.email)
	if host == "" || user == "" {
		return 0
	}
	key := uint32(2166136261) // FNV-1a
	for _, text := range [...]string{host, "\x00", user} {
		for _, c := range text {
			key = (key ^ uint32(unicode.ToLower(c))) * 16777619
		}
	}
	return max(key, 1)
}

// own keeps the owner that a further row of a device names. While all rows name
// the same owner nothing is kept: the device itself has all there is to know.
func (m *merger) own(d *device.Device, s *state, r *row, k rank) {
	key := r.ownerKey()
	if s.further().owners == nil {
		if key == s.owner {
			return
		}
		s.addRare().owners = make([]owner, 0, 2)
		if s.owner != 0 {
			s.rare.owners = append(s.rare.owners, owner{s.newest, s.owner, cmp.Or(d.Hostname, d.Name), cmp.Or(d.Username, d.Email), d.Version, d.Status, d.Destinations})
		}
	}
	if key == 0 {
		return
	}
	i := slices.IndexFunc(s.rare.owners, func(o owner) bool { return o.key == key })
	switch {
	case i < 0:
		i = len(s.rare.owners)
		s.rare.owners = append(s.rare.owners, owner{})
	case k.compare(s.rare.owners[i].rank) < 0:
		return
	}
	s.rare.owners[i] = owner{k, key, m.texts.Keep(cmp.Or(r.host, r.name)), m.texts.Keep(cmp.Or(r.user, r.email)), r.version, r.status, slices.Clone(r.destinations)}
	if len(s.rare.owners) > mostOwners {
		oldest := slices.MinFunc(s.rare.owners, func(a, b owner) int { return a.compare(b.rank) })
		s.rare.owners = slices.DeleteFunc(s.rare.owners, func(o owner) bool { return o.rank == oldest.rank })
	}
}

// others gives the owners, newest first, that are still in use and whose
// computer and user both differ from those of the newest owner.
func (s *state) others(asOf calendar.Day) []owner {
	owners := s.further().owners
	if len(owners) < 2 {
		return nil
	}
	slices.SortFunc(owners, func(a, b owner) int { return b.compare(a.rank) })
	from, newest := asOf.Add(-inUseDays).Start().UnixNano(), owners[0]
	return slices.DeleteFunc(owners, func(o owner) bool {
		return o.at < from || strings.EqualFold(o.host, newest.host) || strings.EqualFold(o.user, newest.user)
	})
}
