package table

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"example.org/cutoff/generator/intake/table/ooxml"
	"example.org/cutoff/generator/problem"
)

// The largest sheet that the file format knows.
const (
	lastRow    = 1 << 20
	lastColumn = 1 << 14
)

// cellKind says how to read the text of a cell.
type cellKind byte

const (
	cellNumber cellKind = iota
	cellBool
	cellShared // an index into the shared strings
	cellInline // a string of its own
	cellText   // a formula's text, an error, a date as text: taken as written
)

// kindOf reads a cell's type as it is written.
func kindOf(written []byte) cellKind {
	switch string(written) {
	case "", "n":
		return cellNumber
	case "b":
		return cellBool
	case "s":
		return cellShared
	case "inlineStr":
		return cellInline
	}
	return cellText
}

// scannedCell is a cell that holds a value.
type scannedCell struct {
	column   int
	kind     cellKind
	from, to int // in sheetScanner.text
	index    int // of the shared string
	style    int
}

// sheetScanner reads a sheet's XML row by row. It is strict: what it cannot read is
// damage. Spreadsheet libraries take that for the end of the sheet.
type sheetScanner struct {
	x      *ooxml.Reader
	limits Limits
	shared *sharedStrings

	inRows, done bool

	// The row that next found.
	number int
	hidden bool
	cells  []scannedCell // those that hold a value
	text   []byte        // their text, without that of shared strings
	width  int           // how many cells there are, with empty ones, if the last has no reference; else 0

	merged []merged

	// Formulas whose value was not stored.
	formulas int
	formula  problem.Position // of the first of them
}

func newSheetScanner(r io.Reader, shared *sharedStrings, limits Limits) *sheetScanner {
	return &sheetScanner{x: ooxml.NewReader(r), shared: shared, limits: limits}
}

// next finds the next row in the sheet's XML, which may be empty. It reports false
// at the end of the sheet, which must be the end of a well-formed document.
func (s *sheetScanner) next() (bool, error) {
	for {
		kind, err := s.x.Next()
		if err != nil {
			return false, err
		}
		depth := s.x.Depth()
		switch {
		case kind == ooxml.TokenEOF:
			if !s.done {
				return false, ooxml.Damaged("found no rows, want a sheet")
			}
			return false, nil
		case kind == ooxml.TokenEnd && depth == 1 && s.inRows:
			s.inRows, s.done = false, true
		case kind != ooxml.TokenStart:
		case depth == 1 && string(s.x.Local) != "worksheet":
			return false, ooxml.Damaged("found %q, want a sheet", printable(s.x.Local))
		case depth == 2 && string(s.x.Local) == "sheetData":
			if s.done {
				return false, ooxml.Damaged("found rows in two places, want one")
			}
			s.inRows = true
		case depth == 3 && s.inRows && string(s.x.Local) == "row":
			return true, s.row()
		case depth == 3 && string(s.x.Local) == "mergeCell":
			err = s.merge()
		case depth == 3 && s.inRows:
			err = s.x.Skip()
		}
		if err != nil {
			return false, err
		}
	}
}

// row reads the row that just began.
func (s *sheetScanner) row() error {
	number := s.number + 1
	if s.x.Attrs.R != nil {
		n, err := strconv.Atoi(string(s.x.Attrs.R))
		if err != nil || n < number || n > lastRow {
			return ooxml.At(number, 0, ooxml.Damaged("found row %s after row %d, want rows in order", problem.Quote(string(s.x.Attrs.R)), s.number))
		}
		number = n
	}
	if number > lastRow {
		return ooxml.TooLarge("found more rows than a sheet can have, want at most %d", lastRow)
	}
	s.number, s.cells, s.text, s.width = number, s.cells[:0], s.text[:0], 0
	s.hidden = boolean(s.x.Attrs.Hidden)
	column := 0
	return s.x.Each(func() (err error) {
		if string(s.x.Local) != "c" {
			return s.x.Skip()
		}
		if column, err = s.column(column); err == nil {
			err = s.cell(column)
		}
		return err
	})
}

// column gives the column of the cell that just began.
func (s *sheetScanner) column(before int) (int, error) {
	if s.x.Attrs.R == nil {
		if before == lastColumn {
			return 0, ooxml.TooLarge("found more columns than a sheet can have, want at most %d", lastColumn)
		}
		s.width = before + 1
		return before + 1, nil
	}
	column, row, ok := cellReference(s.x.Attrs.R)
	if !ok || row != s.number || column <= before {
		return 0, ooxml.At(s.number, before+1, ooxml.Damaged("found cell %s, want the cells of a row in order", problem.Quote(string(s.x.Attrs.R))))
	}
	return column, nil
}

