package company

import (
	"strings"

	"example.org/cutoff/generator/sample"
	"example.org/cutoff/generator/spelling"
)

// rosterWorkbook is the directory's list, without the two people whom it lacks. It
// looks as if it was kept by hand: departments have several spellings, and some user
// names are not the console's.
func rosterWorkbook(people []*person) ([]byte, error) {
	sheet := newSheet("Staff")
	defer sheet.Close()
	sheet.add("username", "email", "department", "manager", "manager_email")
	for n, p := range people {
		if !p.unlisted {
			sheet.add(p.directoryName(), p.username, p.dept.spelled(n), p.dept.manager, mailOf(p.dept.manager))
		}
	}
	sheet.do(sheet.SetColWidth(sheet.name, "A", "E", 32))
	return sheet.finish("E")
}

// aliased reports whether the directory has another user name for the person, so
// that only the e-mail address matches.
func (p *person) aliased() bool { return p.dept == finance && dice("alias"+p.username).IntN(4) == 0 }

// directoryName is the user name in the directory: mostly the console's.
func (p *person) directoryName() string {
	first, last, _ := strings.Cut(strings.TrimSuffix(p.username, "@"+mailDomain), ".")
	switch {
	case p.aliased():
		return first[:1] + last
	case p.dept == technology && dice("case"+p.username).IntN(3) == 0:
		return spelling.Capitalised(first) + "." + spelling.Capitalised(last) + "@" + mailDomain
	}
	return p.username
}

// spelled gives the department as the directory spells it for the nth person.
func (d *department) spelled(n int) string {
	switch {
	case d == people && n%4 == 1:
		return "human resources "
	case d == people && n%4 == 2:
		return "Human  Resources"
	case d == research && n%3 == 0:
		return "R&D"
	}
	return d.name
}

// waiverList writes the waivers of the devices, and one for a device that left the
// fleet.
func waiverList(machines []*machine) []byte {
	var rows [][]string
	for _, m := range machines {
		if w := m.waiver; w != nil {
			device := m.name
			if w.byGUID {
				device = m.guid
			}
			rows = append(rows, []string{device, w.reason, w.owner, w.approver, w.expires})
		}
	}
	rows = append(rows, []string{"QM-FLD-TRUCK-2", "Sold with the truck; waiver was never taken back", "Leyla Novotny", "Mei Castellan", "2020-02-29"})
	return csvFile(sample.WaiversHeader, rows)
}
