package bundle

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The marks at the start of a zip's headers. Positions and lengths in this file
// are from APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16. All numbers are
// little-endian.
const (
	localMark     = "PK\x03\x04"
	directoryMark = "PK\x01\x02"
	endMark       = "PK\x05\x06"
	// directoryLimit is how many bytes the directory may have.
	directoryLimit = filesLimit * 1024
)

// checkForm wants a zip in the form that the program writes. n files follow each
// other from the first byte on, each with a header that agrees with the directory.
// Then come the directory and the end record. No byte is before, between or after
// them. So programs that read zips in different ways see the same files in it and
// nothing else.
func checkForm(archive io.ReaderAt, size int64, n int) error {
	end, err := bytesAt(archive, size-endSize, endSize)
	if err != nil {
		return err
	}
	length, at := int64(number(end[12:16])), int64(number(end[16:20]))
	switch {
	case string(end[:4]) != endMark || number(end[20:22]) != 0:
		return errors.New("found bytes behind its end, want none")
	case number(end[4:8]) != 0 || number(end[8:10]) != n || number(end[10:12]) != n:
		return fmt.Errorf("found a directory of %d files, want one of %d", number(end[10:12]), n)
	case at+length != size-endSize || length > directoryLimit:
		return errors.New("found bytes before or behind its directory, want none")
	}
	directory, err := bytesAt(archive, at, length)
	if err != nil {
		return err
	}
	next := int64(0)
	for range n {
		if len(directory) < directorySize {
			return errors.New("found a directory that is cut, want it whole")
		}
		head := directory[:directorySize]
		name := number(head[28:30])
		if string(head[:4]) != directoryMark || len(directory) < directorySize+name {
			return errors.New("found a directory in another form, want the one that was written")
		}
		// Versions 2.0, and no extra field, comment or attributes.
		if number(head[4:6]) != versionDeflate || number(head[6:8]) != versionDeflate || number(head[30:34]) != 0 || number(head[34:38]) != 0 || number(head[38:42]) != 0 {
			return errors.New("found a file with more in its head than was written, want it as it was")
		}
		if int64(number(head[42:46])) != next {
			return errors.New("found bytes that belong to no file, or files in another order, want them one right after the other")
		}
		local, err := bytesAt(archive, next, int64(localSize+name))
		if err != nil {
			return err
		}
		if string(local[:4]) != localMark || !bytes.Equal(local[4:localSize], head[6:32]) || !bytes.Equal(local[localSize:], directory[directorySize:directorySize+name]) {
			return errors.New("found a file whose head says another thing than the directory, want both the same")
		}
		next += int64(localSize + name + number(head[20:24]))
		directory = directory[directorySize+name:]
	}
	if next != at || len(directory) != 0 {
		return errors.New("found bytes that belong to no file, want none")
	}
	return nil
}

func bytesAt(archive io.ReaderAt, at, n int64) ([]byte, error) {
	read := make([]byte, max(0, n))
	if _, err := archive.ReadAt(read, at); err != nil && err != io.EOF || at < 0 {
		return nil, errors.New("found it cut, want it whole")
	}
	return read, nil
}

// number reads a number of two or four bytes.
func number(b []byte) int {
	if len(b) == 2 {
		return int(binary.LittleEndian.Uint16(b))
	}
	return int(binary.LittleEndian.Uint32(b))
}
