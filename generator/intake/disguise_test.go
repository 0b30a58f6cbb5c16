package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/problem"
)

// sheet is an export as a table. Disguises write it in many ways.
type sheet struct {
	header []string
	rows   [][]string
}

// plainExport is the export of all disguises: 2,000 devices, some with two
// destinations, and every form of version and status.
func plainExport() sheet {
	s := sheet{header: []string{"deviceUid", "deviceName", "username", "orgName", "version", "status", "destinationUid", "destinationName", "lastConnectedDate", "lastActivity", "deviceOsHostname", "os", "address"}}
	versions := []string{"7.0.3.55", "6.8.8", "4.8.2", "5.3.1", "5.4", "4.10.0", "10.0", "1512021600671", "unknown", "5.04.1", "6.6.0 (Build: 4347)", "null"}
	names := []string{"lt", "Büro", "O'Neil", `17" screen`, "two\nlines"}
	statuses := []string{"Active", "Active, Deauthorized", "Deactivated", "Deactivated, Blocked"}
	start := time.Date(2019, 12, 1, 8, 0, 0, 0, time.UTC)
	for i := range 2000 {
		at := start.Add(time.Duration(i*37) * time.Minute)
		row := []string{
			strconv.Itoa(839648314463407622 + 7919*i), fmt.Sprintf("%s-%04d", names[i%len(names)], i), fmt.Sprintf("user%d", i%1700),
			[]string{"Vertrieb Süd", "R&D", "Sales, \"East\"", "Ops\nNight"}[i%4],
			versions[i%len(versions)], statuses[i%7%4], "42", "PROe Cloud, US", at.Format(time.RFC3339), at.Add(-time.Hour).Format(time.RFC3339),
			fmt.Sprintf("host-%d", i), "win", "10.1.2.3:4282",
		}
		s.rows = append(s.rows, row)
		if i%5 == 0 {
			second := slices.Clone(row)
			second[6], second[7] = "900123", "Backup Server 1"
			second[8], second[9] = at.Add(-48*time.Hour).Format(time.RFC3339), at.Add(-49*time.Hour).Format(time.RFC3339)
			s.rows = append(s.rows, second)
		}
	}
	return s
}

// each gives a copy with every row changed by f. The header is row -1.
func (s sheet) each(f func(i int, row []string) []string) sheet {
	c := sheet{header: f(-1, slices.Clone(s.header))}
	for i, row := range s.rows {
		c.rows = append(c.rows, f(i, slices.Clone(row)))
	}
	return c
}

// column gives a copy with the cells of one column changed by f.
func (s sheet) column(name string, f func(cell string) string) sheet {
	c := slices.Index(s.header, name)
	return s.each(func(i int, row []string) []string {
		if i >= 0 {
			row[c] = f(row[c])
		}
		return row
	})
}

func (s sheet) rename(names ...string) sheet {
	return s.each(func(i int, row []string) []string {
		if i < 0 {
			copy(row, names)
		}
		return row
	})
}

func (s sheet) all() [][]string { return append([][]string{s.header}, s.rows...) }

// csv writes the table with a delimiter and a line end.
func (s sheet) csv(delimiter, end string) string {
	var b strings.Builder
	for _, row := range s.all() {
		b.WriteString(fixture.Line(row, delimiter, false) + end)
	}
	return b.String()
}

