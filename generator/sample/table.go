package sample

import (
	"bufio"
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Format is the form of a table.
type Format string

// The forms.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// A sheet has room for 1,048,576 rows, and a device for four of them at most:
// on average it has 1.4.
const (
	devicesPerWorkbook = 500_000
	peoplePerWorkbook  = 1_000_000
)

// kind is what the configuration calls a table.
type kind string

const (
	report      kind = "reports"
	roster      kind = "roster"
	waivers     kind = "waivers"
	connections kind = "connections"
)

// table is one file with rows.
type table struct {
	kind   kind
	name   string
	header []string
	format Format
	rows   rows
}

// rows gives one row after the other. The row is used again once yield is back.
type rows func(yield func(*row) error) error

// splitTable gives a table's files. Rows are of n things; a CSV file has room
// for all of them, a workbook for some.
func splitTable(t table, n, perWorkbook int, rows func(from, to int) rows) []table {
	stem := t.name
	if t.format == CSV || n <= perWorkbook {
		t.name, t.rows = stem+"."+string(t.format), rows(0, n)
		return []table{t}
	}
	var tables []table
	for from := 0; from < n; from += perWorkbook {
		t.name, t.rows = fmt.Sprintf("%s-%d.%s", stem, from/perWorkbook+1, t.format), rows(from, min(n, from+perWorkbook))
		tables = append(tables, t)
	}
	return tables
}

func (t table) write(w io.Writer) error {
	if t.format == XLSX {
		return t.writeWorkbook(w)
	}
	return t.writeCSV(w)
}

func (t table) writeCSV(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<18)
	var head row
	for _, name := range t.header {
		head.add(name)
	}
	line := head.appendCSV(nil)
	if _, err := out.Write(line); err != nil {
		return err
	}
	err := t.rows(func(r *row) error {
		line = r.appendCSV(line[:0])
		_, err := out.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// writeWorkbook writes the table as a workbook of one sheet, every cell text.
func (t table) writeWorkbook(w io.Writer) error {
	book := excelize.NewFile()
	defer book.Close()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	cells := make([]any, len(t.header))
	for i, name := range t.header {
		cells[i] = name
	}
	if err := sheet.SetRow("A1", cells); err != nil {
		return err
	}
	number := 1
	err = t.rows(func(r *row) error {
		number++
		for i := range cells {
			cells[i] = string(r.cell(i))
		}
		return sheet.SetRow("A"+strconv.Itoa(number), cells)
	})
	if err != nil {
		return err
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	_, err = book.WriteTo(w)
	return err
}

// row is one row: its cells end to end, and where each of them ends.
type row struct {
	text []byte
	ends []int
}

func (r *row) reset() { r.text, r.ends = r.text[:0], r.ends[:0] }

// add ends a cell with its last part.
func (r *row) add(text string) {
	r.text = append(r.text, text...)
	r.ends = append(r.ends, len(r.text))
}

// addNumber adds a cell that is or ends with a number.
func (r *row) addNumber(n int) {
	r.text = strconv.AppendInt(r.text, int64(n), 10)
	r.ends = append(r.ends, len(r.text))
}

// part begins a cell, or goes on with it.
func (r *row) part(text string) { r.text = append(r.text, text...) }

func (r *row) partNumber(n int) { r.text = strconv.AppendInt(r.text, int64(n), 10) }

func (r *row) cell(i int) []byte {
	if i == 0 {
		return r.text[:r.ends[0]]
	}
	return r.text[r.ends[i-1]:r.ends[i]]
}

// appendCSV appends the row as a line.
func (r *row) appendCSV(line []byte) []byte {
	start := 0
	for _, end := range r.ends {
		line = append(appendCSVCell(line, r.text[start:end]), ',')
		start = end
	}
	line[len(line)-1] = '\n'
	return line
}

func appendCSVCell(line, cell []byte) []byte {
	for _, c := range cell {
		if c != ',' && c != '"' {
			continue
		}
		line = append(line, '"')
		for _, c := range cell {
			if c == '"' {
				line = append(line, '"')
			}
			line = append(line, c)
		}
		return append(line, '"')
	}
	return append(line, cell...)
}
