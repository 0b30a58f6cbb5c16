package ooxml

import (
	"io"
)

// blockBytes is the size of the pieces in which a workbook is kept in memory.
const blockBytes = 64 << 10

// Blocks is a file in memory, in pieces. Growing one slice would for a moment take
// more than twice the size of the file.
type Blocks struct {
	list [][]byte
	Size int64
}

// ReadBlocks reads r to its end. It reports false if there are more than limit
// bytes.
func ReadBlocks(r io.Reader, limit int64) (*Blocks, bool, error) {
	b := &Blocks{}
	for {
		block := make([]byte, blockBytes)
		n, err := io.ReadFull(r, block)
		b.list = append(b.list, block[:n])
		b.Size += int64(n)
		if b.Size > limit {
			return nil, false, nil
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return b, true, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
}

// ReadAt implements [io.ReaderAt].
func (b *Blocks) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) {
		if off < 0 || off >= b.Size {
			return n, io.EOF
		}
		c := copy(p[n:], b.list[off/blockBytes][off%blockBytes:])
		n += c
		off += int64(c)
	}
	return n, nil
}
