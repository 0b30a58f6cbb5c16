package table

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"

	"example.org/cutoff/generator/intake/table/ooxml"
	"example.org/cutoff/generator/problem"
)

const (
	// maxSmallPart bounds the parts that are decoded as a whole: the list of sheets,
	// the relations between parts, and the styles.
	maxSmallPart = 4 << 20

	// No spreadsheet program writes a part that unpacks to more than bombBytes and
	// to more than bombRatio times its size. Deflate allows about 1,030 times.
	bombBytes = 64 << 20
	bombRatio = 500
)

// workbook is an open workbook: its bytes in memory, and what it is made of.
type workbook struct {
	f       *File
	archive *zip.Reader
	parts   map[string]*zip.File // by [ooxml.PartKey]
	checked map[string]bool      // the parts that were read, by the same key
	left    int64                // how many bytes may still be unpacked

	stringsPart string
	shared      *sharedStrings
	decimals    []int // how many each style shows
}

// openWorkbook reads and verifies a whole workbook: the archive's directory, every
// part's checksum and size, and the XML of every part that rows depend on.
func (f *File) openWorkbook() error {
	limit := max(f.limits.UnzippedBytes/8, 16<<20)
	memory, ok, err := ooxml.ReadBlocks(f.source, limit)
	if err != nil {
		return err
	}
	if !ok {
		return f.refuse(problem.TooLarge, fmt.Sprintf("found a workbook of more than %s, want less (an eighth of limits.unzipped): save it as CSV, or raise the limit", problem.Size(limit)))
	}
	book := &workbook{f: f, left: f.limits.UnzippedBytes, checked: map[string]bool{}, shared: &sharedStrings{}}
	if err := book.openArchive(memory); err != nil {
		return book.refuse("", "", err)
	}
	return book.verify()
}

// openArchive checks the directory of the zip archive and opens it. It refuses an
// archive that is no workbook, or would unpack to too much.
func (b *workbook) openArchive(memory *ooxml.Blocks) error {
	entries, err := ooxml.ReadDirectory(memory, memory.Size)
	if err != nil {
		return err
	}
	if err := b.recognise(entries, memory); err != nil {
		return err
	}
	total := int64(0)
	for _, e := range entries {
		if e.Unpacked > bombBytes && e.Unpacked > bombRatio*max(e.Packed, 1) {
			return ooxml.TooLarge("found part %s that unpacks to %s from %s, want a workbook: the file is made to harm",
				problem.Quote(e.Name), problem.Size(e.Unpacked), problem.Size(e.Packed))
		}
		if total += e.Unpacked; e.Unpacked > b.left || total > b.left {
			return ooxml.TooLarge("found a workbook that unpacks to more than %s, want less (limits.unzipped): save it as CSV, or raise the limit", problem.Size(b.left))
		}
	}
	if b.archive, err = zip.NewReader(memory, memory.Size); err != nil {
		return ooxml.Damaged("found a broken zip archive, want a whole workbook: the file is damaged")
	}
	b.parts = make(map[string]*zip.File, len(b.archive.File))
	for _, part := range b.archive.File {
		b.parts[ooxml.PartKey(part.Name)] = part
	}
	return nil
}

