// Package value reads one cell: a date, a GUID, a version, an address, a port,
// an outcome. It knows no files and no rows. What a value means for a device is
// decided elsewhere.
package value

import (
	"strings"
	"unicode"

	"example.org/cutoff/generator/spelling"
)

// Clean gives a cell's text without blanks around it. It is "" for the words that
// exports write for nothing, and ="7.10" is 7.10.
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
		// A name on two lines has the line ends of its file: make them the same.
		cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
	}
	return cell
}

// unwrap gives the text inside ="7.10". Scripts write that so that a spreadsheet
// does not make a number of it.
func unwrap(text string) string {
	if len(text) < 3 || text[0] != '=' || text[1] != '"' || strings.IndexByte(text[2:], '"') != len(text)-3 {
		return text
	}
	return strings.TrimFunc(text[2:len(text)-1], Ignorable)
}

// IsError reports whether a cell, which is not empty, holds the error of a
// spreadsheet's formula.
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

// empty reports whether a trimmed text means nothing: it is empty, null or None.
// All three occur in the vendor's exports.
func empty(text string) bool {
	return text == "" || len(text) == 4 && (strings.EqualFold(text, "null") || strings.EqualFold(text, "none"))
}

// Ignorable reports whether a character at the edge of a cell is not part of its
// text: white space, or invisible (direction marks, byte order marks). Variation
// selectors are part of the text: an emoji may end with one.
func Ignorable(r rune) bool {
	return unicode.IsSpace(r) || spelling.Ignorable(r) && !unicode.Is(unicode.Variation_Selector, r)
}

// Name is [Clean] for text that our devices.csv may have protected: it drops the
// leading apostrophe that keeps a spreadsheet from running what follows.
func Name(cell string) string {
	cell = Clean(cell)
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte("=+-@\t\r", cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// Host is [Name] for a host name: it gives "" for UNKNOWN, which exports write
// for none.
func Host(cell string) string {
	cell = Name(cell)
	if strings.EqualFold(cell, "unknown") {
		return ""
	}
	return cell
}
