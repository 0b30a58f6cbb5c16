package table

import (
	"io"
)

// blockBytes is the size of the pieces in which a workbook is kept in memory.
const blockBytes = 64 << 10

// blocks is a file in memory. It grows by pieces, since growing one slice would
// for a moment take more than twice the file.
type blocks struct {
	list [][]byte
	size int64
}

// readBlocks reads r to its end. It reports false when there is more than limit.
func readBlocks(r io.Reader, limit int64) (*blocks, bool, error) {
	b := &blocks{}
	for {
		block := make([]byte, blockBytes)
		n, err := io.ReadFull(r, block)
		b.list = append(b.list, block[:n])
		b.size += int64(n)
		if b.size > limit {
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
func (b *blocks) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) {
		if off < 0 || off >= b.size {
			return n, io.EOF
		}
		c := copy(p[n:], b.list[off/blockBytes][off%blockBytes:])
		n += c
		off += int64(c)
	}
	return n, nil
}
