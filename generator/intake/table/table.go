// Package table reads files as rows of text with positions: delimited text in
// any encoding and with any delimiter that administrators' exports come in, and
// workbooks. It stands below intake and knows nothing about columns or devices;
// it decides what a file is, refuses what cannot be trusted as a whole, and
// numbers rows as a spreadsheet does.
//
// Text streams: memory is bounded by one record, and what is wrong with the end
// of a file is known only at its end, so a caller must not let rows count
// before it has seen io.EOF. A workbook is verified to its last byte by [Open],
// before the first row is given.
package table

import (
	"io"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/problem"
)

// Limits bound what one file may cost. A field that is 0 stands for its
// default.
type Limits struct {
	CellBytes int // longest cell in bytes of UTF-8; default 1 MiB
	Columns   int // widest row; default 1,000
	Rows      int // number of the last row that holds a value; default 10,000,000
	// UnzippedBytes bounds all parts of a workbook together; default 1 GiB. The
	// file itself may have an eighth of that or 16 MiB, since it is kept in
	// memory, and its shared strings a quarter or 64 MiB.
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

// rowBytes is the longest row in bytes. It leaves room for many long cells and
// for one of the longest, and keeps a row of a thousand longest cells from
// taking a gigabyte.
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
	// Hidden says that the workbook hides the sheet, in either of the two ways
	// a workbook knows. Hidden sheets are read as any other.
	Hidden bool
	// HiddenRows counts the rows with a value that the workbook does not show,
	// because of a filter for instance. They are read as any other.
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
	// written, one of a workbook ends with its last value. A merged range of a
	// workbook has its value in all its rows, in its first column, but for rows
	// that have no other value: those are blank. The strings of one row may share one
	// piece of memory, so whoever keeps a few of them clones those
	// (strings.Clone); the slice itself is used again by the next Read.
	Cells []string
	// Shown has the numbers that a workbook shows with fixed decimals.
	Shown []Shown
	// Torn is the column of a cell whose quotes do not fit, so that it and all
	// cells after it may be shifted: no row to read anything from. 0 is none.
	Torn int
	// Title says that the row's one value is merged across columns: it stands
	// above a group of rows and is none of them.
	Title bool
}

// rowReader gives rows in ascending order, then io.EOF.
type rowReader interface {
	// read may put the row's texts behind what memory has; nil for memory of the
	// row's own.
	read(memory *[]byte) (Row, error)
}

// Open reads enough of r to know what the file is; of a workbook it reads and
// verifies everything. The name is the path that positions show; what it ends
// in says what the file must be: .xlsx and its kin are workbooks, .csv and its
// kin are text, anything else (standard input too) is known by its content.
// Open takes no ownership of r, and text is read from it until the last row.
// said is how the text is encoded, where the configuration names it. A file that
// cannot be used gives a *[Refusal]; any other error is of the machine.
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

// Date1904 says that the workbook counts days from 1904; see [SerialTime].
func (f *File) Date1904() bool { return f.date1904 }

// Encoding names the encoding of a text file as it was read so far: "UTF-8",
// "UTF-16 LE", "UTF-16 BE", "Windows-1252", or what was said; empty for a
// workbook. A file is UTF-8 until its first byte that is neither ASCII nor UTF-8.
func (f *File) Encoding() string { return f.encoding }

// Looks says what a text file is when it seems to be no table, and what to do
// with it: "lines of key=value, want ...". Else it is empty, as for a workbook.
func (f *File) Looks() string {
	if f.looks == nil {
		return ""
	}
	return f.looks()
}

// Sheets gives the sheets in the workbook's order, and one without a name for a
// text file. They are read one after the other.
func (f *File) Sheets() []*Sheet { return f.sheets }

// Cut gives the number of a last row that looks as if the file had been cut in
// it: it has fewer cells than any other and no line end. 0 is none. It is
// complete after io.EOF. A totals line looks the same, so that only who knows
// what the row says can tell.
func (f *File) Cut() int { return f.cut }

// Problems gives what was noticed on the way and does not keep the file from
// being read. It is complete after the last sheet's io.EOF.
func (f *File) Problems() []problem.Problem {
	sorted := append([]problem.Problem(nil), f.problems...)
	problem.Sort(sorted)
	return sorted
}

// SHA256 gives the lower-case hex digest of all bytes of the file: of a text
// file after io.EOF, of a workbook from Open on.
func (f *File) SHA256() string { return f.source.sum() }

// Bytes is how many bytes have been read, and the file's size where SHA256 is
// complete.
func (f *File) Bytes() int64 { return f.source.bytes }

// Close ends reading and frees its memory. It does not close the reader that
// Open was given.
func (f *File) Close() error {
	for _, s := range f.sheets {
		if s.err == nil {
			s.err = io.ErrClosedPipe
		}
		s.rows = nil
	}
	return nil
}

// Read gives the next row, and io.EOF after the last one. Blank rows are given
// too. After an error every Read gives the same error; a *[Refusal] means that
// no row of the file may count.
func (s *Sheet) Read() (Row, error) { return s.ReadInto(nil) }

// ReadInto is [Sheet.Read] for rows that nobody keeps: texts may lie behind what
// memory has, and stand until it is used again.
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

// refuse makes a refusal of the whole file.
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

// Refuse makes the error that refuses a whole file for what its rows say.
func Refuse(at problem.Position, kind problem.Kind, message string) error {
	return &Refusal{problem.Problem{Position: at, Kind: kind, Message: message}}
}
