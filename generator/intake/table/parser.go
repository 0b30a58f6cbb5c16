package table

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"example.org/cutoff/generator/intake/table/charset"
)

// dialect is how a text file separates and quotes its cells.
type dialect struct {
	delimiter byte
	quote     byte // 0 where nothing is quoted
	backslash bool // a quote inside a quoted cell has a backslash before it
	blanks    bool // there may be blanks before the quote that opens a cell
}

// parser cuts delimited text into records. A record ends with LF, CRLF or CR
// outside quotes. A cell that begins with a quote ends with the next quote that is
// not escaped. In any other cell a quote is an ordinary character. A record whose
// quotes do not fit these rules is torn, for example if text follows a closing
// quote.
type parser struct {
	dialect
	record

	buf   []byte
	start int // where the next record begins
	end   int // where the text in buf ends
	eof   bool

	lf, cr, quotes finder
	// width is how many cells the last record had that was not empty.
	width int
}

// record is what next found.
type record struct {
	written []byte // without its line end
	cells   []span
	text    []byte // of the quoted cells, joined, without their quotes
	open    bool   // the text ended inside a quoted cell
	// openCell is the column of the last quoted cell, from 1; 0 for none.
	openCell int
	// cellStart is the offset of the cell at hand if the record has quotes, else -1.
	// If the record does not end in the buffer, that is the cell which does not.
	cellStart int
	torn      int  // column of the first cell whose quotes do not fit; 0 for none
	lost      bool // torn, with a quoted cell of several lines, so its end is not known
	split     int  // column of an unquoted cell with an opening quote in its middle; 0 for none
	mixed     bool // a cell is quoted in the usual way, but the dialect has another
	ended     bool // the record has a line end
	// several is the column of the first quoted cell of several lines, 0 for none.
	// second is where its second line begins in buf.
	several, second int
}

// span is where a cell is: in the record's text if it is quoted, else in the record
// as written.
type span struct {
	from, to uint32
	quoted   bool
}

// errMore asks the caller for more text.
var errMore = errors.New("record does not end in the buffer")

// next finds the next record. It gives io.EOF at the end of the text, and errMore
// if the record does not end in the buffer and the text goes on.
func (p *parser) next() error {
	p.record = record{cells: p.cells[:0], text: p.text[:0], cellStart: -1}
	if p.start >= p.end && p.eof {
		return io.EOF
	}
	b := p.buf[:p.end]
	i, stop, quote := p.start, p.lineStop(b, p.start), p.nextQuote(b, p.start)
	quotes := quote < stop
	if _, ok := p.lineEnd(b, stop); !ok && !quotes {
		return errMore
	}
	for stop > p.start {
		if quotes {
			p.cellStart = i
		}
		end := stop
		if n := bytes.IndexByte(b[i:stop], p.delimiter); n >= 0 {
			end = i + n
		}
		if quote < end {
			var ok bool
			if end, ok = p.oddCell(b, i, end); !ok {
				return errMore
			}
			stop, quote = p.lineStop(b, end), p.nextQuote(b, end)
		} else {
			p.add(b, i, end)
		}
		if i = end + 1; end == stop {
			break
		}
	}
	after, ok := p.lineEnd(b, stop)
	if !ok {
		return errMore
	}
	p.written, p.start, p.ended = b[p.start:stop], after, stop < len(b)
	p.unjoin()
	if len(p.cells) > 0 {
		p.width = len(p.cells)
	}
	return nil
}

// add adds a cell that is not quoted, without a byte order mark before it.
func (p *parser) add(b []byte, from, to int) {
	if from < to && b[from] == charset.ByteOrderMark[0] && bytes.HasPrefix(b[from:to], []byte(charset.ByteOrderMark)) {
		from += len(charset.ByteOrderMark)
	}
	p.cells = append(p.cells, span{uint32(from - p.start), uint32(to - p.start), false})
}

// lineStop gives the offset of the first line end at or after from, or the end of
// the buffer.
func (p *parser) lineStop(b []byte, from int) int {
	return min(p.lf.next(b, '\n', from), p.cr.next(b, '\r', from))
}

