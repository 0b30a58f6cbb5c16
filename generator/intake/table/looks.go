package table

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// looksLines is how many lines are looked at.
const looksLines = 40

var (
	pair      = regexp.MustCompile(`(?:^|[\s,;|])[A-Za-z_][\w.-]*=(?:"[^"]*"|[^\s,;|]*)`)
	oddOnes   = "^~!#"
	jsonBegin = regexp.MustCompile(`^\s*\{\s*"`)
	siem      = regexp.MustCompile(`\b(?:CEF|LEEF):\d`)
)

// looks says what a text is if it is no table with one of the known delimiters, and
// what to do with it. It is "" for a text that may be such a table.
func looks(sample []byte, table shape) string {
	var lines [][]byte
	for line := range bytes.FieldsFuncSeq(sample, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines = append(lines, line)
		}
		if len(lines) == looksLines {
			break
		}
	}
	most := func(is func(line []byte) bool) bool {
		n := 0
		for _, line := range lines {
			if is(line) {
				n++
			}
		}
		return n*2 > len(lines)
	}
	switch {
	case most(siem.Match):
		return "lines of CEF or LEEF, want a table: export as CSV, one column for each key"
	case len(lines) < 2:
		return ""
	case most(func(line []byte) bool { return jsonBegin.Match(line) }):
		return "lines of JSON, want a table: export again with the format CSV"
	case most(func(line []byte) bool { return len(pair.FindAllIndex(line, 3)) == 3 }):
		return "lines of key=value, want a table: export as CSV, one column for each key"
	case table.count*2 > len(lines) && table.score > 0:
		return ""
	}
	for _, odd := range []byte(oddOnes) {
		n := 0
		if most(func(line []byte) bool {
			found := bytes.Count(line, []byte{odd})
			n = max(n, found)
			return found > 1 && found == n
		}) {
			return fmt.Sprintf("columns that %q separates, want commas, semicolons, tabs or pipes: export with one of these, or write sep=%c above the header", odd, odd)
		}
	}
	widths := map[int]int{}
	for _, line := range lines {
		widths[len(strings.Fields(string(line)))]++
	}
	for width, n := range widths {
		if width > 2 && n*2 > len(lines) {
			return "columns that blanks separate, want commas, semicolons, tabs or pipes: export as CSV"
		}
	}
	return ""
}
