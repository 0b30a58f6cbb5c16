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
	byUsername, byEmail map[string]int
	// byAccount finds people by their account alone, without a domain; nil
	// until somebody is not found otherwise.
	byAccount map[string]int
}

// newDirectory indexes people; of two with one name the first one counts, as
// intake has reported.
func newDirectory(people []device.Person) *directory {
	d := &directory{people: people, byUsername: make(map[string]int, len(people)), byEmail: make(map[string]int, len(people))}
	for i := range people {
		addFirst(d.byUsername, people[i].Username, i)
		addFirst(d.byEmail, people[i].Email, i)
	}
	return d
}

func addFirst(index map[string]int, name string, i int) {
	key := spelling.Fold(name)
	if _, taken := index[key]; key == "" || taken {
		return
	}
	index[key] = i
}

// found is the person of the roster to whom a device belongs.
type found struct {
	person  *device.Person // nil when the roster does not have the user
	account bool           // found by the user name without its domain
}

// findAll finds every device's user. Where devices have one account in two
// domains, A\jane and B\jane, the roster's jane is one of them, and nobody knows
// which: both are left out.
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
			all[i] = found{}
		}
	}
	return all
}

// find looks a device's user up. User names are mostly e-mail addresses in
// these exports, so each of the two is tried against both columns of the
// roster, like against like first. A user name is tried last without its
// domain: CORP\jane, jane@corp.example and jane are one where only one person
// fits and no two domains differ.
func (dir *directory) find(d *device.Device) found {
	if len(dir.people) == 0 {
		return found{}
	}
	username, email := spelling.Fold(d.Username), spelling.Fold(d.Email)
	for _, try := range [...]struct {
		index map[string]int
		key   string
	}{
		{dir.byUsername, username}, {dir.byEmail, email}, {dir.byEmail, username}, {dir.byUsername, email},
	} {
		if i, ok := try.index[try.key]; ok && try.key != "" {
			return found{person: &dir.people[i]}
		}
	}
	if dir.byAccount == nil {
		dir.indexAccounts()
	}
	name := parseAccount(d.Username)
	if i, ok := dir.byAccount[name.account]; ok && i != ambiguous && !name.contradicts(parseAccount(dir.people[i].Username)) {
		return found{&dir.people[i], true}
	}
	return found{}
}

func (dir *directory) indexAccounts() {
	dir.byAccount = make(map[string]int, len(dir.people))
	for i := range dir.people {
		account := parseAccount(dir.people[i].Username).account
		if account == "" {
			continue
		}
		if _, taken := dir.byAccount[account]; taken {
			i = ambiguous
		}
		dir.byAccount[account] = i
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
