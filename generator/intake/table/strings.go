package table

import (
	"bytes"
	"io"

	"example.org/cutoff/generator/intake/table/ooxml"
	"example.org/cutoff/generator/problem"
)

// maxStrings bounds the shared strings of a workbook. A sheet with as many rows as
// spreadsheet programs allow and 14 columns of unique texts has fewer.
const maxStrings = 16 << 20

// sharedStrings is a workbook's table of strings: their text alone, without fonts
// and reading aids.
type sharedStrings struct {
	// Each piece keeps pieceStrings strings in one text. That costs about five bytes
	// a string besides its text. A Go string for each would cost 16 and more.
	pieces []*stringsPiece
	count  int
	bytes  int64
}

const pieceStrings = 64

type stringsPiece struct {
	text string
	ends [pieceStrings]uint32 // where each string ends in text
}

// readStrings reads a table of shared strings within the limits.
func readStrings(r io.Reader, limits Limits) (*sharedStrings, error) {
	s := &sharedStrings{}
	budget := min(max(limits.UnzippedBytes/4, 64<<20), 1<<32-1)
	var text []byte // of the newest piece
	err := eachString(r, func(found []byte) error {
		if len(found) > limits.CellBytes {
			return ooxml.TooLarge("found a string of %s, want at most %s (limits.cell)", problem.Size(int64(len(found))), problem.Size(int64(limits.CellBytes)))
		}
		if s.count == maxStrings {
			return ooxml.TooLarge("found more than %d shared strings, want fewer: save the sheet as CSV", maxStrings)
		}
		if s.bytes += int64(len(found)); s.bytes > budget {
			return ooxml.TooLarge("found more than %s of shared strings, want less (a quarter of limits.unzipped): save the sheet as CSV, or raise the limit", problem.Size(budget))
		}
		if s.count%pieceStrings == 0 {
			s.pieces = append(s.pieces, &stringsPiece{})
			text = text[:0]
		}
		if bytes.Contains(found, []byte("_x")) {
			found = []byte(ooxml.Unescape(string(found)))
		}
		text = append(text, found...)
		piece := s.pieces[len(s.pieces)-1]
		piece.ends[s.count%pieceStrings] = uint32(len(text))
		if s.count++; s.count%pieceStrings == 0 {
			piece.text = string(text)
		}
		return nil
	})
	if n := len(s.pieces); n > 0 {
		s.pieces[n-1].text = string(text)
	}
	return s, err
}

// get gives a string; index is in range.
func (s *sharedStrings) get(index int) string {
	piece, i := s.pieces[index/pieceStrings], index%pieceStrings
	from := uint32(0)
	if i > 0 {
		from = piece.ends[i-1]
	}
	return piece.text[from:piece.ends[i]]
}

// eachString reads a table of shared strings to its end, and calls found with each
// text, which is valid until found returns.
func eachString(r io.Reader, found func(text []byte) error) error {
	x := ooxml.NewReader(r)
	var text []byte
	for {
		kind, err := x.Next()
		switch {
		case err != nil:
			return err
		case kind == ooxml.TokenEOF:
			return nil
		case kind != ooxml.TokenStart:
		case x.Depth() == 1 && string(x.Local) != "sst":
			return ooxml.Damaged("found %q, want a table of shared strings", printable(x.Local))
		case x.Depth() == 2 && string(x.Local) == "si":
			if text, err = stringText(x, text[:0]); err != nil {
				return err
			}
			if err := found(text); err != nil {
				return err
			}
		}
	}
}

// printable gives an element's name, cut short, for a message.
func printable(name []byte) string { return string(name[:min(len(name), 40)]) }

// stringText reads to the end of the element of a string, si or is, that just
// began, and appends its text to into. That includes runs of rich text, but not
// the reading aids of Japanese text.
func stringText(x *ooxml.Reader, into []byte) (text []byte, err error) {
	piece := func() (err error) {
		if string(x.Local) != "t" {
			return x.Skip()
		}
		into, err = elementText(x, into)
		return err
	}
	err = x.Each(func() error {
		if string(x.Local) == "r" {
			return x.Each(piece)
		}
		return piece()
	})
	return into, err
}

// elementText reads to the end of the element that just began, and appends its text
// to into.
func elementText(x *ooxml.Reader, into []byte) ([]byte, error) {
	depth := x.Depth()
	for {
		kind, err := x.Next()
		switch {
		case err != nil:
			return nil, err
		case kind == ooxml.TokenEnd && x.Depth() < depth:
			return into, nil
		case kind == ooxml.TokenText && x.Depth() == depth && len(into) > ooxml.MaxToken:
			return nil, ooxml.TooLarge("found a text longer than %s, want a cell", problem.Size(ooxml.MaxToken))
		case kind == ooxml.TokenText && x.Depth() == depth:
			into = ooxml.AppendText(into, x.Text, x.CDATA)
		}
	}
}
