package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// writeJSON writes a result as one line. It escapes all characters that do not
// print in a terminal, which are more than JSON requires.
func writeJSON(w io.Writer, result any) error {
	line, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("result as JSON: %w", err)
	}
	shown := make([]byte, 0, len(line)+1)
	for _, r := range string(line) {
		if strconv.IsPrint(r) {
			shown = utf8.AppendRune(shown, r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			shown = fmt.Appendf(shown, `\u%04x`, unit)
		}
	}
	_, err = w.Write(append(shown, '\n'))
	return err
}
