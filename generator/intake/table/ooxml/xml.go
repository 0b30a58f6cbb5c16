// Package ooxml reads the bytes of a workbook and trusts none of them. It reads the
// directory of the zip archive, whose entries must not overlap, and the XML of the
// parts, which must be well-formed to the end. It knows nothing of sheets and
// cells. The error that refuses a file is a *[Fault].
package ooxml

import (
	"bufio"
	"bytes"
	"io"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/problem"
)

// Token is what [Reader.Next] has found.
type Token int

// The tokens.
const (
	TokenEnd   Token = iota // an element ended
	TokenStart              // an element began
	TokenText               // a piece of an element's text
	TokenEOF                // the document ended, well-formed
)

// Attrs are the attributes that are needed: r, t, s, ref and hidden. One that the
// tag does not have is nil.
type Attrs struct{ R, T, S, Ref, Hidden []byte }

const (
	xmlBuffer = 32 << 10
	// MaxToken is the longest tag, comment or CDATA section.
	MaxToken    = 4 << 20
	maxXMLDepth = 100
)

// Reader reads the XML of a part, and is stricter than the libraries. Every element
// must be closed by its name. The document must have one root and end with it.
// Document types, and so entities of its own, are refused. It takes no memory for a
// token, so it is fast enough to check a whole workbook before any row counts.
type Reader struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool

	names []byte // the names of the open elements, joined
	marks []int  // where each name begins
	began bool   // the root was seen
	close bool   // the last tag was <a/>: the end of the element comes next

	// The token that Next found. All slices are valid until the next call.
	Local     []byte // of a start: the name without its prefix
	Attrs     Attrs  // of a start: as written
	Text      []byte // of a text: as written
	CDATA     bool   // of a text: it has no references, & is an ordinary character
	firstByte bool   // nothing was read yet
}

// NewReader gives a reader of the XML in r, from its first byte.
func NewReader(r io.Reader) *Reader {
	return &Reader{r: r, buf: make([]byte, xmlBuffer), firstByte: true}
}

// Depth counts the open elements, with the one that just began.
func (x *Reader) Depth() int { return len(x.marks) }

// Next finds the next token. Its error is a *[Fault] or one of reading.
func (x *Reader) Next() (Token, error) {
	if x.close {
		x.close = false
		x.pop()
		return TokenEnd, nil
	}
	for {
		if x.pos == x.end || x.firstByte {
			more, err := x.fill()
			if err != nil {
				return 0, err
			}
			if x.firstByte {
				x.firstByte = false
				if err := x.start(); err != nil {
					return 0, err
				}
				continue
			}
			if !more && x.pos == x.end {
				if len(x.marks) > 0 || !x.began {
					return 0, cutXML()
				}
				return TokenEOF, nil
			}
		}
		if x.buf[x.pos] != '<' {
			if err := x.readText(); err != nil {
				return 0, err
			}
			if len(x.marks) > 0 {
				return TokenText, nil
			}
			if len(bytes.TrimSpace(x.Text)) > 0 {
				return 0, Damaged("found text outside the root element, want XML")
			}
			continue
		}
		kind, found, err := x.markup()
		if err != nil || found {
			return kind, err
		}
	}
}

func cutXML() error {
	return Damaged("found the end inside an element, want all of it: the workbook was cut")
}

