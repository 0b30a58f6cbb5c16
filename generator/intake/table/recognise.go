package table

import (
	"bytes"
	"io"
	"path"
	"strings"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/intake/table/ooxml"
	"example.org/cutoff/generator/problem"
)

// promised says what a name's extension promises. Most promise nothing.
func promised(name string) (workbook, text bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm", ".xltx", ".xltm":
		return true, false
	case ".csv", ".tsv", ".tab", ".psv", ".txt", ".log":
		return false, true
	}
	return false, false
}

// signatures are the beginnings of files that are no tables, each with a message
// that says what it is and what to do.
var signatures = []struct{ magic, message string }{
	{"\x1f\x8b", "found a gzip archive, want the report inside it: unpack it first"},
	{"BZh", "found a bzip2 archive, want the report inside it: unpack it first"},
	{"\xfd7zXZ\x00", "found an xz archive, want the report inside it: unpack it first"},
	{"\x28\xb5\x2f\xfd", "found a zstd archive, want the report inside it: unpack it first"},
	{"7z\xbc\xaf\x27\x1c", "found a 7-Zip archive, want the report inside it: unpack it first"},
	{"Rar!\x1a\x07", "found a RAR archive, want the report inside it: unpack it first"},
	{"%PDF-", "found a PDF document, want a CSV or XLSX export"},
	{"{\\rtf", "found a rich text document, want a CSV or XLSX export"},
	{"\x89PNG\r\n\x1a\n", "found a picture, want a CSV or XLSX export"},
	{"SQLite format 3\x00", "found a database, want a CSV or XLSX export"},
	{"MIME-Version:", "found a saved web page, want a CSV or XLSX export: open it in the spreadsheet program and save it as XLSX"},
	{"\xff\xfe\x00\x00", "found UTF-32 text, want UTF-8: save the file as CSV UTF-8"},
	{"\x00\x00\xfe\xff", "found UTF-32 text, want UTF-8: save the file as CSV UTF-8"},
}

// oleMagic is the beginning of the compound container, which old Office documents
// and workbooks with a password come in.
const oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// recognise decides by content and name whether a file is read as a workbook or
// as text, or refuses it.
func (f *File) recognise(head []byte) (workbook bool, err error) {
	asWorkbook, asText := promised(f.name)
	start := string(head[:min(len(head), 16)])
	switch {
	case len(head) == 0:
		return false, f.refuse(problem.Unrecognised, emptyFile)
	case strings.HasPrefix(start, oleMagic):
		return false, f.refuseCompound()
	case ooxml.IsZip(head):
		if asText {
			return false, f.refuse(problem.Unrecognised, packed(head)+" as the name says")
		}
		return true, nil
	}
	for _, s := range signatures {
		if strings.HasPrefix(start, s.magic) {
			return false, f.refuse(problem.Unrecognised, s.message)
		}
	}
	text := textHead(head)
	if len(head) < charset.HeadBytes && len(bytes.TrimSpace(text)) == 0 && !looksBinary(head) {
		return false, f.refuse(problem.Unrecognised, emptyFile)
	}
	if message := markup(text); message != "" {
		return false, f.refuse(problem.Unrecognised, message)
	}
	if asWorkbook {
		if looksBinary(head) || strings.HasPrefix(start, "PK") {
			return false, f.refuse(problem.Damaged, "found bytes that are no workbook, want an XLSX workbook: export it again")
		}
		return false, f.refuse(problem.Unrecognised, "found text, want a workbook as the name says: "+
			"give the file a name that ends in .csv")
	}
	if looksBinary(head) {
		return false, f.refuse(problem.Unrecognised, "found binary content, want a CSV or XLSX export")
	}
	return false, nil
}

