package table

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// token is what xmlReader has found.
type token int

const (
	tokenEnd   token = iota // an element ended
	tokenStart              // an element began
	tokenText               // a piece of an element's text
	tokenEOF                // the document ended, well-formed
)

const (
	xmlBuffer   = 32 << 10
	maxToken    = 4 << 20 // longest tag, comment or CDATA section
	maxXMLDepth = 100
)

// xmlReader reads a part of a workbook and is strict where the libraries are
// not: every element must be closed by its name, the document must have one
// root and end with it, and there are no document types, so no entities of its
// own. Ten times as fast as encoding/xml, it makes it possible to look at all
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
	attrR     []byte // attribute r of a start, as written
	attrT     []byte // attribute t of a start, as written
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
			return false, tooLarge("found a piece of XML longer than %s, want a workbook", sizeText(maxToken))
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for x.end < len(x.buf) {
		n, err := x.r.Read(x.buf[x.end:])
		x.end += n
		if err == io.EOF {
			x.eof = true
			return n > 0, nil
		}
		if err != nil {
			return false, err
		}
		if n > 0 && x.end >= len(x.buf)/2 {
			break
		}
	}
	return true, nil
}

// start handles what may stand before the first tag: a mark, or UTF-16.
func (x *xmlReader) start() error {
	head := x.buf[x.pos:x.end]
	if order := utf16Order(head); order != nil {
		// Buffered, since a decoder needs a little room for each read.
		x.r = bufio.NewReader(decoderReader{newDecoder(io.MultiReader(bytes.NewReader(bytes.Clone(head)), x.r), head)})
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

// wholeText gives how much of a text can be used when more of it may follow: no
// reference, no character and no "]]>" is cut.
func wholeText(b []byte) int {
	n := len(b)
	if i := bytes.LastIndexByte(b[max(0, n-16):], '&'); i >= 0 {
		i += max(0, n-16)
		if bytes.IndexByte(b[i:], ';') < 0 {
			n = i
		}
	}
	for n > 0 && b[n-1] == ']' {
		n--
	}
	for back := 1; back <= utf8.UTFMax && back <= n; back++ {
		if c := b[n-back]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[n-back : n]) {
				n -= back
			}
			break
		}
	}
	return n
}

// checkText refuses what XML does not allow in text or in the value of an
// attribute.
func checkText(b []byte) error {
	ascii := true
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c >= utf8.RuneSelf:
			ascii = false
		case c == '&':
			n := reference(b[i:])
			if n == 0 {
				return damaged("found an unknown entity or a stray &, want XML without entities of its own")
			}
			i += n - 1
		case c < ' ' && c != '\t' && c != '\n' && c != '\r':
			return damaged("found a control character, want XML")
		case c == '>' && i >= 2 && b[i-1] == ']' && b[i-2] == ']':
			return damaged("found ]]> in text, want XML")
		}
	}
	if ascii {
		return nil
	}
	if !utf8.Valid(b) || bytes.Contains(b, []byte("\uFFFE")) || bytes.Contains(b, []byte("\uFFFF")) {
		return damaged("found bytes that are not UTF-8, want XML in UTF-8")
	}
	return nil
}

// reference gives the length of the reference at the start of b, or 0 when it
// is none that XML defines by itself.
func reference(b []byte) int {
	end := bytes.IndexByte(b[:min(len(b), 16)], ';')
	if end < 0 {
		return 0
	}
	switch name := string(b[1:end]); name {
	case "lt", "gt", "amp", "apos", "quot":
		return end + 1
	default:
		if len(name) < 2 || name[0] != '#' {
			return 0
		}
		digits, radix := name[1:], 10
		if digits[0] == 'x' {
			digits, radix = digits[1:], 16
		}
		n, err := strconv.ParseUint(digits, radix, 21)
		if err != nil || n > utf8.MaxRune || utf16.IsSurrogate(rune(n)) || n == 0xfffe || n == 0xffff ||
			n < ' ' && n != '\t' && n != '\n' && n != '\r' {
			return 0
		}
		return end + 1
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
		return 0, false, checkDeclaration(text)
	}
	return tokenStart, true, x.startTag()
}

