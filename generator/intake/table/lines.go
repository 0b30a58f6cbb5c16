package table

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/problem"
)

// HeadLines gives the whole lines at the beginning of a file's bytes, decoded.
func HeadLines(head []byte) []string {
	d := charset.NewDecoder(bytes.NewReader(head), head, charset.Encoding{})
	var lines []string
	text := bufio.NewScanner(roomy(d))
	text.Buffer(nil, charset.HeadBytes)
	for text.Scan() {
		lines = append(lines, text.Text())
	}
	if len(lines) > 1 && !bytes.HasSuffix(head, []byte("\n")) {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// roomy buffers a decoder. A decoder needs [charset.Room] bytes for each read, and
// a scanner near the end of its buffer offers fewer.
func roomy(d *charset.Decoder) io.Reader { return bufio.NewReaderSize(d, charset.HeadBytes) }

// Lines gives a text that is no table as one. Row 0 is the header. rows turns each
// line, numbered from 1, into rows. It must account for every line with a row,
// which is empty for a line that says nothing, but it may give the row later. At
// the end it is called once more with line 0. A limit or damage gives a
// *[Refusal]. Limits and digests are as for [Open].
func Lines(name string, r io.Reader, limits Limits, header []string, rows func(number int, line string) []Row) (*File, error) {
	f := &File{name: name, limits: limits.WithDefaults(), source: newSource(r)}
	head, err := f.source.peek()
	if err != nil {
		return nil, err
	}
	d := charset.NewDecoder(f.source, head, charset.Encoding{})
	text := bufio.NewScanner(roomy(d))
	text.Buffer(make([]byte, 0, charset.HeadBytes), f.limits.rowBytes())
	f.encoding = d.Encoding
	f.sheets = []*Sheet{{rows: &lineReader{f: f, text: text, pending: []Row{{Cells: header}}, rows: rows}}}
	return f, nil
}

// lineReader reads a text line by line.
type lineReader struct {
	f       *File
	text    *bufio.Scanner
	number  int
	pending []Row
	rows    func(number int, line string) []Row
	ended   bool
}

func (l *lineReader) read(*[]byte) (Row, error) {
	for len(l.pending) == 0 {
		switch {
		case l.ended:
			return Row{}, io.EOF
		case l.text.Scan():
			l.number++
			if l.number > l.f.limits.Rows {
				return Row{}, l.f.refuse(problem.TooLarge, fmt.Sprintf("found more than %d lines, want no more: raise limits.rows in the configuration if the file is right", l.f.limits.Rows))
			}
			l.pending = l.rows(l.number, l.text.Text())
		case l.text.Err() == bufio.ErrTooLong:
			return Row{}, l.f.refuseAt(problem.Position{Row: l.number + 1}, problem.TooLarge, "found a line that is longer than a row may be, want it shorter")
		case l.text.Err() != nil:
			return Row{}, l.text.Err()
		default:
			l.ended = true
			l.pending = l.rows(0, "")
		}
	}
	row := l.pending[0]
	l.pending = l.pending[1:]
	return row, nil
}
