// Package roster says which department each device belongs to, who manages it, and
// which devices are exempt. Devices, people and waivers come in as intake read
// them. Departments in one spelling, managers, and the waivers that hold go out.
// The package reads and writes no files.
package roster

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/spelling"
)

// Unassigned is the department of devices for which no input names one.
const Unassigned = "Unassigned"

// Assignment is every device's department.
type Assignment struct {
	// Departments is parallel to the devices: the name in the one spelling
	// that all pages and files use.
	Departments []string
	// Names has every department once, in byte order, with those that only the
	// roster names.
	Names []string
	// Unlisted has the user names that the roster does not have, most devices
	// first, then by name. It is nil without a roster. Devices without a user name
	// count under "".
	Unlisted []UserCount
	// ByAccount counts the devices whose user is in the roster with another
	// form of the user name: CORP\jane, jane@corp.example, jane.
	ByAccount int
	// Named counts the devices that name a user or an e-mail address. Joined
	// counts the devices whose user is in the roster.
	Named, Joined int
}

// Notes gives sentences about how devices were joined with the roster; nil if there
// is nothing to say.
func (a Assignment) Notes() []string {
	if a.ByAccount == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s a user whom the roster lists with another form of the user name (CORP\\jane, jane@corp.example, jane); they were joined where only one person fits.", plural.Count(a.ByAccount, "device has", "devices have"))}
}

// UserCount is a user name with the number of its devices.
type UserCount struct {
	Username string
	Devices  int
}

// Assign finds each device's department. The roster's row of the user decides
// first. The user is found by user name, else by e-mail, ignoring case, else by the
// user name without its domain. Then come the report's own department column, the
// organisation's name, and Unassigned.
//
// Spellings that differ in case or white space are one department. It is shown in
// the spelling that most devices have; on a tie, in the first in byte order. aliases
// maps further spellings to a department, which is then shown as aliases writes it.
func Assign(devices []*device.Device, people []device.Person, aliases map[string]string) Assignment {
	spellings := newSpellings(aliases)
	unlisted := make(map[string]*UserCount)
	departments := make([]string, len(devices)) // keys first, names at the end
	byAccount, named, joined := 0, 0, 0
	directory := newDirectory(people)
	for i, of := range directory.findAll(devices) {
		d, person := devices[i], directory.person(of)
		ofPerson := ""
		switch {
		case person != nil:
			ofPerson = person.Department
		case len(people) > 0:
			countUser(unlisted, d.Username)
		}
		if of.account {
			byAccount++
		}
		if d.Username != "" || d.Email != "" {
			named++
		}
		if person != nil {
			joined++
		}
		name := cmp.Or(strings.TrimSpace(ofPerson), strings.TrimSpace(d.Department), strings.TrimSpace(d.Organization), Unassigned)
		departments[i] = spellings.add(name, 1)
	}
	for _, person := range people {
		if name := strings.TrimSpace(person.Department); name != "" {
			spellings.add(name, 0)
		}
	}

	names := spellings.names()
	assignment := Assignment{Departments: departments, Names: slices.Sorted(maps.Values(names)), ByAccount: byAccount, Named: named, Joined: joined}
	for i, key := range departments {
		departments[i] = names[key]
	}
	for _, count := range unlisted {
		assignment.Unlisted = append(assignment.Unlisted, *count)
	}
	slices.SortFunc(assignment.Unlisted, func(a, b UserCount) int {
		return cmp.Or(cmp.Compare(b.Devices, a.Devices), cmp.Compare(a.Username, b.Username))
	})
	return assignment
}

// countUser counts one more device for a user. Spellings that differ in case are
// one user, shown in the first spelling in byte order.
func countUser(counts map[string]*UserCount, username string) {
	key := spelling.Fold(username)
	count := counts[key]
	if count == nil {
		count = &UserCount{Username: username}
		counts[key] = count
	}
	count.Username = min(count.Username, username)
	count.Devices++
}

// spellings collects the spellings of departments.
type spellings struct {
	keys    map[string]string         // spelling -> department's key
	counts  map[string]map[string]int // key -> spelling -> devices
	settled map[string]string         // key -> name as the aliases write it
}

func newSpellings(aliases map[string]string) *spellings {
	s := &spellings{make(map[string]string), make(map[string]map[string]int), make(map[string]string)}
	alias := make(map[string]string, len(aliases))
	for other, name := range aliases {
		alias[spelling.Fold(other)] = name
		s.settled[spelling.Fold(name)] = strings.TrimSpace(name)
	}
	for other, name := range alias {
		s.keys[other] = spelling.Fold(name)
	}
	return s
}

// add counts a spelling and gives its department's key.
func (s *spellings) add(name string, devices int) string {
	key, known := s.keys[name]
	if !known {
		key = spelling.Fold(name)
		if aliased, ok := s.keys[key]; ok {
			key = aliased
		}
		s.keys[name] = key
	}
	if s.counts[key] == nil {
		s.counts[key] = make(map[string]int)
	}
	s.counts[key][name] += devices
	return key
}

// names gives the spelling to show for each key.
func (s *spellings) names() map[string]string {
	names := make(map[string]string, len(s.counts))
	for key, counts := range s.counts {
		if settled, ok := s.settled[key]; ok {
			names[key] = settled
			continue
		}
		names[key] = mostFrequent(counts)
	}
	return names
}

func mostFrequent(counts map[string]int) string {
	var best string
	most := -1
	for name, count := range counts {
		if count > most || count == most && name < best {
			best, most = name, count
		}
	}
	return best
}
