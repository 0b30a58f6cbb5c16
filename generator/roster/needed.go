package roster

import (
	"iter"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/spelling"
)

// Needed says which people of a roster decide anything for a fleet, so that the
// others need not be kept: of a million people with 67,000 users that is 400 MB.
// It goes through everyone twice, and gives a function that takes everyone in the
// same order. It reports true for whom a device may belong to, for whom a row
// names as the manager, and of the others of a department under one manager for
// the first and the last: the first counts for the order of the department's
// managers, the last for who leads it.
func Needed(devices []*device.Device, everyone iter.Seq[*device.Person]) func(*device.Person) bool {
	accounts := map[string]bool{}
	for _, d := range devices {
		for _, name := range []string{d.Username, d.Email} {
			if name != "" {
				accounts[parseAccount(name).account] = true
			}
		}
	}
	type team struct{ department, manager, managerEmail string }
	of := func(p *device.Person) team { return team{p.Department, p.Manager, p.ManagerEmail} }
	last := map[team]int{}
	var managers managerKeys
	for p := range everyone {
		if _, known := last[of(p)]; !known {
			last[of(p)] = 0
			managers.add(p)
		}
	}
	place := 0
	for p := range everyone {
		if place++; !managers.mean(p) {
			last[of(p)] = place
		}
	}
	place = 0
	started := map[team]bool{}
	return func(p *device.Person) bool {
		place++
		if managers.mean(p) {
			return true
		}
		end := !started[of(p)] || last[of(p)] == place
		started[of(p)] = true
		return end ||
			p.Username != "" && accounts[parseAccount(p.Username).account] ||
			p.Email != "" && accounts[parseAccount(p.Email).account]
	}
}

// managerKeys has every text by which somebody's row may name a manager, folded.
type managerKeys struct {
	texts map[string]bool
	cells map[[2]string]bool
}

// add adds what a person's row says of the manager. Few managers stand in all
// rows of a large roster.
func (k *managerKeys) add(p *device.Person) {
	if k.texts == nil {
		k.texts, k.cells = map[string]bool{}, map[[2]string]bool{}
	}
	cell := [2]string{p.Manager, p.ManagerEmail}
	if k.cells[cell] {
		return
	}
	k.cells[cell] = true
	text, name, email := managerCell(p)
	for _, key := range keysOf(text, name, email) {
		k.texts[key] = true
	}
}

// mean reports whether one of the texts may mean this person.
func (k *managerKeys) mean(p *device.Person) bool {
	for _, text := range []string{p.Username, p.Email, p.Name} {
		if k.texts[spelling.Fold(text)] {
			return true
		}
	}
	return p.DN != "" && k.texts[spelling.Fold(canonicalDN(p.DN))]
}
