package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
)

// writeJSON writes a result as one line. What does not print in a terminal is
// escaped, which JSON itself asks only of some characters.
func writeJSON(w io.Writer, result any) error {
	line, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("result as JSON: %w", err)
	}
	shown := make([]byte, 0, len(line)+1)
	for _, r := range string(line) {
		switch {
		case strconv.IsPrint(r):
			shown = append(shown, string(r)...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			shown = fmt.Appendf(shown, `\u%04x\u%04x`, high, low)
		default:
			shown = fmt.Appendf(shown, `\u%04x`, r)
		}
	}
	_, err = w.Write(append(shown, '\n'))
	return err
}