// nextQuote gives the offset of the first quote at or after from, or the end of
// the buffer.
func (p *parser) nextQuote(b []byte, from int) int {
	if p.quote == 0 {
		return len(b)
	}
	return p.quotes.next(b, p.quote, from)
}

// lineEnd gives the offset after the line end at stop, or after the text if that
// ends there. It reports false if more text is needed to know.
func (p *parser) lineEnd(b []byte, stop int) (int, bool) {
	switch {
	case stop == len(b):
		return stop, p.eof
	case b[stop] == '\r' && stop+1 == len(b):
		return stop + 1, p.eof
	case b[stop] == '\r' && b[stop+1] == '\n':
		return stop + 2, true
	}
	return stop + 1, true
}

// oddCell reads a cell with a quote in it. It ends at end unless it is quoted. It
// gives the offset where the cell really ends, and reports false if more text is
// needed.
func (p *parser) oddCell(b []byte, i, end int) (int, bool) {
	start := i
	if bytes.HasPrefix(b[i:], []byte(charset.ByteOrderMark)) {
		i += len(charset.ByteOrderMark)
	}
	if open := p.opening(b, i); open >= 0 {
		return p.quotedCell(b, open+1)
	}
	if end == len(b) && !p.eof {
		return end, false
	}
	p.quoteInside(b[i:end])
	p.add(b, start, end)
	return end, true
}

// unjoin corrects a record that a stray quote made of several, because a later
// quote closed the cell by chance. That is so if each line has as many cells as
// the record before, and none has a blank after a delimiter, as text would. The
// record then ends with its first line, which is torn.
func (p *parser) unjoin() {
	const fewest = 3 // with two cells, one comma in a name would be enough
	if p.several == 0 || p.open || p.torn > 0 || p.width < fewest {
		return
	}
	before, after := p.several-1, len(p.cells)-p.several
	cell := p.cells[before]
	lines := bytes.FieldsFunc(p.text[cell.from:cell.to], func(r rune) bool { return r == '\n' || r == '\r' })
	for i, line := range lines {
		delimiters := bytes.Count(line, []byte{p.delimiter})
		if i == 0 {
			delimiters += before
		}
		if i == len(lines)-1 {
			delimiters += after
		}
		if delimiters != p.width-1 || bytes.Contains(line, []byte{p.delimiter, ' '}) {
			return
		}
	}
	p.torn, p.start, p.ended = p.several, p.second, true
	p.cells = p.cells[:p.several]
}

// opening gives the offset of the quote that opens the cell at i; -1 if the cell is
// not quoted.
func (p *parser) opening(b []byte, i int) int {
	open := p.skipBlanks(b, i)
	switch {
	case open == len(b) || b[open] != p.quote:
		return -1
	case open == i:
		p.mixed = p.mixed || p.blanks && len(p.cells) > 0
		return open
	case p.blanks:
		return open
	}
	// In this dialect a quote after blanks is an ordinary character. But if another
	// quote follows in the line, the two may quote several cells: the record is torn.
	line := b[open+1:]
	if end := bytes.IndexAny(line, "\r\n"); end >= 0 {
		line = line[:end]
	}
	if p.torn == 0 && bytes.IndexByte(line, p.quote) >= 0 {
		p.torn = len(p.cells) + 1
	}
	return -1
}

func (p *parser) skipBlanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t') && b[i] != p.delimiter {
		i++
	}
	return i
}