// recognise refuses an archive that is no workbook, and says what it is.
func (b *workbook) recognise(entries []ooxml.Entry, memory *ooxml.Blocks) error {
	var tables, parts int
	for _, e := range entries {
		switch name := ooxml.PartKey(e.Name); {
		case name == "mimetype":
			kind := make([]byte, min(e.Packed, 100))
			if _, err := memory.ReadAt(kind, e.End-e.Packed); err == nil && strings.Contains(string(kind), "opendocument") {
				return ooxml.Unrecognised("found an OpenDocument file, want XLSX: open it and save it as an Excel workbook (.xlsx)")
			}
		case name == "xl/workbook.bin":
			return ooxml.Unrecognised("found a binary .xlsb workbook, want XLSX: open it and save it as an Excel workbook (.xlsx)")
		case name == "word/document.xml":
			return ooxml.Unrecognised("found a Word document, want a CSV or XLSX export")
		case name == "ppt/presentation.xml":
			return ooxml.Unrecognised("found a presentation, want a CSV or XLSX export")
		case name == "index/document.iwa", name == "index.zip":
			return ooxml.Unrecognised("found a Numbers document, want XLSX: open it and export it to Excel")
		case name == "[content_types].xml", name == "_rels/.rels":
			parts++
		case !strings.HasPrefix(name, "xl/"):
			switch path.Ext(name) {
			case ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".log":
				tables++
			}
		}
	}
	switch {
	case parts > 0:
		return nil
	case tables > 0:
		if len(entries) == 1 {
			return ooxml.Unrecognised("found a zip archive of 1 file, want the report in it: unpack it first")
		}
		return ooxml.Unrecognised("found a zip archive of %d files, want the reports in it: unpack it first", len(entries))
	}
	return ooxml.Unrecognised("found a zip archive, want a CSV or XLSX export: unpack it first")
}

// verify reads every part once and finds the sheets.
func (b *workbook) verify() error {
	main, err := b.mainPart()
	if err != nil {
		return b.refuse("", "", err)
	}
	relations, err := b.relations(main)
	if err != nil {
		return b.refuse(relationsPart(main), "", err)
	}
	list, err := b.sheetList(main)
	if err != nil {
		return b.refuse(main, "", err)
	}
	for _, r := range relations {
		switch r.kind() {
		case "sharedStrings":
			if b.stringsPart != "" {
				return b.refuse(main, "", ooxml.Damaged("found two tables of shared strings, want one"))
			}
			b.stringsPart = r.part(main)
		case "styles":
			if err := b.readStyles(r.part(main)); err != nil {
				return b.refuse(r.part(main), "", err)
			}
		case "theme":
			if err := b.read(r.part(main), func(r io.Reader) error { return ooxml.NewReader(r).Drain() }); err != nil {
				return b.refuse(r.part(main), "", err)
			}
		}
	}
	if err := b.verifyStrings(); err != nil {
		return err
	}
	if err := b.verifySheets(main, list, relations); err != nil {
		return err
	}
	// Read the parts that no row depends on, such as pictures. A bad checksum there
	// also means that the file is damaged.
	for _, part := range b.archive.File {
		if !b.checked[ooxml.PartKey(part.Name)] {
			if err := b.read(part.Name, func(r io.Reader) error { return nil }); err != nil {
				return b.refuse(part.Name, "", err)
			}
		}
	}
	return nil
}

// usualStrings is where most programs put the shared strings. Some write no
// relation to it.
const usualStrings = "xl/sharedStrings.xml"

func (b *workbook) verifyStrings() error {
	if b.stringsPart == "" {
		if b.parts[ooxml.PartKey(usualStrings)] == nil {
			return nil
		}
		b.stringsPart = usualStrings
	}
	err := b.read(b.stringsPart, func(r io.Reader) (err error) {
		b.shared, err = readStrings(r, b.f.limits)
		return err
	})
	if err != nil {
		return b.refuse(b.stringsPart, "", err)
	}
	return nil
}

// verifySheets scans the sheets that hold rows. It skips charts, dialogs and macros.
func (b *workbook) verifySheets(main string, list *sheetList, relations []relation) error {
	b.f.date1904 = list.date1904()
	left := b.textBudget()
	for _, sheet := range list.Sheets {
		found := -1
		for i, r := range relations {
			if r.ID == sheet.relation() {
				found = i
			}
		}
		if found < 0 {
			return b.refuse(main, sheet.Name, ooxml.Damaged("found a sheet without a part, want a whole workbook: the file is damaged"))
		}
		switch relations[found].kind() {
		case "worksheet":
		case "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet":
			continue
		default:
			return b.refuse(main, sheet.Name, ooxml.Damaged("found a sheet of an unknown kind, want a workbook"))
		}
		part := relations[found].part(main)
		if b.checked[ooxml.PartKey(part)] {
			return b.refuse(part, sheet.Name, ooxml.Damaged("found two sheets in one part, want one: the file is damaged"))
		}
		var facts sheetFacts
		if err := b.read(part, func(r io.Reader) (err error) {
			facts, err = scanSheet(r, b.shared, b.f.limits, left)
			return err
		}); err != nil {
			return b.refuse(part, sheet.Name, err)
		}
		left -= facts.size
		b.f.noteFacts(sheet.Name, facts)
		b.f.sheets = append(b.f.sheets, &Sheet{
			Name:   sheet.Name,
			Hidden: sheet.State == "hidden" || sheet.State == "veryHidden",

			HiddenRows: facts.hidden,
			rows:       &sheetRows{book: b, part: part, name: sheet.Name, last: facts.last, left: left, holder: holder{merged: facts.merged}},
		})
	}
	if len(b.f.sheets) == 0 {
		return b.refuse(main, "", ooxml.Unrecognised("found a workbook without a sheet of rows, want one"))
	}
	return nil
}

