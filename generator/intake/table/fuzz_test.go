package table

import (
	"strings"
	"testing"
)

// The limits are small so that the fuzzer reaches them. readAll checks that
// rows are numbered one by one, that refusals and problems have a position and
// that their messages print.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "sep=;\r\na;b\r\n1;2", "\ufeff\"a\"\t\"b\"\r1\t2\r", "\xff\xfea\x00;\x00b\x00\n\x001\x00;\x002\x00",
		"\xfe\xff\x00a\x00|\x00b\xd8\x3d\xde\x00", "n,v\nJos\xe9,\x81\n", "a,\"b\n\"\"c\"\"\",d\"e\n\x00,1", "#separator \\x09\n#fields\tts\n",
		"title\n\na;b;c\n1;2\n", "\"a\"x\n\"b\nc\"y\n", "{\"a\":1}", "<html>", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PK\x05\x06",
		strings.Repeat("a,b\n", 100) + "\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		got := readAll(t, "-", content, Limits{CellBytes: 64, Columns: 20, Rows: 200})
		if got.refusal != nil {
			return
		}
		size := 0
		for _, row := range got.sheets[0].rows {
			for _, cell := range row {
				size += len(cell)
				if len(cell) > 64 {
					t.Fatalf("found a cell of %d bytes", len(cell))
				}
			}
		}
		if size > 3*len(content) {
			t.Fatalf("found %d bytes of cells in %d bytes", size, len(content))
		}
	})
}
