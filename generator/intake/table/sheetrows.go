package table

import (
	"io"
	"strings"

	"example.org/cutoff/generator/intake/table/ooxml"
)

// sheetRows gives the rows of a workbook's sheet. It scans the sheet a second time:
// the first scan has checked it.
type sheetRows struct {
	book *workbook
	part string
	name string // of the sheet
	last int    // number of the last row that holds a value

	left int64 // how many bytes merged ranges may repeat

	scanner *sheetScanner
	holder  holder
	number  int // of the last row that was given
	cells   []string
	shown   []Shown
}

func (s *sheetRows) read(*[]byte) (Row, error) {
	if s.number >= s.last {
		s.scanner = nil
		return Row{}, io.EOF
	}
	if s.scanner == nil {
		r, err := s.book.open(s.part)
		if err != nil {
			return Row{}, s.book.refuse(s.part, s.name, err)
		}
		s.scanner = newSheetScanner(r, s.book.shared, s.book.f.limits)
	}
	for s.scanner.number <= s.number || len(s.scanner.cells) == 0 {
		found, err := s.scanner.next()
		if err == nil && !found {
			err = ooxml.Damaged("found %d rows, want %d", s.scanner.number, s.last)
		}
		if err != nil {
			return Row{}, s.book.refuse(s.part, s.name, err)
		}
	}
	s.number++
	if s.number < s.scanner.number {
		return Row{Number: s.number}, nil
	}
	var title bool
	s.cells, title = s.holder.row(s.number, s.scanner.values(s.cells[:0]))
	if s.holder.bytes > s.left {
		return Row{}, s.book.refuse(s.part, s.name, ooxml.At(s.number, 0, tooMuchText()))
	}
	s.shown = s.scanner.shown(s.shown, s.book.decimals)
	return Row{Number: s.number, Cells: s.cells, Title: title, Shown: s.shown}, nil
}

// values gives the cells of the row that next found, with empty ones in the gaps.
// All but shared strings are parts of one piece of memory.
func (s *sheetScanner) values(into []string) []string {
	text := string(s.text)
	for _, c := range s.cells {
		for len(into) < c.column-1 {
			into = append(into, "")
		}
		value := text[c.from:c.to]
		switch c.kind {
		case cellShared:
			value = s.shared.get(c.index)
		case cellInline:
			value = ooxml.Unescape(value)
		case cellBool:
			value = truth(value)
		}
		into = append(into, value)
	}
	return into
}

// truth gives a boolean, which is stored as a number, as spreadsheet programs show
// it.
func truth(text string) string {
	switch strings.TrimSpace(text) {
	case "1", "true":
		return "TRUE"
	case "0", "false":
		return "FALSE"
	}
	return text
}
