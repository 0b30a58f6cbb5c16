// Package keep copies texts that outlive their rows, in little memory. A text that
// is not copied would be overwritten, or would keep all cells of its row alive.
package keep

import "strings"

// Words keeps texts that many devices share, with one copy of each.
type Words map[string]string

// Keep gives the kept copy of a text. It makes one if there is none.
func (w Words) Keep(text string) string {
	if text == "" {
		return ""
	}
	if word, ok := w[text]; ok {
		return word
	}
	word := strings.Clone(text)
	w[word] = word
	return word
}

// Texts keeps texts that differ from device to device, many in one piece of
// memory. For 100,000 devices that saves 400,000 of 820,000 allocations, and a
// twentieth of the time.
type Texts struct{ piece strings.Builder }

// pieceBytes is the size of a piece. A text longer than an eighth of it gets
// memory of its own.
const pieceBytes = 64 << 10

// Keep gives a copy of a text.
func (t *Texts) Keep(text string) string {
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

// KeepBeside gives a copy of a text, or kept if that is the same text: a user name
// is often the e-mail address too.
func (t *Texts) KeepBeside(text, kept string) string {
	if text == kept {
		return kept
	}
	return t.Keep(text)
}
