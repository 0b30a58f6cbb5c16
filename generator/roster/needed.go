package roster

import (
	"iter"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/spelling"
)

// Needed says which people of a roster decide anything for a fleet, so that a large
// directory need not be kept in memory. It goes through everyone twice. Call the
// function that it gives for everyone once more, in the same order.
//
// It reports true for people to whom a device may belong, and for people whom some
// row may name as the manager. Of the others it keeps the first and the last of
// each department under one manager. The first decides the order of the
// department's managers, the last decides who leads it.
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

// managerKeys has the folded texts by which rows name their managers.
type managerKeys struct {
	texts map[string]bool
	cells map[[2]string]bool
}

// add adds what a person's row says about the manager. It remembers the cells that
// it has seen, because a large roster names few managers many times.
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
