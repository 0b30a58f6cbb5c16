package company

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/sample"
)

const rosterSheet = "Staff"

// rosterWorkbook is the directory's list, but for the two people whom it
// lacks. It was kept by hand: departments are spelled as people spell them, and
// some user names are the directory's and not the console's.
func rosterWorkbook(people []*person) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", rosterSheet); err != nil {
		return nil, err
	}
	sheet := workbookSheet{f: f, name: rosterSheet, row: 1}
	sheet.do(f.SetSheetRow(rosterSheet, "A1", &[]any{"username", "email", "department", "manager", "manager_email"}))
	for n, p := range people {
		if p.unlisted {
			continue
		}
		sheet.row++
		manager := p.dept.manager
		sheet.do(f.SetSheetRow(rosterSheet, "A"+strconv.Itoa(sheet.row), &[]any{
			p.directoryName(), p.username, p.dept.spelled(n), manager, mailOf(manager),
		}))
	}
	sheet.do(f.SetColWidth(rosterSheet, "A", "E", 32))
	return sheet.finish("E")
}

// aliased reports whether the directory knows the person by a short name, so
// that only the e-mail address joins the two.
func (p *person) aliased() bool { return p.dept == finance && dice("alias"+p.username).IntN(4) == 0 }

// directoryName is the user name in the directory: mostly the console's.
func (p *person) directoryName() string {
	first, last, _ := strings.Cut(strings.TrimSuffix(p.username, "@"+mailDomain), ".")
	switch {
	case p.aliased():
		return first[:1] + last
	case p.dept == technology && dice("case"+p.username).IntN(3) == 0:
		return strings.ToUpper(first[:1]) + first[1:] + "." + strings.ToUpper(last[:1]) + last[1:] + "@" + mailDomain
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

// waiverList writes the waivers of the devices, and one for a device that has
// left the fleet.
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
