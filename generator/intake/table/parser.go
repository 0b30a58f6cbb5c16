package table

import (
	"bytes"

	"example.org/cutoff/generator/intake/table/charset"
)

// dialect is how a text file separates and quotes its cells.
type dialect struct {
	delimiter byte
	quote     byte // 0 where nothing is quoted
	backslash bool // a backslash stands before a quote inside a quoted cell
	blanks    bool // blanks may stand before the quote that opens a cell
}

// parser cuts delimited text into records. A record ends with LF, CRLF or CR
// outside quotes. A cell that begins with a quote ends with the next quote that
// is not escaped, and a quote inside another cell stands for itself. A record
// is torn where that cannot be all: text follows a closing quote.
type parser struct {
	dialect

	buf   []byte
	start int // of the next record
	end   int // of what is in buf
	eof   bool

	lf, cr, quotes finder

	// The record that next found.
	plain []byte // its text, when no cell is quoted
	text  []byte // else its cells one after the other, without quotes
	ends  []int  // where each cell ends: in plain before its delimiter, else in text
	open  bool   // a quoted cell did not end
	// openCell is the column where open, or the newest quoted cell, began.
	openCell int
	// cellStart is the offset of the cell in which a record with quotes broke
	// off for want of text, else -1.
	cellStart int
	torn      int  // column of the first cell whose quotes do not fit; 0 for none
	lost      bool // such a record has a cell of several lines, so that its end is not known
	split     int  // column of a cell with a quote and text behind it in its middle; 0 for none
	mixed     bool // a cell is quoted in the usual way, and the dialect has another one
	ended     bool // a line end was found
	// width is how many cells the record before had that was not empty.
	width int
	// several is the first quoted cell of several lines: its column, where its
	// text is, and where its second line begins in buf. Column 0 is none.
	several struct{ column, from, to, second int }
}

// next finds the next record. It reports false at the end of the text, and
// errMore when the record does not end in the buffer and there is more to come.
func (p *parser) next() (bool, error) {
	if len(p.ends) > 0 {
		p.width = len(p.ends)
	}
	p.several.column = 0
	p.plain, p.open, p.torn, p.lost, p.split, p.mixed, p.ended = nil, false, 0, false, 0, false, false
	p.text, p.ends = p.text[:0], p.ends[:0]
	p.openCell, p.cellStart = 0, -1
	if p.start >= p.end {
		if !p.eof {
			return false, errMore
		}
		return false, nil
	}
	b := p.buf[:p.end]
	stop := p.lineStop(b, p.start)
	if p.quote != 0 {
		if q := p.quotes.next(b, p.quote, p.start); q >= 0 && (stop < 0 || q < stop) {
			return p.quoted(b)
		}
	}
	after, ok := p.lineEnd(b, stop)
	if !ok {
		return false, errMore
	}
	p.ended = stop >= 0
	if stop < 0 {
		stop = p.end
	}
	p.plain = b[p.start:stop]
	p.start = after
	p.cutPlain()
	return true, nil
}

// lineStop gives the offset of the first line end from an offset on, or -1.
func (p *parser) lineStop(b []byte, from int) int {
	stop := p.lf.next(b, '\n', from)
	if cr := p.cr.next(b, '\r', from); cr >= 0 && (stop < 0 || cr < stop) {
		return cr
	}
	return stop
}

// lineEnd gives the offset behind the line end at stop; -1 stands for the end
// of the buffer. It reports false when more text is needed to know.
func (p *parser) lineEnd(b []byte, stop int) (int, bool) {
	switch {
	case stop < 0:
		return len(b), p.eof
	case b[stop] == '\n':
		return stop + 1, true
	case stop+1 < len(b):
		if b[stop+1] == '\n' {
			return stop + 2, true
		}
		return stop + 1, true
	}
	return stop + 1, p.eof
}

// cutPlain finds the cells of a record without quotes.
func (p *parser) cutPlain() {
	if len(p.plain) == 0 {
		return
	}
	from := 0
	for {
		i := bytes.IndexByte(p.plain[from:], p.delimiter)
		if i < 0 {
			p.ends = append(p.ends, len(p.plain))
			return
		}
		p.ends = append(p.ends, from+i)
		from += i + 1
	}
}

// quoted reads a record that holds a quote before its first line end.
func (p *parser) quoted(b []byte) (bool, error) {
	i := p.start
	for {
		p.cellStart = i
		if bytes.HasPrefix(b[i:], []byte(charset.ByteOrderMark)) {
			i += len(charset.ByteOrderMark)
		}
		var ok bool
		if open := p.opening(b, i); open >= 0 {
			i, ok = p.quotedCell(b, open+1)
		} else {
			i, ok = p.rest(b, i)
		}
		if !ok {
			return false, errMore
		}
		p.ends = append(p.ends, len(p.text))
		switch {
		case i >= len(b):
			p.start = len(b)
			p.unjoin()
			return true, nil
		case b[i] == p.delimiter:
			i++
			continue
		}
		after, ok := p.lineEnd(b, i)
		if !ok {
			return false, errMore
		}
		p.start, p.ended = after, true
		p.unjoin()
		return true, nil
	}
}

// unjoin ends a record at its first line where a quote that closes by chance
// holds lines together: each of them has as many cells as the record before, and
// no blank behind a delimiter, as text has. The first one is torn.
func (p *parser) unjoin() {
	const fewest = 3 // cells; of two, a comma in a name would be enough
	if p.several.column == 0 || p.open || p.torn > 0 || p.width < fewest {
		return
	}
	cell := p.text[p.several.from:p.several.to]
	before, after := p.several.column-1, len(p.ends)-p.several.column
	lines := bytes.FieldsFunc(cell, func(r rune) bool { return r == '\n' || r == '\r' })
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
	p.torn, p.start, p.ended = p.several.column, p.several.second, true
	p.ends = p.ends[:p.several.column]
}

