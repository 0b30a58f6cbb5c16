package table

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"unsafe"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/problem"
)

// textBuffer is the size of the buffer that holds a text's current records.
const textBuffer = 256 << 10

// textReader gives the rows of delimited text.
type textReader struct {
	f      *File
	d      *charset.Decoder
	parser parser
	err    error // what ended reading
	fault  *charset.Fault
	number int
	cells  []string
	base   int64 // offset of the buffer's start in the decoded text
	value  bool  // a cell that is not blank was seen

	// To notice a file that was cut: the widest row, the narrowest since that one,
	// and how many rows there were since, without blank ones.
	widest, narrowest, since int
	zeroNoted, holeNoted     bool
	oddRow                   int // the first row that makes no sense as Windows-1252
}

func (f *File) openText(head []byte, said charset.Encoding) error {
	t := &textReader{f: f, d: charset.NewDecoder(f.source, head, said)}
	size := textBuffer    // 5,000 small files with a buffer of this size would take 1.2 GB
	if f.source.whole() { // each byte may become three in UTF-8
		size = min(size, 3*len(head)+2*charset.Room)
	}
	t.parser.buf = make([]byte, size)
	if err := t.fill(); err != nil {
		return err
	}
	sample := slices.Clone(t.parser.buf[:min(t.parser.end, charset.HeadBytes)])
	complete := t.parser.eof && len(sample) == t.parser.end
	t.parser.dialect = detect(sample, complete)
	// Only for a file that is refused: with 5,000 small files this would take a third
	// of the time.
	f.looks = func() string { return looks(sample, measure(sample, complete, t.parser.dialect)) }
	f.encoding = t.d.Encoding
	f.sheets = []*Sheet{{rows: t}}
	return nil
}

// fill drops the records that were read, and reads until the buffer is full or the
// text ends. If one record fills the buffer, its size doubles.
func (t *textReader) fill() error {
	p := &t.parser
	if p.start > 0 {
		copy(p.buf, p.buf[p.start:p.end])
		t.base += int64(p.start)
		p.shift(p.start)
	} else if len(p.buf)-p.end < charset.Room {
		p.buf = append(p.buf, make([]byte, len(p.buf))...)
	}
	for len(p.buf)-p.end >= charset.Room && t.err == nil {
		n, err := t.d.Read(p.buf[p.end:])
		p.end += n
		t.err = err
	}
	t.f.encoding = t.d.Encoding
	// The records before a fault are given first, so that the fault is reported at
	// its own row.
	if p.eof = t.err == io.EOF; p.eof || errors.As(t.err, &t.fault) {
		return nil
	}
	return t.err
}

func (t *textReader) read(memory *[]byte) (Row, error) {
	p := &t.parser
	err := p.next()
	for ; err == errMore; err = p.next() {
		if err := t.more(); err != nil {
			return Row{}, err
		}
	}
	if err != nil {
		return Row{}, t.finish()
	}
	t.number++
	if err := t.check(); err != nil {
		return Row{}, err
	}
	t.cells = p.cut(t.text(memory), t.cells)
	t.observe()
	return Row{Number: t.number, Cells: t.cells, Torn: p.torn}, nil
}

// text appends the record as it is written, and then its text, to memory, and gives
// both as one string. The string is valid until memory is used again.
func (t *textReader) text(memory *[]byte) string {
	written, text := t.parser.written, t.parser.text
	size := len(written) + len(text)
	if memory == nil {
		own := make([]byte, 0, size)
		memory = &own
	}
	at := len(*memory)
	*memory = append(append(*memory, written...), text...)
	return unsafe.String(unsafe.SliceData((*memory)[at:]), size)
}

// more reads on because a record does not end in the buffer. It refuses the file
// if the record is too long or its end is damaged.
func (t *textReader) more() error {
	p := &t.parser
	if t.fault != nil {
		return t.f.refuseAt(problem.Position{Row: t.number + 1}, problem.Damaged, t.fault.Message)
	}
	if p.end-p.start > t.f.limits.rowBytes() {
		return t.tooLong()
	}
	// If a quoted cell is too long, most often its closing quote is missing. It must
	// not swallow the rest of the file. The limit is twice CellBytes because each
	// quote in the cell may be doubled.
	if p.cellStart >= 0 && p.end-p.cellStart > 2*t.f.limits.CellBytes+2 {
		return t.tooLong()
	}
	return t.fill()
}

