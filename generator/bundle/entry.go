package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/publish"
)

// entry is one file of a zip. Its packed bytes are in the spool.
type entry struct {
	publish.File
	crc32  uint32
	method uint16 // zip.Store or zip.Deflate
	// at is where its bytes begin in the spool, packed is how many they are.
	at, packed int64
	// remarks is what preflight has to know about the content.
	remarks remarks
}

// spool keeps packed files until it is known which zip each goes into. It is on
// disk, because a large fleet's site should not be held in memory.
type spool struct {
	file    *os.File
	mutex   sync.Mutex
	end     int64
	writers sync.Pool // of *flate.Writer, which are large
}

// packLevel is not the best compression, which takes much longer and saves little.
const packLevel = 6

func newSpool(file *os.File) *spool {
	s := &spool{file: file}
	s.writers.New = func() any {
		writer, err := flate.NewWriter(io.Discard, packLevel)
		if err != nil {
			panic(err) // the level is a constant
		}
		return writer
	}
	return s
}

// pack packs a file that is in memory.
func (s *spool) pack(name string, content []byte) (entry, error) {
	var packed bytes.Buffer
	e, err := s.deflate(name, &packed, bytes.NewReader(content))
	if err != nil {
		return entry{}, err
	}
	if packed.Len() >= len(content) {
		return s.store(name, content)
	}
	return s.keep(e, packed.Bytes())
}

// store keeps a file uncompressed. manifest.json and SHA256SUMS are stored so that
// they can be read without unpacking.
func (s *spool) store(name string, content []byte) (entry, error) {
	return s.keep(entry{File: publish.FileOf(name, content), crc32: crc32.ChecksumIEEE(content), method: zip.Store}, content)
}

func (s *spool) keep(e entry, packed []byte) (entry, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	e.at, e.packed = s.end, int64(len(packed))
	s.end += e.packed
	_, err := s.file.WriteAt(packed, e.at)
	return e, where(e.Name, err)
}

// stream packs a file that may not fit into memory, straight into the spool. It
// holds the lock meanwhile, so other files wait.
func (s *spool) stream(name string, in io.Reader) (entry, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	out := io.NewOffsetWriter(s.file, s.end)
	e, err := s.deflate(name, out, in)
	e.at = s.end
	e.packed, _ = out.Seek(0, io.SeekCurrent) // which cannot fail
	s.end += e.packed
	return e, err
}

func (s *spool) deflate(name string, out io.Writer, in io.Reader) (entry, error) {
	writer := s.writers.Get().(*flate.Writer)
	defer s.writers.Put(writer)
	writer.Reset(out)
	sum, check := sha256.New(), crc32.NewIEEE()
	size, err := io.Copy(io.MultiWriter(writer, sum, check), in)
	if err = errors.Join(err, writer.Close()); err != nil {
		return entry{}, where(name, err)
	}
	file := publish.File{Name: name, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))}
	return entry{File: file, crc32: check.Sum32(), method: zip.Deflate}, nil
}

// Sizes of a zip's headers in bytes: APPNOTE.TXT, sections 4.3.7, 4.3.12 and
// 4.3.16.
const (
	localSize     = 30
	directorySize = 46
	endSize       = 22
)

// cost is about how many bytes a file takes up in a zip, with its two headers, its
// name in each, and its lines in manifest.json and SHA256SUMS.
func (e entry) cost() int64 {
	const lines = 76 + 16 + 170
	return e.packed + int64(localSize+directorySize+lines+4*len(e.Name))
}

// zipSize is how many bytes the zip of these entries has.
func zipSize(entries []entry) int64 {
	size := int64(endSize)
	for _, e := range entries {
		size += e.packed + int64(localSize+directorySize+2*len(e.Name))
	}
	return size
}

// write writes a zip in the form that [VerifyArchive] accepts: entries one right
// after the other, without comments, descriptors or extra fields. They are ordered
// by name and all have the same day, so the same site gives the same bytes.
func (s *spool) write(out io.Writer, entries []entry, day calendar.Day) error {
	sorted := slices.SortedFunc(slices.Values(entries), func(a, b entry) int { return strings.Compare(a.Name, b.Name) })
	writer := zip.NewWriter(out)
	for _, e := range sorted {
		raw, err := writer.CreateRaw(header(e, day))
		if err != nil {
			return where(e.Name, err)
		}
		if _, err := io.Copy(raw, io.NewSectionReader(s.file, e.at, e.packed)); err != nil {
			return where(e.Name, err)
		}
	}
	return where("write a zip", writer.Close())
}

// Flags and versions of the zip format: APPNOTE.TXT, sections 4.4.2 to 4.4.4.
const (
	versionDeflate = 20
	flagUTF8       = 0x800
)

func header(e entry, day calendar.Day) *zip.FileHeader {
	h := &zip.FileHeader{
		Name:               e.Name,
		CreatorVersion:     versionDeflate,
		ReaderVersion:      versionDeflate,
		Method:             e.method,
		CRC32:              e.crc32,
		CompressedSize64:   uint64(e.packed),
		UncompressedSize64: uint64(e.Size),
	}
	if strings.ContainsFunc(e.Name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		h.Flags = flagUTF8
	}
	if first := calendar.New(1980, 1, 1); day.Before(first) {
		day = first // the earliest day that a zip can hold
	}
	//lint:ignore SA1019 CreateRaw takes the day from here; Modified would need a field of its own.
	h.SetModTime(day.Start())
	return h
}
