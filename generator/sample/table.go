package sample

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
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

// A sheet has room for 1,048,576 rows. A device has up to four of them, but 1.4 on
// average.
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

// rows gives one row after the other.
type rows = iter.Seq[[]string]

// splitTable gives a table's files for n devices or people. A CSV file has room for
// all of them, a workbook for perWorkbook.
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
	out := csv.NewWriter(w)
	if err := out.Write(t.header); err != nil {
		return err
	}
	for row := range t.rows {
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// writeWorkbook writes the table as a workbook of one sheet, every cell text.
func (t table) writeWorkbook(w io.Writer) error {
	book := excelize.NewFile()
	defer book.Close()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	number := 0
	cells := make([]any, len(t.header))
	add := func(row []string) error {
		number++
		for i := range cells {
			cells[i] = row[i]
		}
		return sheet.SetRow("A"+strconv.Itoa(number), cells)
	}
	if err := add(t.header); err != nil {
		return err
	}
	for row := range t.rows {
		if err := add(row); err != nil {
			return err
		}
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	_, err = book.WriteTo(w)
	return err
}
