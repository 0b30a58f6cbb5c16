package roster

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/spelling"
)

// directory finds people by user name and by e-mail address.
type directory struct {
	people              []device.Person
	byUsername, byEmail index
	// byAccount finds people by their account without a domain. It is made when
	// the first user is not found in another way.
	byAccount index
}

// newDirectory indexes people. If two have the same name, the first one counts.
// Intake has reported the second.
func newDirectory(people []device.Person) *directory {
	d := &directory{
		people:     people,
		byUsername: newIndex(len(people), func(i int) string { return people[i].Username }),
		byEmail:    newIndex(len(people), func(i int) string { return people[i].Email }),
	}
	for i := range people {
		d.byUsername.add(i)
		d.byEmail.add(i)
	}
	return d
}

// found is the person of the roster to whom a device belongs.
type found struct {
	place   int32 // among the people; nobody if the roster does not have the user
	account bool  // found by the user name without its domain
}

// person gives who was found; nil for nobody.
func (dir *directory) person(f found) *device.Person {
	if f.place == nobody {
		return nil
	}
	return &dir.people[f.place]
}

// findAll finds every device's user. If devices have one account in two domains,
// A\jane and B\jane, nobody knows which of them the roster's jane is, so neither is
// found.
func (dir *directory) findAll(devices []*device.Device) []found {
	all := make([]found, len(devices))
	names := map[string]accountName{}
	split := map[string]bool{}
	for i, d := range devices {
		all[i] = dir.find(d)
		if !all[i].account {
			continue
		}
		name := parseAccount(d.Username)
		first := names[name.account]
		if name.contradicts(first) {
			split[name.account] = true
		}
		name.windows, name.mail = cmp.Or(first.windows, name.windows), cmp.Or(first.mail, name.mail)
		names[name.account] = name
	}
	for i, d := range devices {
		if all[i].account && split[parseAccount(d.Username).account] {
			all[i] = found{place: nobody}
		}
	}
	return all
}

// find looks up a device's user. In these exports user names are mostly e-mail
// addresses. So user name and address are each tried against both columns of the
// roster, first against their own. Last, the user name is tried without its domain:
// CORP\jane, jane@corp.example and jane are one person if only one person fits and
// the domains do not contradict each other.
func (dir *directory) find(d *device.Device) found {
	if len(dir.people) == 0 {
		return found{place: nobody}
	}
	for _, try := range [...]struct {
		index *index
		name  string
	}{
		{&dir.byUsername, d.Username}, {&dir.byEmail, d.Email}, {&dir.byEmail, d.Username}, {&dir.byUsername, d.Email},
	} {
		if i := try.index.find(try.name); i != nobody {
			return found{place: i}
		}
	}
	if dir.byAccount.places == nil {
		dir.indexAccounts()
	}
	name := parseAccount(d.Username)
	if i := dir.byAccount.find(name.account); i != nobody && !name.contradicts(parseAccount(dir.people[i].Username)) {
		return found{i, true}
	}
	return found{place: nobody}
}

func (dir *directory) indexAccounts() {
	dir.byAccount = newIndex(len(dir.people), func(i int) string { return parseAccount(dir.people[i].Username).account })
	for i := range dir.people {
		if first := dir.byAccount.add(i); first != nobody {
			dir.byAccount.doubt(first)
		}
	}
}

// accountName is a user name in its parts.
type accountName struct {
	account string
	// windows is the domain of CORP\jane, mail that of jane@corp.example.
	windows, mail string
}

func parseAccount(username string) accountName {
	username = spelling.Fold(username)
	if domain, account, ok := strings.Cut(username, `\`); ok {
		return accountName{account: account, windows: domain}
	}
	account, domain, _ := strings.Cut(username, "@")
	return accountName{account: account, mail: domain}
}

// contradicts reports whether two names of one account have different domains
// of the same kind.
func (n accountName) contradicts(other accountName) bool {
	return n.windows != "" && other.windows != "" && n.windows != other.windows ||
		n.mail != "" && other.mail != "" && n.mail != other.mail
}
