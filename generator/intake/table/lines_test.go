package table

import (
	"strings"
	"testing"

	"example.org/cutoff/generator/intake/table/charset"
)

// A long line in Windows-1252 grows when it is decoded, so the rest of a scanner's
// buffer may be too small for one more character.
func TestLinesOfWindows1252(t *testing.T) {
	const lines = 3000
	text := strings.Repeat("  TCP    10.0.0.1:5000    162.222.40.218:4287    abh\xf6ren \xe4\xf6\xfc\xdf\xe4\xf6\xfc\xdf\n", lines)
	for length := range 12 { // moves the ends of the buffers
		head := strings.Repeat("x", length) + strings.Repeat("\xe4", 4000) + "\n" + text
		if got := len(HeadLines([]byte(head[:charset.HeadBytes]))); got < 500 {
			t.Errorf("found %d lines at the head, want some hundreds", got)
		}
		n := 0
		f, err := Lines("a.log", strings.NewReader(head), Limits{}, []string{"line"}, func(number int, line string) []Row {
			if number == 0 {
				return nil
			}
			n++
			if number > 1 && !strings.HasSuffix(line, "abhören äöüßäöüß") {
				t.Fatalf("found %q in line %d", line, number)
			}
			return []Row{{Number: number}}
		})
		if err != nil {
			t.Fatal(err)
		}
		for err == nil {
			_, err = f.Sheets()[0].Read()
		}
		if n != lines+1 {
			t.Errorf("found %d lines (%v), want %d", n, err, lines+1)
		}
	}
}
