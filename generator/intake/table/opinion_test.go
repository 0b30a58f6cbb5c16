package table

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/sample"
)

// secondOpinion gives the rows of every sheet as excelize reads them.
func secondOpinion(t testing.TB, file []byte) map[string][][]string {
	t.Helper()
	options := excelize.Options{RawCellValue: true}
	f, err := excelize.OpenReader(bytes.NewReader(file), options)
	if err != nil {
		t.Fatalf("excelize: %v", err)
	}
	defer f.Close()
	sheets := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		if sheets[name], err = f.GetRows(name, options); err != nil {
			t.Fatalf("excelize: %v", err)
		}
	}
	return sheets
}

// cellAt gives a cell, or "" beyond the last one: the two readers need not agree
// where a row ends.
func cellAt(rows [][]string, row, column int) string {
	if row < len(rows) && column < len(rows[row]) {
		return rows[row][column]
	}
	return ""
}

// compare calls differ for every cell that the two readers read differently.
func compare(ours, theirs [][]string, differ func(row, column int, our, their string)) {
	for i := range max(len(ours), len(theirs)) {
		width := 0
		for _, rows := range [][][]string{ours, theirs} {
			if i < len(rows) {
				width = max(width, len(rows[i]))
			}
		}
		for j := range width {
			if our, their := cellAt(ours, i, j), cellAt(theirs, i, j); our != their {
				differ(i, j, our, their)
			}
		}
	}
}

// cellForm is one way in which programs write a cell.
type cellForm struct {
	name string
	// xml is the cell's type, style and content. Its N is the index of the shared
	// string shared.
	xml, shared string
	// differs says why excelize reads the cell differently; "" if both agree.
	differs string
}

var cellForms = []cellForm{
	{name: "shared string", xml: ` t="s"><v>N</v>`, shared: "<t>Müller &amp; Söhne</t>"},
	{name: "shared string with blanks", xml: ` t="s"><v> N </v>`, shared: `<t xml:space="preserve">  a  </t>`},
	{name: "empty shared string", xml: ` t="s"><v>N</v>`, shared: ""},
	{name: "rich text", xml: ` t="s"><v>N</v>`, shared: `<r><rPr><b/></rPr><t>ri</t></r><r><t xml:space="preserve">ch </t></r>`},
	{name: "phonetics", xml: ` t="s"><v>N</v>`, shared: `<t>課長</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/>`},
	{name: "escape", xml: ` t="s"><v>N</v>`, shared: "<t>line_x000D_\nend_x0041_ _x00e9_</t>"},
	{name: "escaped escape", xml: ` t="s"><v>N</v>`, shared: "<t>_x005F_x000D_ _x00 _xyz_ x_</t>"},
	{name: "escape of half a character", xml: ` t="s"><v>N</v>`, shared: "<t>_xD83D_</t>", differs: "excelize drops it, we leave it as it is written"},
	{name: "entities", xml: ` t="str"><v>&lt;&#x41;&gt; &quot;&apos;&#233;&#x1F600;</v>`},
	{name: "CDATA", xml: ` t="inlineStr"><is><t>a<![CDATA[<b> & &amp;]]>c</t></is>`},
	{name: "line ends", xml: " t=\"str\"><v>a\r\nb\rc&#13;&#10;d</v>"},
	{name: "string of its own", xml: ` t="inlineStr"><is><t>漢字 😀</t></is>`},
	{name: "rich string of its own", xml: ` t="inlineStr"><is><r><t>ri</t></r><r><rPr/><t>ch</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is>`},
	{name: "escape in a string of its own", xml: ` t="inlineStr"><is><t>_x0041_</t></is>`},
	{name: "escape in a formula's text", xml: ` t="str"><f>A1</f><v>_x0041_</v>`},
	{name: "string of its own as a value", xml: ` t="inlineStr"><v>a</v>`},
	{name: "string of its own without a type", xml: `><is><t>a</t></is>`, differs: "excelize wants the type, we the text"},
	{name: "true", xml: ` t="b"><v>1</v>`, differs: "raw values of excelize give the number, we the word that the sheet shows"},
	{name: "false", xml: ` t="b"><v>0</v>`, differs: "raw values of excelize give the number, we the word that the sheet shows"},
	{name: "error", xml: ` t="e"><v>#N/A</v>`},
	{name: "formula with a number", xml: `><f>1+1</f><v>2</v>`},
	{name: "formula with a text", xml: ` t="str"><f>"x"&amp;"y"</f><v>xy</v>`},
	{name: "formula with an empty text", xml: ` t="str"><f>""</f><v></v>`},
	{name: "formula without a value", xml: `><f>A1</f>`},
	{name: "shared formula", xml: `><f t="shared" si="0"/><v>7</v>`},
	{name: "long number", xml: `><v>839648314463407622</v>`},
	{name: "rounded number", xml: ` t="n"><v>8.39648314463408E+17</v>`},
	{name: "number with zeros", xml: `><v>6.80</v>`},
	{name: "serial shown as a date", xml: ` s="1"><v>43801.398935185185</v>`},
	{name: "serial shown as a time", xml: ` s="2"><v>0.5</v>`},
	{name: "number shown as text", xml: ` s="3"><v>5.4</v>`},
	{name: "number shown with decimals", xml: ` s="4"><v>5.1</v>`},
	{name: "date in words", xml: ` t="d"><v>2019-12-02T09:34:28Z</v>`},
	{name: "comment inside", xml: `><v>1<!-- 2 -->3</v>`},
	{name: "extension", xml: `><v>1</v><extLst><ext><v>9</v></ext></extLst>`, differs: "excelize takes the extension's value for the cell's"},
	{name: "style alone", xml: ` s="1">`},
	{name: "empty value", xml: ` s="1"><v></v>`},
}

