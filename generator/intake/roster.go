package intake

import (
	"fmt"
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// personRow is a row of the roster as gocsv decodes it.
type personRow struct {
	Username     string `csv:"username"`
	Email        string `csv:"email"`
	Department   string `csv:"department"`
	Manager      string `csv:"manager"`
	ManagerEmail string `csv:"manager_email"`
}

// roster reads one sheet of the roster.
func (s *source) roster(b *body) (commit func(), err error) {
	var people []device.Person
	err = each(b, func(row *personRow, m mark) {
		p := device.Person{
			Username:     strings.Clone(value.Name(row.Username)),
			Email:        strings.Clone(value.Name(row.Email)),
			Department:   strings.Clone(value.Name(row.Department)),
			Manager:      strings.Clone(value.Name(row.Manager)),
			ManagerEmail: strings.Clone(value.Name(row.ManagerEmail)),
			Source:       device.Source{File: b.file.Path, Row: m.row},
		}
		switch {
		case isTotal(m), p.Username == "" && p.Email == "" && m.filled <= 1:
			b.file.Other++
		case p.Username == "" && p.Email == "":
			b.file.Rejected++
			b.faults.add(problem.UnjoinedPerson, m.row, b.header.Number(b.header.Names[b.header.Key]), "found neither a user name nor an e-mail address, want one: the row joins no device")
		default:
			people = append(people, p)
		}
	})
	if err != nil {
		return nil, err
	}
	b.close()
	// Which of two rows for a person counts is known when all files are sound.
	return func() { s.run.enrol(b, people) }, nil
}

// enrol adds the people of a sheet, each once: the first row counts, in the
// order of paths and rows. Two accounts with one e-mail address are two people
// here, since rows join by user name first.
func (r *run) enrol(b *body, people []device.Person) {
	b.faults.sheet = b.sheet.Name
	for _, p := range people {
		key := strings.ToLower(p.Username)
		if key == "" {
			key = "@" + strings.ToLower(p.Email)
		}
		i, known := r.enrolled[key]
		if !known {
			r.enrolled[key] = len(r.result.People)
			r.result.People = append(r.result.People, p)
			b.file.Devices++
			continue
		}
		b.file.Merged++
		first := r.result.People[i]
		same := p
		same.Source = first.Source
		if same != first {
			b.faults.add(problem.DuplicatePerson, p.Source.Row, b.header.Number(b.header.Names[b.header.Key]), fmt.Sprintf(
				"found a person again with other values, want each once: %s:%d counts", problem.Visible(first.Source.File), first.Source.Row))
		}
	}
}
