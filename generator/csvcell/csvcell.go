// Package csvcell writes the cells of every CSV that the program writes. It quotes
// them where they must be quoted, and keeps a spreadsheet from running one as a
// formula. It is the only place that does.
package csvcell

import (
	"bytes"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Cells are written by hand: encoding/csv takes several times as long, and a
// large fleet has millions of them. A column appends its bare text to a row and
// Finish makes a cell of it, which for nearly all is a look at each byte.

// What a byte means for its cell.
const (
	parts  = 1 << iota // it separates cells or quotes: the cell is quoted
	odd                // not plain text, or the start of a cell elsewhere: look closer
	starts             // at the start of the cell: look closer
)

// meanings has what each byte means.
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

// AppendLine appends a row of cells with its end. A cell that was guarded before
// stays as it is.
func AppendLine(dst []byte, cells ...string) []byte {
	for i, cell := range cells {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = Append(dst, cell)
	}
	return append(dst, '\n')
}

// Lines writes rows line by line, up to the first that fails.
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

// Finish turns what was appended to row since start into a CSV cell: guarded
// against being run as a formula, free of control characters, quoted where it
// must be. A cell that was guarded before stays as it is.
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

// Printable replaces what is no text, and the control characters with which a
// cell could steer the terminal that shows the file. Line ends and tabs stay.
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

// guard puts an apostrophe where a spreadsheet would take the text for a
// formula: at the start of the cell, and after each character at which a
// spreadsheet that splits cells at semicolons or tabs, and does not see our
// quotes, would start another cell or row.
func guard(cell []byte) []byte {
	guarded := make([]byte, 0, len(cell)+8)
	// Importers drop these at the start, and look at what comes next.
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
// quotes before it are no protection: importers trim them. It looks no further
// than where guard looks again, or a cell of nothing but blanks would take
// hours.
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

// startsFormula knows the characters that start a formula. The full-width forms
// count in East Asian locales. Source: OWASP, "CSV Injection".
func startsFormula(r rune) bool { return strings.ContainsRune("=+-@＝＋－＠", r) }