// quotedCell reads a cell whose opening quote is just before i, and gives the
// offset where it ends. It reports false if more text is needed.
func (p *parser) quotedCell(b []byte, i int) (int, bool) {
	p.openCell = len(p.cells) + 1
	from, opened := len(p.text), i
	for {
		j := bytes.IndexByte(b[i:], p.quote)
		if j < 0 {
			if p.open = p.eof; p.open {
				p.text = append(p.text, b[i:]...)
				p.cells = append(p.cells, span{uint32(from), uint32(len(p.text)), true})
			}
			return len(b), p.eof
		}
		p.text = append(p.text, b[i:i+j]...)
		i += j + 1
		if p.backslash && p.escaped(from) {
			continue
		}
		if i >= len(b) {
			if !p.eof {
				return i, false
			}
			break
		}
		if b[i] != p.quote {
			break
		}
		p.text = append(p.text, p.quote)
		p.mixed = p.mixed || p.backslash
		i++
	}
	stop := p.lineStop(b, opened)
	lines := stop < i
	if lines && p.several == 0 {
		p.several = p.openCell
		p.second, _ = p.lineEnd(b, stop)
	}
	end := p.skipBlanks(b, i)
	if end < len(b) && b[end] != p.delimiter && b[end] != '\n' && b[end] != '\r' {
		if p.torn == 0 {
			p.torn = len(p.cells) + 1
		}
		end = p.lineStop(b, i)
		if n := bytes.IndexByte(b[i:end], p.delimiter); n >= 0 {
			end = i + n
		}
		p.text = append(p.text, b[i:end]...)
	}
	if end == len(b) && !p.eof {
		return end, false
	}
	p.lost = p.lost || lines && p.torn > 0
	p.cells = append(p.cells, span{uint32(from), uint32(len(p.text)), true})
	return end, true
}

// escaped resolves the backslashes at the end of the cell's text, which begins at
// from: a quote came after them. It reports whether the quote belongs to the cell.
func (p *parser) escaped(from int) bool {
	n := 0
	for len(p.text)-n > from && p.text[len(p.text)-1-n] == '\\' {
		n++
	}
	p.text = p.text[:len(p.text)-(n+1)/2]
	if n%2 == 1 {
		p.text = append(p.text, p.quote)
	}
	return n%2 == 1
}

// quoteInside looks for a quoted cell that lacks the delimiter before it, so that
// the delimiters inside it have cut it: one unquoted cell has the opening quote in
// its middle, and a later one ends with the closing quote. The record is then torn.
func (p *parser) quoteInside(cell []byte) {
	q := bytes.IndexByte(cell, p.quote)
	if q < 0 || p.torn > 0 {
		return
	}
	switch {
	case p.split > 0 && cell[len(cell)-1] == p.quote:
		p.torn = p.split
	case p.split == 0 && q > 0 && q+1 < len(cell) && cell[q+1] != ' ' && cell[q+1] != p.quote:
		p.split = len(p.cells) + 1
	}
}

// cut gives the cells of the record that next found, as parts of text: that is the
// record as written, followed by the record's text. It uses the memory of into.
func (p *parser) cut(text string, into []string) []string {
	into = slices.Grow(into[:0], len(p.cells))[:len(p.cells)]
	quoted := text[len(p.written):]
	for i, cell := range p.cells {
		if cell.quoted {
			into[i] = quoted[cell.from:cell.to]
		} else {
			into[i] = text[cell.from:cell.to]
		}
	}
	return into
}

// blank reports whether all cells are empty or white space, quoted or not.
func (p *parser) blank() bool {
	if p.openCell == 0 {
		return len(bytes.TrimSpace(p.written)) == 0
	}
	return !slices.ContainsFunc(p.cells, func(cell span) bool {
		part := p.written
		if cell.quoted {
			part = p.text
		}
		return len(bytes.TrimSpace(part[cell.from:cell.to])) > 0
	})
}

// shift corrects the offsets after n bytes were dropped from the front of the
// buffer.
func (p *parser) shift(n int) {
	p.start -= n
	p.end -= n
	for _, f := range []*finder{&p.lf, &p.cr, &p.quotes} {
		f.since, f.at = f.since-n, f.at-n
	}
}

// finder remembers where a byte occurs next: from since up to at there is none. So
// looking for a rare byte costs one pass over the text, and not one for each
// record.
type finder struct{ since, at int }

// next gives the offset of the first c at or after from, or the end of b.
func (f *finder) next(b []byte, c byte, from int) int {
	if from < f.since || from > f.at {
		f.since, f.at = from, from
	}
	if f.at < len(b) && b[f.at] == c {
		return f.at
	}
	if n := bytes.IndexByte(b[f.at:], c); n >= 0 {
		f.at += n
	} else {
		f.at = len(b)
	}
	return f.at
}