// declaration reads what begins with <!, of which comments and CDATA sections
// only are allowed.
func (x *xmlReader) declaration(b []byte) (token, bool, error) {
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		_, err := x.until("<!--", "-->")
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

// checkDeclaration refuses an encoding that is not read here. UTF-16 was turned
// into UTF-8 before.
func checkDeclaration(text []byte) error {
	if !bytes.HasPrefix(text, []byte("xml ")) {
		return nil
	}
	i := bytes.Index(text, []byte("encoding"))
	if i < 0 {
		return nil
	}
	value := bytes.Trim(text[i+len("encoding"):], " \t\r\n=\"'")
	if j := bytes.IndexAny(value, "\"' "); j >= 0 {
		value = value[:j]
	}
	switch string(bytes.ToLower(value)) {
	case "utf-8", "utf8", "us-ascii", "utf-16", "utf-16le", "utf-16be":
		return nil
	}
	return damaged("found XML in another encoding, want UTF-8: save the workbook again")
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

// startTag reads a tag that must end in the buffer; when it does not, it reads
// more and begins again.
func (x *xmlReader) startTag() error {
	for {
		n, err := x.scanTag(x.buf[x.pos:x.end])
		if err != nil {
			return err
		}
		if n > 0 {
			x.pos += n
			return nil
		}
		more, err := x.fill()
		if err != nil {
			return err
		}
		if !more {
			return cutXML()
		}
	}
}

// scanTag reads the tag at the start of b and gives its length, 0 when it does
// not end in b.
func (x *xmlReader) scanTag(b []byte) (int, error) {
	bad := func() (int, error) { return 0, damaged("found a broken tag, want XML: the workbook is damaged") }
	i := 1
	for i < len(b) && nameByte[b[i]] {
		i++
	}
	if i == len(b) {
		return 0, nil
	}
	name := b[1:i]
	if len(name) == 0 {
		return bad()
	}
	x.attrR, x.attrT = nil, nil
	for {
		space := i
		for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
			i++
		}
		if i == len(b) {
			return 0, nil
		}
		switch b[i] {
		case '>':
			return i + 1, x.push(name)
		case '/':
			if i+1 == len(b) {
				return 0, nil
			}
			if b[i+1] != '>' {
				return bad()
			}
			x.close = true
			return i + 2, x.push(name)
		}
		if space == i {
			return bad()
		}
		from := i
		for i < len(b) && nameByte[b[i]] {
			i++
		}
		key := b[from:i]
		for i < len(b) && (b[i] == ' ' || b[i] == '\n') {
			i++
		}
		if i == len(b) {
			return 0, nil
		}
		if len(key) == 0 || b[i] != '=' {
			return bad()
		}
		i++
		for i < len(b) && (b[i] == ' ' || b[i] == '\n') {
			i++
		}
		if i == len(b) {
			return 0, nil
		}
		quote := b[i]
		if quote != '"' && quote != '\'' {
			return bad()
		}
		i++
		from = i
		odd := false
		for i < len(b) && b[i] != quote {
			odd = odd || oddByte[b[i]]
			i++
		}
		if i == len(b) {
			return 0, nil
		}
		value := b[from:i]
		i++
		if odd {
			if bytes.IndexByte(value, '<') >= 0 {
				return bad()
			}
			if err := checkText(value); err != nil {
				return 0, err
			}
		}
		if len(key) == 1 {
			switch key[0] {
			case 'r':
				x.attrR = value
			case 't':
				x.attrT = value
			}
		}
	}
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
	x.local = name
	for i, c := range name {
		if c == ':' {
			x.local = name[i+1:]
		}
	}
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

// nameByte has the bytes of names; oddByte those that an attribute's value
// must be looked at for.
var nameByte, oddByte = func() (name, odd [256]bool) {
	for c := range 256 {
		b := byte(c)
		name[c] = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' ||
			b == '_' || b == '-' || b == '.' || b == ':' || b >= utf8.RuneSelf
		odd[c] = b < ' ' || b == '&' || b == '<' || b == '>' || b >= utf8.RuneSelf
	}
	return name, odd
}()

// decodeXML reads a small document into a struct after it was checked.
func decodeXML(text []byte, into any) error {
	if err := newXMLReader(bytes.NewReader(text)).drain(); err != nil {
		return err
	}
	if utf16Order(text) != nil {
		utf8Text, err := io.ReadAll(newDecoder(bytes.NewReader(text), text))
		if err != nil {
			return damaged("found text that cannot be decoded, want XML")
		}
		text = utf8Text
	}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	if err := decoder.Decode(into); err != nil {
		return damaged("found XML that cannot be read, want a workbook")
	}
	return nil
}
