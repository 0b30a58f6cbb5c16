// Package value reads one cell: a date, a GUID, a version, an address, a port,
// an outcome. Each form of a value that exports and logs write is a row of a
// table here and a case in its test. It knows no files and no rows; what a
// value means for a device is decided elsewhere.
package value

import (
	"strings"
	"unicode"

	"example.org/cutoff/generator/spelling"
)

// Clean gives a cell's text as it counts: without blanks around it, and empty
// for the words that exports write for nothing.
func Clean(cell string) string {
	if cell == "" {
		return ""
	}
	if c := cell[0]; c <= ' ' || c >= 0x80 {
		cell = strings.TrimFunc(cell, Ignorable)
	} else if c := cell[len(cell)-1]; c <= ' ' || c >= 0x80 {
		cell = strings.TrimFunc(cell, Ignorable)
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
	return strings.TrimFunc(text[2:len(text)-1], Ignorable)
}

// IsError reports whether a cell holds the error of a spreadsheet's formula.
func IsError(cell string) bool {
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

// Ignorable reports whether a character at the edge of a cell is no part of
// its text: white space, and what does not show (marks of direction, byte order
// marks) but for what an emoji may end with.
func Ignorable(r rune) bool {
	return unicode.IsSpace(r) || spelling.Ignorable(r) && !unicode.Is(unicode.Variation_Selector, r)
}

// Name is [Clean] for text that a devices.csv may have protected: a leading
// apostrophe keeps a spreadsheet from running what follows.
func Name(cell string) string {
	cell = Clean(cell)
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte("=+-@\t\r", cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// Host is [Clean] for a host name, where exports write UNKNOWN for none.
func Host(cell string) string {
	cell = Name(cell)
	if strings.EqualFold(cell, "unknown") {
		return ""
	}
	return cell
}
