package ooxml

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"

	"example.org/cutoff/generator/problem"
)

// maxEntries bounds the number of a workbook's parts. Real ones have hundreds at
// most.
const maxEntries = 10_000

// Entry is one line of a zip archive's directory.
type Entry struct {
	Name             string
	flags, method    uint16
	Packed, Unpacked int64
	offset           int64 // of the local header
	End              int64 // offset after the packed bytes
}

// Fault is the error that refuses a workbook. Row and Column count from 1; they
// are 0 if it concerns a whole part.
type Fault struct {
	Kind        problem.Kind
	Message     string
	Row, Column int
}

func (f *Fault) Error() string { return f.Message }

// Damaged makes a fault for a damaged file.
func Damaged(format string, args ...any) error {
	return &Fault{Kind: problem.Damaged, Message: fmt.Sprintf(format, args...)}
}

// TooLarge makes a fault for a file that passes a limit.
func TooLarge(format string, args ...any) error {
	return &Fault{Kind: problem.TooLarge, Message: fmt.Sprintf(format, args...)}
}

// Unrecognised makes a fault for a file that is no workbook.
func Unrecognised(format string, args ...any) error {
	return &Fault{Kind: problem.Unrecognised, Message: fmt.Sprintf(format, args...)}
}

// At gives a fault its place in a sheet. Other errors stay as they are.
func At(row, column int, err error) error {
	if f, ok := err.(*Fault); ok {
		f.Row, f.Column = row, column
	}
	return err
}

// ReadDirectory reads the directory of a zip archive. It checks that no two entries
// share bytes or a name. Call it before the library that reads the entries: the
// library takes memory for as many entries as the archive claims, and accepts
// entries that overlap. Its error is a *[Fault].
func ReadDirectory(r io.ReaderAt, size int64) ([]Entry, error) {
	start, end, base, count, err := findDirectory(r, size)
	if err != nil {
		return nil, err
	}
	directory := make([]byte, end-start)
	if _, err := r.ReadAt(directory, start); err != nil {
		return nil, Damaged("found a zip directory that cannot be read, want a whole workbook: the file is damaged")
	}
	var entries []Entry
	for len(directory) > 0 {
		e, length, ok := parseEntry(directory)
		if !ok {
			return nil, Damaged("found a broken zip directory, want a whole workbook: the file is damaged")
		}
		directory = directory[length:]
		e.offset += base
		entries = append(entries, e)
		if len(entries) > maxEntries {
			return nil, TooLarge("found more than %d parts, want a workbook", maxEntries)
		}
	}
	if int64(len(entries)) != count {
		return nil, Damaged("found %d parts, want %d as the zip directory says: the file is damaged", len(entries), count)
	}
	for i := range entries {
		if err := locate(r, &entries[i], start); err != nil {
			return nil, err
		}
	}
	return entries, checkApart(entries)
}

// The signatures of a zip archive's records.
const (
	entrySignature          = "PK\x01\x02"
	localSignature          = "PK\x03\x04"
	endSignature            = "PK\x05\x06"
	locator64Signature      = "PK\x06\x07"
	directoryEnd64Signature = "PK\x06\x06"
)

// findDirectory finds the directory: where it starts and ends, the base to add to
// the offsets in it, and how many entries it claims to have.
func findDirectory(r io.ReaderAt, size int64) (start, end, base, count int64, err error) {
	cut := Damaged("found no end of the zip archive, want a whole workbook: the file was cut or is damaged")
	tail := make([]byte, min(size, 22+65535))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil {
		return 0, 0, 0, 0, cut
	}
	at := -1
	for i := len(tail) - 22; i >= 0; i-- {
		if string(tail[i:i+4]) == endSignature && i+22+int(binary.LittleEndian.Uint16(tail[i+20:])) <= len(tail) {
			at = i
			break
		}
	}
	if at < 0 {
		return 0, 0, 0, 0, cut
	}
	record := tail[at:]
	count = int64(binary.LittleEndian.Uint16(record[10:]))
	length := int64(binary.LittleEndian.Uint32(record[12:]))
	offset := int64(binary.LittleEndian.Uint32(record[16:]))
	end = size - int64(len(tail)) + int64(at)
	if count == 0xffff || length == 0xffffffff || offset == 0xffffffff {
		if end, count, length, offset, err = findDirectory64(r, end); err != nil {
			return 0, 0, 0, 0, err
		}
	}
	start = end - length
	base = start - offset
	if length < 0 || start < 0 || base < 0 {
		return 0, 0, 0, 0, Damaged("found a zip directory beyond the file, want a whole workbook: the file was cut or is damaged")
	}
	if length > maxEntries*(46+3*1024) {
		return 0, 0, 0, 0, TooLarge("found a zip directory of %s, want a workbook", problem.Size(length))
	}
	return start, end, base, count, nil
}

