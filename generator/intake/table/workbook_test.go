package table

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/intake/table/charset"
)

const plainSheet = `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>` +
	`<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row></sheetData>`

func TestWorkbook(t *testing.T) {
	type rows = [][]string
	plain := rows{{"a", "b"}, {"1", "2"}}
	for _, test := range []struct {
		name     string
		file     string
		book     book
		want     rows // of the first sheet
		problems []string
		differs  string // why excelize reads other rows
		titles   string // numbers of the rows that are
		hidden   int    // number of rows that are
	}{
		{name: "plain", book: book{sheets: []string{plainSheet}}, want: plain},
		{name: "macros", file: "devices.xlsm", book: book{sheets: []string{plainSheet}}, want: plain},
		{name: "standard input", file: "-", book: book{sheets: []string{plainSheet}}, want: plain},
		{name: "strict", book: book{sheets: []string{plainSheet}, namespace: "strict"}, want: plain},
		{name: "absolute part names", book: book{sheets: []string{plainSheet}, target: func(int) string { return "/xl/worksheets/sheet1.xml" }}, want: plain},
		{name: "part names with backslashes", book: book{sheets: []string{plainSheet}, target: func(int) string { return `worksheets\sheet1.xml` }}, want: plain},
		{name: "a part name of another kind", book: book{sheets: []string{plainSheet}, target: func(int) string { return "../data/Rows.XML" }}, want: plain},
		{name: "no reference at all", book: book{sheets: []string{
			`<sheetData><row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>`}}, want: plain},
		{name: "prefixed names", book: book{replace: map[string]string{"xl/worksheets/sheet1.xml": `<x:worksheet xmlns:x="` + spreadsheetNamespace + `"><x:sheetData>` +
			`<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c r="B1" t="str"><x:v>b</x:v></x:c></x:row>` +
			`<x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c><x:c r="B2"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`}, sheets: []string{""}}, want: plain},
		{name: "shared strings and rich text", book: book{
			sheets: []string{`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v> 1 </v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row></sheetData>`},
			strings: `<si><t xml:space="preserve"> a &amp; b </t></si><si><r><rPr><b val="maybe"/></rPr><t>ri</t></r><r><t>ch</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t>line_x000D_
end</t></si><si/>`,
		}, want: rows{{" a & b ", "rich", "line\r\nend"}}, differs: "excelize gives up a table of strings with a font that is neither bold nor not"},
		{name: "strings of their own", book: book{sheets: []string{
			`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c><c r="B1" t="inlineStr"><is><t><![CDATA[<a> & b]]></t></is></c><c r="C1" t="str"><v>&lt;&#x41;&gt;</v></c></row></sheetData>`}},
			want: rows{{"rich", "<a> & b", "<A>"}}},
		{name: "formulas", book: book{sheets: []string{
			`<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"x"&amp;"y"</f><v>xy</v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="b"><f>TRUE()</f><v>1</v></c></row></sheetData>`}},
			want: rows{{"2", "xy", "", "TRUE"}}, differs: "raw values of excelize give a boolean's number"},
		{name: "formulas without a value", book: book{sheets: []string{
			`<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A1</f></c><c r="C2"><f>A1</f><v/></c></row></sheetData>`}},
			want: rows{{"1"}, {"1"}},
			problems: []string{"devices.xlsx:Sheet1!B2: found formulas without a stored value (2 in this sheet, here first), want values: " +
				"open the workbook in a spreadsheet program, save it, and use it again"}},
		{name: "booleans, errors and dates in words", book: book{sheets: []string{
			`<sheetData><row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="d"><v>2019-12-02T09:34:28Z</v></c></row></sheetData>`}},
			want: rows{{"TRUE", "FALSE", "#N/A", "2019-12-02T09:34:28Z"}}, differs: "raw values of excelize give a boolean's number"},
		{name: "numbers keep their digits", book: book{sheets: []string{
			`<sheetData><row r="1"><c r="A1"><v>839648314463407622</v></c><c r="B1"><v>8.39648314463408E+17</v></c><c r="C1" t="n"><v>43801.398935185185</v></c><c r="D1"><v>6.80</v></c><c r="E1"><v>1512021600671</v></c></row></sheetData>`}},
			want: rows{{"839648314463407622", "8.39648314463408E+17", "43801.398935185185", "6.80", "1512021600671"}}},
		{name: "gaps", book: book{sheets: []string{
			`<sheetData><row r="3"><c r="B3"><v>1</v></c><c r="E3"><v>2</v></c></row><row r="6"><c r="AA6"><v>3</v></c></row></sheetData>`}},
			want: rows{{}, {}, {"", "1", "", "", "2"}, {}, {}, append(make([]string, 26), "3")}},
		{name: "padding rows and cells", book: book{sheets: []string{
			`<sheetData><row r="1" spans="1:3"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"/><c r="C1" s="1"><v></v></c></row>` +
				`<row r="2"><c r="A2" s="1"/></row><row r="3"><c r="A3"><v>2</v></c></row><row r="4" ht="15"><c r="A4" s="1"/><c r="XFD4" s="2"/></row><row r="1048576"/></sheetData>`}},
			want: rows{{"1"}, {}, {"2"}}},
		{name: "merged title, filter, hidden rows and columns", book: book{sheets: []string{
			`<sheetPr filterMode="1"/><cols><col min="1" max="1" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c><c r="B1"/></row>` +
				`<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row></sheetData><autoFilter ref="A1:B2"/><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>`}},
			want: rows{{"Title"}, {"1", "2"}}, titles: "1", hidden: 1},
		{name: "merged down", book: book{sheets: []string{
			`<sheetData>` + rowXML(1, "guid", "destination", "department") + rowXML(2, "1", "cloud", "Sales") + rowXML(3, "", "own") + rowXML(4, "", "", "") + rowXML(5, "2", "cloud", "hidden") + rowXML(6, "3") +
				`</sheetData><mergeCells><mergeCell ref="C2:C5"/><mergeCell ref="A2:A4"/><mergeCell ref="B9:B9"/><mergeCell ref="A7"/></mergeCells>`}},
			want:    rows{{"guid", "destination", "department"}, {"1", "cloud", "Sales"}, {"1", "own", "Sales"}, {}, {"2", "cloud", "Sales"}, {"3"}},
			differs: "excelize gives a merged range its value in the first cell only"},
		{name: "a header on two rows", book: book{sheets: []string{
			`<sheetData>` + rowXML(1, "guid", "connection") + rowXML(2, "", "port", "time") + rowXML(3, "1", "4287", "x") + `</sheetData><mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/></mergeCells>`}},
			want: rows{{"guid", "connection"}, {"guid", "port", "time"}, {"1", "4287", "x"}}, differs: "excelize gives a merged range its value in the first cell only"},
		{name: "titles of groups", book: book{sheets: []string{
			`<sheetData>` + rowXML(1, "guid", "name") + rowXML(2, "Sales") + rowXML(3, "1", "a") + rowXML(4, "", "b") + rowXML(5, "", "Research") + rowXML(6, "2", "c") + rowXML(7, "both") + rowXML(8, "3", "d") +
				`</sheetData><mergeCells><mergeCell ref="A2:B2"/><mergeCell ref="A3:A4"/><mergeCell ref="B5:D5"/><mergeCell ref="A6:B6"/><mergeCell ref="A7:C8"/></mergeCells>`}},
			want: rows{{"guid", "name"}, {"Sales"}, {"1", "a"}, {"1", "b"}, {"", "Research"}, {"2", "c"}, {"both"}, {"both", "d"}}, titles: "2 5 7",
			differs: "excelize gives a merged range its value in the first cell only"},
		{name: "empty cells left out, without references", book: book{sheets: []string{
			`<sheetData><row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c><v>1</v></c><c/></row><row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c><c><v>5</v></c></row></sheetData>`}},
			want: rows{{"a", "b"}, {"1"}, {"1", "2", "3"}, {"4", "5"}},
			problems: []string{"devices.xlsx:Sheet1!4: found rows of fewer cells than above, without references (1 in this sheet, here first), want references: " +
				"where an empty cell was left out, those after it are shifted; save the workbook again with the program that shows it rightly, or export CSV"}},
		{name: "an empty sheet", book: book{sheets: []string{`<sheetData/>`}}, want: nil},
		{name: "shared strings that nothing leads to", book: book{
			sheets: []string{`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>`},
			extra:  []part{{name: "xl/SharedStrings.xml", text: `<sst xmlns="` + spreadsheetNamespace + `"><si><t>a</t></si></sst>`}},
		}, want: rows{{"a"}}},
		{name: "comments, processing instructions and other extensions", book: book{replace: map[string]string{"xl/worksheets/sheet1.xml": "\ufeff<?xml version='1.0' encoding='utf-8'?><!-- > --><?x y?>" +
			`<worksheet xmlns="` + spreadsheetNamespace + `"><sheetData><!-- <row r="9"/> --><row r="1" title="a>b"><c r="A1"><v>1<!-- 2 -->3</v><extLst><ext><v>9</v></ext></extLst></c></row></sheetData></worksheet>` + "\n<!-- end -->\n"}, sheets: []string{""}},
			want: rows{{"13"}}, differs: "excelize takes the extension's value for the cell's"},
		{name: "parts in UTF-16", book: book{replace: map[string]string{"xl/worksheets/sheet1.xml": string(fixture.Encode(t, "UTF-16 LE mark",
			`<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="`+spreadsheetNamespace+`">`+rowsXML([]string{"é😀"})+`</worksheet>`))}, sheets: []string{""}},
			want: rows{{"é😀"}}, differs: "excelize reads a sheet in UTF-16 as an empty one"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := test.file
			if file == "" {
				file = "devices.xlsx"
			}
			got := readAll(t, file, test.book.bytes(t), Limits{})
			if got.refusal != nil {
				t.Fatal(got.refusal)
			}
			if diff := diffRows(test.want, got.sheets[0].rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, fixture.Lines(got.problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if titles := strings.Join(got.sheets[0].titles, " "); titles != test.titles || got.sheets[0].hiddenRows != test.hidden {
				t.Errorf("found titles %q and %d hidden rows, want %q and %d", titles, got.sheets[0].hiddenRows, test.titles, test.hidden)
			}
			differs := false
			compare(got.sheets[0].rows, secondOpinion(t, test.book.bytes(t))["Sheet1"], func(_, _ int, our, their string) {
				if differs = true; test.differs == "" {
					t.Errorf("found %q, excelize %q", our, their)
				}
			})
			if !differs && test.differs != "" {
				t.Errorf("found no difference to excelize, want %q", test.differs)
			}
		})
	}
}

func TestWorkbookSheets(t *testing.T) {
	b := book{
		sheets: []string{rowsXML([]string{"one"}), rowsXML([]string{"two"}), rowsXML([]string{"three"}), "<sheetData/>"},
		names:  []string{"Devices &amp; more", "it's [odd]", "devices &amp; more", strings.Repeat("long", 20)},
		states: []string{"visible", "hidden", "veryHidden", "visible"},
		root:   `date1904="1"`,
	}
	b.extra = []part{{name: "xl/chartsheets/sheet1.xml", text: "<chartsheet/>"}}
	got := readAll(t, "devices.xlsx", b.bytes(t), Limits{})
	if got.refusal != nil {
		t.Fatal(got.refusal)
	}
	want := []sheetReading{
		{name: "Devices & more", numbers: []int{1}, rows: [][]string{{"one"}}},
		{name: "it's [odd]", hidden: true, numbers: []int{1}, rows: [][]string{{"two"}}},
		{name: "devices & more", hidden: true, numbers: []int{1}, rows: [][]string{{"three"}}},
		{name: strings.Repeat("long", 20)},
	}
	if diff := cmp.Diff(want, got.sheets, cmp.AllowUnexported(sheetReading{})); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
}

func TestDate1904(t *testing.T) {
	for attributes, want := range map[string]bool{"": false, `date1904="1"`: true, `date1904="true"`: true, `date1904="0"`: false, `date1904="false"`: false} {
		f, err := Open("devices.xlsx", strings.NewReader(string(book{sheets: []string{plainSheet}, root: attributes}.bytes(t))), Limits{}, charset.Encoding{})
		if err != nil {
			t.Fatal(err)
		}
		if f.Date1904() != want || !f.Workbook() {
			t.Errorf("%q: found %t, want %t", attributes, f.Date1904(), want)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// More rows than a buffer holds.
func TestWorkbookOfManyRows(t *testing.T) {
	var rows [][]string
	for i := range 40_000 {
		row := []string{fmt.Sprint(i), "x_x0041_", strings.Repeat("y", i%50)}
		if i%7 == 0 {
			row = row[:1]
		}
		rows = append(rows, row)
	}
	got := readAll(t, "devices.xlsx", book{sheets: []string{rowsXML(rows...)}}.bytes(t), Limits{})
	if got.refusal != nil {
		t.Fatal(got.refusal)
	}
	for i, row := range rows {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		for j := range row {
			row[j] = strings.ReplaceAll(row[j], "_x0041_", "A")
		}
		rows[i] = row
	}
	if diff := diffRows(rows, got.sheets[0].rows); diff != "" {
		t.Error("rows differ")
	}
}

func TestWorkbookClosedInTheMiddle(t *testing.T) {
	var rows [][]string
	for i := range 60_000 {
		rows = append(rows, []string{fmt.Sprint(i), "x"})
	}
	f, err := Open("devices.xlsx", strings.NewReader(string(book{sheets: []string{rowsXML(rows...)}}.bytes(t))), Limits{}, charset.Encoding{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Sheets()[0].Read(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Sheets()[0].Read(); err == nil {
		t.Error("found a row after Close, want an error")
	}
}

// The tokens are the same, in whatever pieces the bytes come.
func TestXMLInPieces(t *testing.T) {
	text := `<?xml version="1.0"?><!-- c --><worksheet a="1"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>é&amp;<![CDATA[x]]></t></is></c></row></sheetData></worksheet><!-- end -->`
	for name, r := range map[string]io.Reader{
		"one byte":       iotest.OneByteReader(strings.NewReader(text)),
		"half":           iotest.HalfReader(strings.NewReader(text)),
		"data and error": iotest.DataErrReader(strings.NewReader(text)),
	} {
		s := newSheetScanner(r, &sharedStrings{}, Limits{}.WithDefaults())
		found, err := s.next()
		if err != nil || !found || string(s.text) != "é&x" {
			t.Errorf("%s: found %q, error %v", name, s.text, err)
		}
		if found, err := s.next(); err != nil || found {
			t.Errorf("%s: found another row, error %v", name, err)
		}
	}
}
