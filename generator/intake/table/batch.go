package table

import (
	"archive/zip"
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/problem"
)

// How much goes into one batch, whichever is reached first.
const (
	batchCells = 16 << 10
	batchBytes = 1 << 20
)

// batch is some rows of a sheet, written again as a small sheet for excelize,
// which reads the cells.
//
// Excelize is not given the workbook itself: it takes what it cannot read for
// the end of a sheet, holds all of a sheet and its strings in memory or in
// temporary files, finds shared strings under one name only, and gives an empty
// cell for one that is missing. A batch holds verified rows only, no cell
// without a value, no style and no formula, takes bounded memory, and can be
// read beside others on another processor.
type batch struct {
	numbers []int // of its rows
	widths  []int // column of each row's last value
	cells   int   // with the empty ones, which take memory as well
	rows    bytes.Buffer
	strings bytes.Buffer
	count   int // of strings
}

// add writes a scanned row.
func (b *batch) add(s *sheetScanner) {
	b.numbers = append(b.numbers, s.number)
	b.widths = append(b.widths, s.cells[len(s.cells)-1].column)
	b.cells += s.cells[len(s.cells)-1].column
	b.rows.WriteString("<row>")
	next := 1
	for _, c := range s.cells {
		b.rows.WriteString("<c")
		if c.column != next {
			fmt.Fprintf(&b.rows, ` r="%s%d"`, problem.ColumnLetters(c.column), len(b.numbers))
		}
		next = c.column + 1
		text := s.text[c.from:c.to]
		switch c.kind {
		case cellBool:
			text = truth(text)
		case cellShared:
			text = s.shared.get(c.index)
		}
		if (c.kind == cellShared || c.kind == cellInline) && bytes.Contains(text, []byte("_x")) {
			// The library resolves the escapes that strings may hold (_x000D_),
			// in its shared strings only.
			fmt.Fprintf(&b.rows, ` t="s"><v>%d</v></c>`, b.count)
			b.addString(text)
			continue
		}
		b.rows.WriteString(` t="str"><v>`)
		b.rows.Write(text)
		b.rows.WriteString("</v></c>")
	}
	b.rows.WriteString("</row>")
}

// truth gives a boolean as spreadsheet programs show it. Raw cell values would
// show the number it is stored as.
func truth(text []byte) []byte {
	switch string(bytes.TrimSpace(text)) {
	case "1", "true":
		return []byte("TRUE")
	case "0", "false":
		return []byte("FALSE")
	}
	return text
}

func (b *batch) addString(text []byte) {
	b.strings.WriteString("<si><t>")
	b.strings.Write(text)
	b.strings.WriteString("</t></si>")
	b.count++
}

// full says that the batch is large enough.
func (b *batch) full() bool {
	return b.cells >= batchCells || b.rows.Len()+b.strings.Len() >= batchBytes
}

// read has excelize read the rows. What it gives must have as many rows, each
// as wide, as the scan has found.
func (b *batch) read() ([][]string, error) {
	workbook, err := b.workbook()
	if err != nil {
		return nil, err
	}
	size := int64(len(workbook)) + 1<<20
	f, err := excelize.OpenReader(bytes.NewReader(workbook), excelize.Options{
		RawCellValue:   true,
		UnzipSizeLimit: size,
		// As large, so that nothing goes to temporary files.
		UnzipXMLSizeLimit: size,
	})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	found, err := f.Rows(batchSheet)
	if err != nil {
		return nil, err
	}
	rows := make([][]string, 0, len(b.numbers))
	for found.Next() {
		cells, err := found.Columns()
		if err != nil {
			return nil, err
		}
		if len(rows) == len(b.numbers) || len(cells) != b.widths[len(rows)] {
			i := min(len(rows), len(b.numbers)-1)
			return nil, at(b.numbers[i], 0, damaged("found %d cells, want %d: the workbook cannot be read reliably", len(cells), b.widths[i]))
		}
		rows = append(rows, cells)
	}
	if err := found.Close(); err != nil {
		return nil, err
	}
	if len(rows) != len(b.numbers) {
		return nil, at(b.numbers[0], 0, damaged("found %d rows from here on, want %d: the workbook cannot be read reliably", len(rows), len(b.numbers)))
	}
	return rows, nil
}

// batchSheet names the one sheet of a batch.
const batchSheet = "Rows"

// The parts of a batch that are the same in each.
const (
	spreadsheetNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationships        = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

	batchTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`
	batchRoot = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relationships + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	batchWorkbook = `<workbook xmlns="` + spreadsheetNamespace + `" xmlns:r="` + relationships + `">` +
		`<sheets><sheet name="` + batchSheet + `" sheetId="1" r:id="rId1"/></sheets></workbook>`
	batchRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relationships + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relationships + `/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`
)

// workbook writes the batch as a workbook.
func (b *batch) workbook() ([]byte, error) {
	var out bytes.Buffer
	out.Grow(b.rows.Len() + b.strings.Len() + 8<<10)
	archive := zip.NewWriter(&out)
	for _, part := range []struct {
		name   string
		pieces [3][]byte
	}{
		{"[Content_Types].xml", [3][]byte{[]byte(batchTypes)}},
		{"_rels/.rels", [3][]byte{[]byte(batchRoot)}},
		{"xl/workbook.xml", [3][]byte{[]byte(batchWorkbook)}},
		{"xl/_rels/workbook.xml.rels", [3][]byte{[]byte(batchRelations)}},
		{"xl/worksheets/sheet1.xml", [3][]byte{
			[]byte(`<worksheet xmlns="` + spreadsheetNamespace + `"><sheetData>`), b.rows.Bytes(), []byte(`</sheetData></worksheet>`)}},
		{"xl/sharedStrings.xml", [3][]byte{
			[]byte(`<sst xmlns="` + spreadsheetNamespace + `">`), b.strings.Bytes(), []byte(`</sst>`)}},
	} {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		for _, piece := range part.pieces {
			if _, err := w.Write(piece); err != nil {
				return nil, err
			}
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}
