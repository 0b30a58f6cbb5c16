// Package table reads files as rows of text with positions: workbooks, and
// delimited text in the encodings and with the delimiters that exports use. It
// knows nothing about columns or devices. It decides what a file is, refuses what
// cannot be trusted as a whole, and numbers rows as a spreadsheet does.
//
// Text is read as a stream. Memory is bounded by one record, and damage at the
// end of a file shows only at the end. So a caller must not let rows count before
// it has seen io.EOF. [Open] verifies a workbook to its last byte before it gives
// the first row.
package table

import (
	"io"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/problem"
)

// Limits bound what one file may cost. A field that is 0 or negative means the
// default.
type Limits struct {
	CellBytes int // longest cell in bytes of UTF-8; default 1 MiB
	Columns   int // widest row; default 1,000
	Rows      int // number of the last row that holds a value; default 10,000,000
	// UnzippedBytes bounds all parts of a workbook together; default 1 GiB. The
	// file itself, which is kept in memory, may have an eighth of that, but at
	// least 16 MiB. Its shared strings may have a quarter, but at least 64 MiB.
	UnzippedBytes int64
}

// WithDefaults fills the fields that are 0 or negative.
func (l Limits) WithDefaults() Limits {
	if l.CellBytes <= 0 {
		l.CellBytes = 1 << 20
	}
	if l.Columns <= 0 {
		l.Columns = 1000
	}
	if l.Rows <= 0 {
		l.Rows = 10_000_000
	}
	if l.UnzippedBytes <= 0 {
		l.UnzippedBytes = 1 << 30
	}
	return l
}

// rowBytes is the longest row in bytes. That is room for many long cells and one
// of the longest, but a row of a thousand longest cells cannot take a gigabyte.
func (l Limits) rowBytes() int { return 16<<20 + l.CellBytes }

// Refusal is a file that cannot be used as a whole. Its kind is
// [problem.Unrecognised] (not a table, or not what its name says),
// [problem.Damaged] or [problem.TooLarge].
type Refusal struct{ problem.Problem }

// Error gives the position and what was found and wanted.
func (r *Refusal) Error() string { return r.Problem.String() }

// File is an open table file. It is not safe for concurrent use.
type File struct {
	name     string
	limits   Limits
	problems []problem.Problem
	cut      int // row; 0 for none
	source   *source
	sheets   []*Sheet
	workbook bool
	date1904 bool
	encoding string
	looks    func() string // nil for a workbook
}

// Sheet is a run of rows: a workbook's sheet, or the whole of a text file.
type Sheet struct {
	// Name is empty for a text file.
	Name string
	// Hidden says that the workbook hides the sheet ("hidden" or "veryHidden"). A
	// hidden sheet is read like any other.
	Hidden bool
	// HiddenRows counts the rows with a value that the workbook hides, for example
	// by a filter. They are read like any other.
	HiddenRows int

	rows rowReader
	err  error
}

// Row is one row. It is valid until the next Read.
type Row struct {
	// Number counts from 1 as a spreadsheet numbers rows: blank rows count, a
	// newline inside quotes does not.
	Number int
	// Cells is empty in a blank row. A row of text has its cells as they are
	// written. A row of a workbook ends with its last value. A merged range of a
	// workbook has its value in the first column of each of its rows; a row with no
	// other value is blank. The slice is used again by the next Read. The strings of
	// a row may share one piece of memory: clone the ones that you keep.
	Cells []string
	// Shown has the numbers that a workbook shows with fixed decimals.
	Shown []Shown
	// Torn is the column of the first cell whose quotes do not fit, from 1; 0 is
	// none. That cell and all after it may be shifted, so do not use the row.
	Torn int
	// Title says that the row's only value is merged across columns: it is a title
	// above a group of rows.
	Title bool
}

// rowReader gives rows in ascending order, then io.EOF.
type rowReader interface {
	// read may append the row's texts to memory. If memory is nil, the row has
	// memory of its own.
	read(memory *[]byte) (Row, error)
}

