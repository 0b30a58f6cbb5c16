// Package rows reads the sheets of a file below their headers and gives each
// row under canonical names, with its place. It counts what is no row of the
// table (titles, blanks, the header once more) and refuses a file whose columns
// contradict each other. What a row says of a device or a person is for the
// packages above.
package rows

import (
	"fmt"
	"io"
	"slices"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/intake/ledger"
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/problem"
)

// Sheet is the rows of one sheet below its header.
type Sheet struct {
	Name     string // "" for a text file
	Header   *column.Header
	Account  *ledger.Account
	Workbook bool // see [table.File]

	file  *table.File
	sheet *table.Sheet
	// hasValue says for each of the header's columns whether any row has a value.
	hasValue []bool
	// unnamed has the columns without a header text that no row has filled yet.
	unnamed []int
}

// Read gives every sheet of an open file that has a header to read, one after
// the other. A file without any header is refused.
func Read(file *table.File, m *column.Matcher, account *ledger.Account, read func(*Sheet) error) error {
	var nearest []string
	var without []*Sheet
	best, found := -1, false
	for _, sheet := range file.Sheets() {
		s := &Sheet{Name: sheet.Name, Account: account, Workbook: file.Workbook(), file: file, sheet: sheet}
		row, err := s.findHeader(m)
		switch {
		case err != nil:
			return err
		case s.Header != nil:
			found = true
			if err := s.read(read); err != nil {
				return err
			}
		case row != nil:
			without = append(without, s)
			if score := m.Known(row); score > best {
				best, nearest = score, row
			}
		}
	}
	if !found {
		return table.Refuse(problem.Position{File: account.Path()}, problem.Unrecognised, m.Missing(nearest))
	}
	for _, s := range without {
		s.Problem(problem.NoHeader, 0, 0, "found a sheet without the columns of the input, want a header: its rows do not count")
	}
	return nil
}

// findHeader reads up to the header. Without one the sheet is read to its end,
// since every row is accounted for; then the row that comes nearest to a header
// is given, nil for a blank sheet.
func (s *Sheet) findHeader(m *column.Matcher) (nearest []string, err error) {
	best, width := -1, 0
	for n := 0; ; n++ {
		row, err := s.sheet.Read()
		if err == io.EOF {
			return nearest, nil
		}
		if err != nil {
			return nil, err
		}
		if n < column.Depth && row.Torn == 0 && !Blank(row.Cells) {
			place := problem.Position{File: s.Account.Path(), Sheet: s.Name}
			if h, ok := m.Header(row.Number, row.Cells, place); ok {
				s.Header, s.unnamed = h, h.Unnamed
				s.hasValue = make([]bool, len(h.Names))
				return nil, nil
			}
			score := m.Known(row.Cells)
			n, _ := filled(row.Cells)
			if score > best || score == best && n > width {
				best, width = score, n
				nearest = CloneCells(row.Cells)
			}
		}
		s.Account.Read(1)
		s.Account.Other(1)
	}
}

func (s *Sheet) read(read func(*Sheet) error) error {
	if s.sheet.Hidden {
		s.Problem(problem.HiddenSheet, 0, 0, "found a hidden sheet with a header, want nothing hidden: its rows count")
	}
	if n := s.sheet.HiddenRows; n > 0 {
		rows := "rows are"
		if n == 1 {
			rows = "row is"
		}
		s.Account.Note("%d %s hidden in its sheet %s, by a filter for instance: hidden rows count like all others.", n, rows, problem.Visible(s.Name))
	}
	s.Account.Header(s.Header)
	if err := read(s); err != nil {
		return err
	}
	for _, t := range s.Header.Twins {
		s.Problem(problem.DuplicateColumn, s.Header.Row, t.Second+1, fmt.Sprintf(
			"found columns %s (%s) and %s (%s) with one meaning and equal values, want one of them",
			problem.Quote(t.Texts[0]), problem.ColumnLetters(t.First+1), problem.Quote(t.Texts[1]), problem.ColumnLetters(t.Second+1)))
	}
	s.Account.Unknown(s.Header.Unknown...)
	return nil
}

// Problem notes what is wrong at a row and column of the sheet; see
// [column.Header.Number].
func (s *Sheet) Problem(kind problem.Kind, row, column int, message string) {
	s.Account.Problem(problem.Position{Sheet: s.Name, Row: row, Column: column}, kind, message)
}

// Key is the number of the column that identifies a row.
func (s *Sheet) Key() int { return s.Header.Cells[s.Header.Key] + 1 }

// Dates reads the dates of one of the sheet's columns.
func (s *Sheet) Dates(dates value.Dates) value.Dates {
	dates.Workbook, dates.Date1904 = s.Workbook, s.file.Date1904()
	return dates
}

// Cut gives the number of a last row that looks as if the file had been cut in
// it, once all rows are read (see [table.File.Cut]); 0 is none.
func (s *Sheet) Cut() int { return s.file.Cut() }

// Empty reports whether the sheet has the column and no row a value in it.
func (s *Sheet) Empty(name string) bool {
	i := slices.Index(s.Header.Names, name)
	return i >= 0 && !s.hasValue[i]
}

// inspect looks at the cells that no column takes: those beyond the header,
// those under a blank header, and second columns of one meaning.
func (s *Sheet) inspect(into *batch, row table.Row) error {
	if width := s.Header.Width; len(row.Cells) > width && !Blank(row.Cells[width:]) {
		into.fault(problem.ExtraCells, row.Number, width+1,
			fmt.Sprintf("found %d cells, want %d as in the header: the cells beyond do not count", len(row.Cells), width))
	}
	for i := 0; i < len(s.unnamed); i++ {
		c := s.unnamed[i]
		if c < len(row.Cells) && value.Clean(row.Cells[c]) != "" {
			s.Header.Unknown = append(s.Header.Unknown, fmt.Sprintf("(column %s, without a name)", problem.ColumnLetters(c+1)))
			s.unnamed = slices.Delete(s.unnamed, i, i+1)
			i--
		}
	}
	for _, t := range s.Header.Twins {
		if value.Clean(at(row.Cells, t.First)) == value.Clean(at(row.Cells, t.Second)) {
			continue
		}
		place := problem.Position{File: s.Account.Path(), Sheet: s.Name, Row: row.Number, Column: t.Second + 1}
		return table.Refuse(place, problem.Unrecognised, fmt.Sprintf(
			"found columns %s (%s) and %s (%s) with one meaning and different values, want one of them: remove one, or name the right one under columns.%s in the configuration",
			problem.Quote(t.Texts[0]), problem.ColumnLetters(t.First+1), problem.Quote(t.Texts[1]), problem.ColumnLetters(t.Second+1), t.Name))
	}
	return nil
}
