package deliver

import (
	"slices"
	"strings"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/roster"
)

// Owner is somebody with an address who answers for devices.
type Owner struct {
	Address address.Address
	Shares  []Share // by department, in the order of the pages
}

// Open counts the devices of all shares that are still to be dealt with.
func (o Owner) Open() int {
	n := 0
	for _, share := range o.Shares {
		n += share.Open()
	}
	return n
}

// Share is what an owner answers for in one department.
type Share struct {
	*Department
	// Own are the owner's rows: all of the department's when Whole.
	Own []Row
	// Whole says that the owner answers for the whole department. Several managers
	// in the configuration each answer for all of it.
	Whole bool
	// Fallback says that the owner is the fallback address, because nobody else
	// answers for these devices.
	Fallback bool
}

// Open counts the share's devices that are still to be dealt with.
func (s Share) Open() int {
	if s.Whole {
		return s.Counts.Open
	}
	n := 0
	for _, row := range s.Own {
		if row.Open() {
			n++
		}
	}
	return n
}

// Unanswered is a department with open devices and nobody to tell.
type Unanswered struct {
	Department string
	Open       int
	Why        string
}

// Assign finds who answers for which device. If the configuration names managers
// of a department, each of them gets all of it. Else the roster decides: a single
// manager gets all of the department, and each of several gets the rows of his or
// her own people. Rows whose users have no manager with an address go to the
// fallback, or are unanswered. Each owner comes once, ordered by address.
func Assign(departments []*Department, managers *roster.Managers, mail *config.Mail) ([]Owner, []Unanswered) {
	a := assigner{managers: managers, mail: mail, owners: map[string]*Owner{}}
	for _, d := range departments {
		a.department(d)
	}
	var owners []Owner
	for _, owner := range a.owners {
		owners = append(owners, *owner)
	}
	slices.SortFunc(owners, func(x, y Owner) int { return address.Compare(x.Address, y.Address) })
	return owners, a.unanswered
}

type assigner struct {
	managers   *roster.Managers
	mail       *config.Mail
	owners     map[string]*Owner // by the key of their address
	unanswered []Unanswered
}

func (a *assigner) department(d *Department) {
	if own := a.mail.ManagersOf(d.Name); len(own) > 0 {
		for _, owner := range own {
			a.give(owner, Share{Department: d, Own: d.Rows, Whole: true})
		}
		return
	}
	managers := a.managers.In(d.Name)
	switch len(managers) {
	case 0:
		a.left(d, d.Rows, "no manager is known")
	case 1:
		if to, why := reach(managers[0]); why != "" {
			a.left(d, d.Rows, why)
		} else {
			a.give(to, Share{Department: d, Own: d.Rows, Whole: true})
		}
	default:
		a.parts(d, managers)
	}
}

// parts gives each of a department's managers the rows of his or her people.
func (a *assigner) parts(d *Department, managers []roster.Manager) {
	rows := map[string][]Row{}
	for _, row := range d.Rows {
		manager := a.managers.Of(d.Name, row.User).Key()
		rows[manager] = append(rows[manager], row)
	}
	left, why := rows[roster.Manager{}.Key()], "the roster does not say who manages their users"
	if !slices.ContainsFunc(d.Rows, func(r Row) bool { return r.User != "" }) {
		why = "several managers share it, and the site names no users (privacy.user_names)"
	}
	for _, manager := range managers {
		to, unreachable := reach(manager)
		if unreachable != "" {
			if len(rows[manager.Key()]) > 0 {
				left, why = append(left, rows[manager.Key()]...), unreachable
			}
			continue
		}
		a.give(to, Share{Department: d, Own: rows[manager.Key()]})
	}
	if len(left) > 0 {
		a.left(d, left, why)
	}
}

// reach gives a manager's address, or why there is none.
func reach(m roster.Manager) (address.Address, string) {
	if m.Email == "" {
		return address.Address{}, "no address is known of the manager"
	}
	to, err := address.Parse(m.Email)
	if err != nil {
		return address.Address{}, "the address of the manager cannot be used: " + err.Error()
	}
	if name := address.Name(m.Name); name != "" {
		to.Name = name
	}
	return to, ""
}

// left gives rows that nobody answers for to the fallback. Without a fallback it
// notes them as unanswered.
func (a *assigner) left(d *Department, rows []Row, why string) {
	share := Share{Department: d, Own: rows, Whole: len(rows) == len(d.Rows), Fallback: true}
	if !a.mail.Fallback.IsZero() {
		a.give(a.mail.Fallback, share)
		return
	}
	if open := share.Open(); open > 0 {
		a.unanswered = append(a.unanswered, Unanswered{d.Name, open, why})
	}
}

// give adds a share to an owner. An owner may get a department twice, by the
// roster and as fallback. That becomes one share, with its rows in the
// department's order.
func (a *assigner) give(to address.Address, share Share) {
	owner := a.owners[to.Key()]
	if owner == nil {
		owner = &Owner{Address: to}
		a.owners[to.Key()] = owner
	}
	if owner.Address.Name == "" {
		owner.Address.Name = to.Name
	}
	for i := range owner.Shares {
		if mine := &owner.Shares[i]; mine.Slug == share.Slug {
			own := slices.Concat(mine.Own, share.Own)
			mine.Own = slices.DeleteFunc(slices.Clone(share.Rows), func(row Row) bool { return !slices.Contains(own, row) })
			mine.Fallback = mine.Fallback && share.Fallback
			return
		}
	}
	owner.Shares = append(owner.Shares, share)
}

// Names gives the names of the owner's departments, with commas between.
func (o Owner) Names() string {
	var names []string
	for _, share := range o.Shares {
		names = append(names, oneLine(share.Name))
	}
	return strings.Join(names, ", ")
}
