package download

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

const wantDevices = `device_guid,device_name,hostname,username,department,organization,os,app_version,status,destination,destination_kind,port,version_status,port_status,verdict,action,waived_until,stale,last_connected,affected_since,source,superseded_by
839648314463407620,PC-00,pc-00,user0,Sales,Example,win,6.8.8.12,"Active, Deauthorized",Backup Server 1; 42,mixed,4282,connects,retired,upgrade-and-change-port,"Upgrade it, then let it out on 443 or 4287.",2020-02-14,false,2020-01-12T09:34:28Z,2020-01-12,exports/a.csv:2,
839648314463407621,PC-01,pc-01,user1,Büro/Süd,Example,win,null,"Active, Deauthorized",Backup Server 1; 42,mixed,,unknown,unverified,upgrade,"Upgrade it, then let it out on 443 or 4287.",,unknown,,2020-01-12,exports/a.csv:3,
`

func TestDevices(t *testing.T) {
	got := render(t, small())["data/devices.csv"]
	if lines := strings.SplitAfter(got, "\n"); len(lines) != 11 || strings.Join(lines[:3], "") != wantDevices {
		t.Errorf("got:\n%s\nwant to begin:\n%s", got, wantDevices)
	}
}

func TestDestinations(t *testing.T) {
	for want, destinations := range map[string][]device.Destination{
		"":         nil,
		"42":       {{UID: "42"}},
		"A":        {{}, {Name: "A", UID: "42"}, {}},
		"A; 42; B": {{Name: "A"}, {UID: "42"}, {}, {Name: "B"}},
	} {
		a := &fleet.Assessed{Device: &device.Device{Home: &device.Home{Destinations: destinations}}}
		if got := string(appendDestinations(nil, a)); got != want {
			t.Errorf("%v: %q, want %q", destinations, got, want)
		}
	}
}

func TestDepartmentFiles(t *testing.T) {
	files := render(t, small())
	header := []string{"device_guid", "device_name", "hostname", "username", "os", "app_version", "destination", "port",
		"verdict", "action", "waived_until", "stale", "last_connected", "affected_since", "superseded_by"}
	// Lines 3 to 7 of the table of verdicts, in the order of the pages.
	for slug, verdicts := range map[string][]string{
		"slug-0": {"upgrade", "check"},
		"slug-1": {"upgrade-and-change-port", "change-port", "upgrade-recommended"},
		"slug-2": nil,
	} {
		rows := csvRows(t, files["data/departments/"+slug+".csv"])
		if diff := cmp.Diff(header, rows[0]); diff != "" {
			t.Errorf("%s: header (-want +got):\n%s", slug, diff)
		}
		var got, guids []string
		for _, row := range rows[1:] {
			got = append(got, row[8])
			guids = append(guids, row[0])
		}
		if diff := cmp.Diff(verdicts, got); diff != "" {
			t.Errorf("%s: verdicts (-want +got):\n%s", slug, diff)
		}
		if diff := cmp.Diff(guids, slices.Collect(strings.FieldsSeq(files["data/departments/"+slug+"-guids.txt"]))); diff != "" {
			t.Errorf("%s: GUIDs (-want +got):\n%s", slug, diff)
		}
		if diff := cmp.Diff(rows, sheetRows(t, files["data/departments/"+slug+".xlsx"])); diff != "" {
			t.Errorf("%s: workbook against CSV (-csv +xlsx):\n%s", slug, diff)
		}
	}
}

func TestProblems(t *testing.T) {
	want := [][]string{
		{"file", "row", "column", "kind", "message"},
		{"exports/a.csv", "7", "3", "unreadable-version", `found "null", want a version like 6.8.8`},
		{"exports/b.xlsx", "9", "", "missing-guid", "Sheet1: found no GUID, want one"},
		{"'=cmd.csv", "", "", "suspicious", "found exactly 1000 rows, want all"},
	}
	if diff := cmp.Diff(want, csvRows(t, render(t, small())["data/problems.csv"])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func csvRows(t testing.TB, content string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatalf("%v in:\n%s", err, content)
	}
	return rows
}

// sheetRows reads a workbook, every row as long as the first.
func sheetRows(t testing.TB, content string) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(deviceSheet)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		for len(rows[i]) < len(rows[0]) {
			rows[i] = append(rows[i], "")
		}
	}
	return rows
}

