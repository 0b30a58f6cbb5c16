package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// export is one report as rows of text, the header first; the disguises below
// are what spreadsheets, scripts and colleagues make of it.
type export [][]string

var exportHeader = []string{"deviceUid", "deviceName", "deviceOsHostname", "username", "orgName", "destinationUid", "destinationName", "version", "status", "os", "address", "lastConnectedDate", "lastActivity"}

const disguisedDevices = 2000

// newExport has every kind of value that a report holds: holes, several rows a
// device, statuses with commas, quotes, accents and a name on two lines.
func newExport() export {
	versions := []string{"4.7.9", "4.8.2", "4.9.9", "5.3.99.1", "5.4.0", "6.8.8.12", "7.0.3.55", "6.6.0 (Build: 4347)", "1512021600671", "null", "unknown"}
	statuses := []string{"Active", "Active", "Active, Deauthorized", "Deactivated, Blocked"}
	places := [][2]string{{"42", "CrashPlan Central"}, {"632540230984925185", "PROe Cloud, US - West"}, {"900123", "Backup Server 1"}, {"", "Stor|age; two"}, {"null", ""}}
	names := []string{"PC", "Büro", "O'Neil", `17" screen`, "two\nlines"}
	rows := export{exportHeader}
	for i := range disguisedDevices {
		place := places[i%len(places)]
		connected := time.Date(2019, 10, 1+i%90, i%24, i%60, i%60, 0, time.UTC)
		row := []string{
			strconv.Itoa(839648314463407601 + i*13), fmt.Sprint(names[i%len(names)], "-", i), "host-" + strconv.Itoa(i),
			fmt.Sprintf("user%d@example.com", i/2), []string{"North", "Süd"}[i%2], place[0], place[1],
			versions[i%len(versions)], statuses[i%len(statuses)], "win", "10.1.2.3:4282",
			connected.Format("2006-01-02T15:04:05Z"), connected.Add(time.Minute).Format("2006-01-02T15:04:05Z"),
		}
		rows = append(rows, row)
		if i%10 == 0 { // a second destination: the same device again
			again := slices.Clone(row)
			again[5], again[6] = "43", "PROe Cloud, US"
			rows = append(rows, again)
		}
	}
	return rows
}

// text writes the rows as delimited text.
func (e export) text(delimiter rune, lineEnd string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = delimiter
	w.WriteAll(e)
	return strings.ReplaceAll(b.String(), "\n", lineEnd)
}

// columns gives the rows with their columns changed.
func (e export) columns(change func(row []string, header bool) []string) export {
	changed := make(export, len(e))
	for i, row := range e {
		changed[i] = change(slices.Clone(row), i == 0)
	}
	return changed
}

// dates gives the rows with both dates written another way.
func (e export) dates(write func(time.Time) string) export {
	return e.columns(func(row []string, header bool) []string {
		for i := len(row) - 2; i < len(row) && !header; i++ {
			t, err := time.Parse(time.RFC3339, row[i])
			if err != nil {
				panic(err)
			}
			row[i] = write(t)
		}
		return row
	})
}

func (e export) header(names ...string) export {
	return e.columns(func(row []string, header bool) []string {
		if header {
			return names
		}
		return row
	})
}

func utf16Bytes(text string, order binary.AppendByteOrder, mark bool) string {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xfeff)
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

func windows1252(text string) string {
	encoded, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return encoded
}