// cellReference reads a cell's name: B12 is column 2, row 12.
func cellReference(name []byte) (column, row int, ok bool) {
	i := 0
	for ; i < len(name); i++ {
		c := name[i] &^ 0x20
		if c < 'A' || c > 'Z' || i == 3 {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	if i == 0 || i == len(name) || len(name)-i > 7 || column > lastColumn {
		return 0, 0, false
	}
	for _, c := range name[i:] {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return column, row, true
}

// cell reads the cell that just began, and keeps it if it holds a value.
func (s *sheetScanner) cell(column int) error {
	c := scannedCell{column: column, kind: kindOf(s.x.Attrs.T), style: styleOf(s.x.Attrs.S), from: len(s.text)}
	formula := false
	err := s.x.Each(func() (err error) {
		switch string(s.x.Local) {
		case "v":
			s.text, err = elementText(s.x, s.text)
		case "is":
			c.kind = cellInline
			s.text, err = stringText(s.x, s.text)
		default:
			formula = formula || string(s.x.Local) == "f"
			err = s.x.Skip()
		}
		return err
	})
	if err != nil {
		return err
	}
	if c.to = len(s.text); c.to > c.from {
		return s.keep(c)
	}
	// A formula whose value is an empty text is not without a value. Its type, str,
	// says so.
	if formula && c.kind != cellText {
		if s.formulas++; s.formulas == 1 {
			s.formula = problem.Position{Row: s.number, Column: column}
		}
	}
	return nil
}

// keep checks a cell's value against the limits and adds the cell to the row.
func (s *sheetScanner) keep(c scannedCell) error {
	length := c.to - c.from
	if c.kind == cellShared {
		index, err := strconv.Atoi(string(bytes.TrimSpace(s.text[c.from:c.to])))
		if err != nil || index < 0 || index >= s.shared.count {
			return ooxml.At(s.number, c.column, ooxml.Damaged("found shared string %s, want one of %d: the workbook is damaged",
				problem.Quote(string(s.text[c.from:c.to])), s.shared.count))
		}
		s.text, c.to = s.text[:c.from], c.from
		if c.index, length = index, len(s.shared.get(index)); length == 0 {
			return nil
		}
	}
	switch limits := s.limits; {
	case length > limits.CellBytes:
		return ooxml.At(s.number, c.column, ooxml.TooLarge("found a cell of %s, want at most %s (limits.cell)", problem.Size(int64(length)), problem.Size(int64(limits.CellBytes))))
	case c.column > limits.Columns:
		return ooxml.At(s.number, c.column, ooxml.TooLarge("found column %d, want at most %d (limits.columns)", c.column, limits.Columns))
	case s.number > limits.Rows:
		return ooxml.At(s.number, c.column, ooxml.TooLarge("found row %d, want at most %d (limits.rows)", s.number, limits.Rows))
	}
	s.cells = append(s.cells, c)
	return nil
}

// size is how many bytes the row's values have, with shared strings.
func (s *sheetScanner) size() int {
	n := len(s.text)
	for _, c := range s.cells {
		if c.kind == cellShared {
			n += len(s.shared.get(c.index))
		}
	}
	return n
}

func tooMuchText() error {
	return ooxml.TooLarge("found cells that hold far more text than the file, want a report: the file is made to harm")
}

// boolean reports whether an attribute means true.
func boolean(written []byte) bool {
	return string(written) == "1" || string(written) == "true" || string(written) == "on"
}

// sheetFacts is what is known of a sheet once it is scanned.
type sheetFacts struct {
	last   int   // number of the last row that holds a value
	size   int64 // bytes of all values
	hidden int   // how many rows hold a value and are hidden
	merged []merged

	formulas int
	formula  problem.Position
	// narrow counts the rows whose cells have no references and are fewer than those
	// of a row above. narrowest is the number of the first of these rows.
	narrow, narrowest int
}

// scanSheet reads a sheet to its end and checks it. left is how many bytes of
// values the workbook may still have. That is limited because a long string that
// many cells share is small in the file and large in the rows.
func scanSheet(r io.Reader, shared *sharedStrings, limits Limits, left int64) (sheetFacts, error) {
	var facts sheetFacts
	widest := 0
	s := newSheetScanner(r, shared, limits)
	for {
		found, err := s.next()
		if err != nil {
			return facts, err
		}
		if !found {
			break
		}
		if len(s.cells) == 0 {
			continue
		}
		n := s.size()
		if n > limits.rowBytes() {
			return facts, ooxml.At(s.number, 0, ooxml.TooLarge("found a row of %s, want at most %s (16 MiB more than limits.cell)", problem.Size(int64(n)), problem.Size(int64(limits.rowBytes()))))
		}
		facts.last = s.number
		if s.hidden {
			facts.hidden++
		}
		widest = max(widest, s.width)
		if s.width > 1 && s.width < widest {
			if facts.narrow++; facts.narrow == 1 {
				facts.narrowest = s.number
			}
		}
		if facts.size += int64(n); facts.size > left {
			return facts, ooxml.At(s.number, 0, tooMuchText())
		}
	}
	facts.formulas, facts.formula, facts.merged = s.formulas, s.formula, s.merged
	sortMerged(facts.merged)
	return facts, nil
}

// noteFacts adds problems for what some programs leave out of a workbook: the
// values of formulas, and the references that say where a cell is.
func (f *File) noteFacts(sheet string, facts sheetFacts) {
	if facts.formulas > 0 {
		at := facts.formula
		at.Sheet = sheet
		f.note(at, problem.Suspicious, fmt.Sprintf(
			"found formulas without a stored value (%d in this sheet, here first), want values: open the workbook in a spreadsheet program, save it, and use it again", facts.formulas))
	}
	if facts.narrow > 0 {
		f.note(problem.Position{Sheet: sheet, Row: facts.narrowest}, problem.Suspicious, fmt.Sprintf(
			"found rows of fewer cells than above, without references (%d in this sheet, here first), want references: where an empty cell was left out, those after it are shifted; save the workbook again with the program that shows it rightly, or export CSV", facts.narrow))
	}
}
