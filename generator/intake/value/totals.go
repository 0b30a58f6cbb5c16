package value

import "strings"

// TotalWord reports whether text is a word for totals, with or without a figure.
func TotalWord(text string) bool {
	switch strings.ToLower(strings.TrimRight(text, " :0123456789.,()")) {
	case "total", "totals", "grand total", "subtotal", "sum", "summe", "gesamt", "insgesamt", "count", "rows", "devices",
		"total devices", "total rows", "total count", "number of devices", "row count", "device count", "anzahl":
		return true
	}
	return false
}