// workbook writes the rows into a sheet as text, after fill has had its way.
func (e export) workbook(fill func(f *excelize.File, rows export) export) string {
	f := excelize.NewFile()
	defer f.Close()
	rows := e
	if fill != nil {
		rows = fill(f, e)
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = cell
		}
		corner, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow(f.GetSheetName(0), corner, &cells); err != nil {
			panic(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		panic(err)
	}
	return b.String()
}

// repack writes a workbook's parts anew, with one of them changed.
func repack(workbook string, change func(name string, part []byte) []byte) string {
	in, err := zip.NewReader(strings.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		panic(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, file := range in.File {
		r, err := file.Open()
		if err != nil {
			panic(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			panic(err)
		}
		w, err := out.Create(file.Name)
		if err == nil {
			_, err = w.Write(change(file.Name, part))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := out.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// disguise is the export in another form. Without an error in want, it gives
// the same devices.csv but for the source column.
type disguise struct {
	name, file, content string
	config              string // further configuration
	want                string // part of the error
}

func disguises(e export) []disguise {
	plain := e.text(',', "\n")
	book := e.workbook(nil)
	german := []string{"Geräte-ID", "Gerät", "Rechner", "Benutzer", "Organisation", "Ziel-ID", "Ziel", "App-Stand", "Zustand", "System", "Adresse", "Verbunden", "Aktiv"}
	serial := func(t time.Time) string {
		return strconv.FormatFloat(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24, 'f', 12, 64)
	}
	return []disguise{
		{name: "as exported", content: plain},
		{name: "UTF-8 with a mark", content: "\ufeff" + plain},
		{name: "a mark before a quoted header", content: "\ufeff\"deviceUid\"" + strings.TrimPrefix(plain, "deviceUid")},
		{name: "UTF-16 LE with a mark", content: utf16Bytes(plain, binary.LittleEndian, true)},
		{name: "UTF-16 BE with a mark", content: utf16Bytes(plain, binary.BigEndian, true)},
		{name: "UTF-16 LE without a mark", content: utf16Bytes(plain, binary.LittleEndian, false)},
		{name: "UTF-16 LE, tabs: a spreadsheet's Unicode text", content: utf16Bytes(e.text('\t', "\r\n"), binary.LittleEndian, true)},
		{name: "Windows-1252", content: windows1252(plain)},
		{name: "Windows-1252, semicolons, CRLF", content: windows1252(e.text(';', "\r\n"))},
		{name: "semicolons", content: e.text(';', "\n")},
		{name: "tabs", content: e.text('\t', "\n")},
		{name: "pipes", content: e.text('|', "\n")},
		{name: "a sep= line", content: "sep=;\r\n" + e.text(';', "\r\n")},
		{name: "PowerShell's #TYPE line", content: "#TYPE System.Management.Automation.PSCustomObject\r\n" + plain},
		{name: "CRLF", content: e.text(',', "\r\n")},
		{name: "CR alone", content: e.text(',', "\r")},
		{name: "no final line end", content: strings.TrimSuffix(plain, "\n")},
		{name: "title lines above", content: "Device status, all of them\n\"Exported by A. Person, January\"\n\n" + plain},
		{name: "totals and blank lines below", content: plain + "\n,,,,\nTotal,2000\n\n"},
		{name: "every cell quoted", content: quoteAll(e)},
		{name: "NUL bytes", content: strings.Replace(plain, "host-7", "ho\x00st-7", 1)},
		{name: "columns backwards", content: e.columns(func(row []string, _ bool) []string { slices.Reverse(row); return row }).text(',', "\n")},
		{name: "blank columns", content: e.columns(func(row []string, _ bool) []string { return append(append([]string{""}, row...), "", "") }).text(',', "\n")},
		{name: "further columns", content: e.columns(func(row []string, header bool) []string {
			if header {
				return append(row, "Cost centre", "remoteAddress")
			}
			return append(row, "4711", "203.0.113.7:4282")
		}).text(',', "\n")},
		{name: "header in capitals", content: e.columns(func(row []string, header bool) []string {
			for i := range row {
				if header {
					row[i] = strings.ToUpper(row[i])
				}
			}
			return row
		}).text(',', "\n")},
		{name: "header with blanks around", content: e.columns(func(row []string, header bool) []string {
			for i := range row {
				if header {
					row[i] = "  " + row[i] + " "
				}
			}
			return row
		}).text(',', "\n")},
		{name: "the names of devices.csv", content: e.header("device_guid", "device_name", "hostname", "username", "organization", "Destination UID", "destinationName", "app_version", "status", "os", "address", "last_connected", "last_activity").text(',', "\n")},
		{name: "the console's words", content: e.header("Device GUID", "Device Name", "Hostname", "Username", "Organization", "Destination UID", "destinationName", "Code42 App Version", "Status", "OS", "Address", "Last Connected", "Last Activity").text(',', "\n")},
		{name: "localised header by the configuration", content: e.header(german...).text(';', "\n"), config: `
columns:
  device_guid: Geräte-ID
  device_name: Gerät
  hostname: Rechner
  username: Benutzer
  organization: Organisation
  destination_uid: Ziel-ID
  destination: Ziel
  app_version: App-Stand
  status: Zustand
  os: System
  last_connected: Verbunden
  last_activity: Aktiv
`},
		{name: "a column twice, equal in every row", content: e.columns(func(row []string, _ bool) []string { return append(row, row[7]) }).text(',', "\n")},
		{name: "blanks around every cell", content: e.columns(func(row []string, header bool) []string {
			for i := range row {
				row[i] = " " + row[i] + "  "
			}
			return row
		}).text(',', "\n")},
		{name: "short rows", content: shortened(plain)},
		{name: "empty cells beyond the header", content: strings.Replace(plain, "2019-10-01T00:01:00Z\n", "2019-10-01T00:01:00Z,,\n", 1)},
		{name: "dates with an offset", content: e.dates(func(t time.Time) string {
			return t.In(time.FixedZone("", -6*60*60)).Format("2006-01-02T15:04:05.000-07:00")
		}).text(',', "\n")},
		{name: "dates without a zone", content: e.dates(func(t time.Time) string { return t.Format("2006-01-02 15:04:05") }).text(',', "\n")},
		{name: "the old console's dates", content: e.dates(func(t time.Time) string { return t.Format("Jan 02, 2006 03:04:05 PM") }).text(',', "\n")},
		{name: "American dates", content: e.dates(func(t time.Time) string { return t.Format("1/2/2006 3:04:05 PM") }).text(',', "\n")},
		{name: "British dates", content: e.dates(func(t time.Time) string { return t.Format("02/01/2006 15:04:05") }).text(',', "\n")},
		{name: "German dates", content: e.dates(func(t time.Time) string { return t.Format("02.01.2006 15:04:05") }).text(';', "\n")},
		{name: "rows in another order", content: export(slices.Concat(e[:1], shuffled(e[1:]))).text(',', "\n")},
		{name: "the same rows twice", content: export(slices.Concat(e, e[1:])).text(',', "\n")},

		{name: "workbook", file: "d.xlsx", content: book},
		{name: "workbook with title and totals", file: "d.xlsx", content: slices.Concat(export{{"Device status"}, {}}, e, export{{}, {"Total", "2000"}}).workbook(func(f *excelize.File, rows export) export {
			must(f.MergeCell("Sheet1", "A1", "H1"))
			return rows
		})},
		{name: "workbook with hidden rows and a filter", file: "d.xlsx", content: e.workbook(func(f *excelize.File, rows export) export {
			must(f.AutoFilter("Sheet1", "A1:M2200", nil))
			must(f.SetRowVisible("Sheet1", 5, false))
			must(f.SetColVisible("Sheet1", "H", false))
			return rows
		})},
		{name: "workbook with notes on another sheet", file: "d.xlsx", content: e.workbook(func(f *excelize.File, rows export) export {
			_, err := f.NewSheet("Notes")
			must(err)
			must(f.SetCellValue("Notes", "A1", "ask Anna"))
			return rows
		})},
		{name: "hidden workbook sheet", file: "d.xlsx", content: e.workbook(func(f *excelize.File, rows export) export {
			_, err := f.NewSheet("Pivot")
			must(err)
			f.SetActiveSheet(1)
			must(f.SetSheetVisible("Sheet1", false))
			return rows
		})},
		{name: "workbook with dates as serials", file: "d.xlsx", content: e.dates(serial).workbook(nil)},
		{name: "workbook with long versions as numbers", file: "d.xlsx", content: e.numbers(7, func(cell string) (any, bool) {
			n, err := strconv.ParseInt(cell, 10, 64)
			return n, err == nil
		})},

		{name: "workbook with GUIDs as numbers", file: "d.xlsx", content: e.numbers(0, func(cell string) (any, bool) {
			n, err := strconv.ParseFloat(cell, 64)
			return n, err == nil
		}), want: "d.xlsx"},
		{name: "GUIDs that a spreadsheet rounded", content: e.columns(func(row []string, header bool) []string {
			if !header {
				row[0] = "8.39648E+17"
			}
			return row
		}).text(',', "\n"), want: "d.csv"},
		{name: "a column twice, different", content: e.columns(func(row []string, header bool) []string {
			if header {
				return append(row, "version")
			}
			return append(row, "9.9")
		}).text(',', "\n"), want: "column"},
		{name: "a quote that never ends", content: plain + `"839648314463499999,`, want: "quote"},
		{name: "empty", content: "", want: "empty"},
		{name: "header alone", content: strings.Join(exportHeader, ",") + "\n", want: "device"},
		{name: "workbook cut in half", file: "d.xlsx", content: book[:len(book)/2], want: "d.xlsx"},
		{name: "workbook with a flipped bit", file: "d.xlsx", content: flipped(book), want: "d.xlsx"},
		{name: "workbook with a cut sheet in a whole zip", file: "d.xlsx", content: repack(book, func(name string, part []byte) []byte {
			if strings.HasSuffix(name, "sheet1.xml") {
				return part[:len(part)/2]
			}
			return part
		}), want: "the workbook was cut"},
		{name: "workbook whose strings are missing", file: "d.xlsx", content: repack(book, func(name string, part []byte) []byte {
			if strings.HasSuffix(name, "sharedStrings.xml") {
				return []byte(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="0" uniqueCount="0"></sst>`)
			}
			return part
		}), want: "string"},
		{name: "text named .xlsx", file: "d.xlsx", content: plain, want: "d.xlsx"},
		{name: "workbook named .csv", content: book, want: "d.csv"},
		{name: "web page named .xlsx", file: "d.xlsx", content: "<html><table><tr><td>deviceUid</td></tr></table></html>", want: "a web page"},
		{name: "password-protected or old workbook", file: "d.xlsx", content: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 2048), want: "d.xlsx"},
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func quoteAll(e export) string {
	var b strings.Builder
	for _, row := range e {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// shortened drops the empty cells at the end of rows: there are none in this
// export but where a column of blanks was added.
func shortened(plain string) string {
	head, rest, _ := strings.Cut(plain, "\n")
	return head + ",remark,remark by\n" + rest
}

// shuffled gives rows in another, fixed order.
func shuffled(rows export) export {
	mixed := slices.Clone(rows)
	slices.SortStableFunc(mixed, func(a, b []string) int { return cmp.Compare(a[2]+a[5], b[2]+b[5]) })
	return mixed
}

// numbers writes a workbook in which some cells of a column are numbers, as a
// spreadsheet that recognised them does.
func (e export) numbers(column int, value func(string) (any, bool)) string {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range e {
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = cell
			if v, ok := value(cell); ok && j == column && i > 0 {
				cells[j] = v
			}
		}
		corner, _ := excelize.CoordinatesToCellName(1, i+1)
		must(f.SetSheetRow("Sheet1", corner, &cells))
	}
	var b bytes.Buffer
	must(f.Write(&b))
	return b.String()
}

// flipped changes one bit in the middle of a workbook's largest part.
func flipped(book string) string {
	b := []byte(book)
	b[len(b)/2] ^= 0x10
	return string(b)
}

// TestDisguises builds one export of 2,000 devices in every disguise.
func TestDisguises(t *testing.T) {
	e := newExport()
	var want []map[string]string
	all := disguises(e)
	if len(all) < 40 {
		t.Fatalf("%d disguises, want at least 40", len(all))
	}
	for _, d := range all {
		folder := t.TempDir()
		file := filepath.Join(folder, cmp.Or(d.file, "d.csv"))
		must(os.WriteFile(file, []byte(d.content), 0o644))
		config := filepath.Join(folder, "cutoff.yaml")
		must(os.WriteFile(config, []byte("reports: "+filepath.Base(file)+"\nas_of: 2020-01-15\nworkbooks: false\ndestinations: {on_premises: [Backup Server 1]}"+d.config), 0o644))
		var out, messages bytes.Buffer
		s := &session{stdin: strings.NewReader(""), stdout: &out, stderr: &messages, getenv: func(string) string { return "" }}
		site := filepath.Join(folder, "site")
		code := s.run([]string{"build", "--config", config})
		if d.want != "" {
			if code != int(noInput) || !strings.Contains(messages.String(), d.want) {
				t.Errorf("%s: exit status %d and messages\n%swant 3 and %q", d.name, code, messages.String(), d.want)
			}
			if _, err := os.Stat(site); err == nil {
				t.Errorf("%s: a site was published", d.name)
			}
			t.Logf("%-50s refused: %s", d.name, firstLine(messages.String()))
			continue
		}
		if code != 0 {
			t.Errorf("%s: exit status %d\n%s", d.name, code, messages.String())
			continue
		}
		got := readCSV(t, filepath.Join(site, "data/devices.csv"))
		for _, row := range got {
			delete(row, "source")
		}
		if want == nil {
			want = got
		}
		if len(want) != disguisedDevices {
			t.Fatalf("%d devices, want %d", len(want), disguisedDevices)
		}
		if difference := firstDifference(want, got); difference != "" {
			t.Errorf("%s: %s", d.name, difference)
			continue
		}
		t.Logf("%-50s the same %d devices", d.name, len(got))
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// firstDifference says where two lists of devices differ first, "" for nowhere.
func firstDifference(want, got []map[string]string) string {
	if len(want) != len(got) {
		return fmt.Sprintf("%d devices, want %d", len(got), len(want))
	}
	for i, row := range want {
		for column, cell := range row {
			if got[i][column] != cell {
				return fmt.Sprintf("device %s: %s = %q, want %q", row["device_guid"], column, got[i][column], cell)
			}
		}
	}
	return ""
}
