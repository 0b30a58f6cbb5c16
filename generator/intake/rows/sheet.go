// Package rows reads the sheets of a file below their headers. It gives each row
// under canonical column names, with its place. It counts what is no row of the
// table (titles, blanks, a repeated header), rejects rows that shifted, and
// refuses a file whose columns contradict each other. What a row says of a
// device or a person is up to the packages that use it.
package rows

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

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
	// Rejected is how many rows so far were not given, because they are torn or
	// their cells are not under their headers.
	Rejected int
	// Whole asks for all cells of each row (see [Mark.All]).
	Whole bool

	file    *table.File
	sheet   *table.Sheet
	headers *column.Matcher
	shifts  *shifts
	ragged  ragged
	// nameless marks a report without GUIDs: digits in its key column prove nothing.
	nameless bool
	// hasValue says for each of the header's columns whether any row has a value.
	hasValue []bool
	// unnamed has the columns without a header text that no row has filled yet.
	unnamed []int
	// next is a header with other columns below which the sheet goes on, because
	// files were put together; nil for none.
	next *column.Header
}

// Read finds the header of each sheet of an open file and calls read with the
// sheet. A sheet whose columns change below a second header is given in parts. A
// sheet without a header is a problem, a file without any is refused.
func Read(file *table.File, m *column.Matcher, account *ledger.Account, read func(*Sheet) error) error {
	var nearest []string
	var without []*Sheet
	best, found := -1, false
	for _, sheet := range file.Sheets() {
		s := &Sheet{Name: sheet.Name, Account: account, Workbook: file.Workbook(), file: file, sheet: sheet, headers: m}
		row, err := s.findHeader()
		switch {
		case err != nil:
			return err
		case s.Header != nil:
			found = true
			if sheet.Hidden {
				s.Problem(problem.HiddenSheet, 0, 0, "found a hidden sheet with a header, want nothing hidden: its rows count")
			}
			if n := sheet.HiddenRows; n > 0 {
				rows := "rows are"
				if n == 1 {
					rows = "row is"
				}
				account.Note("%d %s hidden in its sheet %s, by a filter for instance: hidden rows count like all others.", n, rows, problem.Visible(sheet.Name))
			}
			for ; s != nil; s = s.rest() {
				if err := s.read(read); err != nil {
					return err
				}
			}
		case row != nil:
			without = append(without, s)
			if score := m.Known(row); score > best {
				best, nearest = score, row
			}
		}
	}
	if !found {
		return table.Refuse(problem.Position{File: account.Path()}, problem.Unrecognised, m.Missing(nearest, file.Looks()))
	}
	for _, s := range without {
		s.Problem(problem.NoHeader, 0, 0, "found a sheet without the columns of the input, want a header: its rows do not count")
	}
	return nil
}

// findHeader reads up to the header. If there is none, it reads to the end, since
// every row is accounted for, and gives the row that is most like a header; nil
// for a blank sheet.
func (s *Sheet) findHeader() (nearest []string, err error) {
	best, width := -1, 0
	above := rune(0) // the separator of a header above that uses another one
	for n := 0; ; n++ {
		row, err := s.sheet.Read()
		if err == io.EOF {
			return nearest, nil
		}
		if err != nil {
			return nil, err
		}
		if n < column.Depth && row.Torn == 0 && !Blank(row.Cells) {
			if h, ok := s.headers.Header(row.Number, row.Cells, s.place(0)); ok {
				s.begin(h)
				return nil, nil
			}
			score := s.headers.Known(row.Cells)
			n, _ := filled(row.Cells)
			if score > best || score == best && n > width {
				best, width = score, n
				nearest = CloneCells(row.Cells)
			}
		}
		s.Account.Read(1)
		if above != 0 && !Blank(row.Cells) {
			s.Account.Reject(1)
			s.Problem(problem.ShiftedRow, row.Number, 1, fmt.Sprintf(
				"found a row below a header whose texts are parted by %q, want the same sign in the whole file: were files put together? the row does not count", above))
			continue
		}
		s.Account.Other(1)
		above = cmp.Or(above, s.otherHeader(row.Cells))
	}
}

