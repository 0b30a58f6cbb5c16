package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/problem"
)

// readReport reads one report and fails the test when it is refused.
func readReport(t *testing.T, path string, content []byte) *Result {
	t.Helper()
	result, err := Read([]Input{bytesInput(Report, path, content)}, storyOptions())
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func kindsOf(problems []problem.Problem) []problem.Kind {
	var kinds []problem.Kind
	for _, p := range problems {
		kinds = append(kinds, p.Kind)
	}
	return kinds
}

// TestConsoleRows reads exports around the 1,000 rows that the console shows.
func TestConsoleRows(t *testing.T) {
	for rows, want := range map[int][]problem.Kind{999: nil, 1000: {problem.Suspicious}, 1001: nil} {
		var b bytes.Buffer
		b.WriteString("A title\nguid,version\n")
		for i := range rows - 1 {
			fmt.Fprintf(&b, "%d,7.0\n\n", 500+i)
		}
		b.WriteString("500,7.0\nTotal\n")
		if got := kindsOf(readReport(t, "a.csv", b.Bytes()).Problems); !slices.Equal(got, want) {
			t.Errorf("found %v for %d rows, want %v", got, rows, want)
		}
	}
}

// TestRoundedShares reads fleets in which more and more GUIDs end in 000.
func TestRoundedShares(t *testing.T) {
	for name, test := range map[string]struct {
		rounded, whole     int
		rejected, devices  int
		refused            bool
		suspicious, damage int
	}{
		"one by chance":            {rounded: 1, whole: 999, devices: 1000},
		"as many as chance gives":  {rounded: 4, whole: 996, devices: 1000},
		"more than chance gives":   {rounded: 6, whole: 994, devices: 1000, suspicious: 6},
		"too many for chance":      {rounded: 30, whole: 970, devices: 970, rejected: 30, damage: 30},
		"half":                     {rounded: 5, whole: 5, devices: 10, suspicious: 5},
		"more than half":           {rounded: 6, whole: 5, refused: true},
		"too few to judge":         {rounded: 4, whole: 0, devices: 4, suspicious: 4},
		"the fewest that can tell": {rounded: 3, whole: 2, refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			b.WriteString("guid,version\n")
			for i := range test.rounded {
				fmt.Fprintf(&b, "%d,7.0\n", 839648314463407000+i*37000)
			}
			for i := range test.whole {
				fmt.Fprintf(&b, "%d,7.0\n", 739648314463407621+i*1370)
			}
			b.WriteString("42,7.0\n") // too short to be judged
			result, err := Read([]Input{bytesInput(Report, "a.csv", b.Bytes())}, storyOptions())
			if (err != nil) != test.refused {
				t.Fatalf("found %v, want a refusal: %t", err, test.refused)
			}
			if err != nil {
				return
			}
			damage, suspicious := 0, 0
			for _, p := range result.Problems {
				switch {
				case p.Kind == problem.DamagedGUID:
					damage++
				case p.Kind == problem.Suspicious && p.Row > 1:
					suspicious++
				}
			}
			if len(result.Devices) != test.devices+1 || result.Files[0].Rejected != test.rejected || damage != test.damage || suspicious != test.suspicious {
				t.Errorf("found %d devices, %d rejected, %d damaged, %d suspicious, want %+v", len(result.Devices)-1, result.Files[0].Rejected, damage, suspicious, test)
			}
		})
	}
}