// opening gives where the quote is that opens the cell at i, or -1.
func (p *parser) opening(b []byte, i int) int {
	open := p.skipBlanks(b, i)
	switch {
	case open == len(b) || b[open] != p.quote:
		return -1
	case open == i:
		p.mixed = p.mixed || p.blanks && len(p.ends) > 0
		return open
	case p.blanks:
		return open
	}
	// Where blanks do not stand before quotes, this one may be a character; with
	// another one behind it, it may as well hold cells together.
	line := b[open+1:]
	if end := bytes.IndexAny(line, "\r\n"); end >= 0 {
		line = line[:end]
	}
	if p.torn == 0 && bytes.IndexByte(line, p.quote) >= 0 {
		p.torn = len(p.ends) + 1
	}
	return -1
}

func (p *parser) skipBlanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t') && b[i] != p.delimiter {
		i++
	}
	return i
}

// quotedCell reads a cell whose opening quote is before i, and gives where it
// ends. It reports false when more text is needed.
func (p *parser) quotedCell(b []byte, i int) (int, bool) {
	p.openCell = len(p.ends) + 1
	from, opened := len(p.text), i
	for {
		j := bytes.IndexByte(b[i:], p.quote)
		if j < 0 {
			p.text = append(p.text, b[i:]...)
			p.open = p.eof
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
	lines := bytes.ContainsAny(p.text[from:], "\r\n")
	if lines && p.several.column == 0 {
		p.several.column, p.several.from, p.several.to = p.openCell, from, len(p.text)
		end := opened + bytes.IndexAny(b[opened:], "\r\n")
		p.several.second, _ = p.lineEnd(b, end)
	}
	after := p.skipBlanks(b, i)
	if after == len(b) && !p.eof {
		return after, false
	}
	if after < len(b) && b[after] != p.delimiter && b[after] != '\n' && b[after] != '\r' {
		if p.torn == 0 {
			p.torn = len(p.ends) + 1
		}
		var ok bool
		if after, ok = p.rest(b, i); !ok {
			return after, false
		}
	}
	p.lost = p.lost || lines && p.torn > 0
	return after, true
}

// escaped resolves the backslashes before a quote, of the cell whose text is
// from from on. It reports true when the quote belongs to the cell.
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

// rest reads what is not quoted up to the cell's end.
func (p *parser) rest(b []byte, i int) (int, bool) {
	from := i
	stop := p.lineStop(b, i)
	if stop < 0 {
		stop = len(b)
	}
	if n := bytes.IndexByte(b[i:stop], p.delimiter); n >= 0 {
		i += n
	} else {
		i = stop
	}
	if i >= len(b) && !p.eof {
		return i, false
	}
	cell := b[from:i]
	p.text = append(p.text, cell...)
	if q := p.quotes.next(b, p.quote, from); q < 0 || q >= i {
		return i, true
	}
	// A quoted cell without the delimiter before it is cut by those inside it:
	// one part has the opening quote in its middle, another one ends with the
	// closing one.
	if q := bytes.IndexByte(cell, p.quote); q >= 0 && p.torn == 0 {
		switch {
		case p.split > 0 && cell[len(cell)-1] == p.quote:
			p.torn = p.split
		case p.split == 0 && q > 0 && q+1 < len(cell) && cell[q+1] != ' ' && cell[q+1] != p.quote:
			p.split = len(p.ends) + 1
		}
	}
	return i, true
}

// record gives the bytes of the record that next found, of which [parser.cut]
// makes cells.
func (p *parser) record() []byte {
	if p.plain == nil {
		return p.text
	}
	return p.plain
}

// cut gives the cells of the record that next found, as parts of its text. into
// is used again.
func (p *parser) cut(text string, into []string) []string {
	into = into[:0]
	from, delimiter := 0, 1
	if p.plain == nil {
		delimiter = 0
	}
	for _, end := range p.ends {
		into = append(into, text[from:end])
		from = end + delimiter
	}
	return into
}

// size is the length of the record's cells, near enough for limits.
func (p *parser) size() int { return max(len(p.plain), len(p.text)) }

// shift tells the parser that n bytes were dropped from the front of its buffer.
func (p *parser) shift(n int) {
	p.start -= n
	p.end -= n
	p.lf.shift(n)
	p.cr.shift(n)
	p.quotes.shift(n)
}

// finder remembers where a byte occurs next, so that looking for a byte that is
// rare costs one pass over the text and not one for each record. Looking before
// the last place again, where a record begins anew, starts from there.
type finder struct {
	since   int // where the last search began
	at      int // where it was found; valid when found
	found   bool
	scanned int // no byte from since up to here but at
}

func (f *finder) next(b []byte, c byte, from int) int {
	switch {
	case from < f.since:
		f.scanned = from
	case f.found && f.at >= from:
		return f.at
	}
	f.since = from
	from = max(from, f.scanned)
	i := bytes.IndexByte(b[from:], c)
	if f.found = i >= 0; !f.found {
		f.scanned = len(b)
		return -1
	}
	f.at = from + i
	f.scanned = f.at + 1
	return f.at
}

func (f *finder) shift(n int) {
	f.since -= n
	f.at -= n
	f.found = f.found && f.at >= 0
	f.scanned = max(0, f.scanned-n)
}