func (s *Sheet) begin(h *column.Header) {
	s.Header, s.unnamed = h, h.Unnamed
	s.hasValue = make([]bool, len(h.Names))
	s.shifts = newShifts(h, s.Account.Kind(), s.Workbook)
	s.nameless = s.Account.Kind() == column.Report && !h.Has("device_guid")
}

// rest gives the part of the sheet below the next header; nil if there is none.
func (s *Sheet) rest() *Sheet {
	if s.next == nil {
		return nil
	}
	rest := &Sheet{Name: s.Name, Account: s.Account, Workbook: s.Workbook, file: s.file, sheet: s.sheet, headers: s.headers}
	rest.begin(s.next)
	return rest
}

// place is the position of a row; row 0 is the whole sheet.
func (s *Sheet) place(row int) problem.Position {
	return problem.Position{File: s.Account.Path(), Sheet: s.Name, Row: row}
}

func (s *Sheet) read(read func(*Sheet) error) error {
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
	s.ragged.report(s)
	return nil
}

// Problem adds a problem at a row and column of the sheet. Both count from 1; 0
// is the whole sheet or row (see [column.Header.Number]).
func (s *Sheet) Problem(kind problem.Kind, row, column int, message string) {
	s.Account.Problem(problem.Position{Sheet: s.Name, Row: row, Column: column}, kind, message)
}

// Key is the number of the column that identifies a row, counted from 1.
func (s *Sheet) Key() int { return s.Header.Cells[s.Header.Key] + 1 }

// Dates gives the dates of a column, told whether the file is a workbook and from
// which year its serials count.
func (s *Sheet) Dates(dates value.Dates) value.Dates {
	dates.Workbook, dates.Date1904 = s.Workbook, s.file.Date1904()
	return dates
}

// Cut gives the number of the last row if the file seems to be cut inside it, else
// 0. Call it when all rows are read (see [table.File.Cut]).
func (s *Sheet) Cut() int { return s.file.Cut() }

// Empty reports whether the sheet has the column, but no value in it.
func (s *Sheet) Empty(name string) bool {
	i := slices.Index(s.Header.Names, name)
	return i >= 0 && !s.hasValue[i]
}

// shownVersion looks at a version cell that holds a number. It reports true if
// the sheet shows more decimals than the number has: 7.1 shown as 7.10.
func (s *Sheet) shownVersion(cells []string, shown table.Shown) (found, other string, ok bool) {
	i := slices.Index(s.Header.Cells, shown.Cell)
	if i < 0 || shown.Cell >= len(cells) || s.Header.Names[i] != "app_version" && s.Header.Names[i] != "os_version" {
		return "", "", false
	}
	number, err := strconv.ParseFloat(cells[shown.Cell], 64)
	found, other = strconv.FormatFloat(number, 'f', -1, 64), strconv.FormatFloat(number, 'f', shown.Decimals, 64)
	return found, other, err == nil && strings.Contains(found, ".") && strings.HasPrefix(other, found) && found != other
}

// inspect looks at the cells that no column takes. A filled cell under a blank
// header makes that column an unknown one. A second column of one meaning with
// another value refuses the file.
func (s *Sheet) inspect(row table.Row) error {
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
		place := s.place(row.Number)
		place.Column = t.Second + 1
		return table.Refuse(place, problem.Unrecognised, fmt.Sprintf(
			"found columns %s (%s) and %s (%s) with one meaning and different values, want one of them: remove one, or name the right one under columns.%s in the configuration",
			problem.Quote(t.Texts[0]), problem.ColumnLetters(t.First+1), problem.Quote(t.Texts[1]), problem.ColumnLetters(t.Second+1), t.Name))
	}
	return nil
}