// Open reads enough of r to know what the file is. It reads and verifies all of a
// workbook. The name is the path that positions show. Its extension says what the
// file must be: .xlsx and the like are workbooks, .csv and the like are text. For
// anything else, standard input for example, the content decides. said is the
// encoding that the configuration names for the file. Open does not close r, and
// text is read from it until the last row. A file that cannot be used gives a
// *[Refusal]. Any other error is one of reading.
func Open(name string, r io.Reader, limits Limits, said charset.Encoding) (*File, error) {
	f := &File{name: name, limits: limits.WithDefaults(), source: newSource(r)}
	head, err := f.source.peek()
	if err != nil {
		return nil, err
	}
	if f.workbook, err = f.recognise(head); err != nil {
		return nil, err
	}
	if f.workbook {
		err = f.openWorkbook()
	} else {
		err = f.openText(head, said)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Workbook says that rows come from a spreadsheet: numbers may be dates, and
// versions may have lost trailing zeros.
func (f *File) Workbook() bool { return f.workbook }

// Date1904 says that the workbook counts days from 1904 and not from 1900.
func (f *File) Date1904() bool { return f.date1904 }

// Encoding names the encoding of a text file: "UTF-8", "UTF-16 LE", "UTF-16 BE",
// "Windows-1252", or the one that Open was told; "" for a workbook. It may change
// from UTF-8 to Windows-1252 while the file is read.
func (f *File) Encoding() string { return f.encoding }

// Looks says what a text file seems to be if not a table, and what to do with it:
// "lines of key=value, want ...". It is "" for any other file.
func (f *File) Looks() string {
	if f.looks == nil {
		return ""
	}
	return f.looks()
}

// Sheets gives the sheets in the workbook's order. A text file has one without a
// name. Read them one after the other.
func (f *File) Sheets() []*Sheet { return f.sheets }

// Cut gives the number of the last row if the file seems to be cut inside it: the
// row has no line end and fewer cells than the rows before it. It is 0 otherwise,
// and before io.EOF. A totals line can look the same, so the caller must look at
// what the row says.
func (f *File) Cut() int { return f.cut }

// Problems gives the problems that do not refuse the file, sorted. It is complete
// after the last sheet's io.EOF.
func (f *File) Problems() []problem.Problem {
	sorted := append([]problem.Problem(nil), f.problems...)
	problem.Sort(sorted)
	return sorted
}

// SHA256 gives the digest of all bytes of the file in lower-case hex. It is
// complete after Open for a workbook, and after io.EOF for text.
func (f *File) SHA256() string { return f.source.sum() }

// Bytes is how many bytes have been read. When SHA256 is complete, it is the
// file's size.
func (f *File) Bytes() int64 { return f.source.bytes }

// Close ends the reading and frees its memory. It does not close the reader that
// Open got, and its error is always nil.
func (f *File) Close() error {
	for _, s := range f.sheets {
		if s.err == nil {
			s.err = io.ErrClosedPipe
		}
		s.rows = nil
	}
	return nil
}

// Read gives the next row, blank ones too, and io.EOF after the last one. After an
// error every Read gives the same error. A *[Refusal] means that no row of the
// file may count.
func (s *Sheet) Read() (Row, error) { return s.ReadInto(nil) }

// ReadInto is [Sheet.Read] for many rows that are dropped together. It may append
// the texts of the row to memory, where they are valid until the caller uses that
// again.
func (s *Sheet) ReadInto(memory *[]byte) (Row, error) {
	if s.err != nil {
		return Row{}, s.err
	}
	row, err := s.rows.read(memory)
	if err != nil {
		s.err = err
		return Row{}, err
	}
	return row, nil
}

// refuse makes a refusal without a place inside the file.
func (f *File) refuse(kind problem.Kind, message string) error {
	return f.refuseAt(problem.Position{}, kind, message)
}

// refuseAt makes a refusal with a place inside the file.
func (f *File) refuseAt(at problem.Position, kind problem.Kind, message string) error {
	at.File = f.name
	return &Refusal{problem.Problem{Position: at, Kind: kind, Message: message}}
}

// note keeps a problem that does not refuse the file.
func (f *File) note(at problem.Position, kind problem.Kind, message string) {
	at.File = f.name
	f.problems = append(f.problems, problem.Problem{Position: at, Kind: kind, Message: message})
}

// Refuse makes a [*Refusal] for callers that refuse a file for what its rows say.
func Refuse(at problem.Position, kind problem.Kind, message string) error {
	return &Refusal{problem.Problem{Position: at, Kind: kind, Message: message}}
}