// textBudget is how many bytes of text all cells may have. In an ordinary workbook
// that is not far from its unpacked size, since a reference to a shared string
// takes about as many bytes as most strings. A small file made to harm has a few
// long strings that very many cells share.
func (b *workbook) textBudget() int64 {
	unpacked := int64(0)
	for _, part := range b.archive.File {
		unpacked += int64(part.UncompressedSize64)
	}
	return min(b.f.limits.UnzippedBytes, 16<<20+4*unpacked)
}

// open opens a part. Reading it to the end checks its size and checksum against
// the directory.
func (b *workbook) open(name string) (io.ReadCloser, error) {
	part := b.parts[ooxml.PartKey(name)]
	if plain, err := url.PathUnescape(name); part == nil && err == nil {
		part = b.parts[ooxml.PartKey(plain)]
	}
	if part == nil {
		return nil, ooxml.Damaged("found no part %s, want a whole workbook: the file is damaged", problem.Quote(name))
	}
	return part.Open()
}

// read opens a part, lets use read it, and reads the rest. All of it counts
// towards the limit of unzipped bytes.
func (b *workbook) read(name string, use func(io.Reader) error) error {
	r, err := b.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	b.checked[ooxml.PartKey(name)] = true
	counted := &countedReader{r: r, left: &b.left}
	err = use(counted)
	// Read the rest even after an error: if the checksum is wrong, that is the cause
	// and the better message.
	if _, rest := io.Copy(io.Discard, counted); rest != nil {
		return rest
	}
	return err
}

// countedReader stops when more is unpacked than is allowed, whatever sizes the
// archive claims.
type countedReader struct {
	r    io.Reader
	left *int64
}

func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if *c.left -= int64(n); *c.left < 0 {
		return 0, ooxml.TooLarge("found a workbook that unpacks to more than limits.unzipped, want less: the sizes in it are false")
	}
	return n, err
}

// refuse turns an error in a part into a refusal of the file. Every error is a
// fault of the file, since its bytes are already in memory.
func (b *workbook) refuse(part, sheet string, err error) error {
	var f *ooxml.Fault
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, &f):
	case errors.Is(err, zip.ErrChecksum):
		f = &ooxml.Fault{Kind: problem.Damaged, Message: "found a wrong checksum, want a whole workbook: the file is damaged"}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, zip.ErrFormat):
		f = &ooxml.Fault{Kind: problem.Damaged, Message: "found fewer or more bytes than the zip directory says, want a whole workbook: the file is damaged"}
	case errors.As(err, &corrupt):
		f = &ooxml.Fault{Kind: problem.Damaged, Message: "found bytes that cannot be unpacked, want a whole workbook: the file is damaged"}
	default:
		f = &ooxml.Fault{Kind: problem.Damaged, Message: "found a workbook that cannot be read (" + problem.Visible(err.Error()) + "), want one that can"}
	}
	message := f.Message
	if part != "" && sheet == "" {
		message = "part " + problem.Quote(part) + ": " + message
	}
	return b.f.refuseAt(problem.Position{Sheet: sheet, Row: f.Row, Column: f.Column}, f.Kind, message)
}
