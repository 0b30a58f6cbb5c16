package table

import (
	"bytes"
)

// parser cuts delimited text into records. A record ends with LF, CRLF or CR
// outside quotes. A cell that begins with a quote ends with the next quote that
// is not doubled; what follows it up to the delimiter belongs to the cell, and
// a quote inside a cell that does not begin with one stands for itself.
type parser struct {
	dialect

	buf   []byte
	start int // of the next record
	end   int // of what is in buf
	eof   bool

	lf, cr, quote finder

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
	junk      bool // text follows the closing quote of a cell of several lines
	ended     bool // a line end was found
}

// next finds the next record. It reports false at the end of the text, and
// errMore when the record does not end in the buffer and there is more to come.
func (p *parser) next() (bool, error) {
	p.plain, p.open, p.junk, p.ended = nil, false, false, false
	p.text, p.ends = p.text[:0], p.ends[:0]
	p.openCell, p.cellStart = 0, -1
	if p.start >= p.end {
		if !p.eof {
			return false, errMore
		}
		return false, nil
	}
	b := p.buf[:p.end]
	stop := p.lf.next(b, '\n', p.start)
	if cr := p.cr.next(b, '\r', p.start); cr >= 0 && (stop < 0 || cr < stop) {
		stop = cr
	}
	if p.quotes {
		if q := p.quote.next(b, '"', p.start); q >= 0 && (stop < 0 || q < stop) {
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
		if i < len(b) && b[i] == '"' {
			p.openCell = len(p.ends) + 1
			lines := false
			i++
			for {
				j := bytes.IndexByte(b[i:], '"')
				if j < 0 {
					if !p.eof {
						return false, errMore
					}
					p.text = append(p.text, b[i:]...)
					p.ends = append(p.ends, len(p.text))
					p.open, p.start = true, p.end
					return true, nil
				}
				p.text = append(p.text, b[i:i+j]...)
				lines = lines || bytes.IndexByte(b[i:i+j], '\n') >= 0 || bytes.IndexByte(b[i:i+j], '\r') >= 0
				i += j + 1
				if i >= len(b) && !p.eof {
					return false, errMore
				}
				if i >= len(b) || b[i] != '"' {
					break
				}
				p.text = append(p.text, '"')
				i++
			}
			if lines && i < len(b) && b[i] != p.delimiter && b[i] != '\n' && b[i] != '\r' {
				p.junk = true
			}
		}
		from := i
		for i < len(b) && b[i] != p.delimiter && b[i] != '\n' && b[i] != '\r' {
			i++
		}
		p.text = append(p.text, b[from:i]...)
		if i >= len(b) {
			if !p.eof {
				return false, errMore
			}
			p.ends = append(p.ends, len(p.text))
			p.start = len(b)
			return true, nil
		}
		p.ends = append(p.ends, len(p.text))
		if b[i] == p.delimiter {
			i++
			continue
		}
		after, ok := p.lineEnd(b, i)
		if !ok {
			return false, errMore
		}
		p.start, p.ended = after, true
		return true, nil
	}
}

// cells gives the cells of the record that next found as strings that share one
// piece of memory. into is used again.
func (p *parser) cells(into []string) []string {
	into = into[:0]
	if p.plain == nil {
		s, from := string(p.text), 0
		for _, end := range p.ends {
			into = append(into, s[from:end])
			from = end
		}
		return into
	}
	s, from := string(p.plain), 0
	for _, end := range p.ends {
		into = append(into, s[from:end])
		from = end + 1
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
	p.quote.shift(n)
}

// finder remembers where a byte occurs next, so that looking for a byte that is
// rare costs one pass over the text and not one for each record.
type finder struct {
	at      int // where it was found; valid when found
	found   bool
	scanned int // no byte before here but at
}

func (f *finder) next(b []byte, c byte, from int) int {
	if f.found && f.at >= from {
		return f.at
	}
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
	f.at -= n
	f.found = f.found && f.at >= 0
	f.scanned = max(0, f.scanned-n)
}
