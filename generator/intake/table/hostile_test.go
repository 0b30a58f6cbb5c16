package table

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"example.org/cutoff/generator/problem"
)

// sheetXML wraps rows for book.replace.
func sheetXML(inside string) map[string]string {
	return map[string]string{"xl/worksheets/sheet1.xml": `<worksheet xmlns="` + spreadsheetNamespace + `">` + inside}
}

func TestHostileWorkbooks(t *testing.T) {
	one := func(cell string) book {
		return book{sheets: []string{`<sheetData><row r="1">` + cell + `</row></sheetData>`}}
	}
	for _, test := range []struct {
		name   string
		file   []byte
		limits Limits
		kind   problem.Kind
		want   string // part of the message
	}{
		{name: "two bytes", file: []byte("PK"), kind: problem.Damaged, want: "found bytes that are no workbook"},
		{name: "no directory", file: []byte("PK\x03\x04and then nothing"), kind: problem.Damaged, want: "the file was cut"},
		{name: "empty archive", file: zipped(t, nil), kind: problem.Unrecognised, want: "found a zip archive"},

		{name: "sheet without its end", file: book{sheets: []string{""}, replace: sheetXML(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row>`)}.bytes(t),
			kind: problem.Damaged, want: "the workbook was cut"},
		{name: "sheet without rows", file: book{sheets: []string{"<cols/>"}}.bytes(t), kind: problem.Damaged, want: "found no rows"},
		{name: "rows in two places", file: book{sheets: []string{"<sheetData/><sheetData/>"}}.bytes(t), kind: problem.Damaged, want: "rows in two places"},
		{name: "something behind the sheet", file: book{sheets: []string{""}, replace: sheetXML("<sheetData/></worksheet><worksheet/>")}.bytes(t),
			kind: problem.Damaged, want: "second root"},
		{name: "text behind the sheet", file: book{sheets: []string{""}, replace: sheetXML("<sheetData/></worksheet>PK")}.bytes(t),
			kind: problem.Damaged, want: "outside the root"},
		{name: "wrong end tag", file: book{sheets: []string{"<sheetData><row></sheetData></row>"}}.bytes(t), kind: problem.Damaged, want: "not open"},
		{name: "another root", file: book{sheets: []string{""}, replace: map[string]string{"xl/worksheets/sheet1.xml": "<html/>"}}.bytes(t),
			kind: problem.Damaged, want: "want a sheet"},
		{name: "empty sheet part", file: book{sheets: []string{""}, replace: map[string]string{"xl/worksheets/sheet1.xml": ""}}.bytes(t),
			kind: problem.Damaged, want: "the workbook was cut"},
		{name: "control character", file: one("<c><v>\x01</v></c>").bytes(t), kind: problem.Damaged, want: "control character"},
		{name: "no UTF-8", file: one("<c><v>\xff</v></c>").bytes(t), kind: problem.Damaged, want: "not UTF-8"},
		{name: "another encoding", file: book{sheets: []string{""}, replace: map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="koi8-r"?><worksheet/>`}}.bytes(t),
			kind: problem.Damaged, want: "another encoding"},
		{name: "attribute without quotes", file: one("<c r=A1><v>1</v></c>").bytes(t), kind: problem.Damaged, want: "broken tag"},
		{name: "tag that never ends", file: one(`<c r="` + strings.Repeat("A", 5<<20)).bytes(t), kind: problem.TooLarge, want: "piece of XML longer than 4 MiB"},
		{name: "very deep", file: one(strings.Repeat("<x>", 200)).bytes(t), kind: problem.Damaged, want: "nested deeper"},
		{name: "document type", file: book{sheets: []string{""}, replace: map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE w [<!ENTITY a "x">]><worksheet/>`}}.bytes(t),
			kind: problem.Damaged, want: "document type"},
		{name: "document type in the list of sheets", file: book{sheets: []string{plainSheet}, replace: map[string]string{"xl/workbook.xml": `<!DOCTYPE w SYSTEM "http://192.0.2.1/"><workbook/>`}}.bytes(t),
			kind: problem.Damaged, want: "document type"},
		{name: "entity of its own", file: one("<c><v>&bomb;</v></c>").bytes(t), kind: problem.Damaged, want: "unknown entity"},
		{name: "reference to a control character", file: one("<c><v>&#0;</v></c>").bytes(t), kind: problem.Damaged, want: "unknown entity"},
		{name: "broken styles", file: book{sheets: []string{plainSheet}, replace: map[string]string{"xl/styles.xml": "<styleSheet>"}}.bytes(t),
			kind: problem.Damaged, want: `part "xl/styles.xml": found the end inside an element`},

		{name: "broken comment", file: one("<!-- -- -->").bytes(t), kind: problem.Damaged, want: "broken comment"},
		{name: "declaration in the middle", file: one(`<?xml version="1.0"?>`).bytes(t), kind: problem.Damaged, want: "XML declaration"},
		{name: "instruction without a name", file: one(`<? x?>`).bytes(t), kind: problem.Damaged, want: "processing instruction"},
		{name: "name with two prefixes", file: one(`<a:b:c/>`).bytes(t), kind: problem.Damaged, want: "broken tag"},
		{name: "name that begins with a digit", file: one(`<c 1="x"/>`).bytes(t), kind: problem.Damaged, want: "broken tag"},

		{name: "shared string out of range", file: book{sheets: []string{`<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c></row></sheetData>`}, strings: "<si><t>a</t></si>"}.bytes(t),
			kind: problem.Damaged, want: `devices.xlsx:Sheet1!A1: found shared string "1", want one of 1`},
		{name: "shared string below range", file: book{sheets: []string{`<sheetData><row r="1"><c r="A1" t="s"><v>-1</v></c></row></sheetData>`}, strings: "<si><t>a</t></si>"}.bytes(t),
			kind: problem.Damaged, want: "found shared string"},
		{name: "shared string without a table", file: one(`<c r="A1" t="s"><v>0</v></c>`).bytes(t), kind: problem.Damaged, want: "want one of 0"},
		{name: "cut table of strings", file: book{sheets: []string{plainSheet}, strings: "x", replace: map[string]string{"xl/sharedStrings.xml": "<sst><si><t>a</t></si>"}}.bytes(t),
			kind: problem.Damaged, want: "sharedStrings.xml"},
		{name: "missing table of strings", file: book{sheets: []string{plainSheet}, strings: "x", omit: []string{"xl/sharedStrings.xml"}}.bytes(t),
			kind: problem.Damaged, want: "found no part"},

		{name: "rows out of order", file: book{sheets: []string{`<sheetData><row r="2"/><row r="1"/></sheetData>`}}.bytes(t), kind: problem.Damaged, want: `devices.xlsx:Sheet1!3: found row "1" after row 2`},
		{name: "row twice", file: book{sheets: []string{`<sheetData><row r="2"/><row r="2"/></sheetData>`}}.bytes(t), kind: problem.Damaged, want: "want rows in order"},
		{name: "row beyond the last", file: book{sheets: []string{`<sheetData><row r="1048577"/></sheetData>`}}.bytes(t), kind: problem.Damaged, want: "want rows in order"},
		{name: "cells out of order", file: one(`<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>`).bytes(t), kind: problem.Damaged, want: "want the cells of a row in order"},
		{name: "cell of another row", file: one(`<c r="A2"><v>1</v></c>`).bytes(t), kind: problem.Damaged, want: "want the cells of a row in order"},
		{name: "cell beyond the last column", file: one(`<c r="XFE1"><v>1</v></c>`).bytes(t), kind: problem.Damaged, want: "want the cells of a row in order"},
		{name: "two sheets in one part", file: book{sheets: []string{plainSheet, plainSheet}, target: func(int) string { return "worksheets/sheet1.xml" },
			omit: []string{"xl/worksheets/sheet1.xml"}, extra: []part{{name: "xl/worksheets/sheet1.xml", text: "<worksheet>" + plainSheet + "</worksheet>"}}}.bytes(t),
			kind: problem.Damaged, want: "two sheets in one part"},
		{name: "missing sheet", file: book{sheets: []string{plainSheet, plainSheet}, omit: []string{"xl/worksheets/sheet2.xml"}}.bytes(t), kind: problem.Damaged, want: "found no part"},
		{name: "no sheets", file: book{}.bytes(t), kind: problem.Unrecognised, want: "without a sheet of rows"},
		{name: "no list of sheets", file: book{sheets: []string{plainSheet}, omit: []string{"xl/workbook.xml"}}.bytes(t), kind: problem.Damaged, want: "found no part"},
		{name: "no relations", file: book{sheets: []string{plainSheet}, omit: []string{"xl/_rels/workbook.xml.rels"}}.bytes(t), kind: problem.Damaged, want: "found no part"},

		{name: "two parts of one name", file: book{sheets: []string{plainSheet}, extra: []part{{name: "XL/Worksheets/sheet1.xml", text: "<worksheet><sheetData/></worksheet>"}}}.bytes(t),
			kind: problem.Damaged, want: "found two parts named"},
		{name: "wrong checksum", file: lying(t, func(h *zip.FileHeader) { h.CRC32++ }), kind: problem.Damaged, want: "wrong checksum"},
		{name: "size too small", file: lying(t, func(h *zip.FileHeader) { h.Method, h.UncompressedSize64 = zip.Deflate, h.UncompressedSize64-1 }), kind: problem.Damaged, want: "found"},
		{name: "size too large", file: lying(t, func(h *zip.FileHeader) { h.UncompressedSize64++ }), kind: problem.Damaged, want: "found"},
		{name: "packed size beyond the file", file: lying(t, func(h *zip.FileHeader) { h.CompressedSize64 += 1 << 20 }), kind: problem.Damaged, want: "longer than the file"},
		{name: "packed size over the next part", file: lying(t, func(h *zip.FileHeader) { h.CompressedSize64 += 8 }), kind: problem.Damaged, want: "in the same bytes"},
		{name: "claimed size beyond the limit", file: lying(t, func(h *zip.FileHeader) { h.UncompressedSize64 = 2 << 30 }), kind: problem.TooLarge, want: "unpacks to"},
		{name: "unknown method", file: lying(t, func(h *zip.FileHeader) { h.Method = 9 }), kind: problem.Damaged, want: "packed by method 9"},
		{name: "encrypted part", file: lying(t, func(h *zip.FileHeader) { h.Flags |= 1 }), kind: problem.Unrecognised, want: "encrypted zip archive"},
		{name: "parts that overlap", file: overlapping(t, 20), kind: problem.Damaged, want: "in the same bytes"},
		{name: "too many parts", file: crowded(t, 10_001), kind: problem.TooLarge, want: "found more than 10000 parts"},
		{name: "bomb", file: bomb(t, 200<<20, 0), kind: problem.TooLarge, want: "the file is made to harm"},
		{name: "bomb that lies", file: bomb(t, 200<<20, 50<<20), limits: Limits{UnzippedBytes: 100 << 20}, kind: problem.Damaged, want: "found"},
		{name: "parts beyond the limit together", file: book{sheets: []string{plainSheet}, extra: []part{{name: "a", text: strings.Repeat("x", 600)}, {name: "b", text: strings.Repeat("y", 600)}}}.bytes(t),
			limits: Limits{UnzippedBytes: 1000}, kind: problem.TooLarge, want: "want less"},

		{name: "long cell", file: one(`<c r="A1" t="inlineStr"><is><t>` + strings.Repeat("x", 101) + `</t></is></c>`).bytes(t), limits: Limits{CellBytes: 100},
			kind: problem.TooLarge, want: "devices.xlsx:Sheet1!A1: found a cell of 101 bytes, want at most 100 bytes (limits.cell)"},
		{name: "long shared string", file: book{sheets: []string{plainSheet}, strings: "<si><t>" + strings.Repeat("x", 101) + "</t></si>"}.bytes(t), limits: Limits{CellBytes: 100},
			kind: problem.TooLarge, want: "found a string of 101 bytes"},
		{name: "too many columns", file: one(`<c r="D1"><v>1</v></c>`).bytes(t), limits: Limits{Columns: 3}, kind: problem.TooLarge, want: "devices.xlsx:Sheet1!D1: found column 4, want at most 3 (limits.columns)"},
		{name: "too many rows", file: book{sheets: []string{`<sheetData><row r="4"><c r="A4"><v>1</v></c></row></sheetData>`}}.bytes(t), limits: Limits{Rows: 3},
			kind: problem.TooLarge, want: "devices.xlsx:Sheet1!A4: found row 4, want at most 3 (limits.rows)"},
		{name: "one long string in every cell", file: book{sheets: []string{manyShared(2000)}, strings: "<si><t>" + strings.Repeat("x", 1<<20) + "</t></si>"}.bytes(t),
			kind: problem.TooLarge, want: "far more text than the file"},
		{name: "one long string in every cell of a row", file: book{sheets: []string{`<sheetData><row>` + strings.Repeat(`<c t="s"><v>0</v></c>`, 900) + `</row></sheetData>`},
			strings: "<si><t>" + strings.Repeat("x", 1<<20) + "</t></si>"}.bytes(t), kind: problem.TooLarge, want: "devices.xlsx:Sheet1!1: found a row of 900 MiB"},

		{name: "merged range that is none", file: book{sheets: []string{`<sheetData/><mergeCells><mergeCell ref="B2:A1"/></mergeCells>`}}.bytes(t), kind: problem.Damaged, want: `found the merged range "B2:A1"`},
		{name: "too many merged ranges", file: book{sheets: []string{"<sheetData/><mergeCells>" + strings.Repeat(`<mergeCell ref="A1:A2"/>`, maxMerged+1) + "</mergeCells>"}}.bytes(t),
			kind: problem.TooLarge, want: "found more than 1048576 merged ranges"},
		{name: "one long cell merged over many rows", file: book{sheets: []string{rowsXML(slices.Insert(slices.Repeat([][]string{{"", "x"}}, 1000), 0, []string{strings.Repeat("x", 1<<20)})...) +
			`<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>`}}.bytes(t), kind: problem.TooLarge, want: "far more text than the file"},

		{name: "OpenDocument", file: zipped(t, []part{{name: "mimetype", text: "application/vnd.oasis.opendocument.spreadsheet", store: true}, {name: "content.xml", text: "<x/>"}}),
			kind: problem.Unrecognised, want: "found an OpenDocument file"},
		{name: "binary workbook", file: zipped(t, []part{{name: "[Content_Types].xml", text: "<Types/>"}, {name: "xl/workbook.bin", text: "x"}}), kind: problem.Unrecognised, want: "binary .xlsb workbook"},
		{name: "Word document", file: zipped(t, []part{{name: "[Content_Types].xml", text: "<Types/>"}, {name: "word/document.xml", text: "<x/>"}}), kind: problem.Unrecognised, want: "found a Word document"},
		{name: "archive of reports", file: zipped(t, []part{{name: "devices.csv", text: "a,b"}, {name: "other.csv", text: "a,b"}}), kind: problem.Unrecognised, want: "found a zip archive of 2 files, want the reports in it: unpack it first"},
		{name: "workbook with a password", file: compound("EncryptionInfo", "EncryptedPackage"), kind: problem.Unrecognised, want: "found a workbook with a password"},
		{name: "old workbook", file: compound("Workbook"), kind: problem.Unrecognised, want: "found an old .xls workbook"},
		{name: "old document", file: compound("WordDocument"), kind: problem.Unrecognised, want: "found an old Word document"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := readAll(t, "devices.xlsx", test.file, test.limits)
			if got.refusal == nil {
				t.Fatalf("found %d sheets, want a refusal", len(got.sheets))
			}
			if got.refusal.Kind != test.kind || !strings.Contains(got.refusal.Error(), test.want) {
				t.Errorf("found %s %q, want %s %q", got.refusal.Kind, got.refusal, test.kind, test.want)
			}
		})
	}
}

// lying gives a workbook with a false directory entry for its sheet.
func lying(t testing.TB, change func(*zip.FileHeader)) []byte {
	parts := book{sheets: []string{plainSheet}}.parts()
	for i := range parts {
		if parts[i].name == "xl/worksheets/sheet1.xml" {
			parts[i].change = change
		}
	}
	return zipped(t, append(parts, part{name: "last", text: strings.Repeat("x", 100)}))
}

// overlapping gives a workbook with n more directory entries for the bytes of its
// last part.
func overlapping(t testing.TB, n int) []byte {
	file := book{sheets: []string{plainSheet}, extra: []part{{name: "xl/media/00.png", text: "x"}}}.bytes(t)
	end := len(file) - 22
	start := int(binary.LittleEndian.Uint32(file[end+16:]))
	directory := bytes.Clone(file[start:end])
	last := directory[bytes.LastIndex(directory, []byte("PK\x01\x02")):]
	count := int(binary.LittleEndian.Uint16(file[end+10:]))
	for range n {
		directory = append(directory, last...)
		count++
	}
	out := append(bytes.Clone(file[:start]), directory...)
	tail := bytes.Clone(file[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(count))
	binary.LittleEndian.PutUint16(tail[10:], uint16(count))
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(directory)))
	return append(out, tail...)
}

// crowded gives an archive of many empty parts.
func crowded(t testing.TB, n int) []byte {
	parts := book{sheets: []string{plainSheet}}.parts()
	for i := range n {
		parts = append(parts, part{name: fmt.Sprintf("xl/media/%d", i), store: true})
	}
	return zipped(t, parts)
}

// bomb gives a workbook with a part of zeros. The directory says that it has
// claimed bytes; if claimed is 0, it says the truth.
func bomb(t testing.TB, size int, claimed uint64) []byte {
	return streamed(t, "xl/media/image1.png", flate.BestSpeed, "", strings.Repeat("\x00", 1<<10), size>>10, claimed)
}

// streamed gives a workbook with a part that repeats a piece n times.
func streamed(t testing.TB, name string, level int, open, piece string, n int, claimed uint64) []byte {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, level)
	sum, size := crc32.NewIEEE(), uint64(0)
	write := func(text string) {
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		io.WriteString(sum, text)
		size += uint64(len(text))
	}
	write(open)
	block := strings.Repeat(piece, 1<<10)
	for i := 0; i < n && err == nil; i += 1 << 10 {
		write(block)
	}
	if err == nil {
		err = w.Close()
	}
	if claimed == 0 {
		claimed = size
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, p := range (book{sheets: []string{plainSheet}, strings: "x", omit: []string{"xl/sharedStrings.xml"}}).parts() {
		var part io.Writer
		if err == nil {
			part, err = archive.Create(p.name)
		}
		if err == nil {
			_, err = io.WriteString(part, p.text)
		}
	}
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: sum.Sum32(), CompressedSize64: uint64(packed.Len()), UncompressedSize64: claimed}
	part, create := archive.CreateRaw(header)
	if create == nil {
		_, create = part.Write(packed.Bytes())
	}
	if create == nil && name != "xl/sharedStrings.xml" {
		part, create = archive.Create("xl/sharedStrings.xml")
		if create == nil {
			_, create = io.WriteString(part, "<sst/>")
		}
	}
	if create == nil {
		create = archive.Close()
	}
	if err := errors.Join(err, create); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func manyShared(n int) string {
	return "<sheetData>" + strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, n) + "</sheetData>"
}

// compound gives the beginning of a compound file with names of streams.
func compound(names ...string) []byte {
	file := append([]byte(oleMagic), make([]byte, 100<<10)...)
	for _, name := range names {
		file = append(file, wide(name)...)
		file = append(file, make([]byte, 40)...)
	}
	return append(file, make([]byte, 1000)...)
}

// A workbook that was cut is refused, wherever it was cut.
func TestTruncatedWorkbook(t *testing.T) {
	file := book{sheets: []string{rowsXML([]string{"guid", "version"}, []string{"1", "7.0"})}, strings: "<si><t>a</t></si>"}.bytes(t)
	for n := range len(file) {
		if got := readAll(t, "devices.xlsx", file[:n], Limits{}); got.refusal == nil {
			t.Fatalf("cut to %d of %d bytes: found %d rows, want a refusal", n, len(file), len(got.sheets[0].rows))
		}
	}
}

// A sheet or a table of strings that was cut before it was packed is refused too,
// though the archive is whole.
func TestTruncatedParts(t *testing.T) {
	whole := book{sheets: []string{plainSheet}, strings: "<si><t>a</t></si>"}
	for _, p := range whole.parts() {
		if p.name == "[Content_Types].xml" {
			continue
		}
		for n := range len(p.text) {
			cut := whole
			cut.replace = map[string]string{p.name: p.text[:n]}
			if got := readAll(t, "devices.xlsx", cut.bytes(t), Limits{}); got.refusal == nil {
				t.Fatalf("%s cut to %d of %d bytes: found %d rows, want a refusal", p.name, n, len(p.text), len(got.sheets[0].rows))
			}
		}
	}
}

// A flipped bit is noticed, unless it is where it means nothing.
func TestFlippedBits(t *testing.T) {
	whole := book{sheets: []string{rowsXML([]string{"guid", "version"}, []string{"1", "7.0"}), plainSheet}, strings: "<si><t>a</t></si>"}.bytes(t)
	want := readAll(t, "devices.xlsx", whole, Limits{})
	refused := 0
	for i := range whole {
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1 << (i % 8)
		got := readAll(t, "devices.xlsx", flipped, Limits{})
		if got.refusal != nil {
			refused++
			continue
		}
		if len(got.sheets) != 2 || diffRows(want.sheets[0].rows, got.sheets[0].rows) != "" || diffRows(want.sheets[1].rows, got.sheets[1].rows) != "" {
			t.Fatalf("bit %d of byte %d: rows differ", i%8, i)
		}
	}
	if refused < len(whole)/2 {
		t.Errorf("refused %d of %d, want most", refused, len(whole))
	}
}