// tooLong refuses a record that does not end within the limits.
func (t *textReader) tooLong() error {
	p := &t.parser
	at := problem.Position{Row: t.number + 1}
	if p.openCell == len(p.cells)+1 {
		at.Column = p.openCell
		return t.f.refuseAt(at, problem.TooLarge, fmt.Sprintf(
			"found a quoted cell longer than %s (limits.cell), want its closing quote", problem.Size(int64(t.f.limits.CellBytes))))
	}
	return t.f.refuseAt(at, problem.TooLarge, fmt.Sprintf(
		"found a row longer than %s (16 MiB more than limits.cell), want a line end", problem.Size(int64(t.f.limits.rowBytes()))))
}

// check refuses a record that passes a limit or that cannot be trusted.
func (t *textReader) check() error {
	p, limits := &t.parser, t.f.limits
	at := problem.Position{Row: t.number}
	switch {
	case p.open:
		at.Column = p.openCell
		return t.f.refuseAt(at, problem.Damaged,
			"found a quote that is not closed before the end of the file, want a closing quote: the file was cut or a quote is missing")
	case p.lost:
		at.Column = p.openCell
		return t.f.refuseAt(at, problem.Damaged,
			"found text after the closing quote of a cell of several lines, want a delimiter: a quote is missing, or one too many, and rows would be lost")
	case len(p.cells) > limits.Columns:
		at.Column = limits.Columns + 1
		return t.f.refuseAt(at, problem.TooLarge,
			fmt.Sprintf("found %d columns, want at most %d (limits.columns)", len(p.cells), limits.Columns))
	case len(p.cells) > 0 && t.number > limits.Rows:
		return t.f.refuseAt(at, problem.TooLarge, fmt.Sprintf("found more rows, want at most %d (limits.rows)", limits.Rows))
	case len(p.written) > limits.CellBytes:
		for i, cell := range p.cells {
			if n := int(cell.to - cell.from); n > limits.CellBytes {
				at.Column = i + 1
				return t.f.refuseAt(at, problem.TooLarge,
					fmt.Sprintf("found a cell of %s, want at most %s (limits.cell)", problem.Size(int64(n)), problem.Size(int64(limits.CellBytes))))
			}
		}
	}
	return nil
}

// observe looks at a record for signs that the file was cut or has wrong bytes.
func (t *textReader) observe() {
	p := &t.parser
	t.value = t.value || !p.blank()
	t.noteBytes()
	width := len(p.cells)
	if width == 0 {
		return
	}
	if !p.ended && t.since >= 2 && width < t.narrowest {
		t.f.cut = t.number
		t.f.note(problem.Position{Row: t.number}, problem.Suspicious, fmt.Sprintf(
			"found %d of %d cells and no line end in the last row, want all: the file may be cut", width, t.widest))
	}
	if width > t.widest {
		t.widest, t.narrowest, t.since = width, width, 0
	}
	t.narrowest = min(t.narrowest, width)
	t.since++
}

// noteBytes adds a problem for zero bytes, which were left out, and one for bytes
// that were replaced, each at the row of the first.
func (t *textReader) noteBytes() {
	read := t.base + int64(t.parser.start)
	if at := t.d.FirstZero; !t.zeroNoted && at >= 0 && at < read {
		t.zeroNoted = true
		t.f.note(problem.Position{Row: t.number}, problem.Suspicious,
			"found zero bytes, want text: they were left out, here first")
	}
	if at := t.d.FirstHole; !t.holeNoted && at >= 0 && at < read {
		t.holeNoted = true
		t.f.note(problem.Position{Row: t.number}, problem.Suspicious, fmt.Sprintf(
			"found bytes that are not %s, want one encoding: they were replaced, here first", t.f.encoding))
	}
	if at := t.d.Sense.First; t.oddRow == 0 && at >= 0 && at < read {
		t.oddRow = t.number
	}
}

// finish gives io.EOF, or the refusal that only the whole file can tell.
func (t *textReader) finish() error {
	if !t.value {
		return t.f.refuse(problem.Unrecognised, emptyFile)
	}
	t.number++
	t.parser.start++ // the very last byte may be a zero
	t.noteBytes()
	if t.d.Sense.None() {
		return t.f.refuseAt(problem.Position{Row: t.oddRow}, problem.Unrecognised,
			"found text that is not UTF-8 and makes no sense as Windows-1252 (here first), want its encoding: export the file as UTF-8, or name what it has under encoding in the configuration (shift_jis, gb18030, macintosh, windows-1251 ...; windows-1252 if it is that)")
	}
	return io.EOF
}
