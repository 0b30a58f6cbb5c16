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

const branchSheet = "Amsterdam"

// The header stands below a title and a blank row.
const branchHeader = 3

// branchWorkbook is the Amsterdam branch's own export: a CSV that somebody
// opened, tidied and saved. Versions have become long numbers, dates serials,
// and one GUID a rounded number.
func branchWorkbook(machines []*machine) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", branchSheet); err != nil {
		return nil, err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	layout := "yyyy-mm-dd hh:mm"
	dates, err := f.NewStyle(&excelize.Style{CustomNumFmt: &layout})
	if err != nil {
		return nil, err
	}
	whole, err := f.NewStyle(&excelize.Style{NumFmt: 1})
	if err != nil {
		return nil, err
	}

	sheet := workbookSheet{f: f, name: branchSheet, row: branchHeader}
	sheet.set("A1", "Device status, Amsterdam branch, 14 January 2020")
	sheet.do(f.MergeCell(branchSheet, "A1", "L1"))
	sheet.do(f.SetSheetRow(branchSheet, "A"+strconv.Itoa(branchHeader), &branchColumns))
	devices := 0
	for _, m := range machines {
		if m.exports&inBranch == 0 {
			continue
		}
		devices++
		for _, row := range branchRows(m) {
			sheet.row++
			sheet.do(f.SetSheetRow(branchSheet, sheet.cell("A"), &row))
			if m.damaged {
				sheet.do(f.SetCellDefault(branchSheet, sheet.cell("B"), rounded(m.guid)))
			}
		}
	}
	last := sheet.row
	sheet.row++
	sheet.set(sheet.cell("A"), "Total")
	sheet.set(sheet.cell("C"), fmt.Sprint(devices, " devices"))

	sheet.do(f.SetCellStyle(branchSheet, "A1", "A1", bold))
	sheet.do(f.SetCellStyle(branchSheet, "A3", "L3", bold))
	sheet.do(f.SetCellStyle(branchSheet, "H4", fmt.Sprint("H", last), whole))
	sheet.do(f.SetCellStyle(branchSheet, "K4", fmt.Sprint("L", last), dates))
	sheet.do(f.AutoFilter(branchSheet, fmt.Sprint("A3:L", last), nil))
	sheet.do(f.SetColWidth(branchSheet, "A", "L", 20))
	return sheet.finish("L")
}

// branchRows has a row for each destination. Of a device that the status
// report has too, the rows are some days older.
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

// longBases are the numbers that stand before the last digits of a version in
// its long form, by its first two numbers.
var longBases = map[string]string{
	"4.3": "1427864400", "4.6": "1435813200", "4.8": "1436674800", "4.9": "1436674888", "5.4": "1465571600",
	"6.5": "1508734800", "6.7": "1512021600", "6.8": "1525200006", "7.0": "1525200006", "7.2": "1525200006", "7.4": "1525200006",
	"10.0": "1525200006",
}

// spreadsheetVersion gives a version's long form as a number where one is
// known, else the version as text.
func spreadsheetVersion(version string) any {
	parts := strings.Split(version, ".")
	if len(parts) < 3 {
		return version
	}
	base, ok := longBases[parts[0]+"."+parts[1]]
	if !ok {
		return version
	}
	n, err := strconv.ParseInt(base+parts[0]+parts[1]+parts[2], 10, 64)
	if err != nil {
		return version
	}
	return n
}

// rounded is what a spreadsheet keeps of 18 digits.
func rounded(guid string) string { return guid[:1] + "." + guid[1:15] + "E+17" }

// workbookSheet collects the first error of many small writes.
type workbookSheet struct {
	f    *excelize.File
	name string
	row  int
	err  error
}

func (s *workbookSheet) cell(column string) string { return column + strconv.Itoa(s.row) }

func (s *workbookSheet) set(cell string, value any) { s.do(s.f.SetCellValue(s.name, cell, value)) }

func (s *workbookSheet) do(err error) {
	if s.err == nil {
		s.err = err
	}
}

// finish gives the workbook's bytes, with a sheet that says how far it reaches.
// The properties are fixed, so that the same rows give the same bytes.
func (s *workbookSheet) finish(lastColumn string) ([]byte, error) {
	s.do(s.f.SetSheetDimension(s.name, "A1:"+s.cell(lastColumn)))
	s.do(s.f.SetDocProps(&excelize.DocProperties{
		Creator: "Quillmoor Instruments", LastModifiedBy: "Quillmoor Instruments",
		Created: branchExport.Format(time.RFC3339), Modified: branchExport.Format(time.RFC3339),
	}))
	if s.err != nil {
		return nil, s.err
	}
	out, err := s.f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
