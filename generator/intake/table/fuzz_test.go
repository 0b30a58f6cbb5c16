package table

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// The limits are small so that the fuzzer reaches them. readAll checks that rows
// are numbered one by one, that refusals and problems have a position, and that
// their messages are printable.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "sep=;\r\na;b\r\n1;2", "\ufeff\"a\"\t\"b\"\r1\t2\r", "\xff\xfea\x00;\x00b\x00\n\x001\x00;\x002\x00",
		"\xfe\xff\x00a\x00|\x00b\xd8\x3d\xde\x00", "n,v\nJos\xe9,\x81\n", "a,\"b\n\"\"c\"\"\",d\"e\n\x00,1", "#separator \\x09\n#fields\tts\n",
		"title\n\na;b;c\n1;2\n", "\"a\"x\n\"b\nc\"y\n", "{\"a\":1}", "<html>", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PK\x05\x06",
		strings.Repeat("a,b\n", 100) + "\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		got := readAll(t, "-", content, Limits{CellBytes: 64, Columns: 20, Rows: 200})
		if got.refusal != nil {
			return
		}
		size := 0
		for _, row := range got.sheets[0].rows {
			for _, cell := range row {
				size += len(cell)
				if len(cell) > 64 {
					t.Fatalf("found a cell of %d bytes", len(cell))
				}
			}
		}
		if size > 3*len(content) {
			t.Fatalf("found %d bytes of cells in %d bytes", size, len(content))
		}
	})
}

func FuzzWorkbook(f *testing.F) {
	whole := book{sheets: []string{plainSheet, rowsXML([]string{"a", "b"})}, strings: "<si><t>a</t></si>", states: []string{"hidden"}}
	f.Add(whole.bytes(f))
	whole.namespace = "strict"
	f.Add(whole.bytes(f))
	f.Add(lying(f, func(h *zip.FileHeader) { h.CRC32++ }))
	f.Add(overlapping(f, 2))
	f.Add(compound("EncryptedPackage"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, content []byte) {
		readAll(t, "devices.xlsx", content, Limits{CellBytes: 1000, Columns: 50, Rows: 1000, UnzippedBytes: 1 << 20})
	})
}

// An accepted part must be XML for the library too, which otherwise would read only
// some of it.
func FuzzSheet(f *testing.F) {
	f.Add(plainSheet, "<si><t>a</t></si>")
	f.Add(`<sheetData><row><c t="s"><v>0</v></c><c r="C1" t="b"><v>1</v></c></row></sheetData>`, "<si><r><t>a</t></r><rPh><t>b</t></rPh></si>")
	f.Add(`<cols/><sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>&#x41;_x0041_</t></is></c></row></sheetData>`, "<si/>")
	f.Add(`<!-- x --><sheetData a='">'><?y?><row r="1" ><c><v><![CDATA[<]]>&lt;</v><f>A1</f></c></row ></sheetData>`, "")
	f.Add("<x:sheetData><x:row><x:c><x:v>é漢😀</x:v></x:c></x:row></x:sheetData>", "<si><t>\r\n</t></si>")
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		b := book{sheets: []string{sheet}, strings: shared}
		// Most of what the fuzzer makes is refused. The scanner does that quickly.
		limits := Limits{CellBytes: 1000, Columns: 50, Rows: 1000}.WithDefaults()
		table, err := readStrings(strings.NewReader("<sst>"+shared+"</sst>"), limits)
		if err != nil {
			return
		}
		if _, err := scanSheet(strings.NewReader("<worksheet>"+sheet+"</worksheet>"), table, limits, 1<<20); err != nil {
			return
		}
		got := readAll(t, "devices.xlsx", b.bytes(t), Limits{CellBytes: 1000, Columns: 50, Rows: 1000, UnzippedBytes: 1 << 20})
		if got.refusal != nil {
			return
		}
		for _, p := range b.parts() {
			d := xml.NewDecoder(strings.NewReader(p.text))
			d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
			for {
				_, err := d.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: accepted XML that is none: %v", p.name, err)
				}
			}
		}
	})
}