// findDirectory64 reads the zip64 form of the directory's end, which is before the
// usual one at end.
func findDirectory64(r io.ReaderAt, end int64) (end64, count, length, offset int64, err error) {
	bad := Damaged("found a broken zip directory, want a whole workbook: the file is damaged")
	var locator [20]byte
	if end < 20 {
		return 0, 0, 0, 0, bad
	}
	if _, err := r.ReadAt(locator[:], end-20); err != nil || string(locator[:4]) != locator64Signature {
		return 0, 0, 0, 0, bad
	}
	end64 = int64(binary.LittleEndian.Uint64(locator[8:]))
	var record [56]byte
	if end64 < 0 || end64 > end-76 {
		return 0, 0, 0, 0, bad
	}
	if _, err := r.ReadAt(record[:], end64); err != nil || string(record[:4]) != directoryEnd64Signature {
		return 0, 0, 0, 0, bad
	}
	count = int64(binary.LittleEndian.Uint64(record[32:]))
	length = int64(binary.LittleEndian.Uint64(record[40:]))
	offset = int64(binary.LittleEndian.Uint64(record[48:]))
	if count < 0 || length < 0 || length > end64 || offset < 0 || offset > end64 {
		return 0, 0, 0, 0, bad
	}
	return end64, count, length, offset, nil
}

// parseEntry reads the first entry of a directory, and gives its length there.
func parseEntry(b []byte) (Entry, int, bool) {
	if len(b) < 46 || string(b[:4]) != entrySignature {
		return Entry{}, 0, false
	}
	le := binary.LittleEndian
	name, extra, comment := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
	length := 46 + name + extra + comment
	if len(b) < length {
		return Entry{}, 0, false
	}
	e := Entry{
		Name:     string(b[46 : 46+name]),
		flags:    le.Uint16(b[8:]),
		method:   le.Uint16(b[10:]),
		Packed:   int64(le.Uint32(b[20:])),
		Unpacked: int64(le.Uint32(b[24:])),
		offset:   int64(le.Uint32(b[42:])),
	}
	return e, length, e.widen(b[46+name : 46+name+extra])
}

// widen takes values that are too large for an entry from its extra field. It
// reports false if that is broken.
func (e *Entry) widen(extra []byte) bool {
	le := binary.LittleEndian
	wide := []*int64{&e.Unpacked, &e.Packed, &e.offset}
	wide = slices.DeleteFunc(wide, func(v *int64) bool { return *v != 0xffffffff })
	for len(wide) > 0 && len(extra) >= 4 {
		id, length := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if extra = extra[4:]; length > len(extra) {
			return false
		}
		if id == 1 {
			field := extra[:length]
			for _, v := range wide {
				if len(field) < 8 {
					return false
				}
				*v = int64(le.Uint64(field))
				field = field[8:]
				if *v < 0 || *v > 1<<50 {
					return false
				}
			}
			return true
		}
		extra = extra[length:]
	}
	return true
}

// locate finds the end of an entry's bytes, and checks its local header against the
// directory. limit is where the directory starts.
func locate(r io.ReaderAt, e *Entry, limit int64) error {
	place := problem.Quote(e.Name)
	if e.flags&1 != 0 {
		return Unrecognised("found an encrypted zip archive, want a workbook without a password")
	}
	if e.method != 0 && e.method != 8 {
		return Damaged("found part %s packed by method %d, want deflate: save the workbook again", place, e.method)
	}
	header := make([]byte, 30)
	if _, err := r.ReadAt(header, e.offset); err != nil || string(header[:4]) != localSignature {
		return Damaged("found no header of part %s where the zip directory says, want a whole workbook: the file was cut or is damaged", place)
	}
	le := binary.LittleEndian
	name := make([]byte, le.Uint16(header[26:]))
	if _, err := r.ReadAt(name, e.offset+30); err != nil || string(name) != e.Name {
		return Damaged("found part %s under another name than the zip directory says, want a whole workbook", place)
	}
	// A size of 0 may mean that the size comes after the bytes. All ones mean that it
	// is in the extra field. Any other size must be that of the directory.
	for i, want := range []int64{e.Packed, e.Unpacked} {
		got := int64(le.Uint32(header[18+4*i:]))
		if got != want && got != 0 && got != 0xffffffff {
			return Damaged("found part %s with two different sizes, want one: the file is damaged", place)
		}
	}
	e.End = e.offset + 30 + int64(len(name)) + int64(le.Uint16(header[28:])) + e.Packed
	if e.End > limit {
		return Damaged("found part %s longer than the file, want a whole workbook: the file was cut or is damaged", place)
	}
	return nil
}

// checkApart refuses entries that share bytes or a name. Names are compared as the
// standard of the container says: ignoring case.
func checkApart(entries []Entry) error {
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, func(a, b Entry) int { return cmp.Compare(a.offset, b.offset) })
	for i := 1; i < len(sorted); i++ {
		if sorted[i].offset < sorted[i-1].End {
			return Damaged("found parts %s and %s in the same bytes, want a workbook: the file is made to harm",
				problem.Quote(sorted[i-1].Name), problem.Quote(sorted[i].Name))
		}
	}
	seen := map[string]bool{}
	for _, e := range entries {
		key := PartKey(e.Name)
		if seen[key] {
			return Damaged("found two parts named %s, want one: the file is damaged", problem.Quote(e.Name))
		}
		seen[key] = true
	}
	return nil
}

// PartKey is a part's name in the form in which names are compared.
func PartKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// IsZip reports whether a file begins like a zip archive.
func IsZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte(localSignature)) || bytes.HasPrefix(head, []byte(endSignature))
}