// hostile is what a report may hold in any cell, with the CSV cell it becomes.
var hostile = []struct{ text, cell string }{
	{"=1+1", "'=1+1"},
	{"+1", "'+1"},
	{"-1", "'-1"},
	{"@SUM(A1)", "'@SUM(A1)"},
	{"\t=1", "'\t'=1"},
	{"\r=1", "'\r'=1"},
	{"\n=1", "'\n'=1"},
	{"＝1+1", "'＝1+1"},
	{"＋1", "'＋1"},
	{"－1", "'－1"},
	{"＠x", "'＠x"},
	{"  =1", "'  =1"},
	{"\u00a0=1", "'\u00a0=1"},
	{"\ufeff=1", "'\ufeff=1"},
	{"\u200b=1", "'\u200b=1"},
	{`"=1"`, `'"=1"`},
	{`=cmd|' /C calc'!A0`, `'=cmd|' /C calc'!A0`},
	{"a;=1", "a;'=1"},
	{`a; "=1`, `a;' "=1`},
	{"a\n-b", "a\n'-b"},
	{"a\n\n\t=b", "a\n\n\t'=b"},
	{"a\r\nb", "a\r\nb"},
	{"a;b", "a;b"},
	{"a-b=c+d@e", "a-b=c+d@e"},
	{"'=1", "'=1"},
	{"", ""},
	{" ", " "},
	{"a,b", "a,b"},
	{`a "b" c`, `a "b" c`},
	{`"`, `"`},
	{"two\nlines", "two\nlines"},
	{"<script>alert(1)</script>", "<script>alert(1)</script>"},
	{"büro 東京 🙂", "büro 東京 🙂"},
	{"\x1b[31mred\x1b]0;title\x07", "\uFFFD[31mred\uFFFD]0;title\uFFFD"},
	{"\u009b31m", "\uFFFD31m"},
	{"a\x00b\x7f", "a\uFFFDb\uFFFD"},
	{"a\xff\xfeb", "a\uFFFDb"},
	{"_x0041_", "_x0041_"},
	{"__x0041_x0042__x", "__x0041_x0042__x"},
	{"\ufffe\uffff", "\ufffe\uffff"},
	{"a & b < c > d ]]>", "a & b < c > d ]]>"},
	{strings.Repeat("🙂", 20000), strings.Repeat("🙂", 20000)},
	{strings.Repeat("x", 40000), strings.Repeat("x", 40000)},
}

// everywhere is a device with the same text in every text column.
func everywhere(text string) *fleet.Assessed {
	return &fleet.Assessed{
		Device: &device.Device{
			GUID: text, Name: text, Hostname: text, Username: text, Home: &device.Home{Organization: text, Destinations: []device.Destination{{Name: text}}}, Software: &device.Software{OS: text, Version: device.Version{Text: text}, Status: device.Status(text)},
			Source: device.Source{File: text, Row: 7},
		},
		Assessment: &policy.Assessment{Verdict: policy.Check},
		Department: text, Words: &fleet.Words{Action: text}, Stale: fleet.Recent,
	}
}

func TestHostileCells(t *testing.T) {
	in := small()
	in.Config.Privacy.Emails = true
	var devices []*fleet.Assessed
	for _, h := range hostile {
		devices = append(devices, everywhere(h.text))
	}
	in.Fleet = grouped(devices)
	in.Fleet.Departments = []*fleet.Department{{Name: "=1", Slug: "x", Devices: devices}}
	files := render(t, in)
	rows := csvRows(t, files["data/devices.csv"])
	for i, h := range hostile {
		// encoding/csv gives line ends in cells as line feeds.
		cell := strings.ReplaceAll(h.cell, "\r\n", "\n")
		for _, c := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15} {
			if got := rows[i+1][c]; got != cell {
				t.Errorf("%s of %.60q: %.60q, want %.60q", rows[0][c], h.text, got, cell)
			}
		}
	}
	for _, guid := range strings.Split(files["data/departments/x-guids.txt"], "\n") {
		if guid != "" && !plainGUID(guid) {
			t.Errorf("the list of GUIDs has %q", guid)
		}
	}
	book, err := excelize.OpenReader(strings.NewReader(files["data/departments/x.xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for i, h := range hostile {
		for _, column := range []string{"A", "B", "C", "D", "E", "F", "G", "J"} {
			wantText(t, book, deviceSheet, column+strconv.Itoa(i+2), h.text)
		}
		for _, column := range []string{"B", "D", "F"} {
			wantText(t, book, toDoSheet, column+strconv.Itoa(i+1+toDoHead), h.text)
		}
	}
}

// wantText checks that a cell holds a text and nothing that runs.
func wantText(t *testing.T, book *excelize.File, sheet, at, text string) {
	t.Helper()
	if formula, err := book.GetCellFormula(sheet, at); err != nil || formula != "" {
		t.Errorf("%s %s has the formula %q, %v", sheet, at, formula, err)
	}
	kind, err := book.GetCellType(sheet, at)
	if err != nil || text != "" && kind != excelize.CellTypeInlineString {
		t.Errorf("%s %s is of type %v, %v", sheet, at, kind, err)
	}
	got, err := book.GetCellValue(sheet, at)
	if want := inWorkbook(text); err != nil || got != want {
		t.Errorf("%s %s: %.60q, %v, want %.60q", sheet, at, got, err, want)
	}
}

// inWorkbook gives text as a workbook's cell holds it: no formula runs there,
// so nothing is guarded.
func inWorkbook(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == '\ufffe' || r == '\uffff' || unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' {
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	units := utf16.Encode([]rune(text))
	if len(units) <= excelize.TotalCellChars {
		return text
	}
	return strings.TrimSuffix(string(utf16.Decode(units[:excelize.TotalCellChars])), "\uFFFD") // half of a pair
}
