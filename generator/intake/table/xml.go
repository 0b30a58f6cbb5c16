package table

import (
	"bufio"
	"bytes"
	"io"

	"example.org/cutoff/generator/problem"
)

// token is what xmlReader has found.
type token int

const (
	tokenEnd   token = iota // an element ended
	tokenStart              // an element began
	tokenText               // a piece of an element's text
	tokenEOF                // the document ended, well-formed
)

// attrs are the attributes that mean something here; nil for those that a tag
// does not have.
type attrs struct{ r, t, s, ref, hidden []byte }

const (
	xmlBuffer   = 32 << 10
	maxToken    = 4 << 20 // longest tag, comment or CDATA section
	maxXMLDepth = 100
)

// xmlReader reads a part of a workbook and is strict where the libraries are
// not: every element must be closed by its name, the document must have one
// root and end with it, and there are no document types, so no entities of its
// own. It takes no memory for a token, which makes it fast enough to look at all
// of a workbook before any of it counts.
type xmlReader struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool

	names []byte // the names of the open elements, one after the other
	marks []int  // where each begins
	began bool   // the root was seen
	close bool   // the newest element was empty: its end is next

	// The token that next found. All slices are valid until the next next.
	local     []byte // name without its prefix, of a start
	attrs     attrs  // of a start, as written
	text      []byte // of a text, as written
	cdata     bool   // text stands for itself
	firstByte bool   // nothing was read yet
}

func newXMLReader(r io.Reader) *xmlReader {
	return &xmlReader{r: r, buf: make([]byte, xmlBuffer), firstByte: true}
}

// depth counts the open elements, the one that just began among them.
func (x *xmlReader) depth() int { return len(x.marks) }

// next finds the next token. Its error is a *[fault] or one of reading.
func (x *xmlReader) next() (token, error) {
	if x.close {
		x.close = false
		x.pop()
		return tokenEnd, nil
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
				return tokenEOF, nil
			}
		}
		if x.buf[x.pos] != '<' {
			if err := x.readText(); err != nil {
				return 0, err
			}
			if len(x.marks) > 0 {
				return tokenText, nil
			}
			if len(bytes.TrimSpace(x.text)) > 0 {
				return 0, damaged("found text outside the root element, want XML")
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
	return damaged("found the end inside an element, want all of it: the workbook was cut")
}

// fill reads more behind what is not used yet. It reports false at the end.
func (x *xmlReader) fill() (bool, error) {
	if x.eof {
		return false, nil
	}
	if x.pos > 0 {
		copy(x.buf, x.buf[x.pos:x.end])
		x.end -= x.pos
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= maxToken {
			return false, tooLarge("found a piece of XML longer than %s, want a workbook", problem.Size(maxToken))
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

// start handles what may stand before the first tag: a mark, or UTF-16.
func (x *xmlReader) start() error {
	head := x.buf[x.pos:x.end]
	if order := utf16Order(head); order != nil {
		// Buffered, since a decoder needs a little room for each read.
		x.r = bufio.NewReader(decoderReader{newDecoder(io.MultiReader(bytes.NewReader(bytes.Clone(head)), x.r), head, Encoding{})})
		x.pos, x.end, x.eof = 0, 0, false
		_, err := x.fill()
		return err
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		x.pos += 3
	}
	return nil
}

// decoderReader makes a decoder's faults those of a workbook.
type decoderReader struct{ d *decoder }

func (r decoderReader) Read(p []byte) (int, error) {
	n, err := r.d.Read(p)
	if f, ok := err.(*decodeFault); ok {
		err = damaged("%s", f.message)
	}
	return n, err
}

// readText finds the text up to the next tag or to the end of the buffer.
func (x *xmlReader) readText() error {
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
		x.text, x.cdata = b[:n], false
		x.pos += n
		return checkText(x.text)
	}
}

// markup reads what begins with <. It reports false for what is no token.
func (x *xmlReader) markup() (token, bool, error) {
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
		return tokenEnd, true, x.endTag(b)
	case '!':
		return x.declaration(b)
	case '?':
		text, err := x.until("<?", "?>")
		if err != nil {
			return 0, false, err
		}
		return 0, false, x.instruction(text)
	}
	return tokenStart, true, x.startTag()
}

// declaration reads what begins with <!, of which comments and CDATA sections
// only are allowed.
func (x *xmlReader) declaration(b []byte) (token, bool, error) {
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		text, err := x.until("<!--", "-->")
		if err == nil && (bytes.Contains(text, []byte("--")) || bytes.HasSuffix(text, []byte("-"))) {
			err = damaged("found a broken comment, want XML: the workbook is damaged")
		}
		return 0, false, err
	case !bytes.HasPrefix(b, []byte("<![CDATA[")):
		return 0, false, damaged("found a document type declaration, want a workbook without")
	}
	text, err := x.until("<![CDATA[", "]]>")
	if err != nil {
		return 0, false, err
	}
	if len(x.marks) == 0 {
		return 0, false, damaged("found text outside the root element, want XML")
	}
	x.text, x.cdata = text, true
	return tokenText, true, checkText(bytes.ReplaceAll(text, []byte("&"), []byte("+")))
}

// until reads a piece of markup with fixed ends and gives what is between them.
func (x *xmlReader) until(open, end string) ([]byte, error) {
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
func (x *xmlReader) endTag(b []byte) error {
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
		return damaged("found the end of an element that is not open, want XML: the workbook is damaged")
	}
	x.pop()
	return nil
}

func (x *xmlReader) pop() {
	last := len(x.marks) - 1
	x.names = x.names[:x.marks[last]]
	x.marks = x.marks[:last]
}

func (x *xmlReader) push(name []byte) error {
	if len(x.marks) == 0 && x.began {
		return damaged("found a second root element, want XML: the workbook is damaged")
	}
	if len(x.marks) == maxXMLDepth {
		return damaged("found elements nested deeper than %d, want a workbook", maxXMLDepth)
	}
	x.began = true
	x.marks = append(x.marks, len(x.names))
	x.names = append(x.names, name...)
	x.local = name[bytes.IndexByte(name, ':')+1:]
	return nil
}

// skip reads to the end of the element that just began.
func (x *xmlReader) skip() error {
	depth := x.depth()
	for {
		kind, err := x.next()
		if err != nil {
			return err
		}
		if kind == tokenEnd && x.depth() < depth {
			return nil
		}
	}
}

// drain reads to the end of the document.
func (x *xmlReader) drain() error {
	for {
		kind, err := x.next()
		if err != nil {
			return err
		}
		if kind == tokenEOF {
			return nil
		}
	}
}
