// Package people reads the lists that people add to the exports: the roster, and
// the waivers in a table or as YAML. Which device a row is about, and whether a
// waiver holds, is decided later.
package people

import (
	"fmt"
	"iter"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/keep"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
)

// Roster collects the people of all rosters, each once: the first row counts, in
// the order of paths and rows. Rows with one e-mail address but two user names
// are two people, since people join devices by user name first.
type Roster struct {
	// People are those that are needed. [Roster.Settle] fills it.
	People []device.Person
	// Everyone yields all people in one Person that it fills again and again: clone
	// a text to keep it. It is nil if People already has all.
	Everyone iter.Seq[*device.Person]

	sheets []sheet
	crowd  crowd
	// once has the hashes of all keys, again those of the few keys that came more
	// than once. The keys themselves would take 70 MB for a million people.
	once, again map[uint64]struct{}
	words       keep.Words // departments and managers
}

// sheet is what is needed of a sheet after all its people are read; key is the
// number of its key column.
type sheet struct {
	account *ledger.Account
	name    string
	key     int
}

// personCells is a row of the roster.
type personCells struct {
	Username     string `csv:"username"`
	Email        string `csv:"email"`
	Department   string `csv:"department"`
	Manager      string `csv:"manager"`
	ManagerEmail string `csv:"manager_email"`
	Name         string `csv:"name"`
	GivenName    string `csv:"given_name"`
	Surname      string `csv:"surname"`
	DN           string `csv:"distinguished_name"`
}

// name is the person's name as the file has it, else given name and surname.
func (c *personCells) name() string {
	if name := value.Name(c.Name); name != "" {
		return name
	}
	return strings.TrimSpace(value.Name(c.GivenName) + " " + value.Name(c.Surname))
}

// NewRoster gives a roster without people.
func NewRoster() *Roster {
	return &Roster{
		crowd: crowd{places: map[string]uint64{}},
		once:  map[uint64]struct{}{}, again: map[uint64]struct{}{}, words: keep.Words{},
	}
}

// Sheet reads one sheet of a roster.
func (r *Roster) Sheet(s *rows.Sheet) error {
	r.sheets = append(r.sheets, sheet{s.Account, s.Name, s.Key()})
	return rows.Each(s, func(c *personCells, m rows.Mark) {
		p := device.Person{
			Username:     value.Name(c.Username),
			Email:        value.Name(c.Email),
			Department:   r.words.Keep(strings.Trim(value.Name(c.Department), "/")), // a path of units begins with a slash
			Name:         c.name(),
			DN:           value.Name(c.DN),
			Manager:      r.words.Keep(value.Name(c.Manager)),
			ManagerEmail: r.words.Keep(value.Name(c.ManagerEmail)),
			Source:       device.Source{Row: m.Row},
		}
		switch {
		case m.Total(), p.Username == "" && p.Email == "" && m.Filled <= 1:
			s.Account.Other(1)
		case p.Username == "" && p.Email == "":
			s.Account.Reject(1)
			s.Problem(problem.UnjoinedPerson, m.Row, s.Key(), "found neither a user name nor an e-mail address, want one: the row joins no device")
		default:
			s.Account.Merge(1)
			hash := spelling.Hash(key(&p))
			if _, known := r.once[hash]; known {
				r.again[hash] = struct{}{}
			}
			r.once[hash] = struct{}{}
			r.crowd.add(len(r.sheets)-1, &p)
		}
	})
}

// key identifies a person: all rows with one key are the same person.
func key(p *device.Person) string {
	if key := spelling.Fold(p.Username); key != "" {
		return key
	}
	return "@" + spelling.Fold(p.Email)
}

// isAgain reports whether a key came more than once. It may also be true for
// another key with the same hash.
func (r *Roster) isAgain(key string) bool {
	if len(r.again) == 0 {
		return false
	}
	_, again := r.again[spelling.Hash(key)]
	return again
}

// With more than muchLarger people for each device it pays to leave out those
// that nothing needs. Finding them takes as long as reading all.
const muchLarger = 2

// Settle ends the reading. It finds out who came more than once, and fills People
// with those that are needed, or with everyone if there are not many. needed gets
// the devices and everyone, and returns a function that is asked about each
// person, in roster order. If needed is nil, everyone is kept.
func (r *Roster) Settle(needed func([]*device.Device, iter.Seq[*device.Person]) func(*device.Person) bool, devices []*device.Device) {
	repeats := r.repeats()
	r.once, r.again = nil, nil
	everyone := func(yield func(*device.Person) bool) {
		place := 0
		for sheet, p := range r.crowd.all {
			if place++; repeats[place] {
				continue
			}
			p.Source.File = r.sheets[sheet].account.Path()
			if !yield(p) {
				return
			}
		}
	}
	is := func(*device.Person) bool { return true }
	if needed != nil && r.crowd.people > muchLarger*len(devices) {
		r.Everyone, is = everyone, needed(devices, everyone)
	} else {
		r.People = make([]device.Person, 0, r.crowd.people)
	}
	var texts keep.Texts
	r.crowd.last = r.Everyone == nil
	for p := range everyone {
		if is(p) {
			p.Username, p.Name, p.DN = texts.Keep(p.Username), texts.Keep(p.Name), texts.Keep(p.DN)
			p.Email = texts.KeepBeside(p.Email, p.Username)
			r.People = append(r.People, *p)
		}
	}
}

// repeats gives the places in the crowd, from 1, of the rows that repeat a person.
// It accounts for the first rows, and reports repeats with other values.
func (r *Roster) repeats() map[int]bool {
	repeats, firsts, place := map[int]bool{}, map[string]device.Person{}, 0
	for sheet, p := range r.crowd.all {
		s := r.sheets[sheet]
		p.Source.File = s.account.Path()
		place++
		key := key(p)
		if !r.isAgain(key) {
			s.account.Became()
			continue
		}
		first, known := firsts[key]
		if !known {
			firsts[strings.Clone(key)] = cloned(p)
			s.account.Became()
			continue
		}
		repeats[place] = true
		same := *p
		same.Source = first.Source
		if same != first && !s.account.Repeated() {
			s.account.Problem(problem.Position{Sheet: s.name, Row: p.Source.Row, Column: s.key}, problem.DuplicatePerson, fmt.Sprintf(
				"found a person again with other values, want each once: %s:%d counts", problem.Visible(first.Source.File), first.Source.Row))
		}
	}
	return repeats
}

// cloned copies a person and its own texts, so that it can be kept.
func cloned(p *device.Person) device.Person {
	one := *p
	for _, text := range []*string{&one.Username, &one.Email, &one.Name, &one.DN} {
		*text = strings.Clone(*text)
	}
	return one
}
