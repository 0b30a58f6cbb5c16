package table

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/intake/table/charset"
)

func TestText(t *testing.T) {
	type rows = [][]string
	for _, test := range []struct {
		name     string
		file     string // "devices.csv" when empty
		text     string
		limits   Limits
		want     rows
		problems []string
		torn     string // row and column of the one row that is
		refusal  string // part of the refusal
	}{
		{name: "comma", text: "a,b\n1,2\n", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "no final newline", text: "a,b\n1,2", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "CRLF", text: "a,b\r\n1,2\r\n", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "CR", text: "a,b\r1,2\r", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "mixed line ends", text: "a,b\n1,2\r\n3,4\r5,6", want: rows{{"a", "b"}, {"1", "2"}, {"3", "4"}, {"5", "6"}}},
		{name: "semicolon", text: "a;b\n1;2\n", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "tab", text: "a\tb\n1\t2\n", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "pipe", text: "a|b\n1|2\n", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "one column", text: "guid\n1\n2\n", want: rows{{"guid"}, {"1"}, {"2"}}},
		{name: "header alone", text: "guid;version", want: rows{{"guid", "version"}}},
		{name: "sep line wins", text: "sep=;\na,b;c\n", want: rows{{"sep=", ""}, {"a,b", "c"}}},
		{name: "sep line in quotes", text: "\"sep=|\"\na|b\n", want: rows{{"sep=|"}, {"a", "b"}}},
		{name: "sep line in capitals before CRLF", text: "SEP=\t\r\na\tb;c\r\n", want: rows{{"SEP=", ""}, {"a", "b;c"}}},
		{name: "type line", text: "#TYPE System.Management.Automation.PSCustomObject\n\"a\",\"b\"\n\"1\",\"2\"\n",
			want: rows{{"#TYPE System.Management.Automation.PSCustomObject"}, {"a", "b"}, {"1", "2"}}},
		{name: "Zeek log", text: "#separator \\x09\n#fields\tts\tid.orig_h\n1\t\"10.0.0.1\n",
			want: rows{{"#separator \\x09"}, {"#fields", "ts", "id.orig_h"}, {"1", "\"10.0.0.1"}}},
		{name: "title lines with other delimiters",
			text: "Device report, made on 2019-12-01, by J. Doe, for all\n\nguid;name;version\n1;a;7.0\n2;b;6.8\n3;c;6.9\n",
			want: rows{{"Device report, made on 2019-12-01, by J. Doe, for all"}, {}, {"guid", "name", "version"}, {"1", "a", "7.0"}, {"2", "b", "6.8"}, {"3", "c", "6.9"}}},
		{name: "comma in every row but the header",
			text: "user;name\nu1;Doe, Jane, Dr\nu2;Roe, Rick, Dr\nu3;Poe, Ann, Dr\n",
			want: rows{{"user", "name"}, {"u1", "Doe, Jane, Dr"}, {"u2", "Roe, Rick, Dr"}, {"u3", "Poe, Ann, Dr"}}},
		{name: "decimal commas in every row",
			text: "guid;used;left;share\n1;1,5;2,5;3,5\n2;1,5;2,5;3,5\n3;1,5;2,5;3,5\n",
			want: rows{{"guid", "used", "left", "share"}, {"1", "1,5", "2,5", "3,5"}, {"2", "1,5", "2,5", "3,5"}, {"3", "1,5", "2,5", "3,5"}}},
		{name: "delimiters inside quotes do not count",
			text: "\"a;b;c;d\",\"e\"\n\"a;b;c;d\",\"e\"\n", want: rows{{"a;b;c;d", "e"}, {"a;b;c;d", "e"}}},
		{name: "lists in every row but the header",
			text: "guid,tags\n1,a|b|c|d|e\n2,a|b|c|d|e\n3,a|b|c|d|e\n",
			want: rows{{"guid", "tags"}, {"1", "a|b|c|d|e"}, {"2", "a|b|c|d|e"}, {"3", "a|b|c|d|e"}}},
		{name: "two title lines with a comma each, and one row",
			text: "Devices, all\nfor Northwind, Inc\nguid;name;version\n1;a;7.0\n",
			want: rows{{"Devices, all"}, {"for Northwind, Inc"}, {"guid", "name", "version"}, {"1", "a", "7.0"}}},
		{name: "title with a comma above decimal commas",
			text: "Devices, all\nguid;used\n1;1,5\n2;2,5\n3;3,5\n",
			want: rows{{"Devices, all"}, {"guid", "used"}, {"1", "1,5"}, {"2", "2,5"}, {"3", "3,5"}}},
		{name: "rows with one more delimiter than the header",
			text: "a,b,c\n1;x,2,3,\n4;x,5,6,\n7;x,8,9,\n",
			want: rows{{"a", "b", "c"}, {"1;x", "2", "3", ""}, {"4;x", "5", "6", ""}, {"7;x", "8", "9", ""}}},
		{name: "ragged from the first row on",
			text: "a;b;c;d\n1;x, y\n2;x, y;3\n3;x, y;3;4\n4\n5;x, y;3;4\n",
			want: rows{{"a", "b", "c", "d"}, {"1", "x, y"}, {"2", "x, y", "3"}, {"3", "x, y", "3", "4"}, {"4"}, {"5", "x, y", "3", "4"}}},
		{name: "status with a comma, semicolon file", text: "guid;status;v\n1;Active, Blocked;7\n2;Active, Deauthorized;7\n",
			want: rows{{"guid", "status", "v"}, {"1", "Active, Blocked", "7"}, {"2", "Active, Deauthorized", "7"}}},
		{name: "quoted newlines and quotes", text: "a,b\n\"x\r\ny\",\"say \"\"hi\"\"\"\n1,2\n",
			want: rows{{"a", "b"}, {"x\r\ny", `say "hi"`}, {"1", "2"}}},
		{name: "blank lines count", text: "a,b\n\n\n1,2\n", want: rows{{"a", "b"}, {}, {}, {"1", "2"}}},
		{name: "blank line before the header", text: "\na,b\n1,2\n", want: rows{{}, {"a", "b"}, {"1", "2"}}},
		{name: "ragged rows", text: "a,b,c\n1\n1,2,3,4\n", want: rows{{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4"}}},
		{name: "empty cells", text: "a,b,c\n,,\n\"\",x,\n", want: rows{{"a", "b", "c"}, {"", "", ""}, {"", "x", ""}}},
		{name: "a quote inside a cell", text: "a,b\n6\" disk,2\n", want: rows{{"a", "b"}, {"6\" disk", "2"}}},
		{name: "a blank before every quote", text: "a, b\n1, \"x, y\"\n\"2, 3\", 4\n", want: rows{{"a", " b"}, {"1", "x, y"}, {"2, 3", " 4"}}},
		{name: "a blank before some quotes", text: "a,b\n1,\"x, y\"\n2, \"x, y\"\n", want: rows{{"a", "b"}, {"1", "x, y"}, {"2", " \"x", " y\""}}, torn: "3:2"},
		{name: "a quote after a blank", text: "a,b\n1,\"x\"\n2, \"\n", want: rows{{"a", "b"}, {"1", "x"}, {"2", " \""}}},
		{name: "blanks behind a closing quote", text: "a,b\n\"x\" ,\"y\"\t\n", want: rows{{"a", "b"}, {"x", "y"}}},
		{name: "text after a closing quote", text: "a,b\n\"x\"y\"z,2\n", want: rows{{"a", "b"}, {"xy\"z", "2"}}, torn: "2:1"},
		{name: "a quote too many", text: "a,b,c,d\n\"1,2,\"3,\"4, 5\"\n\"6\",7,8,9\n", want: rows{{"a", "b", "c", "d"}, {"1,2,3", "4, 5"}, {"6", "7", "8", "9"}}, torn: "2:1"},
		{name: "a quote too many before a quoted cell", text: "a,b\n1,\"\"x, y\"\n2,\"z\"\n", want: rows{{"a", "b"}, {"1", "x", " y\""}, {"2", "z"}}, torn: "2:2"},
		{name: "a delimiter is missing before a quoted cell", text: "a,b,c\n1,2\"x, y\"\n", want: rows{{"a", "b", "c"}, {"1", "2\"x", " y\""}}, torn: "2:2"},
		{name: "backslashes before all quotes", text: "a,b\n1,\"8\\\"\"\n2,\"C:\\\\\"\n3,\"say \\\"hi\\\", x\"\n",
			want: rows{{"a", "b"}, {"1", "8\""}, {"2", "C:\\"}, {"3", "say \"hi\", x"}}},
		{name: "backslashes before some quotes", text: "a,b\n1,\"8\"\"\"\n2,\"say \\\"hi\\\"\"\n",
			want: rows{{"a", "b"}, {"1", "8\""}, {"2", "say \\hi\\\"\""}}, torn: "3:2"},
		{name: "a path before a closing quote", text: "a,b\n1,\"C:\\\"\n2,\"x\"\n", want: rows{{"a", "b"}, {"1", "C:\\"}, {"2", "x"}}},
		{name: "apostrophes around cells", text: "a,b\n'Men''s, all',1\n'x','y'\n", want: rows{{"a", "b"}, {"Men's, all", "1"}, {"x", "y"}}},
		{name: "apostrophes before cells", text: "a,b\n'=1,'x'\n'x',2\n", want: rows{{"a", "b"}, {"'=1", "'x'"}, {"'x'", "2"}}},
		{name: "marks inside a file", text: "a,b\n1,2\n\ufeff\"a\",\ufeff\"b, c\"\n", want: rows{{"a", "b"}, {"1", "2"}, {"a", "b, c"}}},
		{name: "quoted cell at the end", text: "a,b\n1,\"2\"", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "quoted cell before CR", text: "a,b\r\"1\",\"2\"\r\"3\",\"4\"\r", want: rows{{"a", "b"}, {"1", "2"}, {"3", "4"}}},
		{name: "UTF-8 with mark before a quoted header", text: "\ufeff\"a,b\",c\n1,2\n", want: rows{{"a,b", "c"}, {"1", "2"}}},
		{name: "UTF-8", text: "n,v\nJosé,2\n", want: rows{{"n", "v"}, {"José", "2"}}},
		{name: "Windows-1252", text: "n,v\nJos\xe9,\x80\n", want: rows{{"n", "v"}, {"José", "€"}}},
		{name: "Windows-1252 at the very end", text: "v,n\n1,Jos\xe9", want: rows{{"v", "n"}, {"1", "José"}}},
		{name: "Windows-1252 late", text: "n,v\n" + strings.Repeat("a,1\n", 100_000) + "Jos\xe9,2\n",
			want: append(append(rows{{"n", "v"}}, repeat([]string{"a", "1"}, 100_000)...), []string{"José", "2"})},
		{name: "byte that Windows-1252 does not have", text: "n,v\n\xe9t\xe9,Ren\xe9\nM\xfcller \xe0 la,\xdf\nx\x81,3\n", want: rows{{"n", "v"}, {"été", "René"}, {"Müller à la", "ß"}, {"x\ufffd", "3"}},
			problems: []string{"devices.csv:4: found bytes that are not Windows-1252, want one encoding: they were replaced, here first"}},
		{name: "UTF-8, then not", text: "n,v\nJosé,2\nJos\xe9,2\n", refusal: "devices.csv:3: found bytes that are not UTF-8 after text that is"},
		{name: "marked UTF-8, then not", text: "\ufeffn,v\nJose,2\nJos\xe9,2\n", refusal: "devices.csv:3: found bytes that are not UTF-8"},
		{name: "UTF-8 cut inside a character", text: "n,v\nJosé,2\nJos\xc3", refusal: "devices.csv:3: found bytes that are not UTF-8"},
		{name: "zero bytes", text: "a,b\n1\x00,2\n3,\x004\n", want: rows{{"a", "b"}, {"1", "2"}, {"3", "4"}},
			problems: []string{"devices.csv:2: found zero bytes, want text: they were left out, here first"}},
		{name: "zero byte at the end", text: "a,b\n1,2\n\x00", want: rows{{"a", "b"}, {"1", "2"}},
			problems: []string{"devices.csv:3: found zero bytes, want text: they were left out, here first"}},
		{name: "a hole of zero bytes", text: strings.Repeat("a,b\n", 10_000) + strings.Repeat("\x00", 4096) + "1,2\n",
			refusal: "devices.csv:10001: found a run of zero bytes"},
		{name: "a hole of zero bytes at the end", text: strings.Repeat("a,b\n", 100_000) + strings.Repeat("\x00", 1<<20),
			refusal: "found a run of zero bytes"},
		{name: "unterminated quote", text: "a,b\n1,2\n3,\"4\n5,6\n", refusal: "devices.csv:3:2: found a quote that is not closed before the end of the file"},
		{name: "missing quote between quoted rows", text: "a,b\n\"1,2\n\"3\",4\n", refusal: "devices.csv:2:1: found text after the closing quote of a cell of several lines"},
		{name: "unterminated quote in a long file", text: "a,b\n1,\"" + strings.Repeat("x,y\n", 1<<20), limits: Limits{CellBytes: 10_000},
			refusal: "devices.csv:2:2: found a quoted cell longer than 9.8 KiB (limits.cell), want its closing quote"},
		{name: "cell too long", text: "a,b\n1," + strings.Repeat("x", 101) + "\n", limits: Limits{CellBytes: 100},
			refusal: "devices.csv:2:2: found a cell of 101 bytes, want at most 100 bytes (limits.cell)"},
		{name: "quoted cell too long", text: "a,b\n1,\"" + strings.Repeat("x", 101) + "\"\n", limits: Limits{CellBytes: 100},
			refusal: "devices.csv:2:2: found a cell of 101 bytes, want at most 100 bytes (limits.cell)"},
		{name: "cell of the longest length", text: "a,b\n1," + strings.Repeat("x", 100) + "\n", limits: Limits{CellBytes: 100},
			want: rows{{"a", "b"}, {"1", strings.Repeat("x", 100)}}},
		{name: "long cell of doubled quotes", text: "a,b\n1,\"" + strings.Repeat(`""`, 100) + "\"\n", limits: Limits{CellBytes: 100},
			want: rows{{"a", "b"}, {"1", strings.Repeat(`"`, 100)}}},
		{name: "a line without end", text: "a,b\n" + strings.Repeat("x", 40<<20), refusal: "devices.csv:2: found a row longer than 17 MiB"},
		{name: "very long cells", text: "a,b\n" + strings.Repeat("x", 900_000) + ",\"" + strings.Repeat("y", 900_000) + "\"\n1,2\n",
			want: rows{{"a", "b"}, {strings.Repeat("x", 900_000), strings.Repeat("y", 900_000)}, {"1", "2"}}},
		{name: "too many columns", text: "a,b,c\n1,2,3\n", limits: Limits{Columns: 2}, refusal: "devices.csv:1:3: found 3 columns, want at most 2 (limits.columns)"},
		{name: "too many rows", text: "a\n1\n2\n", limits: Limits{Rows: 2}, refusal: "devices.csv:3: found more rows, want at most 2 (limits.rows)"},
		{name: "blank rows beyond the last", text: "a\n1\n\n\n", limits: Limits{Rows: 2}, want: rows{{"a"}, {"1"}, {}, {}}},
		{name: "cut in the last row", text: "a,b,c\n1,2,3\n4,5,6\n7,8", want: rows{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}, {"7", "8"}},
			problems: []string{"devices.csv:4: found 2 of 3 cells and no line end in the last row, want all: the file may be cut"}},
		{name: "short last row with a line end", text: "a,b,c\n1,2,3\n4,5,6\n7,8\n", want: rows{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}, {"7", "8"}}},
		{name: "title line is no measure for a cut", text: "title\na,b,c\n1,2,3\n4,5,6\n7", want: rows{{"title"}, {"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}, {"7"}},
			problems: []string{"devices.csv:5: found 1 of 3 cells and no line end in the last row, want all: the file may be cut"}},
		{name: "empty file", text: "", refusal: "devices.csv: the file is empty"},
		{name: "a mark alone", text: "\ufeff", refusal: "devices.csv: the file is empty"},
		{name: "blanks alone", text: " \r\n\t\n", refusal: "devices.csv: the file is empty"},
		{name: "very many blanks", text: strings.Repeat("\n", 200_000), refusal: "devices.csv: the file is empty"},
		{name: "empty UTF-16 file", text: "\xff\xfe\r\x00\n\x00", refusal: "devices.csv: the file is empty"},
		{name: "zero bytes alone", text: strings.Repeat("\x00", 5000), refusal: "found binary content"},
		{name: "binary", text: "MZ\x90\x00\x03\x00\x00\x00\x04\x01\x02\x03\xff\xff\x00\x00\xb8", refusal: "found binary content"},
		{name: "half a character in UTF-16", text: "\xff\xfea\x00\n\x00\x3d\xd8b\x00", refusal: "devices.csv:2: found half a character, want UTF-16"},
		{name: "UTF-16 cut inside a character", text: "\xff\xfea\x00,\x00b\x00\n\x001", refusal: "devices.csv:2: found half a character at the end"},
		{name: "UTF-32", text: "\xff\xfe\x00\x00a\x00\x00\x00", refusal: "found UTF-32 text"},
		{name: "web page", text: "<!DOCTYPE html>\n<html><table>", refusal: "found a web page"},
		{name: "web page named as a workbook", file: "devices.xlsx", text: "\n<HTML xmlns:o=''>", refusal: "found a web page"},
		{name: "web page in UTF-16", file: "devices.xls", text: "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", refusal: "found a web page"},
		{name: "XML spreadsheet", file: "devices.xls", text: "<?xml version=\"1.0\"?>\n<Workbook>", refusal: "found an XML document"},
		{name: "JSON list", text: "[\n {\"guid\": 1}]", refusal: "found JSON"},
		{name: "JSON object", text: "{ \"guid\": 1}", refusal: "found JSON"},
		{name: "title in brackets is no JSON", text: "[all devices]\na,b\n", want: rows{{"[all devices]"}, {"a", "b"}}},
		{name: "PDF", text: "%PDF-1.7\n", refusal: "found a PDF document"},
		{name: "gzip", text: "\x1f\x8b\x08\x00", refusal: "found a gzip archive"},
		{name: "CSV named as a workbook", file: "devices.xlsx", text: "a,b\n1,2\n", refusal: "found text, want a workbook as the name says: give the file a name that ends in .csv"},
		{name: "rubbish named as a workbook", file: "devices.xlsx", text: "\x01\x02\x03\x04rubbish", refusal: "found bytes that are no workbook"},
		{name: "CSV named .xls", file: "devices.xls", text: "a\tb\n1\t2\n", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "standard input", file: "-", text: "a,b\n1,2\n", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "archive named as text", text: "PK\x03\x04", refusal: "found a zip archive (unpack it first), want text as the name says"},
		{name: "workbook named as text", text: string(book{sheets: []string{plainSheet}}.bytes(t)), refusal: "found a workbook (give it a name that ends in .xlsx), want text as the name says"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := test.file
			if file == "" {
				file = "devices.csv"
			}
			check := func(got reading) {
				t.Helper()
				if test.refusal != "" {
					if got.refusal == nil || !strings.Contains(got.refusal.Error(), test.refusal) {
						t.Fatalf("found refusal %v, want %q", got.refusal, test.refusal)
					}
					return
				}
				if got.refusal != nil {
					t.Fatal(got.refusal)
				}
				if diff := diffRows(test.want, got.sheets[0].rows); diff != "" {
					t.Errorf("rows (-want +got):\n%s", diff)
				}
				if torn := strings.Join(got.sheets[0].torn, " "); torn != test.torn {
					t.Errorf("found torn rows %q, want %q", torn, test.torn)
				}
				if diff := cmp.Diff(test.problems, fixture.Lines(got.problems)); diff != "" {
					t.Errorf("problems (-want +got):\n%s", diff)
				}
			}
			check(readAll(t, file, []byte(test.text), test.limits))
			if len(test.text) < 1<<20 {
				// The rows are the same, in whatever pieces the bytes come.
				check(readFrom(t, file, iotest.HalfReader(strings.NewReader(test.text)), test.limits))
				check(readFrom(t, file, iotest.DataErrReader(strings.NewReader(test.text)), test.limits))
			}
		})
	}
}

func repeat(row []string, n int) [][]string {
	rows := make([][]string, n)
	for i := range rows {
		rows[i] = row
	}
	return rows
}

func TestTextDigestAndSize(t *testing.T) {
	f, err := Open("devices.csv", strings.NewReader("a,b\n1,2\n"), Limits{}, charset.Encoding{})
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = f.Sheets()[0].Read()
	}
	if err != io.EOF {
		t.Fatal(err)
	}
	// This is what sha256sum prints.
	if want := "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470"; f.SHA256() != want || f.Bytes() != 8 {
		t.Errorf("found %s of %d bytes, want %s of 8", f.SHA256(), f.Bytes(), want)
	}
}

func TestTextReadError(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, text := range []string{"", "a,b\n1,2\n", strings.Repeat("a,b\n1,2\n", 100_000)} {
		f, err := Open("devices.csv", io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), Limits{}, charset.Encoding{})
		for err == nil {
			_, err = f.Sheets()[0].Read()
		}
		if refusal := (*Refusal)(nil); !errors.Is(err, broken) || errors.As(err, &refusal) {
			t.Errorf("after %d bytes: found error %v, want %v", len(text), err, broken)
		}
	}
}
