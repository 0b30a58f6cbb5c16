package ooxml

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// wholeText says how many bytes of a text can be used if more may follow. Its end
// then cuts no reference, character, line end or "]]>".
func wholeText(b []byte) int {
	n := len(b)
	if i := bytes.LastIndexByte(b[max(0, n-16):], '&'); i >= 0 {
		i += max(0, n-16)
		if bytes.IndexByte(b[i:], ';') < 0 {
			n = i
		}
	}
	for n > 0 && (b[n-1] == ']' || b[n-1] == '\r') {
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

// checkText refuses what XML allows neither in text nor in an attribute's value.
func checkText(b []byte) error {
	ascii := true
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c >= utf8.RuneSelf:
			ascii = false
		case c == '&':
			_, n := reference(b[i:])
			if n == 0 {
				return Damaged("found an unknown entity or a stray &, want XML without entities of its own")
			}
			i += n - 1
		case c < ' ' && c != '\t' && c != '\n' && c != '\r':
			return Damaged("found a control character, want XML")
		case c == '>' && i >= 2 && b[i-1] == ']' && b[i-2] == ']':
			return Damaged("found ]]> in text, want XML")
		}
	}
	if ascii {
		return nil
	}
	if !utf8.Valid(b) || bytes.Contains(b, []byte("\uFFFE")) || bytes.Contains(b, []byte("\uFFFF")) {
		return Damaged("found bytes that are not UTF-8, want XML in UTF-8")
	}
	return nil
}

// entities are the references by name that XML itself defines.
var entities = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}

// reference reads the reference at the start of b, and gives its character and its
// length. The length is 0 if there is no valid one.
func reference(b []byte) (rune, int) {
	end := bytes.IndexByte(b[:min(len(b), 16)], ';')
	if end < 0 {
		return 0, 0
	}
	name := string(b[1:end])
	if r, ok := entities[name]; ok {
		return r, end + 1
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, 0
	}
	digits, radix := name[1:], 10
	if digits[0] == 'x' {
		digits, radix = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, radix, 21)
	if err != nil || n > utf8.MaxRune || utf16.IsSurrogate(rune(n)) || n == 0xfffe || n == 0xffff ||
		n < ' ' && n != '\t' && n != '\n' && n != '\r' {
		return 0, 0
	}
	return rune(n), end + 1
}

// AppendText appends the meaning of a checked text: its references are resolved,
// unless it is a CDATA section, and every line end is a line feed.
func AppendText(into, text []byte, cdata bool) []byte {
	if bytes.IndexByte(text, '\r') < 0 && (cdata || bytes.IndexByte(text, '&') < 0) {
		return append(into, text...)
	}
	for len(text) > 0 {
		r, n := rune(text[0]), 1
		switch {
		case r == '&' && !cdata:
			r, n = reference(text)
			into = utf8.AppendRune(into, r)
		case r == '\r':
			into = append(into, '\n')
			if bytes.HasPrefix(text, []byte("\r\n")) {
				n = 2
			}
		default:
			into = append(into, text[0])
		}
		text = text[n:]
	}
	return into
}

// escape matches the form in which strings of a workbook write characters that XML
// does not allow: _x000D_ is a carriage return. _x005F_ is an underscore before
// text that would look like an escape.
var escape = regexp.MustCompile(`_x[0-9a-fA-F]{4}_`)

// Unescape resolves the escapes in a string of a workbook. Surrogates, which are
// half a character, stay as they are written.
func Unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escape.ReplaceAllStringFunc(text, func(written string) string {
		n, err := strconv.ParseUint(written[2:6], 16, 16)
		if err != nil || utf16.IsSurrogate(rune(n)) {
			return written
		}
		return string(rune(n))
	})
}

// instruction refuses an XML declaration in the wrong place, or with an unknown
// encoding. UTF-16 is allowed: it was turned into UTF-8 before. Other processing
// instructions mean nothing in a workbook.
func (x *Reader) instruction(text []byte) error {
	n := 0
	for n < len(text) && nameByte[text[n]] {
		n++
	}
	name, rest := text[:n], text[n:]
	switch {
	case !goodName(name):
		return Damaged("found a broken processing instruction, want XML: the workbook is damaged")
	case string(name) != "xml":
		return nil
	case x.began || bytes.Contains(rest, []byte("version")) && !bytes.Contains(rest, []byte("1.0")):
		return Damaged("found an XML declaration that does not fit, want XML 1.0 from the start")
	}
	_, value, found := bytes.Cut(rest, []byte("encoding"))
	if !found {
		return nil
	}
	value = bytes.Trim(value, " \t\r\n=\"'")
	if j := bytes.IndexAny(value, "\"' "); j >= 0 {
		value = value[:j]
	}
	switch string(bytes.ToLower(value)) {
	case "utf-8", "utf8", "us-ascii", "utf-16", "utf-16le", "utf-16be":
		return nil
	}
	return Damaged("found XML in another encoding, want UTF-8: save the workbook again")
}