// fill reads more into the buffer, after what is not used yet. It reports false at
// the end.
func (x *Reader) fill() (bool, error) {
	if x.eof {
		return false, nil
	}
	if x.pos > 0 {
		copy(x.buf, x.buf[x.pos:x.end])
		x.end -= x.pos
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= MaxToken {
			return false, TooLarge("found a piece of XML longer than %s, want a workbook", problem.Size(MaxToken))
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	had := x.end
	for x.end < len(x.buf)/2 || x.end == had {
		n, err := x.r.Read(x.buf[x.end:])
		x.end += n
		if err == io.EOF {
			x.eof = true
			break
		}
		if err != nil {
			return false, err
		}
	}
	return x.end > had, nil
}

// start skips a byte order mark, and decodes a part that is in UTF-16.
func (x *Reader) start() error {
	head := x.buf[x.pos:x.end]
	if order := charset.UTF16Order(head); order != nil {
		// It is buffered because a decoder needs [charset.Room] bytes for each read.
		x.r = bufio.NewReader(decoderReader{charset.NewDecoder(io.MultiReader(bytes.NewReader(bytes.Clone(head)), x.r), head, charset.Encoding{})})
		x.pos, x.end, x.eof = 0, 0, false
		_, err := x.fill()
		return err
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		x.pos += 3
	}
	return nil
}

// decoderReader turns the faults of a decoder into those of a workbook.
type decoderReader struct{ d *charset.Decoder }

func (r decoderReader) Read(p []byte) (int, error) {
	n, err := r.d.Read(p)
	if f, ok := err.(*charset.Fault); ok {
		err = Damaged("%s", f.Message)
	}
	return n, err
}

// readText reads the text up to the next tag, or to the end of the buffer.
func (x *Reader) readText() error {
	for {
		b := x.buf[x.pos:x.end]
		n := bytes.IndexByte(b, '<')
		if n < 0 {
			n = len(b)
			if !x.eof {
				if n = wholeText(b); n == 0 {
					if _, err := x.fill(); err != nil {
						return err
					}
					continue
				}
			}
		}
		x.Text, x.CDATA = b[:n], false
		x.pos += n
		return checkText(x.Text)
	}
}

// markup reads what begins with <. It reports false for what gives no token, such
// as a comment.
func (x *Reader) markup() (Token, bool, error) {
	for x.end-x.pos < len("<![CDATA[") && !x.eof {
		if _, err := x.fill(); err != nil {
			return 0, false, err
		}
	}
	b := x.buf[x.pos:x.end]
	if len(b) < 2 {
		return 0, false, cutXML()
	}
	switch b[1] {
	case '/':
		return TokenEnd, true, x.endTag(b)
	case '!':
		return x.declaration(b)
	case '?':
		text, err := x.until("<?", "?>")
		if err != nil {
			return 0, false, err
		}
		return 0, false, x.instruction(text)
	}
	return TokenStart, true, x.startTag()
}

// declaration reads what begins with <!. Only comments and CDATA sections are
// allowed.
func (x *Reader) declaration(b []byte) (Token, bool, error) {
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		text, err := x.until("<!--", "-->")
		if err == nil && (bytes.Contains(text, []byte("--")) || bytes.HasSuffix(text, []byte("-"))) {
			err = Damaged("found a broken comment, want XML: the workbook is damaged")
		}
		return 0, false, err
	case !bytes.HasPrefix(b, []byte("<![CDATA[")):
		return 0, false, Damaged("found a document type declaration, want a workbook without")
	}
	text, err := x.until("<![CDATA[", "]]>")
	if err != nil {
		return 0, false, err
	}
	if len(x.marks) == 0 {
		return 0, false, Damaged("found text outside the root element, want XML")
	}
	x.Text, x.CDATA = text, true
	return TokenText, true, checkText(bytes.ReplaceAll(text, []byte("&"), []byte("+")))
}

// until reads a piece of markup that begins with open and ends with end, and gives
// what is between.
func (x *Reader) until(open, end string) ([]byte, error) {
	from := len(open)
	for {
		b := x.buf[x.pos:x.end]
		if i := bytes.Index(b[min(from, len(b)):], []byte(end)); i >= 0 {
			i += from
			x.pos += i + len(end)
			return b[len(open):i], nil
		}
		from = max(len(open), len(b)-len(end))
		more, err := x.fill()
		if err != nil {
			return nil, err
		}
		if !more {
			return nil, cutXML()
		}
	}
}

// endTag reads the tag at the start of b.
func (x *Reader) endTag(b []byte) error {
	if len(x.marks) > 0 {
		open := x.names[x.marks[len(x.marks)-1]:]
		if n := len(open) + 2; len(b) > n && b[n] == '>' && string(b[2:n]) == string(open) {
			x.pos += n + 1
			x.pop()
			return nil
		}
	}
	name, err := x.until("</", ">")
	if err != nil {
		return err
	}
	name = bytes.TrimRight(name, " \t\r\n")
	if len(x.marks) == 0 || !bytes.Equal(name, x.names[x.marks[len(x.marks)-1]:]) {
		return Damaged("found the end of an element that is not open, want XML: the workbook is damaged")
	}
	x.pop()
	return nil
}

func (x *Reader) pop() {
	last := len(x.marks) - 1
	x.names = x.names[:x.marks[last]]
	x.marks = x.marks[:last]
}

func (x *Reader) push(name []byte) error {
	if len(x.marks) == 0 && x.began {
		return Damaged("found a second root element, want XML: the workbook is damaged")
	}
	if len(x.marks) == maxXMLDepth {
		return Damaged("found elements nested deeper than %d, want a workbook", maxXMLDepth)
	}
	x.began = true
	x.marks = append(x.marks, len(x.names))
	x.names = append(x.names, name...)
	x.Local = name[bytes.IndexByte(name, ':')+1:]
	return nil
}

// Each reads to the end of the element that just began. It calls child when an
// element inside has begun; child must read to the end of that.
func (x *Reader) Each(child func() error) error {
	depth := x.Depth()
	for {
		kind, err := x.Next()
		switch {
		case err != nil:
			return err
		case kind == TokenEnd && x.Depth() < depth:
			return nil
		case kind == TokenStart:
			if err := child(); err != nil {
				return err
			}
		}
	}
}

// Skip reads to the end of the element that just began.
func (x *Reader) Skip() error { return x.Each(x.Skip) }

// Drain reads to the end of the document, and so checks that it is well-formed.
func (x *Reader) Drain() error {
	for {
		kind, err := x.Next()
		if err != nil {
			return err
		}
		if kind == TokenEOF {
			return nil
		}
	}
}
