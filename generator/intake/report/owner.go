package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
)

// owner is a computer with its user, as the newest of their rows says. An app
// that was copied with its identity has several owners at once; a replacement
// computer has the old one's identity after it.
type owner struct {
	rank
	key          uint32
	host, user   string
	version      device.Version
	status       device.Status
	destinations []device.Destination
}

// mostOwners is how many owners of a device are kept, the newest ones, and
// inUseDays how many days before the as-of date an owner that counts was seen.
const (
	mostOwners = 8
	inUseDays  = 30
)

// ownerKey tells owners apart, without regard to case; 0 stands for a row that
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

// own keeps the owner that a further row of a device names. As long as all rows
// name the same one, the device itself says what there is to know.
func (m *merger) own(d *device.Device, s *state, r *row, k rank) {
	key := r.ownerKey()
	if s.known().owners == nil {
		if key == s.owner {
			return
		}
		s.further().owners = make([]owner, 0, 2)
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

// others gives the owners, the newest first, that have another computer and
// another user than the newest one of all and are in use as it is.
func (s *state) others(asOf calendar.Day) []owner {
	owners := s.known().owners
	if len(owners) < 2 {
		return nil
	}
	slices.SortFunc(owners, func(a, b owner) int { return b.compare(a.rank) })
	from, newest := asOf.Add(-inUseDays).Start().UnixNano(), owners[0]
	return slices.DeleteFunc(owners, func(o owner) bool {
		return o.at < from || strings.EqualFold(o.host, newest.host) || strings.EqualFold(o.user, newest.user)
	})
}