// TestFooters reads notes and totals below and between the rows of a table.
func TestFooters(t *testing.T) {
	const header = "guid,name,version,status,lastConnected\n"
	for name, test := range map[string]struct {
		body            string
		rejected, other int
	}{
		"totals":                              {"101,a,7.0,Active,\nTotal,1,,,\n", 0, 1},
		"totals after a blank row":            {"101,a,7.0,Active,\n\nTotal:,,1,,\n", 0, 2},
		"notes":                               {"101,a,7.0,Active,\nMade by Ann,,,,\n,second line,,,\n", 0, 2},
		"a note in the middle":                {"101,a,7.0,Active,\nRegion North,,,,\n102,b,7.0,Active,\n", 1, 0},
		"a subtotal in the middle":            {"101,a,7.0,Active,\nTotal,1,,,\n102,b,7.0,Active,\n", 0, 1},
		"a last row that lost its GUID":       {"101,a,7.0,Active,\n,b,7.0,Active,2020-01-01\n", 1, 0},
		"a short last row with a version":     {"101,a,7.0,Active,\n,,7.0,,\n", 1, 0},
		"a last row with a damaged GUID":      {"101,a,7.0,Active,\n8.3E+17,,,,\n", 1, 0},
		"more notes than a table has":         {"101,a,7.0,Active,\n" + strings.Repeat("note,,,,\n", 11), 11, 0},
		"the header once more":                {"101,a,7.0,Active,\n" + header + "102,b,7.0,Active,\n", 0, 1},
		"rows of separators and white space":  {"101,a,7.0,Active,\n,,,,\n \n,\u00a0,,,\n", 0, 3},
		"a word below":                        {"101,a,7.0,Active,\nConfidential,,,,\n", 0, 1},
		"a word in the middle":                {"101,a,7.0,Active,\nNorth,,,,\n102,b,7.0,Active,\n", 1, 0},
		"a GUID of letters":                   {"101,a,7.0,Active,\nalpha,b,7.0,Active,\n", 0, 0},
		"a GUID that is a formula's error":    {"101,a,7.0,Active,\n#N/A,b,7.0,Active,\n", 1, 0},
		"a device whose name begins so":       {"101,Total recall,7.0,Active,\n", 0, 0},
		"a long row that begins with a total": {"101,a,7.0,Active,\nTotal,b,7.0,Active,2020-01-01\n", 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := readReport(t, "a.csv", []byte(header+test.body)).Files[0]
			if f.Rejected != test.rejected || f.Other != test.other {
				t.Errorf("found %+v, want %d rejected and %d other", f.Ledger, test.rejected, test.other)
			}
		})
	}
}

// TestErrorCells reads the errors of formulas: each counts as an empty cell, with a
// problem.
func TestErrorCells(t *testing.T) {
	result := readReport(t, "a.csv", []byte("guid,name,version,destination\n1,#REF!,7.0,Cloud\n2,b,#N/A,#VALUE!\n3,#1,7.0,Cloud\n"))
	want := []string{
		`a.csv:2:2: found the error "#REF!" of a formula, want a value: the cell counts as empty`,
		`a.csv:3:3: found the error "#N/A" of a formula, want a value: the cell counts as empty`,
		`a.csv:3:3: found no version, want one like 7.0.3`,
		`a.csv:3:4: found the error "#VALUE!" of a formula, want a value: the cell counts as empty`,
	}
	if diff := cmp.Diff(want, fixture.Lines(result.Problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if names := []string{result.Devices[0].Name, result.Devices[1].Name, result.Devices[2].Name}; !slices.Equal(names, []string{"", "b", "#1"}) {
		t.Errorf("found the names %q", names)
	}
}

// TestFilesThatCannotBeRead checks that all of them are named.
func TestFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	inputs := []Input{
		bytesInput(Report, "good.csv", []byte("guid,version\n101,7.0\n")),
		{Path: "missing.csv", Kind: Report, Open: func() (io.ReadCloser, error) { return os.Open(filepath.Join(dir, "missing.csv")) }},
		{Path: "folder", Kind: Roster, Open: func() (io.ReadCloser, error) { return os.Open(dir) }},
		{Path: "secret.csv", Kind: Connections, Open: func() (io.ReadCloser, error) {
			return nil, &fs.PathError{Op: "open", Path: "/somewhere/secret.csv", Err: fs.ErrPermission}
		}},
	}
	_, err := Read(inputs, storyOptions())
	var refused *Refused
	if !errors.As(err, &refused) {
		t.Fatalf("found %v, want a refusal", err)
	}
	want := "folder: found a file that cannot be read (a folder), want one that can\n" +
		"missing.csv: found no such file, want one that can be read\n" +
		"secret.csv: found a file that cannot be read (permission denied), want one that can"
	if refused.Error() != want {
		t.Errorf("found\n%s\nwant\n%s", refused.Error(), want)
	}
	var list problem.List
	if !errors.As(err, &list) || len(list) != 3 {
		t.Errorf("found %v, want the list of 3 problems to be reachable", list)
	}
}

// TestFileThatChanges reads files whose size or time changes meanwhile.
func TestFileThatChanges(t *testing.T) {
	content := []byte("guid,version\n101,7.0\n")
	then := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	type stat struct {
		size int64
		time time.Time
	}
	for name, test := range map[string]struct {
		before, after stat
		refused       bool
	}{
		"stays":              {stat{int64(len(content)), then}, stat{int64(len(content)), then}, false},
		"grows":              {stat{int64(len(content)), then}, stat{100, then}, true},
		"is rewritten":       {stat{int64(len(content)), then}, stat{int64(len(content)), then.Add(time.Second)}, true},
		"grew while reading": {stat{10, then}, stat{10, then}, true},
	} {
		t.Run(name, func(t *testing.T) {
			in := bytesInput(Report, "a.csv", content)
			asked := 0
			in.Stat = func() (int64, time.Time, error) {
				asked++
				if asked == 1 {
					return test.before.size, test.before.time, nil
				}
				return test.after.size, test.after.time, nil
			}
			_, err := Read([]Input{in}, storyOptions())
			if (err != nil) != test.refused {
				t.Fatalf("found %v, want a refusal: %t", err, test.refused)
			}
			if err != nil && err.(*Refused).Problems[0].Kind != problem.Damaged {
				t.Errorf("found %v, want it to be damaged", err)
			}
		})
	}
}

// TestInputNamedTwice checks that such an input is read once.
func TestInputNamedTwice(t *testing.T) {
	in := bytesInput(Report, "a.csv", []byte("guid,version\n101,7.0\n"))
	result, err := Read([]Input{in, in}, storyOptions())
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Files) != 1 || len(result.Problems) != 0 {
		t.Errorf("found %d files and %v, want one and no problem", len(result.Files), result.Problems)
	}
}

