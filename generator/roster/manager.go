package roster

import (
	"cmp"
	"slices"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/spelling"
)

// Manager is who answers for somebody's devices.
type Manager struct {
	// Name is what pages show; "" if only an address is known. Email is the
	// address as the roster writes it; "" if it has none.
	Name, Email string
}

// Key is the same for all mentions of one manager: the folded address, else the
// folded name. The zero Manager has a key of its own.
func (m Manager) Key() string {
	return cmp.Or(spelling.Fold(m.Email), "\x00"+spelling.Fold(m.Name))
}

// Managers says who answers for whom, by the roster alone. It is not safe for
// concurrent use.
type Managers struct {
	directory *directory // nil until [Managers.Of] is called
	// departments has the managers of each department, ordered by name, by the
	// folded name of the department.
	departments map[string][]Manager
	// leads has the managers who work in the department whose people they lead.
	leads   map[lead]Manager
	aliases map[string]string
	// folded keeps the key of each spelling of a department that was asked for.
	folded map[string]string
	lookup lookup
}

// lead is a row of the roster and the department whose people that person leads.
type lead struct {
	department string
	person     *device.Person
}

// answering is a manager of a department.
type answering struct {
	department string
	manager    Manager
}

// NewManagers reads from the roster who manages whom. aliases are those of
// [Assign].
//
// Somebody who leads people of his or her own department answers for his or her own
// devices too. The roster names a manager outside the department for such a head,
// who has nothing to do with the department's devices.
func NewManagers(people []device.Person, aliases map[string]string) *Managers {
	m := &Managers{
		departments: map[string][]Manager{},
		leads:       map[lead]Manager{},
		aliases:     map[string]string{},
		folded:      map[string]string{},
		lookup:      newLookup(people),
	}
	for other, name := range aliases {
		m.aliases[spelling.Fold(other)] = spelling.Fold(name)
	}
	managers := make([]Manager, len(people))
	type answer struct {
		manager Manager
		row     *device.Person
	}
	answers := map[[2]string]answer{}
	for i := range people {
		person := &people[i]
		cell := [2]string{person.Manager, person.ManagerEmail}
		found, known := answers[cell]
		if !known {
			found.manager, found.row = m.lookup.manager(*person)
			answers[cell] = found
		}
		row := found.row
		managers[i] = found.manager
		if row != nil && m.department(row.Department) == m.department(person.Department) {
			m.leads[lead{m.department(person.Department), row}] = managers[i]
		}
	}
	seen := map[answering]bool{}
	for i := range people {
		department := m.department(people[i].Department)
		if self, leads := m.leads[lead{department, &people[i]}]; leads {
			managers[i] = self
		}
		of := answering{department, managers[i]}
		if managers[i] == (Manager{}) || department == "" || seen[of] {
			continue
		}
		seen[of] = true
		m.departments[department] = append(m.departments[department], managers[i])
	}
	for department, all := range m.departments {
		slices.SortFunc(all, func(a, b Manager) int {
			return cmp.Or(strings.Compare(a.Key(), b.Key()), -strings.Compare(a.Name, b.Name))
		})
		all = slices.CompactFunc(all, func(a, b Manager) bool { return a.Key() == b.Key() })
		slices.SortFunc(all, func(a, b Manager) int {
			return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Email, b.Email))
		})
		m.departments[department] = all
	}
	return m
}

// department gives a department's folded name after resolving aliases.
func (m *Managers) department(name string) string {
	key, known := m.folded[name]
	if !known {
		key = spelling.Fold(name)
		key = cmp.Or(m.aliases[key], key)
		m.folded[name] = key
	}
	return key
}

// In gives the managers of the people in a department, each once, ordered by name.
// It is empty if the roster names none.
func (m *Managers) In(department string) []Manager { return m.departments[m.department(department)] }

// Names gives the names of a department's managers. Managers without a name are
// left out.
func (m *Managers) Names(department string) []string {
	var names []string
	for _, manager := range m.In(department) {
		if manager.Name != "" {
			names = append(names, manager.Name)
		}
	}
	return names
}

// Of gives who answers for a device of this user in a department: the user's
// manager, or the user if he or she leads people there. The zero Manager means
// nobody: the roster does not have the user, has the user in another department, or
// names no manager.
func (m *Managers) Of(department, username string) Manager {
	if m.directory == nil {
		m.directory = newDirectory(m.lookup.people)
	}
	person := m.directory.person(m.directory.find(&device.Device{Username: username}))
	key := m.department(department)
	if person == nil || m.department(person.Department) != key {
		return Manager{}
	}
	if self, leads := m.leads[lead{key, person}]; leads {
		return self
	}
	manager, _ := m.lookup.manager(*person)
	return manager
}
