package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/publish"
)

// entry is one file of a zip, packed.
type entry struct {
	publish.File
	crc32  uint32
	method uint16 // zip.Store or zip.Deflate
	packed []byte
	// remarks is what preflight has to know of the content.
	remarks remarks
}

// newEntry packs a file. The evidence itself, manifest.json and SHA256SUMS, is
// stored as it is, so that every bit of it is checked.
func newEntry(name string, content []byte) (entry, error) {
	sum := sha256.Sum256(content)
	e := entry{
		File:    publish.File{Name: name, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])},
		crc32:   crc32.ChecksumIEEE(content),
		method:  zip.Store,
		packed:  content,
		remarks: examine(name, content),
	}
	if name == publish.ManifestName || name == publish.SumsName {
		return e, nil
	}
	packed, err := deflate(content)
	if err != nil {
		return entry{}, where(name, err)
	}
	if len(packed) < len(content) {
		e.method, e.packed = zip.Deflate, packed
	}
	return e, nil
}

func deflate(content []byte) ([]byte, error) {
	var out bytes.Buffer
	writer, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := writer.Write(content); err != nil {
		return nil, err
	}
	err = writer.Close()
	return out.Bytes(), err
}

// cost is how many bytes a file takes up in a zip: with its two headers, its
// name in each, and its lines in manifest.json and SHA256SUMS.
func (e entry) cost() int64 {
	const headers, lines = 30 + 46, 76 + 16 + 170
	return int64(len(e.packed) + headers + lines + 4*len(e.Name))
}

// assemble writes a zip in the one form that [VerifyArchive] accepts: entries
// ordered by name, one right after the other, without comments, descriptors or
// extra fields, all of the same day, without a trace of the system.
func assemble(entries []entry, day calendar.Day) ([]byte, error) {
	sorted := slices.SortedFunc(slices.Values(entries), func(a, b entry) int { return strings.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, e := range sorted {
		raw, err := writer.CreateRaw(header(e, day))
		if err != nil {
			return nil, where(e.Name, err)
		}
		if _, err := raw.Write(e.packed); err != nil {
			return nil, where(e.Name, err)
		}
	}
	if err := writer.Close(); err != nil {
		return nil, fmt.Errorf("write a zip: %w", err)
	}
	return out.Bytes(), nil
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
		CompressedSize64:   uint64(len(e.packed)),
		UncompressedSize64: uint64(e.Size),
	}
	if strings.ContainsFunc(e.Name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		h.Flags = flagUTF8
	}
	//lint:ignore SA1019 Modified would add a field with seconds in UTC, and show the day before in half of the world.
	h.ModifiedDate = dosDate(day)
	return h
}

// dosDate gives a day as zip files have it, at midnight, without a zone. They
// know no day before 1980.
func dosDate(day calendar.Day) uint16 {
	year, month, date := day.Start().Date()
	year = min(max(year, 1980), 2107)
	return uint16(year-1980)<<9 | uint16(month)<<5 | uint16(date)
}