const stylesXML = `<styleSheet xmlns="` + spreadsheetNamespace + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>` +
	`<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="21"/><xf numFmtId="49"/><xf numFmtId="2"/></cellXfs></styleSheet>`

// writing writes workbooks of random cells and remembers the form of each.
type writing struct {
	random  *rand.Rand
	strings strings.Builder // the XML of the shared strings
	shared  int             // how many there are
	forms   map[string]map[[2]int]*cellForm
}

// sheet gives the XML of a sheet. A sheet without references has no gaps.
func (w *writing) sheet(name string, references bool) string {
	forms := map[[2]int]*cellForm{}
	w.forms[name] = forms
	var b strings.Builder
	b.WriteString(`<dimension ref="A1:A1"/><cols><col min="2" max="3" hidden="1"/></cols><sheetData>`)
	gap := func() int {
		if !references || w.random.IntN(3) > 0 {
			return 1
		}
		return 1 + w.random.IntN(4)
	}
	row := 0
	for range 20 {
		row += gap()
		reference := ""
		if references {
			reference = fmt.Sprintf(` r="%d"`, row)
		}
		fmt.Fprintf(&b, `<row%s spans="1:2"%s>`, reference, []string{"", ` hidden="1"`, ` ht="15"`}[w.random.IntN(3)])
		column := 0
		for range w.random.IntN(12) {
			column += gap()
			if references {
				reference = fmt.Sprintf(` r="%s%d"`, problem.ColumnLetters(column), row)
			}
			form := &cellForms[w.random.IntN(len(cellForms))]
			forms[[2]int{row - 1, column - 1}] = form
			xml := form.xml
			if strings.HasPrefix(xml, ` t="s"`) {
				xml = strings.ReplaceAll(xml, "N", fmt.Sprint(w.shared))
				fmt.Fprintf(&w.strings, "<si>%s</si>", form.shared)
				w.shared++
			}
			fmt.Fprintf(&b, "<c%s%s</c>", reference, xml)
		}
		b.WriteString("</row>")
	}
	b.WriteString(`</sheetData><autoFilter ref="A1:C5"/>`)
	return b.String()
}

// book gives a workbook in one of the ways in which programs write them. It also gives
// the same without UTF-16 for excelize, which takes a sheet in UTF-16 for empty.
func (w *writing) book(t *testing.T) (file, plain []byte) {
	choose := func(from ...string) string { return from[w.random.IntN(len(from))] }
	b := book{
		sheets:    []string{w.sheet("Sheet1", w.random.IntN(3) > 0), w.sheet("Sheet2", true)},
		states:    []string{"visible", "hidden"},
		root:      choose("", `date1904="1"`),
		namespace: choose("", "strict"),
		replace:   map[string]string{"xl/styles.xml": stylesXML},
	}
	b.strings = w.strings.String()
	const second = "xl/worksheets/sheet2.xml"
	kind := choose("plain", "prefix", "UTF-16 LE mark", "UTF-16 BE mark")
	if kind == "prefix" {
		b.replace[second] = `<x:worksheet xmlns:x="` + spreadsheetNamespace + `">` +
			regexp.MustCompile(`<(/?)([a-zA-Z])`).ReplaceAllString(b.sheets[1], "<${1}x:$2") + "</x:worksheet>"
	}
	plain = b.bytes(t)
	if strings.HasPrefix(kind, "UTF-16") {
		b.replace[second] = string(fixture.Encode(t, kind, `<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="`+spreadsheetNamespace+`">`+b.sheets[1]+"</worksheet>"))
	}
	return b.bytes(t), plain
}

// Excelize gives a second opinion on what a cell says. It gives none on whether a
// file may be read at all: it takes what it cannot read for the end of a sheet.
func TestSecondOpinion(t *testing.T) {
	compared, differed := map[string]int{}, map[string]int{}
	for seed := range uint64(150) {
		w := &writing{random: rand.New(rand.NewPCG(seed, 0)), forms: map[string]map[[2]int]*cellForm{}}
		file, plain := w.book(t)
		got, theirs := readAll(t, "devices.xlsx", file, Limits{}), secondOpinion(t, plain)
		if got.refusal != nil {
			t.Fatal(got.refusal)
		}
		for _, sheet := range got.sheets {
			forms := w.forms[sheet.name]
			for _, form := range forms {
				compared[form.name]++
			}
			compare(sheet.rows, theirs[sheet.name], func(row, column int, our, their string) {
				form := forms[[2]int{row, column}]
				if form == nil || form.differs == "" {
					t.Errorf("book %d, %s, row %d, column %d (%v): found %q, excelize %q", seed, sheet.name, row+1, column+1, form, our, their)
					return
				}
				differed[form.name]++
			})
		}
		if t.Failed() {
			return
		}
	}
	for _, form := range cellForms {
		if compared[form.name] < 50 || (form.differs != "") != (differed[form.name] > 0) {
			t.Errorf("%s: compared %d times, found %d differences, want %q", form.name, compared[form.name], differed[form.name], form.differs)
		}
	}
}

// Workbooks that excelize has written are read alike.
func TestSecondOpinionOnItsOwn(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	dates, err := f.NewStyle(&excelize.Style{NumFmt: 22})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		f.SetSheetRow("Sheet1", "A1", &[]any{"deviceUid", "deviceName", " lastActivity ", "status", "a_x000D_b", "x\r\ny"}),
		f.SetSheetRow("Sheet1", "A2", &[]any{"839648314463407622", "Müller <&> \"PC\"", time.Date(2019, 12, 2, 9, 34, 28, 0, time.UTC), "Active", 5.4, nil}),
		f.SetCellStyle("Sheet1", "C2", "C2", dates),
		f.SetCellFormula("Sheet1", "D3", "A1&B1"),
		f.SetCellRichText("Sheet1", "A4", []excelize.RichTextRun{{Text: "ri"}, {Text: "ch ", Font: &excelize.Font{Bold: true}}}),
		f.SetRowVisible("Sheet1", 2, false),
		f.AutoFilter("Sheet1", "A1:F4", nil),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	agree(t, "a.xlsx", b.Bytes())
	agree(t, "streamed.xlsx", export(t, 400, sample.XLSX))
}

// agree compares all sheets of a workbook with the second opinion.
func agree(t *testing.T, name string, file []byte) {
	t.Helper()
	got, theirs := readAll(t, name, file, Limits{}), secondOpinion(t, file)
	if got.refusal != nil || len(got.sheets) != len(theirs) {
		t.Fatalf("%s: found %d sheets, want %d (%v)", name, len(got.sheets), len(theirs), got.refusal)
	}
	for _, sheet := range got.sheets {
		if len(sheet.rows) == 0 {
			t.Errorf("%s: sheet %s has no rows", name, sheet.name)
		}
		compare(sheet.rows, theirs[sheet.name], func(row, column int, our, their string) {
			t.Errorf("%s, %s, row %d, column %d: found %q, excelize %q", name, sheet.name, row+1, column+1, our, their)
		})
	}
}

// Every workbook of the repository is read alike.
func TestSecondOpinionOnFixtures(t *testing.T) {
	count := 0
	err := filepath.WalkDir("../../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xlsx" {
			return err
		}
		count++
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		agree(t, path, file)
		return nil
	})
	if err != nil || count < 2 {
		t.Errorf("found %d workbooks, error %v, want the sample's at least", count, err)
	}
}