// TestWorkbookSheets reads a workbook of several sheets.
func TestWorkbookSheets(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	set := func(sheet, cell string, row ...any) { must(t, f.SetSheetRow(sheet, cell, &row)) }
	for _, name := range []string{"More", "Old", "Pivot", "Blank"} {
		_, err := f.NewSheet(name)
		must(t, err)
	}
	seen := time.Date(2020, 1, 20, 10, 0, 0, 0, time.UTC)
	set("Sheet1", "A1", "Devices of January")
	set("Sheet1", "A3", "Device GUID", "Version", "Last Connected")
	set("Sheet1", "A4", "101", 10, seen)
	set("Sheet1", "A5", "102", 5.4, seen)
	set("More", "A1", "Version", "GUID", "Shoe size")
	set("More", "A2", "7.0.1", "102", 42)
	set("Old", "A1", "GUID", "Version")
	set("Old", "A2", "103", 1512021600671)
	set("Pivot", "A1", "Row labels", "Count of GUID")
	must(t, f.SetSheetVisible("Old", false))
	content, err := f.WriteToBuffer()
	must(t, err)

	result := readReport(t, "a.xlsx", content.Bytes())
	var lines []string
	for _, d := range result.Devices {
		lines = append(lines, fmt.Sprintf("%s %s %s %s", d.GUID, d.Version, storyTime(d.LastConnected.Time()), d.Source))
	}
	for _, p := range result.Problems {
		lines = append(lines, string(p.Kind)+" "+p.Position.String())
	}
	want := []string{
		"101 10.0.0 2020-01-20T10:00:00Z a.xlsx:4",
		"102 5.4.0 2020-01-20T10:00:00Z a.xlsx:5",
		"103 6.7.1 no date a.xlsx:2",
		"hidden-sheet a.xlsx:Old",
		"no-header a.xlsx:Pivot",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if got := result.Files[0].Ledger; got.Devices != 3 || got.Merged != 1 || got.Rejected != 0 {
		t.Errorf("found %+v, want 3 devices and 1 merged", got)
	}
	if got := result.Files[0].Unknown; !slices.Equal(got, []string{"Shoe size"}) {
		t.Errorf("found the unknown columns %q, want Shoe size", got)
	}
}

// TestSheetsOfOneRowNumber merges two sheets of a workbook whose rows have the
// same number: the later sheet counts, as a later row does.
func TestSheetsOfOneRowNumber(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	_, err := f.NewSheet("Sheet2")
	must(t, err)
	for sheet, version := range map[string]string{"Sheet1": "7.0", "Sheet2": "6.0"} {
		must(t, f.SetSheetRow(sheet, "A1", &[]any{"GUID", "Version", "Last Activity"}),
			f.SetSheetRow(sheet, "A2", &[]any{"101", version, "2020-01-20"}))
	}
	content, err := f.WriteToBuffer()
	must(t, err)
	result := readReport(t, "a.xlsx", content.Bytes())
	if d := result.Devices[0]; d.Version.String() != "6.0.0" {
		t.Errorf("found version %s, want 6.0.0", d.Version)
	}
	if len(result.Problems) != 1 || result.Problems[0].Kind != problem.Conflict || result.Problems[0].Position.String() != "a.xlsx:Sheet2!B2" {
		t.Errorf("found %v, want one conflict at a.xlsx:Sheet2!B2", result.Problems)
	}
}

// TestManyNetworks sees one device in so many networks that a map is needed, in
// three orders.
func TestManyNetworks(t *testing.T) {
	const networks = 300
	rows := make([]string, 0, 2*networks)
	for i := range networks {
		for _, day := range []int{10, 20} {
			rows = append(rows, fmt.Sprintf("101,10.%d.%d.1,4282,2020-01-%02d\n", i/250, i%250, day))
		}
	}
	var want []device.Connection
	for range 3 {
		slices.Reverse(rows)
		result, err := Read([]Input{
			bytesInput(Report, "a.csv", []byte("guid,version\n101,7.0\n")),
			bytesInput(Connections, "b.csv", []byte("device,address,port,time\n"+strings.Join(rows, ""))),
		}, storyOptions())
		if err != nil {
			t.Fatal(err)
		}
		got := result.Devices[0].Connections
		if len(got) != networks || got[0].Time.Day() != 20 || got[networks-1].Time.Day() != 20 {
			t.Fatalf("found %d observations from %s to %s, want the newest of %d networks", len(got), got[0].Time, got[len(got)-1].Time, networks)
		}
		if f := result.Files[1]; f.Devices != networks || f.Merged != networks {
			t.Errorf("found %+v, want %d used and as many merged", f.Ledger, networks)
		}
		for i := range got {
			got[i].Source.Row = 0
		}
		if want != nil && !slices.Equal(got, want) {
			t.Error("the order of rows decides something")
		}
		want = got
		rows = append(rows[1:], rows[0])
	}
}

// TestManyTargets reads so many different rows of one device that not all are
// searched for equal ones. The counts stay right.
func TestManyTargets(t *testing.T) {
	const words = 150
	text := "device,address,port,time,action\n"
	for _, day := range []int{20, 10} {
		for i := range words {
			text += fmt.Sprintf("101,10.0.0.1,4287,2020-01-%d,word-%d\n101,10.0.0.1,4282,2020-01-%d,word-%d\n", day, i, day, i)
		}
	}
	result, err := Read([]Input{
		bytesInput(Report, "a.csv", []byte("guid,version\n101,7.0\n")),
		bytesInput(Connections, "b.csv", []byte(text)),
	}, storyOptions())
	if err != nil {
		t.Fatal(err)
	}
	if got := result.Devices[0].Connections; len(got) != 1 || got[0].Port != 4282 || got[0].Time.Day() != 20 {
		t.Errorf("found %v, want the newest observation of 4282 alone", got)
	}
	if got, want := result.Files[1].Ledger, (Ledger{Rows: 4 * words, Devices: 1, Merged: 2*words - 1, Rejected: 2 * words}); got != want {
		t.Errorf("found %+v, want %+v", got, want)
	}
	if len(result.Problems) != words {
		t.Fatalf("found %d problems, want one for each of %d words", len(result.Problems), words)
	}
	for _, p := range result.Problems {
		if p.Kind != problem.UnknownOutcome || !strings.Contains(p.Message, "(4 rows)") {
			t.Errorf("found %v, want an unknown outcome of 4 rows", p)
		}
	}
}

// TestRowsAlike reads two rows with the same texts in other columns. Before the
// second it is known that one column holds no outcomes and need not be looked at.
func TestRowsAlike(t *testing.T) {
	result, err := Read([]Input{
		bytesInput(Report, "a.csv", []byte("guid,version\n101,7.0\n")),
		bytesInput(Connections, "b.csv", []byte("device,port,time,bytes received,action,first,second\n101,4287,2020-01-10,,some,allow,note\n101,4287,2020-01-11,55,allow,note,\n")),
	}, storyOptions())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := result.Files[1].Ledger, (Ledger{Rows: 2, Devices: 1, Rejected: 1}); got != want {
		t.Errorf("found %+v, want %+v", got, want)
	}
}

// TestMergedCells reads merged cells, whose value holds in all their rows, and
// skips the titles of groups. It does so in every kind of input that may be a
// workbook.
func TestMergedCells(t *testing.T) {
	workbook := func(rows [][]string, merged ...string) []byte {
		return sheet{rows[0], rows[1:]}.xlsx(t, 0, nil, func(f *excelize.File) {
			for _, m := range merged {
				from, to, _ := strings.Cut(m, ":")
				must(t, f.MergeCell("Sheet1", from, to))
			}
			must(t, f.AutoFilter("Sheet1", "A1:C1", nil), f.SetRowVisible("Sheet1", 3, false))
		})
	}
	result, err := Read([]Input{
		bytesInput(Report, "a.xlsx", workbook([][]string{
			{"deviceUid", "deviceName", "version", "destinationName"},
			{"Group: Sales"},
			{"101", "a", "5.3", "Backup Server 1"},
			{"", "", "", "PROe Cloud, US"},
			{"102", "b", "7.0", "PROe Cloud, US"},
			{},
			{"Group: Research"},
			{"103", "c", "7.0", "PROe Cloud, US"},
		}, "A2:D2", "A3:A4", "B3:B4", "C3:C4", "A5:A6", "A7:D7")),
		bytesInput(Roster, "b.xlsx", workbook([][]string{
			{"department", "username"}, {"Sales", "ann"}, {"", "bob"}, {"", "cid"}, {"Research", "dan"},
		}, "A2:A4")),
	}, storyOptions())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := result.Files[0].Ledger, (Ledger{Rows: 7, Devices: 3, Merged: 1, Other: 3}); got != want {
		t.Errorf("found the ledger %+v, want %+v", got, want)
	}
	if got := result.Devices[0].Destinations; len(got) != 2 {
		t.Errorf("found the destinations %v, want two", got)
	}
	for i, want := range []string{"Sales", "Sales", "Sales", "Research"} {
		if got := result.People[i].Department; got != want {
			t.Errorf("found the department %q of %s, want %q", got, result.People[i].Username, want)
		}
	}
	want := "1 row is hidden in its sheet Sheet1, by a filter for instance: hidden rows count like all others."
	if notes := result.Files[0].Notes; len(notes) != 1 || notes[0] != want {
		t.Errorf("found the notes %q, want %q", notes, want)
	}
	if len(result.Problems) > 0 {
		t.Errorf("found problems %v, want none", result.Problems)
	}
}

// TestEncodings reads files in the encoding that the options name. A note says so,
// or what was assumed.
func TestEncodings(t *testing.T) {
	opts := storyOptions()
	opts.Encoding = func(path string) charset.Encoding {
		said, _ := charset.Find(map[string]string{"b.csv": "shift_jis"}[path])
		return said
	}
	result, err := Read([]Input{
		bytesInput(Report, "a.csv", []byte("guid,name,version\n101,B\xfcro,7.0\n")),
		bytesInput(Report, "b.csv", []byte("guid,name,version\n102,\x89c\x8b\xc6,7.0\n")),
		bytesInput(Report, "c.csv", []byte("guid,name,version\n103,Büro,7.0\n")),
	}, opts)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		name  string
		notes []string
	}{
		{"Büro", []string{"It is not UTF-8 and does not say what it is: it is read as Windows-1252."}},
		{"営業", []string{"It is read as Shift_JIS, as the configuration says."}},
		{"Büro", nil},
	} {
		if name, notes := result.Devices[i].Name, result.Files[i].Notes; name != want.name || !slices.Equal(notes, want.notes) {
			t.Errorf("found %q with the notes %q, want %q with %q", name, notes, want.name, want.notes)
		}
	}
}

