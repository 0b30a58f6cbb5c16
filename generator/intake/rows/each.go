package rows

import (
	"fmt"
	"io"
	"strings"

	"github.com/gocarina/gocsv"

	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// batchRows is how many rows gocsv decodes at once. Each batch has a price of its
// own: one row at a time takes eight times as long.
const batchRows = 512

// batch is the reader beneath gocsv: rows under canonical names, with only the
// columns that are wanted.
type batch struct {
	rows  [][]string // the header first
	cells []string
	whole []string // further cells of all rows, where they were asked for
	marks []Mark
	// read counts the sheet's rows in the batch, other those among them that
	// are no rows of the table, and rejected those whose cells are not under
	// their headers.
	read, other, rejected int
	faults                []problem.Problem
}

// GetCSVRows gives the header and the rows of the batch.
func (b *batch) GetCSVRows() ([][]string, error) { return b.rows, nil }

func (b *batch) fault(kind problem.Kind, row, column int, message string) {
	b.faults = append(b.faults, problem.Problem{Position: problem.Position{Row: row, Column: column}, Kind: kind, Message: message})
}

// decoded is a batch with its rows as gocsv decoded them.
type decoded[T any] struct {
	batch
	values []T
	err    error
}

// Each decodes the rows below the header and gives them to take, one by one in
// the file's order. Texts share memory with cells that nobody keeps, so whoever
// keeps one clones it. Reading goes on while take is busy, which takes a quarter
// off on two cores.
func Each[T any](s *Sheet, take func(*T, Mark)) error {
	const ahead = 3
	free, full := make(chan *decoded[T], ahead), make(chan *decoded[T], ahead)
	for range ahead {
		free <- &decoded[T]{values: make([]T, batchRows)}
	}
	go func() {
		defer close(full)
		for next := range free {
			last := decode(s, next)
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
		s.Account.Read(next.read)
		s.Account.Other(next.other)
		s.Account.Reject(next.rejected)
		s.Rejected += next.rejected
		for _, f := range next.faults {
			s.Problem(f.Kind, f.Row, f.Column, f.Message)
		}
		for i := range next.marks {
			aside := s.Account.Aside()
			take(&next.values[i], next.marks[i])
			if s.Account.Aside() == aside {
				s.ragged.count(next.marks[i])
			}
		}
		free <- next
	}
	return nil
}

// decode fills a batch and has gocsv decode it. It reports true for the last
// one.
func decode[T any](s *Sheet, into *decoded[T]) (last bool) {
	last, into.err = s.fill(&into.batch)
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
func (s *Sheet) fill(into *batch) (last bool, err error) {
	into.rows = append(into.rows[:0], s.Header.Names)
	into.cells = into.cells[:0]
	into.whole = into.whole[:0]
	into.marks = into.marks[:0]
	into.faults = into.faults[:0]
	into.read, into.other, into.rejected = 0, 0, 0
	width := len(s.Header.Names)
	if cap(into.cells) < batchRows*width {
		into.cells = make([]string, 0, batchRows*width)
	}
	for len(into.marks) < batchRows && s.next == nil {
		row, err := s.sheet.Read()
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		into.read++
		if row.Torn > 0 {
			s.glued(row) // a header may follow the quote
			into.rejected++
			into.fault(problem.TornRow, row.Number, row.Torn,
				"found a quote that does not fit, want a separator behind the closing quote of a cell and doubled quotes inside: the row does not count, its cells may be shifted")
			continue
		}
		if row.Title {
			into.other++
			continue
		}
		row.Cells = s.glued(row)
		start := len(into.cells)
		some := s.take(into, row)
		m := Mark{Row: row.Number}
		other := !some && Blank(row.Cells)
		if !other && (s.nameless || !value.Digits(into.cells[start+s.Header.Key])) {
			m.Filled, m.First = filled(row.Cells)
			if other, err = s.again(row); err != nil {
				return false, err
			}
			other = other || s.Header.Zeek && strings.HasPrefix(row.Cells[0], "#")
		}
		if other {
			into.other++
			into.cells = into.cells[:start]
			continue
		}
		if p, shifted := s.shifted(row.Cells); shifted {
			into.rejected++
			into.fault(p.Kind, row.Number, p.Column, p.Message)
			into.cells = into.cells[:start]
			continue
		}
		for _, shown := range row.Shown {
			if found, other, ok := s.shownVersion(row.Cells, shown); ok {
				into.fault(problem.ShownVersion, row.Number, shown.Cell+1,
					fmt.Sprintf("found the number %s, shown as %s, want a version as text: %s or %s? %s counts", found, other, other, found, found))
			}
		}
		if err := s.inspect(row); err != nil {
			return false, err
		}
		if !s.Workbook && len(row.Cells) != s.Header.Width {
			m.Cells = len(row.Cells)
		}
		if len(s.Header.Shown) > 0 {
			from := len(into.whole)
			for _, c := range s.Header.Shown {
				cell := ""
				if c >= 0 {
					cell = at(row.Cells, c)
				}
				into.whole = append(into.whole, cell)
			}
			m.Shown = into.whole[from:len(into.whole):len(into.whole)]
		}
		if s.Whole {
			from := len(into.whole)
			into.whole = append(into.whole, row.Cells...)
			m.All = into.whole[from:len(into.whole):len(into.whole)]
		}
		into.rows = append(into.rows, into.cells[start:len(into.cells):len(into.cells)])
		into.marks = append(into.marks, m)
	}
	return s.next != nil, nil
}

// take copies the wanted cells of a row. It reports whether any has a value.
func (s *Sheet) take(into *batch, row table.Row) bool {
	some := false
	for i, c := range s.Header.Cells {
		cell := at(row.Cells, c)
		switch {
		case cell == "":
		case value.IsError(cell):
			into.fault(problem.ErrorCell, row.Number, c+1,
				fmt.Sprintf("found the error %s of a formula, want a value: the cell counts as empty", problem.Quote(strings.TrimSpace(cell))))
			cell = ""
		case s.Header.Zeek && (cell == "-" || cell == "(empty)"):
			cell = ""
		default:
			some = true
			if !s.hasValue[i] && value.Clean(cell) != "" {
				s.hasValue[i] = true
			}
		}
		into.cells = append(into.cells, cell)
	}
	return some
}