// packed says what a zip archive with a text file's name is, and what to do.
func packed(head []byte) string {
	switch {
	case bytes.Contains(head, []byte("opendocument")):
		return "found an OpenDocument file (save it as CSV), want text"
	case bytes.Contains(head, []byte("[Content_Types].xml")), bytes.Contains(head, []byte("xl/")):
		return "found a workbook (give it a name that ends in .xlsx), want text"
	}
	return "found a zip archive (unpack it first), want text"
}

const emptyFile = "the file is empty, want a header and rows"

// textHead gives the beginning of a file roughly as ASCII, without the mark and
// the zero bytes that an encoding puts there: enough to recognise markup.
func textHead(head []byte) []byte {
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	return bytes.ReplaceAll(head, []byte{0}, nil)
}

// markup gives the message that refuses HTML, XML or JSON; "" for other text.
func markup(text []byte) string {
	text = bytes.TrimLeft(text, " \t\r\n\v\f")
	lower := bytes.ToLower(text[:min(len(text), 512)])
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<div", "<style", "<script", "<!--"} {
		if bytes.HasPrefix(lower, []byte(tag)) {
			return "found a web page, want a CSV or XLSX export: open it in the spreadsheet program and save it as XLSX, or export again"
		}
	}
	if bytes.HasPrefix(lower, []byte("<?xml")) {
		return "found an XML document, want a CSV or XLSX export: open it in the spreadsheet program and save it as XLSX"
	}
	if len(text) < 2 {
		return ""
	}
	next := byte(0)
	if rest := bytes.TrimLeft(text[1:], " \t\r\n"); len(rest) > 0 {
		next = rest[0]
	}
	if text[0] == '{' && (next == '"' || next == '}') || text[0] == '[' && (next == '{' || next == '[' || next == ']') {
		return "found JSON, want a CSV or XLSX export: export again with the format CSV"
	}
	return ""
}

// looksBinary reports whether bytes are no text in any known encoding: more than 5%
// are control characters, or more than 30% are zero, which is more than stray
// bytes or a hole in a text.
func looksBinary(head []byte) bool {
	if charset.UTF16Order(head) != nil {
		return false
	}
	control, zeros := 0, 0
	for _, b := range head {
		switch {
		case b == 0:
			zeros++
		case b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1a, b == 0x7f:
			control++
		}
	}
	return control*20 > len(head) || zeros*10 > 3*len(head)
}

// compounds are the files that come in the compound container, by the name of a
// stream in it. If several names are found, the first one here counts.
var compounds = []struct{ stream, message string }{
	{"EncryptedPackage", "found a workbook with a password, want one without: open it, remove the password, save it again"},
	{"WordDocument", "found an old Word document, want a CSV or XLSX export"},
	{"Workbook", "found an old .xls workbook, want XLSX: open it and save it as an Excel workbook (.xlsx)"},
	{"Book", "found an old .xls workbook, want XLSX: open it and save it as an Excel workbook (.xlsx)"},
	{"", "found an old Office document, want a CSV or XLSX export"},
}

// refuseCompound refuses a compound container and says what is in it. It searches
// the bytes for the names of streams. A parser of the container would have to cope
// with every damage, only for this one sentence.
func (f *File) refuseCompound() error {
	found := len(compounds) - 1
	window := make([]byte, 0, 128<<10)
	chunk := make([]byte, 64<<10)
	for range maxCompoundBytes / len(chunk) {
		n, err := f.source.Read(chunk)
		window = append(window, chunk[:n]...)
		for i, c := range compounds[:found] {
			if bytes.Contains(window, wide(c.stream)) {
				found = i
				break
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		keep := min(len(window), len(wide(compounds[0].stream)))
		window = append(window[:0], window[len(window)-keep:]...)
	}
	return f.refuse(problem.Unrecognised, compounds[found].message)
}

// maxCompoundBytes bounds the search for names in a compound container.
const maxCompoundBytes = 256 << 20

// wide gives a name as the compound container writes it: in UTF-16 LE.
func wide(name string) []byte {
	var b []byte
	for i := range len(name) {
		b = append(b, name[i], 0)
	}
	return b
}
