package value

import "strings"

// TotalWord reports whether text is a word for a total, with or without a number
// after it.
func TotalWord(text string) bool {
	switch strings.ToLower(strings.TrimRight(text, " :0123456789.,()")) {
	case "total", "totals", "grand total", "subtotal", "sum", "summe", "gesamt", "insgesamt", "count", "rows", "devices",
		"total devices", "total rows", "total count", "number of devices", "row count", "device count", "anzahl":
		return true
	}
	return false
}

// CountOf reports whether text is a count of the rows above it: "400 devices".
func CountOf(text string) bool {
	number, unit, found := strings.Cut(strings.ToLower(text), " ")
	if !found || !Digits(number) {
		return false
	}
	switch strings.Trim(unit, " .") {
	case "rows", "row", "devices", "device", "records", "record", "entries", "computers", "total":
		return true
	}
	return false
}

// TitleLine reports whether text is a line that a program writes above a table.
// Where files were put together, such lines are inside a table too.
func TitleLine(text string) bool {
	return strings.HasPrefix(text, "sep=") || strings.HasPrefix(text, "#TYPE ")
}
