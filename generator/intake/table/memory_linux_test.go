package table

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/sample"
)

// readHere is set in a process that only reads its standard input as a file with
// this name.
const readHere = "TABLE_TEST_READ"

// TestMain turns the test binary into a program that reads one file and prints how
// much memory that took, as the system counts it.
func TestMain(m *testing.M) {
	if name := os.Getenv(readHere); name != "" {
		fmt.Println(readAndMeasure(name, os.Stdin))
		return
	}
	os.Exit(m.Run())
}

// readAndMeasure gives the peak memory in kB, and the refusal or "read".
func readAndMeasure(name string, r io.Reader) string {
	outcome := "read"
	f, err := Open(name, r, Limits{}, charset.Encoding{})
	if err == nil {
		for _, s := range f.Sheets() {
			for err == nil {
				_, err = s.Read()
			}
			if err != io.EOF {
				break
			}
			err = nil
		}
	}
	if refusal := (*Refusal)(nil); errors.As(err, &refusal) {
		outcome = string(refusal.Kind)
	} else if err != nil {
		outcome = err.Error()
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err.Error()
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	return strings.Fields(rest)[0] + " " + outcome
}

// Hostile files are refused, and large ones are read, in little memory. Some inputs
// never end: the reader must stop by itself.
func TestMemory(t *testing.T) {
	endless := func(begin, piece string) io.Reader {
		return io.MultiReader(strings.NewReader(begin), &repeated{piece: strings.Repeat(piece, 1<<10)})
	}
	noise := func() io.Reader {
		return io.MultiReader(strings.NewReader("PK\x03\x04"), rand.NewChaCha8([32]byte{}))
	}
	workbook := func(sheet, shared string) func() io.Reader {
		return func() io.Reader { return bytes.NewReader(book{sheets: []string{sheet}, strings: shared}.bytes(t)) }
	}
	for _, test := range []struct {
		name    string
		file    string
		content func() io.Reader
		want    string
	}{
		{"bomb", "a.xlsx", func() io.Reader { return bytes.NewReader(bomb(t, 200<<20, 0)) }, "too-large"},
		{"bomb that lies", "a.xlsx", func() io.Reader { return bytes.NewReader(bomb(t, 200<<20, 60<<20)) }, "damaged"},
		{"noise", "a.xlsx", func() io.Reader { return io.LimitReader(noise(), 120<<20) }, "damaged"},
		{"noise without end", "a.xlsx", noise, "too-large"},
		{"directory of millions", "a.xlsx", func() io.Reader {
			entries := endless("PK\x03\x04", "PK\x01\x02"+strings.Repeat("\x00", 42))
			end := strings.NewReader("PK\x05\x06" + "\x00\x00\x00\x00\x01\x00\x01\x00\x00\x00\x00\x05\x04\x00\x00\x00\x00\x00")
			return io.MultiReader(io.LimitReader(entries, 4+46<<21), end)
		}, "too-large"},
		{"millions of shared strings", "a.xlsx", workbook(plainSheet, strings.Repeat("<si/>", 12<<20)), "read"},
		{"too many shared strings", "a.xlsx", func() io.Reader {
			return bytes.NewReader(streamed(t, "xl/sharedStrings.xml", flate.HuffmanOnly, `<sst>`, "<si/>", 17<<20, 0))
		}, "too-large"},
		{"a million padding rows", "a.xlsx", workbook(padded(1_000_000), ""), "read"},
		{"one string in every cell", "a.xlsx", workbook(manyShared(2000), "<si><t>"+strings.Repeat("x", 1<<20)+"</t></si>"), "too-large"},
		{"long strings of their own", "a.xlsx", workbook("<sheetData>"+strings.Repeat(`<row><c t="inlineStr"><is><t>`+strings.Repeat("x", 1<<20)+"</t></is></c></row>", 20)+"</sheetData>", ""), "read"},
		{"very wide rows", "a.xlsx", workbook("<sheetData>"+strings.Repeat("<row>"+strings.Repeat("<c/>", 999)+`<c><v>1</v></c></row>`, 4_000)+"</sheetData>", ""), "read"},
		{"a report of 10,000 rows", "a.xlsx", func() io.Reader { return bytes.NewReader(export(t, 7_300, sample.XLSX)) }, "read"},
		{"an unclosed quote", "a.csv", func() io.Reader { return endless("a,b\n1,\"", "x,y\n") }, "too-large"},
		{"a line without end", "a.csv", func() io.Reader { return endless("a,b\n", "x,") }, "too-large"},
		{"a report of 100,000 rows as text", "a.csv", func() io.Reader { return bytes.NewReader(export(t, 73_000, sample.CSV)) }, "read"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			command := exec.Command(os.Args[0])
			command.Env = append(os.Environ(), readHere+"="+test.file)
			command.Stdin = test.content()
			out, err := command.Output()
			if err != nil {
				t.Fatal(err)
			}
			memory, outcome, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
			kilobytes, err := strconv.Atoi(memory)
			if err != nil {
				t.Fatalf("found %q, want a number of kilobytes", out)
			}
			if outcome != test.want || kilobytes > 200_000 {
				t.Errorf("found %q in %d kB, want %q in at most 200000 kB", outcome, kilobytes, test.want)
			}
			t.Logf("%d kB, %s", kilobytes, outcome)
		})
	}
}

// repeated gives a piece again and again.
type repeated struct {
	piece string
	at    int
}

func (r *repeated) Read(p []byte) (int, error) {
	n := copy(p, r.piece[r.at:])
	r.at = (r.at + n) % len(r.piece)
	return n, nil
}

// padded gives a row with a value, and then rows of empty cells with a style.
func padded(n int) string {
	var b strings.Builder
	b.WriteString(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row>`)
	for i := range n {
		number := strconv.Itoa(i + 2)
		for _, piece := range []string{`<row r="`, `" spans="1:3"><c r="A`, `" s="1"/><c r="B`, `" s="1"/><c r="C`} {
			b.WriteString(piece)
			b.WriteString(number)
		}
		b.WriteString(`" s="1"/></row>`)
	}
	b.WriteString("</sheetData>")
	return b.String()
}
