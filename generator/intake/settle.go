package intake

import (
	"cmp"
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
	origin.faults.add(problem.Conflict, int(s.newest.row), origin.header.Number("app_version"), message)
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
