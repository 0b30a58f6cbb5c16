package company

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// branchColumns are the console's words for the columns that the branch kept.
var branchColumns = []any{
	"Device Name", "Device GUID", "Username", "Organization", "Status", "OS", "OS Version", "Code42 App Version",
	"Destination", "Destination UID", "Last Activity", "Last Connected",
}

// branchWorkbook is the Amsterdam branch's own export: a CSV that somebody
// opened, tidied and saved. Versions have become long numbers, dates serials,
// and one GUID a rounded number.
func branchWorkbook(machines []*machine) ([]byte, error) {
	sheet := newSheet("Amsterdam")
	defer sheet.Close()
	bold := sheet.style(&excelize.Style{Font: &excelize.Font{Bold: true}})
	layout := "yyyy-mm-dd hh:mm"
	dates := sheet.style(&excelize.Style{CustomNumFmt: &layout})
	whole := sheet.style(&excelize.Style{NumFmt: 1})

	sheet.add("Device status, Amsterdam branch, 14 January 2020")
	sheet.do(sheet.MergeCell(sheet.name, "A1", "L1"))
	sheet.row++ // stays blank
	sheet.add(branchColumns...)
	devices := 0
	for _, m := range machines {
		if m.exports&inBranch == 0 {
			continue
		}
		devices++
		for _, row := range branchRows(m) {
			sheet.add(row...)
			if m.damaged {
				sheet.do(sheet.SetCellDefault(sheet.name, sheet.cell("B"), rounded(m.guid)))
			}
		}
	}
	last := sheet.row
	sheet.add("Total")
	sheet.do(sheet.SetCellValue(sheet.name, sheet.cell("C"), fmt.Sprint(devices, " devices")))

	sheet.do(sheet.SetCellStyle(sheet.name, "A1", "A1", bold))
	sheet.do(sheet.SetCellStyle(sheet.name, "A3", "L3", bold))
	sheet.do(sheet.SetCellStyle(sheet.name, "H4", fmt.Sprint("H", last), whole))
	sheet.do(sheet.SetCellStyle(sheet.name, "K4", fmt.Sprint("L", last), dates))
	sheet.do(sheet.AutoFilter(sheet.name, fmt.Sprint("A3:L", last), nil))
	sheet.do(sheet.SetColWidth(sheet.name, "A", "L", 20))
	return sheet.finish("L")
}

// branchRows has a row for each destination. If the status report has the device
// too, the rows here are some days older.
func branchRows(m *machine) [][]any {
	r := dice("branch" + m.guid)
	active := m.active.Truncate(time.Minute)
	version := m.version
	if m.exports&inStatus != 0 {
		active = active.AddDate(0, 0, -1-r.IntN(4))
		if m.earlier != "" {
			version = m.earlier
		}
	}
	var rows [][]any
	for i, s := range m.stores {
		seen := active.Add(-time.Duration(i) * time.Hour)
		rows = append(rows, []any{
			m.name, m.guid, m.user.username, m.dept.org, m.status, m.os, m.osVersion, spreadsheetVersion(version),
			s.name, s.uid, seen, seen.Add(-7 * time.Minute),
		})
	}
	return rows
}

// longBases are the numbers before the last digits of a version in its long form, by
// the version's first two numbers.
var longBases = map[string]string{
	"4.3": "1427864400", "4.6": "1435813200", "4.8": "1436674800", "4.9": "1436674888", "5.4": "1465571600",
	"6.5": "1508734800", "6.7": "1512021600", "6.8": "1525200006", "7.0": "1525200006", "7.2": "1525200006", "7.4": "1525200006",
	"10.0": "1525200006",
}

// spreadsheetVersion gives a version's long form as a number if it is known, else
// the version as text.
func spreadsheetVersion(version string) any {
	parts := strings.Split(version, ".")
	if len(parts) < 3 {
		return version
	}
	base, ok := longBases[parts[0]+"."+parts[1]]
	if !ok {
		return version
	}
	n, _ := strconv.ParseInt(base+parts[0]+parts[1]+parts[2], 10, 64)
	return n
}

// rounded is what a spreadsheet keeps of 18 digits.
func rounded(guid string) string { return guid[:1] + "." + guid[1:15] + "E+17" }
