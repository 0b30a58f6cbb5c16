package download

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Cells are written by hand: encoding/csv takes several times as long, and a
// large fleet has millions of them. A column appends its bare text to a row and
// finishCell makes a cell of it, which for nearly all is a look at each byte.

// finishCell turns what was appended to row since start into a CSV cell:
// guarded against being run as a formula, free of control characters, quoted
// where it must be.
func finishCell(row []byte, start int) []byte {
	cell := row[start:]
	for i, c := range cell {
		// ',' and ';' part cells, some spreadsheets take the other one.
		if c < ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || i == 0 && startsFormula(rune(c)) || c == ' ' && i == 0 {
			return finishOddCell(row, start)
		}
	}
	return row
}

func finishOddCell(row []byte, start int) []byte {
	cell := guard(printable(slices.Clone(row[start:])))
	row = row[:start]
	if !bytes.ContainsAny(cell, "\",\r\n") && (len(cell) == 0 || cell[0] != ' ') {
		return append(row, cell...)
	}
	row = append(row, '"')
	for _, c := range cell {
		if c == '"' {
			row = append(row, '"')
		}
		row = append(row, c)
	}
	return append(row, '"')
}

// printable replaces what is no text, and the control characters with which a
// cell could steer the terminal that shows the file. Line ends and tabs stay.
func printable(cell []byte) []byte {
	for _, r := range string(cell) {
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return bytes.Map(func(r rune) rune {
				if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
					return utf8.RuneError
				}
				return r
			}, bytes.ToValidUTF8(cell, []byte("\uFFFD")))
		}
	}
	return cell
}

// guard puts an apostrophe where a spreadsheet would take the text for a
// formula: at the start of the cell, and after each character at which a
// spreadsheet of another locale, which parts cells by semicolons and does not
// see our quotes, would start a cell or a row of its own.
func guard(cell []byte) []byte {
	guarded := make([]byte, 0, len(cell)+1)
	for atStart := true; len(cell) > 0; {
		if atStart && runs(cell) {
			guarded = append(guarded, '\'')
		}
		c := cell[0]
		atStart = c == ';' || c == '\n' || c == '\r'
		guarded = append(guarded, c)
		cell = cell[1:]
	}
	return guarded
}

// runs reports whether a spreadsheet would run text as a formula. Blanks and
// quotes before it are no protection: importers trim them.
func runs(text []byte) bool {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if startsFormula(r) {
			return true
		}
		if r != '"' && !unicode.IsSpace(r) && !unicode.In(r, unicode.Zs, unicode.Cf) {
			return false
		}
		text = text[size:]
	}
	return false
}

// startsFormula knows the characters that start a formula, or that a
// spreadsheet drops before it looks at the next one. The full-width forms count
// in East Asian locales. Source: OWASP, "CSV Injection".
func startsFormula(r rune) bool { return strings.ContainsRune("=+-@\t\r＝＋－＠", r) }
