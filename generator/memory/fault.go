package memory

import (
	"fmt"
	"strings"
)

// Reason says why a memory cannot be used.
type Reason string

// Why a memory cannot be used.
const (
	Damaged Reason = "damaged"
	Newer   Reason = "newer" // of a newer format
)

// Fault is a memory that cannot be used.
type Fault struct {
	Reason Reason
	// Place is the file in the memory, with a line if one is known.
	Place       string
	Found, Want string
}

// Error gives "nights.txt:3: found X, want Y".
func (f *Fault) Error() string { return fmt.Sprintf("%s: found %s, want %s", f.Place, f.Found, f.Want) }

func damaged(file string, line int, found, want string) error {
	place := file
	if line > 0 {
		place = fmt.Sprintf("%s:%d", file, line)
	}
	return &Fault{Damaged, place, found, want}
}

// special has the characters that are escaped in a value. Unescaped, a tab or a
// line's end would end the value, and a backslash would begin an escape.
const special = "\\\t\n\r"

func appendEscaped(dst []byte, value string) []byte {
	plain := true
	for i := range len(value) {
		plain = plain && value[i] >= ' ' && value[i] != '\\'
	}
	if plain {
		return append(dst, value...)
	}
	return append(dst, escaper.Replace(value)...)
}

var escaper = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

var unescaper = strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n", `\r`, "\r")

func unescape(value string) string {
	if strings.IndexByte(value, '\\') < 0 {
		return value
	}
	return unescaper.Replace(value)
}
