package intake

import (
	"fmt"
	"io"
	"strings"

	"github.com/gocarina/gocsv"

	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// batchRows is how many rows gocsv decodes at once. Decoding a batch has a
// price of its own that a few hundred rows make small.
const batchRows = 512

// batch is the reader beneath gocsv: rows under canonical names, with only the
// columns that are wanted.
type batch struct {
	rows  [][]string // the header first
	cells []string
	marks []mark
	// read counts the sheet's rows in the batch, other those among them that
	// are no rows of the table, and torn those whose quotes do not fit.
	read, other, torn int
	faults            []fault
}

// fault is a problem before it has a file.
type fault struct {
	kind        problem.Kind
	row, column int
	message     string
}

// GetCSVRows gives the header and the rows of the batch.
func (b *batch) GetCSVRows() ([][]string, error) { return b.rows, nil }

// decoded is a batch with its rows as gocsv decoded them.
type decoded[T any] struct {
	batch
	values []T
	err    error
}

// each decodes the rows below the header and gives them to take, one by one in
// the file's order. Reading goes on while take is busy.
func each[T any](b *body, take func(*T, mark)) error {
	const ahead = 3
	free, full := make(chan *decoded[T], ahead), make(chan *decoded[T], ahead)
	for range ahead {
		free <- &decoded[T]{values: make([]T, batchRows)}
	}
	go func() {
		defer close(full)
		for next := range free {
			last := decode(b, next)
			full <- next
			if last {
				return
			}
		}
	}()
	defer close(free)
	for next := range full {
		if next.err != nil {
			return next.err
		}
		b.file.Rows += next.read
		b.file.Other += next.other
		b.file.Rejected += next.torn
		for _, f := range next.faults {
			b.faults.add(f.kind, f.row, f.column, f.message)
		}
		for i := range next.marks {
			take(&next.values[i], next.marks[i])
		}
		free <- next
	}
	return nil
}

// decode fills a batch and has gocsv decode it. It reports true for the last
// one.
func decode[T any](b *body, into *decoded[T]) (last bool) {
	last, into.err = b.fill(&into.batch)
	if into.err != nil {
		return true
	}
	if len(into.marks) > 0 {
		if err := gocsv.UnmarshalDecoder(&into.batch, &into.values); err != nil {
			into.err = fmt.Errorf("decode rows: %w", err)
			return true
		}
	}
	return last
}

// fill reads the next rows into a batch. It reports true at the sheet's end. It
// runs beside the rest of the reader, so it touches nothing but the batch, the
// sheet and what only the sheet's end needs.
func (b *body) fill(into *batch) (last bool, err error) {
	into.rows = append(into.rows[:0], b.header.Names)
	into.cells = into.cells[:0]
	into.marks = into.marks[:0]
	into.faults = into.faults[:0]
	into.read, into.other, into.torn = 0, 0, 0
	width := len(b.header.Names)
	if cap(into.cells) < batchRows*width {
		into.cells = make([]string, 0, batchRows*width)
	}
	for len(into.marks) < batchRows {
		row, err := b.sheet.Read()
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		into.read++
		if row.Torn > 0 {
			into.torn++
			into.faults = append(into.faults, fault{problem.TornRow, row.Number, row.Torn,
				"found a quote that does not fit, want a separator behind the closing quote of a cell and doubled quotes inside: the row does not count, its cells may be shifted"})
			continue
		}
		start := len(into.cells)
		some := b.take(into, row)
		m := mark{row: row.Number}
		other := !some && blank(row.Cells)
		if !other && !value.Digits(into.cells[start+b.header.Key]) {
			m.filled, m.first = filled(row.Cells)
			other = b.header.Repeats(row.Cells) || b.header.Zeek && strings.HasPrefix(row.Cells[0], "#")
		}
		if other {
			into.other++
			into.cells = into.cells[:start]
			continue
		}
		if err := b.inspect(into, row); err != nil {
			return false, err
		}
		into.rows = append(into.rows, into.cells[start:len(into.cells):len(into.cells)])
		into.marks = append(into.marks, m)
	}
	return false, nil
}

// take copies the wanted cells of a row. It reports whether any has a value.
func (b *body) take(into *batch, row table.Row) bool {
	some := false
	for i, c := range b.header.Cells {
		cell := at(row.Cells, c)
		switch {
		case cell == "":
		case value.IsError(cell):
			into.faults = append(into.faults, fault{problem.ErrorCell, row.Number, c + 1,
				fmt.Sprintf("found the error %s of a formula, want a value: the cell counts as empty", problem.Quote(strings.TrimSpace(cell)))})
			cell = ""
		case b.header.Zeek && (cell == "-" || cell == "(empty)"):
			cell = ""
		default:
			some = true
			if !b.hasValue[i] && value.Clean(cell) != "" {
				b.hasValue[i] = true
			}
		}
		into.cells = append(into.cells, cell)
	}
	return some
}
