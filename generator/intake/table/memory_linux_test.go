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
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// readHere names a file that this process is to read, and nothing else.
const readHere = "TABLE_TEST_READ"

// TestMain makes the test binary a program that reads one file and says how
// much memory that took, as the system counts it.
func TestMain(m *testing.M) {
	if path := os.Getenv(readHere); path != "" {
		fmt.Println(readAndMeasure(path))
		return
	}
	os.Exit(m.Run())
}

// readAndMeasure gives the peak of memory in kB, and the refusal or "read".
func readAndMeasure(path string) string {
	file, err := os.Open(path)
	if err != nil {
		return err.Error()
	}
	defer file.Close()
	outcome := "read"
	f, err := Open(filepath.Base(path), file, Limits{})
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

// Hostile files are refused, and large ones read, without taking much memory.
func TestMemory(t *testing.T) {
	noise := func(n int) []byte {
		b := make([]byte, n)
		r := rand.NewChaCha8([32]byte{})
		r.Read(b)
		return b
	}
	zipNoise := append([]byte(localHeaderSignature), noise(120<<20)...)
	directory := append([]byte(localHeaderSignature), bytes.Repeat([]byte(directoryEntrySignature+strings.Repeat("\x00", 42)), 2<<20)...)
	directory = append(directory, []byte(directoryEndSignature+"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x00\x00\x05\x04\x00\x00\x00\x00\x00")...)
	for _, test := range []struct {
		name    string
		file    string
		content []byte
		want    string
	}{
		{name: "bomb", file: "a.xlsx", content: bomb(t, 200<<20, 0), want: "too-large"},
		{name: "bomb that lies", file: "a.xlsx", content: bomb(t, 200<<20, 60<<20), want: "damaged"},
		{name: "noise", file: "a.xlsx", content: zipNoise, want: "damaged"},
		{name: "noise beyond the limit", file: "a.xlsx", content: append(bytes.Clone(zipNoise), zipNoise[:16<<20]...), want: "too-large"},
		{name: "directory of millions", file: "a.xlsx", content: directory, want: "too-large"},
		{name: "millions of shared strings", file: "a.xlsx", content: book{sheets: []string{plainSheet}, strings: strings.Repeat("<si/>", 12<<20)}.bytes(t), want: "read"},
		{name: "too many shared strings", file: "a.xlsx", content: streamed(t, "xl/sharedStrings.xml", flate.HuffmanOnly, `<sst>`, "<si/>", 17<<20, 0), want: "too-large"},
		{name: "a million padding rows", file: "a.xlsx", content: book{sheets: []string{padded(1_000_000)}}.bytes(t), want: "read"},
		{name: "one string in every cell", file: "a.xlsx", content: book{sheets: []string{manyShared(2000)}, strings: "<si><t>" + strings.Repeat("x", 1<<20) + "</t></si>"}.bytes(t), want: "too-large"},
		{name: "long strings of their own", file: "a.xlsx", content: book{sheets: []string{"<sheetData>" + strings.Repeat(`<row><c t="inlineStr"><is><t>`+strings.Repeat("x", 1<<20)+"</t></is></c></row>", 20) + "</sheetData>"}}.bytes(t), want: "read"},
		{name: "very wide rows", file: "a.xlsx", content: book{sheets: []string{"<sheetData>" + strings.Repeat("<row>"+strings.Repeat("<c/>", 999)+`<c><v>1</v></c></row>`, 4_000) + "</sheetData>"}}.bytes(t), want: "read"},
		{name: "a report of 10,000 rows", file: "a.xlsx", content: exportXLSX(t, 10_000), want: "read"},
		{name: "an unclosed quote", file: "a.csv", content: append([]byte("a,b\n1,\""), bytes.Repeat([]byte("x,y\n"), 64<<20)...), want: "too-large"},
		{name: "a line without end", file: "a.csv", content: append([]byte("a,b\n"), bytes.Repeat([]byte("x,"), 64<<20)...), want: "too-large"},
		{name: "a report of 100,000 rows as text", file: "a.csv", content: exportCSV(100_000), want: "read"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), test.file)
			if err := os.WriteFile(path, test.content, 0o600); err != nil {
				t.Fatal(err)
			}
			command := exec.Command(os.Args[0])
			command.Env = append(os.Environ(), readHere+"="+path)
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

// padded gives a row with a value, and then rows of empty cells with a style.
func padded(n int) string {
	var b strings.Builder
	b.WriteString(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row>`)
	for i := range n {
		fmt.Fprintf(&b, `<row r="%d" spans="1:3"><c r="A%d" s="1"/><c r="B%d" s="1"/><c r="C%d" s="1"/></row>`, i+2, i+2, i+2, i+2)
	}
	b.WriteString("</sheetData>")
	return b.String()
}
