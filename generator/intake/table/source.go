package table

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"

	"example.org/cutoff/generator/intake/table/charset"
)

// source gives the bytes of a file, and hashes and counts them as they pass.
type source struct {
	r     io.Reader
	head  []byte // what peek read ahead and Read has not given yet
	err   error  // what ended the reading
	hash  hash.Hash
	bytes int64
}

func newSource(r io.Reader) *source { return &source{r: r, hash: sha256.New()} }

// smallFile is how much peek reads at first. Where there are thousands of files,
// most are smaller.
const smallFile = 16 << 10

// peek gives the first bytes, at most [charset.HeadBytes], which Read gives again.
func (s *source) peek() ([]byte, error) {
	head := make([]byte, smallFile)
	n, err := io.ReadFull(s.r, head)
	if err == nil {
		head = append(head, make([]byte, charset.HeadBytes-smallFile)...)
		more := 0
		more, err = io.ReadFull(s.r, head[n:])
		n += more
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = io.EOF
	} else if err != nil {
		return nil, err
	}
	s.head, s.err = head[:n], err
	s.count(s.head)
	return s.head, nil
}

// whole reports whether peek gave all bytes.
func (s *source) whole() bool { return s.err == io.EOF }

func (s *source) Read(p []byte) (int, error) {
	if len(s.head) > 0 {
		n := copy(p, s.head)
		s.head = s.head[n:]
		return n, nil
	}
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	s.count(p[:n])
	s.err = err
	return n, err
}

func (s *source) count(p []byte) {
	s.hash.Write(p)
	s.bytes += int64(len(p))
}

func (s *source) sum() string { return hex.EncodeToString(s.hash.Sum(nil)) }