// TestShownVersions reads versions that became numbers and are shown with fixed
// decimals. Nobody knows whether 5.10 or 5.1 was meant.
func TestShownVersions(t *testing.T) {
	f := excelize.NewFile()
	two, err := f.NewStyle(&excelize.Style{NumFmt: 2})
	must(t, err)
	code := "#,##0.000"
	three, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	must(t, err)
	must(t, f.SetSheetRow("Sheet1", "A1", &[]any{"guid", "version", "size"}))
	for i, test := range []struct {
		version any
		style   int
	}{{5.1, two}, {5.1, 0}, {5.4, three}, {7, two}, {5.25, two}, {"5.10", two}, {5.2, two}} {
		cell := fmt.Sprint("B", i+2)
		must(t, f.SetSheetRow("Sheet1", fmt.Sprint("A", i+2), &[]any{fmt.Sprint(101 + i), test.version, 1.5}),
			f.SetCellStyle("Sheet1", cell, cell, test.style), f.SetCellStyle("Sheet1", fmt.Sprint("C", i+2), fmt.Sprint("C", i+2), two))
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	result := readReport(t, "a.xlsx", b.Bytes())
	want := []string{
		"a.xlsx:Sheet1!B2: found the number 5.1, shown as 5.10, want a version as text: 5.10 or 5.1? 5.1 counts",
		"a.xlsx:Sheet1!B4: found the number 5.4, shown as 5.400, want a version as text: 5.400 or 5.4? 5.4 counts",
		"a.xlsx:Sheet1!B8: found the number 5.2, shown as 5.20, want a version as text: 5.20 or 5.2? 5.2 counts",
	}
	if diff := cmp.Diff(want, fixture.Lines(result.Problems)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if v := result.Devices[0].Version; v.String() != "5.1.0" {
		t.Errorf("found version %s, want 5.1.0", v)
	}
}

// TestLongCellBeyondTheHeader reads a long cell to which a header could be glued.
// Only the end of the cell is searched.
func TestLongCellBeyondTheHeader(t *testing.T) {
	begin := time.Now()
	result := readReport(t, "a.csv", []byte("guid,version\n101,7.0\n102,"+strings.Repeat("x", 1<<20)+",7.0\n"))
	if f := result.Files[0]; f.Devices != 1 || f.Rejected != 1 || time.Since(begin) > 10*time.Second {
		t.Errorf("found %+v after %s, want a device and a rejected row at once", f.Ledger, time.Since(begin))
	}
}

// TestShownOfHeldRows reads rows that wait for the end of their file. Many other
// rows use their memory meanwhile.
func TestShownOfHeldRows(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("guid,version,tag,last connected\n")
	for i := range 10_000 {
		if i == 5_000 {
			b.WriteString("839648314463407000,7.0,rounded,\n501,7.0,undecided,03/04/2019\n")
		}
		fmt.Fprintf(&b, "%d,7.0,other,\n", 1000+i)
	}
	opts := storyOptions()
	opts.Show = []string{"tag"}
	result, err := Read([]Input{bytesInput(Report, "a.csv", b.Bytes())}, opts)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, d := range result.Devices {
		if d.Further().Shown[0] != "other" {
			got[d.GUID] = d.Further().Shown[0]
		}
	}
	if diff := cmp.Diff(map[string]string{"839648314463407000": "rounded", "501": "undecided"}, got); diff != "" {
		t.Errorf("found other texts (-want +got):\n%s", diff)
	}
}
