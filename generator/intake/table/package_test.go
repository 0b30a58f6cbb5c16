package table

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"example.org/cutoff/generator/problem"
)

// part is a part of a workbook that a test writes by hand.
type part struct {
	name, text string
	change     func(*zip.FileHeader) // makes the header false; nil for the truth
	store      bool
}

// book is a workbook that a test writes by hand, so that it can have any fault.
type book struct {
	sheets    []string // XML inside worksheet
	names     []string // names of the sheets; Sheet1 and so on when there are none
	states    []string // states of the sheets; visible when there are none
	strings   string   // XML inside sst; no part when empty
	root      string   // attributes of the workbook's properties
	namespace string   // strict when not empty
	extra     []part
	replace   map[string]string // text of parts by name
	omit      []string          // names of parts
	target    func(i int) string
}

const (
	spreadsheetNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationships        = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`

	strictNamespace = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	strictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships"
)

// parts gives the workbook's parts.
func (b book) parts() []part {
	namespace, relations := spreadsheetNamespace, relationships
	if b.namespace != "" {
		namespace, relations = strictNamespace, strictRelations
	}
	const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	const packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
	var list, links strings.Builder
	target := b.target
	if target == nil {
		target = func(i int) string { return fmt.Sprintf("worksheets/sheet%d.xml", i+1) }
	}
	var sheets []part
	for i, sheet := range b.sheets {
		name, state := fmt.Sprintf("Sheet%d", i+1), ""
		if i < len(b.names) {
			name = b.names[i]
		}
		if i < len(b.states) {
			state = ` state="` + b.states[i] + `"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, name, i+1, state, i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/worksheet" Target="%s"/>`, i+1, relations, target(i))
		where := relation{Target: target(i)}.part("xl/workbook.xml")
		sheets = append(sheets, part{name: where, text: declaration + `<worksheet xmlns="` + namespace + `" xmlns:r="` + relations + `">` + sheet + `</worksheet>`})
	}
	if b.strings != "" {
		fmt.Fprintf(&links, `<Relationship Id="rIdS" Type="%s/sharedStrings" Target="sharedStrings.xml"/>`, relations)
		sheets = append(sheets, part{name: "xl/sharedStrings.xml", text: declaration + `<sst xmlns="` + namespace + `">` + b.strings + `</sst>`})
	}
	fmt.Fprintf(&links, `<Relationship Id="rIdT" Type="%s/styles" Target="styles.xml"/>`, relations)
	parts := append([]part{
		{name: "[Content_Types].xml", text: declaration + contentTypes},
		{name: "_rels/.rels", text: declaration + `<Relationships xmlns="` + packageRelations + `"><Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{name: "xl/workbook.xml", text: declaration + `<workbook xmlns="` + namespace + `" xmlns:r="` + relations + `"><workbookPr ` + b.root + `/><sheets>` + list.String() + `</sheets></workbook>`},
		{name: "xl/_rels/workbook.xml.rels", text: declaration + `<Relationships xmlns="` + packageRelations + `">` + links.String() + `</Relationships>`},
		{name: "xl/styles.xml", text: declaration + `<styleSheet xmlns="` + namespace + `"/>`},
	}, sheets...)
	parts = slices.DeleteFunc(parts, func(p part) bool { return slices.Contains(b.omit, p.name) })
	for i, p := range parts {
		if text, ok := b.replace[p.name]; ok {
			parts[i].text = text
		}
	}
	return append(parts, b.extra...)
}

// bytes gives the file.
func (b book) bytes(t testing.TB) []byte { return zipped(t, b.parts()) }

// zipped packs parts, with whatever is false in their headers.
func zipped(t testing.TB, parts []part) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	if slices.ContainsFunc(parts, func(p part) bool { return len(p.text) > 1<<20 }) {
		w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	}
	for _, p := range parts {
		header := &zip.FileHeader{Name: p.name, Method: zip.Deflate}
		if p.store {
			header.Method = zip.Store
		}
		var err error
		if p.change == nil {
			var part io.Writer
			if part, err = w.CreateHeader(header); err == nil {
				_, err = io.WriteString(part, p.text)
			}
		} else {
			packed := []byte(p.text)
			header.Method = zip.Store
			header.CRC32 = crc32.ChecksumIEEE(packed)
			header.CompressedSize64, header.UncompressedSize64 = uint64(len(packed)), uint64(len(packed))
			p.change(header)
			var part io.Writer
			if part, err = w.CreateRaw(header); err == nil {
				_, err = part.Write(packed)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rowsXML writes rows of text as a sheet's rows with strings of their own.
func rowsXML(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<sheetData>")
	for i, row := range rows {
		b.WriteString(rowXML(i+1, row...))
	}
	b.WriteString("</sheetData>")
	return b.String()
}

// rowXML writes one row.
func rowXML(number int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, number)
	for j, cell := range cells {
		fmt.Fprintf(&b, `<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>`, problem.ColumnLetters(j+1), number, cell)
	}
	b.WriteString("</row>")
	return b.String()
}
