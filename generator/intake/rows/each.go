package rows

import (
	"fmt"
	"io"
	"strings"

	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// batchRows is how many rows a batch has at most.
const batchRows = 512

// batch is rows that were read ahead, with only the columns that are wanted.
type batch struct {
	cells []string // those of the header's columns, row by row
	whole []string // what [Mark.Shown] and [Mark.All] are parts of
	texts []byte   // the memory of the cells
	marks []Mark
	// read counts all rows. other counts those that are no rows of the table, and
	// rejected those that are torn or whose cells are not under their headers.
	read, other, rejected int
	faults                []problem.Problem
	err                   error
}

func (b *batch) fault(kind problem.Kind, row, column int, message string) {
	b.faults = append(b.faults, problem.Problem{Position: problem.Position{Row: row, Column: column}, Kind: kind, Message: message})
}

// Each fills a T with each row below the header and gives it to take, in the
// file's order. The T and the memory of its texts are used again for later rows,
// so clone a text to keep it. Reading goes on while take is busy, which saves a
// quarter of the time on two cores. An error is one of reading the file, or a
// [*table.Refusal].
func Each[T any](s *Sheet, take func(*T, Mark)) error {
	row, fields, err := bind[T](s.Header.Names)
	if err != nil {
		return err
	}
	const ahead = 3
	free, full := make(chan *batch, ahead), make(chan *batch, ahead)
	for range ahead {
		free <- &batch{}
	}
	go func() {
		defer close(full)
		for next := range free {
			var last bool
			last, next.err = s.fill(next)
			full <- next
			if last || next.err != nil {
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
			for n, cell := range next.cells[i*len(fields) : (i+1)*len(fields)] {
				*fields[n] = cell
			}
			aside := s.Account.Aside()
			take(row, next.marks[i])
			if s.Account.Aside() == aside {
				s.ragged.count(next.marks[i])
			}
		}
		free <- next
	}
	return nil
}

// fill reads the next rows into a batch, and reports whether they are the last.
// It runs at the same time as take, so it touches only the batch, the sheet and
// what nobody looks at before the sheet's end.
func (s *Sheet) fill(into *batch) (last bool, err error) {
	into.cells = into.cells[:0]
	into.whole = into.whole[:0]
	into.marks = into.marks[:0]
	into.texts = into.texts[:0]
	into.faults = into.faults[:0]
	into.read, into.other, into.rejected = 0, 0, 0
	for len(into.marks) < batchRows && s.next == nil {
		row, err := s.sheet.ReadInto(&into.texts)
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		into.read++
		if row.Torn > 0 {
			s.glued(row) // for the header alone, which may follow in the same line
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
			other = other || m.Filled == 1 && value.TitleLine(m.First) || s.Header.Zeek && strings.HasPrefix(row.Cells[0], "#")
		}
		if other {
			into.other++
			into.cells = into.cells[:start]
			continue
		}
		p, shifted := s.otherSign(row.Cells)
		if !shifted {
			p, shifted = s.shifted(row.Cells)
		}
		if shifted {
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
		into.marks = append(into.marks, m)
	}
	return s.next != nil, nil
}

// take copies the wanted cells of a row, and reports whether any has a value. An
// error of a formula counts as empty, with a problem.
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