// xlsx writes the table as a workbook. cell gives the value of each cell, and
// change may change the file further.
func (s sheet) xlsx(t *testing.T, above int, cell func(column, text string) any, change func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range s.all() {
		for c, text := range row {
			name, _ := excelize.CoordinatesToCellName(c+1, i+1+above)
			content := any(text)
			if i > 0 && cell != nil {
				content = cell(s.header[c], text)
			}
			if err := f.SetCellValue("Sheet1", name, content); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(f)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// redate gives the dates of both columns in another layout.
func (s sheet) redate(layout string) sheet {
	f := func(cell string) string {
		t, _ := time.Parse(time.RFC3339, cell)
		return t.Format(layout)
	}
	return s.column("lastConnectedDate", f).column("lastActivity", f)
}

type disguise struct {
	name    string
	path    string // "" is export.csv
	content []byte
	opts    func(*Options)
	refused problem.Kind // "" for the same devices
	message string       // part of the refusal
}

func disguises(t *testing.T) []disguise {
	s := plainExport()
	plain := s.csv(",", "\n")
	serial := func(column, text string) any {
		if column == "lastConnectedDate" || column == "lastActivity" {
			at, _ := time.Parse(time.RFC3339, text)
			return at
		}
		return text
	}
	numbers := func(column, text string) any {
		if n, err := strconv.ParseFloat(text, 64); column == "version" && err == nil {
			return n
		}
		return serial(column, text)
	}
	filled := func(n int, row []string) []string { return append(row, make([]string, n)...) }
	book := string(s.xlsx(t, 0, nil, nil))
	lines := strings.SplitAfter(plain, "\n")
	return []disguise{
		{name: "tab", path: "export.tsv", content: []byte(s.csv("\t", "\n"))},
		{name: "standard input", path: "-", content: []byte(plain)},
		{name: "byte-order mark before a quoted header", content: []byte("\ufeff\"deviceUid\"" + strings.TrimPrefix(plain, "deviceUid"))},
		{name: "NUL bytes", content: []byte(strings.Replace(plain, "host-7", "ho\x00st-7", 1))},
		{name: "title lines and blank lines", content: []byte("Device status\nas of 2020-01-31,,,\n\n\n" + plain)},
		{name: "totals line", content: []byte(plain + "Total,2000,,,,,,,,\n")},
		{name: "totals line in German with notes", content: []byte(plain + "\nSumme: 2000\nErstellt von Abteilung 7\n")},
		{name: "count of rows", content: []byte(plain + "2400 rows\n")},
		{name: "blank rows between", content: []byte(s.csv(",", "\n,,,,,,,,,\n\n"))},
		{name: "columns reversed", content: []byte(s.each(func(_ int, row []string) []string { slices.Reverse(row); return row }).csv(",", "\n"))},
		{name: "header in capitals", content: []byte(s.each(func(i int, row []string) []string {
			if i < 0 {
				for c := range row {
					row[c] = strings.ToUpper(row[c])
				}
			}
			return row
		}).csv(",", "\n"))},
		{name: "header with blanks, hyphens and no-break spaces", content: []byte(s.rename(" Device GUID ", "device_name", "User-Name", "Organization", "Code42\u00a0App Version", "Device Status", "Destination UID", "Destination", "Last Connected", "Last-Activity").csv(",", "\n"))},
		{name: "the console's words", content: []byte(s.rename("Device GUID", "Device Name", "Username", "Organization", "Code42 App Version", "Status", "Destination UID", "destinationName", "Last Connected", "Last Activity", "Hostname", "OS", "Address").csv(",", "\n"))},
		{name: "devices.csv's names", content: []byte(s.rename("device_guid", "device_name", "username", "organization", "app_version", "status", "destination_uid", "destination", "last_connected", "last_activity").csv(",", "\n"))},
		{name: "localised by the configuration", content: []byte(s.rename("Geräte-Kennung", "Gerätename", "Benutzer", "Organisation", "Client-Version", "Zustand", "Ziel UID", "Ziel", "Zuletzt verbunden", "Letzte Aktivität").csv(";", "\r\n")),
			opts: func(o *Options) {
				o.Columns = map[string][]string{
					"device_guid": {"Gerätekennung"}, "device_name": {"Gerätename"}, "username": {"Benutzer"}, "app_version": {"client version"},
					"status": {"Zustand"}, "destination_uid": {"Ziel-UID"}, "destination": {"ZIEL"}, "last_connected": {"Zuletzt verbunden"}, "last_activity": {"Letzte Aktivität"},
				}
			}},
		{name: "columns of no use between", content: []byte(s.each(func(i int, row []string) []string {
			return slices.Insert(row, 3, []string{"archiveGuid", "700000000000000001"}[min(i+1, 1)], []string{"Remarks", "x, y"}[min(i+1, 1)])
		}).csv(",", "\n"))},
		{name: "an outside port that is the old one", content: []byte(s.each(func(i int, row []string) []string {
			return append(row, []string{"remoteAddress", ":4282"}[min(i+1, 1)])
		}).csv(",", "\n"))},
		{name: "blank columns", content: []byte(s.each(func(_ int, row []string) []string { return filled(3, slices.Insert(row, 4, "", "")) }).csv(",", "\n"))},
		{name: "extra empty cells", content: []byte(s.each(func(i int, row []string) []string {
			if i >= 0 {
				return filled(4, row)
			}
			return row
		}).csv(",", "\n"))},
		{name: "short rows", content: []byte(s.each(func(i int, row []string) []string {
			// The last column comes first, and each row ends with its last value.
			last := len(row) - 1
			return append([]string{row[last]}, row[:last]...)
		}).csv(",", "\n"))},
		{name: "equal columns", content: []byte(s.each(func(i int, row []string) []string { return append(row, row[4]) }).csv(",", "\n"))},
		{name: "unequal columns", content: []byte(s.each(func(i int, row []string) []string {
			if i == 1999 {
				return append(row, "9.9")
			}
			return append(row, row[4])
		}).csv(",", "\n")), refused: problem.Unrecognised, message: `"version" (E) and "version" (N)`},
		{name: "cells with blanks around", content: []byte(s.each(func(i int, row []string) []string {
			for c := range row {
				if i >= 0 {
					row[c] = " " + row[c] + "\u00a0"
				}
			}
			return row
		}).csv(",", "\n"))},
		{name: "apostrophes before GUIDs", content: []byte(s.column("deviceUid", func(cell string) string { return "'" + cell }).csv(",", "\n"))},
		{name: "null for nothing", content: []byte(s.each(func(i int, row []string) []string {
			if i < 0 {
				return append(row, "email")
			}
			return append(row, []string{"null", "None", "", "NULL"}[i%4])
		}).csv(",", "\n"))},
		{name: "dates of an old console", content: []byte(s.redate("Jan 02, 2006 03:04:05 PM").csv(",", "\n"))},
		{name: "dates with dots", content: []byte(s.redate("02.01.2006 15:04").csv(";", "\n"))},
		{name: "dates day first", content: []byte(s.redate("02/01/2006 15:04:05").csv(",", "\n"))},
		{name: "dates month first", content: []byte(s.redate("1/2/2006 3:04 PM").csv(",", "\n"))},
		{name: "dates with an offset", content: []byte(s.column("lastActivity", func(cell string) string {
			at, _ := time.Parse(time.RFC3339, cell)
			return at.In(time.FixedZone("", -6*3600)).Format("2006-01-02T15:04:05.000-07:00")
		}).csv(",", "\n"))},
		{name: "rows in another order", content: []byte(reversed(s).csv(",", "\n"))},
		{name: "rows repeated", content: []byte(plain + strings.Join(lines[1:], ""))},
		{name: "XLSX", path: "export.xlsx", content: s.xlsx(t, 0, nil, nil)},
		{name: "XLSX with dates as serials", path: "export.xlsx", content: s.xlsx(t, 0, serial, nil)},
		{name: "XLSX with versions as numbers", path: "export.xlsx", content: s.xlsx(t, 0, numbers, nil)},
		{name: "XLSX with a title and totals", path: "export.xlsx", content: s.xlsx(t, 3, serial, func(f *excelize.File) {
			must(t, f.SetCellValue("Sheet1", "A1", "Device status"), f.MergeCell("Sheet1", "A1", "F1"),
				f.SetCellValue("Sheet1", fmt.Sprintf("A%d", len(s.rows)+7), "Total"), f.SetCellValue("Sheet1", fmt.Sprintf("E%d", len(s.rows)+7), 2000))
		})},
		{name: "XLSX with other sheets, filters, hidden rows", path: "export.xlsx", content: s.xlsx(t, 0, serial, func(f *excelize.File) {
			_, err := f.NewSheet("Pivot")
			must(t, err, f.SetCellValue("Pivot", "A1", "Sum of devices"), f.SetCellValue("Pivot", "B2", 7),
				f.AutoFilter("Sheet1", "A1:J10", nil), f.SetRowVisible("Sheet1", 5, false), f.SetColVisible("Sheet1", "E", false))
			_, err = f.NewSheet("Empty")
			must(t, err)
		})},
		{name: "XLSX on a hidden sheet", path: "export.xlsx", content: s.xlsx(t, 0, nil, func(f *excelize.File) {
			_, err := f.NewSheet("Pivot")
			f.SetActiveSheet(1)
			must(t, err, f.SetSheetVisible("Sheet1", false))
		})},
		{name: "XLSX with long versions as numbers", path: "export.xlsx", content: s.xlsx(t, 0, func(column, text string) any {
			if n, err := strconv.ParseInt(text, 10, 64); column == "version" && err == nil {
				return n
			}
			return text
		}, nil)},
		{name: "XLSX with GUIDs as numbers", path: "export.xlsx", content: s.xlsx(t, 0, func(column, text string) any {
			if n, err := strconv.ParseFloat(text, 64); column == "deviceUid" && err == nil {
				return fmt.Sprintf("%.14E", n)
			}
			return text
		}, nil), refused: problem.Unrecognised, message: "without a device"},
		{name: "XLSX with GUIDs as whole numbers", path: "export.xlsx", content: s.xlsx(t, 0, func(column, text string) any {
			if n, err := strconv.ParseFloat(text, 64); column == "deviceUid" && err == nil {
				return n
			}
			return text
		}, nil), refused: problem.Damaged, message: "rounded (2400 of 2400)"},
		{name: "GUIDs through a script's numbers", content: []byte(s.column("deviceUid", func(cell string) string {
			n, _ := strconv.ParseFloat(cell, 64)
			return strconv.FormatInt(int64(n), 10)
		}).csv(",", "\n")), refused: problem.Damaged, message: "rounded (2400 of 2400)"},
		{name: "GUIDs rounded", content: []byte(s.column("deviceUid", func(cell string) string { return cell[:15] + "000" }).csv(",", "\n")), refused: problem.Damaged, message: "rounded (2400 of 2400)"},
		{name: "GUIDs in scientific form", content: []byte(s.column("deviceUid", func(cell string) string { return "8.39648E+17" }).csv(",", "\n")), refused: problem.Unrecognised, message: "2400 rejected"},
		{name: "no version column", content: []byte(s.rename("deviceUid", "deviceName", "username", "orgName", "Java Version").csv(",", "\n")), refused: problem.Unrecognised, message: "want a column with the app's version"},
		{name: "no header", content: []byte(sheet{header: s.rows[0], rows: s.rows[1:]}.csv(",", "\n")), refused: problem.Unrecognised, message: "want a column that identifies a device"},
		{name: "header only", content: []byte(lines[0]), refused: problem.Unrecognised, message: "without a device"},
		{name: "empty", content: nil, refused: problem.Unrecognised, message: "empty"},
		{name: "a quote that never ends", content: []byte(plain + `"839648314463499999,`), refused: problem.Damaged, message: "quote"},
		{name: "XLSX cut in half", path: "export.xlsx", content: []byte(book[:len(book)/2]), refused: problem.Damaged},
		{name: "XLSX with a flipped bit", path: "export.xlsx", content: flipped(book), refused: problem.Damaged},
		{name: "XLSX with a cut sheet in a whole zip", path: "export.xlsx", content: repack(t, book, "sheet1.xml", func(part []byte) []byte {
			return part[:len(part)/2]
		}), refused: problem.Damaged, message: "the workbook was cut"},
		{name: "XLSX whose strings are missing", path: "export.xlsx", content: repack(t, book, "sharedStrings.xml", func([]byte) []byte {
			return []byte(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="0" uniqueCount="0"></sst>`)
		}), refused: problem.Damaged, message: "string"},
		{name: "text named .xlsx", path: "export.xlsx", content: []byte(plain), refused: problem.Unrecognised},
		{name: "workbook named .csv", content: []byte(book), refused: problem.Unrecognised},
		{name: "web page named .xlsx", path: "export.xlsx", content: []byte("<html><table><tr><td>deviceUid</td></tr></table></html>"), refused: problem.Unrecognised, message: "a web page"},
		{name: "password-protected or old workbook", path: "export.xlsx", content: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 2048)), refused: problem.Unrecognised},
	}
}

// flipped changes one bit in the middle of a workbook.
func flipped(book string) []byte {
	b := []byte(book)
	b[len(b)/2] ^= 0x10
	return b
}

// repack writes a workbook again, with one of its parts changed.
func repack(t *testing.T, book, name string, change func(part []byte) []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(strings.NewReader(book), int64(len(book)))
	must(t, err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, file := range in.File {
		part, err := fs.ReadFile(in, file.Name)
		must(t, err)
		if strings.HasSuffix(file.Name, name) {
			part = change(part)
		}
		w, err := out.Create(file.Name)
		must(t, err)
		_, err = w.Write(part)
		must(t, err)
	}
	must(t, out.Close())
	return b.Bytes()
}

func reversed(s sheet) sheet {
	rows := slices.Clone(s.rows)
	slices.Reverse(rows)
	return sheet{s.header, rows}
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// TestDisguises reads one export in the disguises that spreadsheets, scripts and
// colleagues give it. Its devices must stay the same.
func TestDisguises(t *testing.T) {
	want, err := Read([]Input{bytesInput(Report, "plain.csv", []byte(plainExport().csv(",", "\n")))}, Options{AsOf: day("2020-01-31")})
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Devices) != 2000 {
		t.Fatalf("found %d devices, want 2000", len(want.Devices))
	}
	list := disguises(t)
	for i, d := range fixture.Disguises() {
		if i%17 == 0 { // a sample that has each feature; package table tests all
			list = append(list, disguise{name: d.String(), content: d.Write(t, plainExport().all())})
		}
	}
	for _, d := range list {
		t.Run(d.name, func(t *testing.T) {
			opts := Options{AsOf: day("2020-01-31")}
			if d.opts != nil {
				d.opts(&opts)
			}
			path := d.path
			if path == "" {
				path = "export.csv"
			}
			got, err := Read([]Input{bytesInput(Report, path, d.content)}, opts)
			if d.refused != "" {
				var refused *Refused
				if !errors.As(err, &refused) {
					t.Fatalf("found %v, want a refusal", err)
				}
				if p := refused.Problems[0]; len(refused.Problems) != 1 || p.Kind != d.refused || !strings.Contains(p.Message, d.message) {
					t.Errorf("found %v, want one %s with %q", refused.Problems, d.refused, d.message)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			compareDevices(t, want.Devices, got.Devices)
		})
	}
}

// compareDevices compares devices without their sources. It stops at the first one
// that differs, since all may.
func compareDevices(t *testing.T, want, got []*device.Device) {
	t.Helper()
	if len(want) != len(got) {
		t.Fatalf("found %d devices, want %d", len(got), len(want))
	}
	for i := range want {
		if w, g := placeless(want[i]), placeless(got[i]); w != g {
			t.Fatalf("device %d (-want +got):\n%s", i, cmp.Diff(w, g))
		}
	}
}

// placeless writes a device without the sources of its facts.
func placeless(d *device.Device) string {
	c := *d
	c.Source = device.Source{}
	software, rare := *d.Software, d.Further()
	software.Version.Text = ""
	c.Software, c.Rare = &software, &rare
	for at := &rare.Other; *at != nil; at = &(*at).Next {
		other := **at
		other.Source.File = ""
		*at = &other
	}
	c.Connections = slices.Clone(d.Connections)
	for i := range c.Connections {
		c.Connections[i].Source = device.Source{}
	}
	var b strings.Builder
	storyDevice(&b, &c)
	return b.String()
}
