package ooxml

import (
	"bytes"
	"unicode/utf8"
)

// startTag reads a start tag. If the tag does not end in the buffer, it reads more
// and begins again.
func (x *Reader) startTag() error {
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

// scanTag reads the tag at the start of b and gives its length; 0 if the tag does
// not end in b.
func (x *Reader) scanTag(b []byte) (int, error) {
	bad := func() (int, error) { return 0, Damaged("found a broken tag, want XML: the workbook is damaged") }
	i := 1
	for i < len(b) && nameByte[b[i]] {
		i++
	}
	if i == len(b) {
		return 0, nil
	}
	name := b[1:i]
	if !goodName(name) {
		return bad()
	}
	x.Attrs = Attrs{}
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
		if !goodName(key) || b[i] != '=' {
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
		switch string(key) {
		case "r":
			x.Attrs.R = value
		case "t":
			x.Attrs.T = value
		case "s":
			x.Attrs.S = value
		case "ref":
			x.Attrs.Ref = value
		case "hidden":
			x.Attrs.Hidden = value
		}
	}
}

// goodName reports whether bytes of nameByte are a name with at most one prefix.
func goodName(name []byte) bool {
	if len(name) == 0 || name[0] < 'A' && name[0] != ':' {
		return false
	}
	i := bytes.IndexByte(name, ':')
	return i < 0 || bytes.IndexByte(name[i+1:], ':') < 0
}

// nameByte says which bytes a name may have: only ASCII, since workbooks have no
// other names. oddByte says which bytes in an attribute's value mean that it must
// be checked.
var nameByte, oddByte = func() (name, odd [256]bool) {
	for c := range 256 {
		b := byte(c)
		name[c] = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' ||
			b == '_' || b == '-' || b == '.' || b == ':'
		odd[c] = b < ' ' || b == '&' || b == '<' || b == '>' || b >= utf8.RuneSelf
	}
	return name, odd
}()
