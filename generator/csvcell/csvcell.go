// Package csvcell writes the cells of every CSV file that holds text from an
// input. It quotes a cell where CSV needs that, and keeps spreadsheets from
// running one as a formula. No other package does either.
package csvcell

import (
	"bytes"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Cells are written by hand, not by encoding/csv: a large fleet has millions of
// them. A column appends its bare text to a row, and Finish makes a cell of
// that text. Nearly all cells need no more than one look at each byte.

// What a byte means for its cell.
const (
	parts  = 1 << iota // it separates cells or quotes: the cell is quoted
	odd                // not plain text, or the start of a cell elsewhere: look closer
	starts             // at the start of the cell: look closer
)

// meanings says for each byte what it means.
var meanings = func() (table [256]byte) {
	for c := range len(table) {
		switch {
		case c == '"' || c == ',':
			table[c] = parts
		case c < ' ' || c >= 0x7f || c == ';':
			table[c] = odd
		case c == ' ' || startsFormula(rune(c)):
			table[c] = starts
		}
	}
	return table
}()

// Append appends a text to a row as a cell.
func Append(row []byte, text string) []byte {
	return Finish(append(row, text...), len(row))
}

// AppendLine appends a row of cells and its line end. It does not guard a cell
// twice.
func AppendLine(dst []byte, cells ...string) []byte {
	for i, cell := range cells {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = Append(dst, cell)
	}
	return append(dst, '\n')
}

// Lines writes rows one by one. After the first that fails it writes no more,
// and Err has the error.
type Lines struct {
	To   io.Writer
	Err  error
	line []byte
}

// Add writes a row.
func (l *Lines) Add(cells ...string) {
	if l.Err == nil {
		l.line = AppendLine(l.line[:0], cells...)
		_, l.Err = l.To.Write(l.line)
	}
}

// Finish turns what was appended to row since start into a CSV cell. It guards
// the cell against being run as a formula, replaces control characters, and
// adds quotes where they are needed. It does not guard a cell twice.
func Finish(row []byte, start int) []byte {
	cell := row[start:]
	if len(cell) == 0 {
		return row
	}
	seen := byte(0)
	for _, c := range cell {
		seen |= meanings[c]
	}
	switch seen = seen&^starts | meanings[cell[0]]; {
	case seen == 0:
		return row
	case seen != parts || bytes.IndexByte(cell, '"') >= 0:
		cell = guard(Printable(cell))
		if !bytes.ContainsAny(cell, "\",\r\n") && cell[0] != ' ' {
			return append(row[:start], cell...)
		}
		if bytes.IndexByte(cell, '"') >= 0 {
			cell = bytes.ReplaceAll(cell, []byte(`"`), []byte(`""`))
		}
		row = append(row[:start], cell...)
	}
	row = append(row, `""`...)
	copy(row[start+1:], row[start:len(row)-2])
	row[start] = '"'
	return row
}

// Printable puts U+FFFD in place of bytes that are no text and of control
// characters, with which a cell could steer the terminal that shows the file.
// Line ends and tabs stay.
func Printable(cell []byte) []byte {
	odd := func(r rune) bool {
		return r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
	}
	if !bytes.ContainsFunc(cell, odd) {
		return cell
	}
	return bytes.Map(func(r rune) rune {
		if odd(r) {
			return utf8.RuneError
		}
		return r
	}, bytes.ToValidUTF8(cell, []byte("\uFFFD")))
}

// guard puts an apostrophe where a spreadsheet would read a formula: at the
// start of the cell, and after each semicolon, tab and line end. A spreadsheet
// that splits cells at these and ignores our quotes would start another cell
// there.
func guard(cell []byte) []byte {
	guarded := make([]byte, 0, len(cell)+8)
	// Importers drop these characters at the start and look at the next one.
	dropped := len(cell) > 0 && (cell[0] == '\t' || cell[0] == '\r' || cell[0] == '\n')
	for {
		if dropped || runs(cell) {
			guarded = append(guarded, '\'')
			dropped = false
		}
		end := bytes.IndexAny(cell, ";\t\n\r")
		if end < 0 {
			return append(guarded, cell...)
		}
		guarded = append(guarded, cell[:end+1]...)
		cell = cell[end+1:]
	}
}

// runs reports whether a spreadsheet would run text as a formula. Blanks and
// quotes in front do not protect it, because importers trim them. It stops at
// the first character where guard looks again: otherwise the time for a cell of
// separators would grow with the square of its length.
func runs(text []byte) bool {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if startsFormula(r) {
			return true
		}
		if r != '"' && !unicode.In(r, unicode.Zs, unicode.Cf) {
			return false
		}
		text = text[size:]
	}
	return false
}

// startsFormula reports whether a character starts a formula. Spreadsheets in
// East Asian locales accept the full-width forms too. Source: OWASP, "CSV
// Injection".
func startsFormula(r rune) bool { return strings.ContainsRune("=+-@＝＋－＠", r) }
