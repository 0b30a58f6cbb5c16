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

	// What tells a file that was cut: how wide its rows were since its widest.
	widest, narrowest, since int
	zeroNoted, holeNoted     bool
	oddRow                   int // the first row that makes no sense as Windows-1252
}

func (f *File) openText(head []byte, said charset.Encoding) error {
	t := &textReader{f: f, d: charset.NewDecoder(f.source, head, said)}
	size := textBuffer    // of 5,000 small files it would be 1.2 GB in all
	if f.source.whole() { // each byte may become three
		size = min(size, 3*len(head)+2*charset.Room)
	}
	t.parser.buf = make([]byte, size)
	if err := t.fill(); err != nil {
		return err
	}
	sample := slices.Clone(t.parser.buf[:min(t.parser.end, charset.HeadBytes)])
	complete := t.parser.eof && len(sample) == t.parser.end
	t.parser.dialect = detect(sample, complete)
	// Only a file that is refused asks: of 5,000 small ones it was a third of the time.
	f.looks = func() string { return looks(sample, measure(sample, complete, t.parser.dialect)) }
	f.encoding = t.d.Encoding
	f.sheets = []*Sheet{{rows: t}}
	return nil
}

// fill drops the records that were read and reads until the buffer is full or
// the text ends; a record that fills the buffer doubles it.
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
	// The records before a fault are given first, so that the fault is reported
	// at the row where it stands.
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

// text gives the record as it is written, and its text behind. Both lie behind
// what memory has, where they stand until that is used again.
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

// more reads on when a record does not end in the buffer.
func (t *textReader) more() error {
	p := &t.parser
	if t.fault != nil {
		return t.f.refuseAt(problem.Position{Row: t.number + 1}, problem.Damaged, t.fault.Message)
	}
	if p.end-p.start > t.f.limits.rowBytes() {
		return t.tooLong()
	}
	// A quoted cell that is too long is most often one whose closing quote is
	// missing; it must not take the rest of the file as its text. Each quote in
	// it may be doubled.
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

// observe notes what a later look at the whole file needs.
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

// noteBytes notes bytes that were left out or replaced, once each, at the row
// where the first one stands.
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

// finish ends the file.
func (t *textReader) finish() error {
	if !t.value {
		return t.f.refuse(problem.Unrecognised, emptyFile)
	}
	t.number++
	t.parser.start++ // a zero byte may be the last of all
	t.noteBytes()
	if t.d.Sense.None() {
		return t.f.refuseAt(problem.Position{Row: t.oddRow}, problem.Unrecognised,
			"found text that is not UTF-8 and makes no sense as Windows-1252 (here first), want its encoding: export the file as UTF-8, or name what it has under encoding in the configuration (shift_jis, gb18030, macintosh, windows-1251 ...; windows-1252 if it is that)")
	}
	return io.EOF
}
