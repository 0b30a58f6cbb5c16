package roster

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/spelling"
)

// lookup finds the person in the roster whom the manager's column of a row means.
type lookup struct {
	people []device.Person
	// These find a person's place by a folded key. A key of several people has
	// the place ambiguous.
	byDN, byEmail, byUsername, byName map[string]int
}

// ambiguous is the place in an index of a key that means several people.
const ambiguous = -1

// newLookup indexes only the people who may be somebody's manager. In a large
// directory these are few.
func newLookup(people []device.Person) lookup {
	l := lookup{people, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}}
	wanted := managerKeys{}
	for i := range people {
		wanted.add(&people[i])
	}
	add := func(index map[string]int, text string, i int) {
		key := spelling.Fold(text)
		if key == "" || !wanted.texts[key] {
			return
		}
		if _, taken := index[key]; taken {
			i = ambiguous
		}
		index[key] = i
	}
	for i := range people {
		p := &people[i]
		add(l.byDN, canonicalDN(p.DN), i)
		add(l.byEmail, p.Email, i)
		add(l.byUsername, p.Username, i)
		add(l.byName, p.Name, i)
	}
	return l
}

// managerCell gives what a row says about the manager: the text, the name in it if
// it is a distinguished name, and the address.
func managerCell(p *device.Person) (text, commonOf, email string) {
	text = strings.TrimSpace(p.Manager)
	commonOf, _ = commonName(text)
	return text, commonOf, strings.TrimSpace(p.ManagerEmail)
}

// keysOf gives every key by which a manager may be found, folded.
func keysOf(text, commonName, email string) []string {
	var keys []string
	for _, key := range []string{canonicalDN(text), email, text, commonName, swapped(text), swapped(commonName), shortName(text)} {
		if key = spelling.Fold(key); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

// manager gives the manager whom a person's row names, and the roster's row of that
// manager. The row is nil if no row or several fit.
func (l lookup) manager(p device.Person) (Manager, *device.Person) {
	text, email := strings.TrimSpace(p.Manager), strings.TrimSpace(p.ManagerEmail)
	name, isDN := commonName(text)
	isAddress := !isDN && strings.Contains(text, "@")
	row := l.find(text, name, email)
	if row != nil {
		email = cmp.Or(email, row.Email)
		if email == "" && strings.Contains(row.Username, "@") {
			email = row.Username
		}
	}
	m := Manager{Name: text, Email: email}
	switch {
	case row != nil && row.Name != "":
		m.Name = row.Name
	case isDN:
		m.Name = name
	case isAddress:
		m.Name = ""
	}
	if isAddress {
		m.Email = cmp.Or(email, text)
	}
	return m, row
}

// find tries everything that a cell can mean, the most certain first.
func (l lookup) find(text, commonName, email string) *device.Person {
	short := shortName(text)
	for _, try := range [...]struct {
		index map[string]int
		key   string
	}{
		{l.byDN, canonicalDN(text)},
		{l.byEmail, email}, {l.byUsername, email},
		{l.byUsername, text}, {l.byEmail, text}, {l.byName, text},
		{l.byName, commonName}, {l.byUsername, commonName},
		{l.byName, swapped(text)}, {l.byName, swapped(commonName)},
		{l.byUsername, short},
	} {
		if key := spelling.Fold(try.key); key != "" {
			if i, ok := try.index[key]; ok && i != ambiguous {
				return &l.people[i]
			}
		}
	}
	return nil
}

// swapped gives "Sabine Weiß" for "Weiß, Sabine"; "" for a name without a comma.
func swapped(name string) string {
	surname, given, ok := strings.Cut(name, ",")
	if !ok {
		return ""
	}
	return strings.TrimSpace(given) + " " + strings.TrimSpace(surname)
}

// shortName gives the account of DOMAIN\account; "" for other texts.
func shortName(text string) string {
	_, account, _ := strings.Cut(text, `\`)
	return account
}
