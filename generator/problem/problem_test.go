package problem

import "testing"

func TestPositionString(t *testing.T) {
	for want, position := range map[string]Position{
		"":                  {},
		"devices.csv":       {File: "devices.csv"},
		"devices.csv:14":    {File: "devices.csv", Row: 14},
		"devices.csv:14:3":  {File: "devices.csv", Row: 14, Column: 3},
		"d.xlsx:Sheet1":     {File: "d.xlsx", Sheet: "Sheet1"},
		"d.xlsx:Sheet1!C14": {File: "d.xlsx", Sheet: "Sheet1", Row: 14, Column: 3},
		"d.xlsx:Sheet1!14":  {File: "d.xlsx", Sheet: "Sheet1", Row: 14},
		`a\x1b[31m.csv:1`:   {File: "a\x1b[31m.csv", Row: 1},
		`d.xlsx:\u202eS!A1`: {File: "d.xlsx", Sheet: "\u202eS", Row: 1, Column: 1},
	} {
		if got := position.String(); got != want {
			t.Errorf("%#v = %q, want %q", position, got, want)
		}
	}
}

func TestColumnLetters(t *testing.T) {
	for column, want := range map[int]string{0: "", 1: "A", 26: "Z", 27: "AA", 52: "AZ", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := ColumnLetters(column); got != want {
			t.Errorf("column %d = %q, want %q", column, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	for value, want := range map[string]string{
		"5.x":            `"5.x"`,
		"\x1b[2J":        `"\x1b[2J"`,
		"a\u202eb\u200b": `"a\u202eb\u200b"`,
		"0123456789012345678901234567890123456789":  `"0123456789012345678901234567890123456789"`,
		"01234567890123456789012345678901234567890": `"0123456789012345678901234567890123456789"…`,
	} {
		if got := Quote(value); got != want {
			t.Errorf("Quote(%q) = %s, want %s", value, got, want)
		}
	}
}
