package intake

import (
	"strings"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/intake/value"
)

// word gives the one copy of a text that many devices share.
func (f *fleet) word(text string) string {
	if text == "" {
		return ""
	}
	if word, ok := f.words[text]; ok {
		return word
	}
	word := strings.Clone(text)
	f.words[word] = word
	return word
}

// memory keeps the last words of a column. Rows that follow each other often
// agree, and comparing is cheaper than looking up.
type memory struct{ last string }

// word gives the one copy of a text.
func (m *memory) word(f *fleet, text string) string {
	if text != m.last {
		m.last = f.word(text)
	}
	return m.last
}

// version reads a version text once for all devices that have it.
func (f *fleet) version(text string, workbook bool) device.Version {
	if v, ok := f.versions[text]; ok && !workbook {
		return v
	}
	text = f.word(text)
	v := value.Version(text, workbook)
	if !workbook {
		f.versions[text] = v
	}
	return v
}

// texts keeps texts in large pieces of memory, which costs less than one
// allocation each.
type texts struct{ piece strings.Builder }

// pieceBytes is the size of a piece; longer texts have one of their own.
const pieceBytes = 64 << 10

// keep copies a text out of the record that it was read from.
func (t *texts) keep(text string) string {
	if text == "" {
		return ""
	}
	if len(text) > pieceBytes/8 {
		return strings.Clone(text)
	}
	if t.piece.Cap()-t.piece.Len() < len(text) {
		t.piece = strings.Builder{}
		t.piece.Grow(pieceBytes)
	}
	start := t.piece.Len()
	t.piece.WriteString(text)
	return t.piece.String()[start:]
}
