package table

import (
	"bytes"
	"io"
)

// maxStrings bounds the shared strings of a workbook; a sheet of the largest
// size that spreadsheet programs allow, 14 of its columns unique, has fewer.
const maxStrings = 16 << 20

// sharedStrings is a workbook's table of strings, one after the other as they
// are written in XML, without fonts and reading aids.
type sharedStrings struct {
	// ends is where each string ends, in pieces of one size: growing one slice
	// would for a moment take twice the memory.
	ends  [][]uint32
	count int
	bytes int64
	text  []byte // empty until load
}

const endsPiece = 64 << 10

// scanStrings reads a table to know how long each of its strings is.
func scanStrings(r io.Reader, limits Limits) (*sharedStrings, error) {
	s := &sharedStrings{}
	budget := min(max(limits.UnzippedBytes/4, 64<<20), 1<<32-1)
	err := eachString(r, func(text []byte) error {
		if textLength(text) > limits.CellBytes {
			return tooLarge("found a string of %s, want at most %s", sizeText(int64(len(text))), sizeText(int64(limits.CellBytes)))
		}
		if s.count == maxStrings {
			return tooLarge("found more than %d shared strings, want fewer: save the sheet as CSV", maxStrings)
		}
		if s.bytes += int64(len(text)); s.bytes > budget {
			return tooLarge("found more than %s of shared strings, want less: save the sheet as CSV, or raise the limit of unzipped bytes", sizeText(budget))
		}
		if s.count%endsPiece == 0 {
			s.ends = append(s.ends, make([]uint32, endsPiece))
		}
		s.ends[s.count/endsPiece][s.count%endsPiece] = uint32(s.bytes)
		s.count++
		return nil
	})
	return s, err
}

// textLength is the length of a text that is written in XML; a reference counts
// as one byte.
func textLength(b []byte) int {
	n := len(b)
	for i := bytes.IndexByte(b, '&'); i >= 0; {
		length := max(reference(b[i:]), 1)
		n -= length - 1
		b = b[i+length:]
		i = bytes.IndexByte(b, '&')
	}
	return n
}

// load reads the table again, for its text.
func (s *sharedStrings) load(r io.Reader) error {
	s.text = make([]byte, 0, s.bytes)
	return eachString(r, func(text []byte) error {
		s.text = append(s.text, text...)
		return nil
	})
}

// span gives where a string begins and ends.
func (s *sharedStrings) span(i int) (int, int) {
	from := 0
	if i > 0 {
		from = int(s.ends[(i-1)/endsPiece][(i-1)%endsPiece])
	}
	return from, int(s.ends[i/endsPiece][i%endsPiece])
}

// length is the length of a string in XML; index is in range.
func (s *sharedStrings) length(i int) int {
	from, to := s.span(i)
	return to - from
}

// get gives a string as it is written in XML, after load.
func (s *sharedStrings) get(i int) []byte {
	from, to := s.span(i)
	return s.text[from:to]
}

// eachString reads a table of shared strings to its end.
func eachString(r io.Reader, found func(text []byte) error) error {
	x := newXMLReader(r)
	var text []byte
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return err
		case kind == tokenEOF:
			return nil
		case kind != tokenStart:
		case x.depth() == 1 && string(x.local) != "sst":
			return damaged("found %q, want a table of shared strings", printable(x.local))
		case x.depth() == 2 && string(x.local) == "si":
			if text, err = stringText(x, text[:0]); err != nil {
				return err
			}
			if err := found(text); err != nil {
				return err
			}
		}
	}
}

// printable gives an element's name for a message.
func printable(name []byte) string { return string(name[:min(len(name), 40)]) }

// stringText reads the string whose element, si or is, just began, to its end:
// its text, and that of its runs of rich text, but not the reading aids that
// Japanese text has. The text is appended as it is written in XML.
func stringText(x *xmlReader, into []byte) ([]byte, error) {
	depth := x.depth()
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return nil, err
		case kind == tokenEnd && x.depth() < depth:
			return into, nil
		case kind != tokenStart:
		case string(x.local) == "t":
			if into, err = elementText(x, into); err != nil {
				return nil, err
			}
		case string(x.local) != "r" || x.depth() != depth+1:
			if err := x.skip(); err != nil {
				return nil, err
			}
		}
	}
}

// elementText reads the text of the element that just began, to its end.
func elementText(x *xmlReader, into []byte) ([]byte, error) {
	depth := x.depth()
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return nil, err
		case kind == tokenEnd && x.depth() < depth:
			return into, nil
		case kind == tokenText && x.depth() == depth && len(into) > maxToken:
			return nil, tooLarge("found a text longer than %s, want a cell", sizeText(maxToken))
		case kind == tokenText && x.depth() == depth && x.cdata:
			into = append(into, escapeCDATA.Replace(string(x.text))...)
		case kind == tokenText && x.depth() == depth:
			into = append(into, x.text...)
		}
	}
}
