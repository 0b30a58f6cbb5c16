// Package people reads what people write beside the exports: the roster, and the
// waivers in a table or as YAML. Whom a row is about, and whether a waiver
// holds, is decided later.
package people

import (
	"fmt"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/keep"
	"example.org/cutoff/generator/intake/rows"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
)

// Roster collects the people of all rosters, each once: the first row counts, in
// the order of paths and rows. Two accounts with one e-mail address are two
// people here, since rows join by user name first.
type Roster struct {
	People []device.Person

	places map[string]int32 // in People, by user name or "@" and e-mail
	texts  keep.Texts
	words  keep.Words // departments and managers
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

// name is the person's own: as the file has it, else put together.
func (c *personCells) name() string {
	if name := value.Name(c.Name); name != "" {
		return name
	}
	return strings.TrimSpace(value.Name(c.GivenName) + " " + value.Name(c.Surname))
}

// NewRoster gives a roster without people.
func NewRoster() *Roster { return &Roster{places: map[string]int32{}, words: keep.Words{}} }

// Sheet reads one sheet of a roster.
func (r *Roster) Sheet(s *rows.Sheet) error {
	return rows.Each(s, func(c *personCells, m rows.Mark) {
		p := device.Person{
			Username:     value.Name(c.Username),
			Email:        value.Name(c.Email),
			Department:   r.words.Keep(strings.Trim(value.Name(c.Department), "/")), // of a path of units
			Name:         c.name(),
			DN:           value.Name(c.DN),
			Manager:      r.words.Keep(value.Name(c.Manager)),
			ManagerEmail: r.words.Keep(value.Name(c.ManagerEmail)),
			Source:       device.Source{File: s.Account.Path(), Row: m.Row},
		}
		switch {
		case m.Total(), p.Username == "" && p.Email == "" && m.Filled <= 1:
			s.Account.Other(1)
		case p.Username == "" && p.Email == "":
			s.Account.Reject(1)
			s.Problem(problem.UnjoinedPerson, m.Row, s.Key(), "found neither a user name nor an e-mail address, want one: the row joins no device")
		default:
			r.enrol(s, p)
		}
	})
}

func (r *Roster) enrol(s *rows.Sheet, p device.Person) {
	s.Account.Merge(1)
	key := spelling.Fold(p.Username)
	if key == "" {
		key = "@" + spelling.Fold(p.Email)
	}
	i, known := r.places[key]
	if !known {
		p.Username, p.Name, p.DN = r.texts.Keep(p.Username), r.texts.Keep(p.Name), r.texts.Keep(p.DN)
		p.Email = r.texts.KeepBeside(p.Email, p.Username)
		r.places[r.texts.KeepBeside(key, p.Username)] = int32(len(r.People))
		r.People = append(r.People, p)
		s.Account.Became()
		return
	}
	first := r.People[i]
	same := p
	same.Source = first.Source
	if same != first {
		s.Problem(problem.DuplicatePerson, p.Source.Row, s.Key(), fmt.Sprintf(
			"found a person again with other values, want each once: %s:%d counts", problem.Visible(first.Source.File), first.Source.Row))
	}
}
