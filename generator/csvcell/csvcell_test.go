package csvcell

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"
)

// cells has texts and the cell that a file holds for each.
var cells = map[string]string{
	"":                "",
	"PC-1":            "PC-1",
	"a, b":            `"a, b"`,
	`15" Lenovo`:      `"15"" Lenovo"`,
	"=1+1":            "'=1+1",
	"＝1":              "'＝1",
	" \u200b\u3000-1": "' \u200b\u3000-1",
	`"=1"`:            `"'""=1"""`,
	"Ops;=1+1":        "Ops;'=1+1",
	`Ops; "@x"`:       `"Ops;' ""@x"""`,
	"a\t+1":           "a\t'+1",
	"a\n-1\r@2":       "\"a\n'-1\r'@2\"",
	"\ta":             "'\ta",
	"a-1":             "a-1",
	"\x1b[31m=":       "\uFFFD[31m=",
}

// A cell that was guarded once is not guarded again.
func TestAppend(t *testing.T) {
	for text, want := range cells {
		got := string(Append([]byte("x,"), text))
		if got != "x,"+want {
			t.Errorf("%q became %q, want %q", text, got, "x,"+want)
		}
		rows, err := csv.NewReader(strings.NewReader(got + ",end\n")).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if again := string(Append([]byte("x,"), rows[0][1])); again != got {
			t.Errorf("%q became %q the second time, want %q", text, again, got)
		}
	}
}

// A cell may be as long as the settings allow. The time for it must not grow
// with the square of its length.
func TestLongCells(t *testing.T) {
	for _, text := range []string{"\n", ";", " ", "\"", ";=", "; =", "\r\n", "\u200b", "'", "\t", "\x00"} {
		cell := []byte(strings.Repeat(text, 1<<20/len(text)))
		begin := time.Now()
		row := Finish(cell, 0)
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%d bytes of %q took %v", len(cell), text, took)
		}
		if len(row) == 0 {
			t.Errorf("%q became nothing", text)
		}
	}
}

func FuzzCell(f *testing.F) {
	for text := range cells {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line := append(Finish([]byte(text), 0), ",end\n"...)
		rows, err := csv.NewReader(bytes.NewReader(line)).ReadAll()
		if err != nil || len(rows) != 1 || len(rows[0]) != 2 {
			t.Fatalf("%q became %q: %v, %v", text, line, rows, err)
		}
		cell := rows[0][0]
		if cell != "" && (startsFormula([]rune(cell)[0]) || strings.ContainsAny(cell[:1], "\t\r\n")) {
			t.Errorf("%q became %q, which a spreadsheet runs", text, cell)
		}
		for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\t' || r == '\n' || r == '\r' }) {
			if runs([]byte(part)) {
				t.Errorf("%q has a part %q that a spreadsheet of another locale runs", text, part)
			}
		}
		plain := string(Printable([]byte(text)))
		unguarded := strings.ReplaceAll(strings.ReplaceAll(plain, "\r\n", "\n"), "'", "")
		if strings.ReplaceAll(cell, "'", "") != unguarded {
			t.Errorf("%q became %q: more than apostrophes changed", text, cell)
		}
	})
}
