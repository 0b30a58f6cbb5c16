package intake

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"example.org/cutoff/generator/device"
)

// clean gives a cell's text as it counts: without blanks around it, and empty
// for the words that exports write for nothing.
func clean(cell string) string {
	if cell == "" {
		return ""
	}
	if c := cell[0]; c <= ' ' || c >= 0x80 {
		cell = strings.TrimFunc(cell, ignorable)
	} else if c := cell[len(cell)-1]; c <= ' ' || c >= 0x80 {
		cell = strings.TrimFunc(cell, ignorable)
	}
	cell = unwrap(cell)
	if empty(cell) {
		return ""
	}
	if strings.IndexByte(cell, '\r') >= 0 {
		// A name on two lines has the line ends of its file, which say nothing.
		cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
	}
	return cell
}

// unwrap gives the text in ="7.10", as scripts write it to keep a spreadsheet
// from making a number of it.
func unwrap(text string) string {
	if len(text) < 3 || text[0] != '=' || text[1] != '"' || strings.IndexByte(text[2:], '"') != len(text)-3 {
		return text
	}
	return strings.TrimFunc(text[2:len(text)-1], ignorable)
}

// isError reports whether a cell holds the error of a spreadsheet's formula.
func isError(cell string) bool {
	if cell[0] != '#' {
		return false
	}
	switch strings.TrimSpace(cell) {
	case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA":
		return true
	}
	return false
}

// empty reports whether a trimmed text stands for nothing. Empty, null and
// None all occur in the vendor's exports.
func empty(text string) bool {
	return text == "" || len(text) == 4 && (strings.EqualFold(text, "null") || strings.EqualFold(text, "none"))
}

// ignorable reports whether a character at the edge of a cell is no part of
// its text: blanks, control characters, byte-order marks, zero-width marks.
func ignorable(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200b' || r == '\ufeff'
}

// cleanName is clean for text that a devices.csv may have protected: a leading
// apostrophe keeps a spreadsheet from running what follows.
func cleanName(cell string) string {
	cell = clean(cell)
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte("=+-@\t\r", cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// cleanHost is clean for a host name, where exports write UNKNOWN for none.
func cleanHost(cell string) string {
	cell = cleanName(cell)
	if strings.EqualFold(cell, "unknown") {
		return ""
	}
	return cell
}

// readVersion reads an app's version. A workbook turns versions into numbers,
// of which three forms can be undone: 10.0 became 10, 5.4 became
// 5.4000000000000004, and a long number its scientific form.
func readVersion(cell string, workbook bool) device.Version {
	v := device.ParseVersion(cell)
	if v.Known || !workbook {
		return v
	}
	number, err := strconv.ParseFloat(cell, 64)
	switch {
	case err != nil || number <= 0 || number >= 1<<53:
		return v
	case number == math.Trunc(number) && number < 1000:
		return device.ParseVersion(strconv.FormatFloat(number, 'f', 0, 64) + ".0")
	}
	if restored := device.ParseVersion(strconv.FormatFloat(number, 'f', -1, 64)); restored.Known {
		return restored
	}
	return v
}
