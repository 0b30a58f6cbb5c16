package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
)

// Folder is a finished folder to read from. It gives only bytes that match its
// manifest: if somebody changes a file in the meantime, reading it fails.
type Folder struct {
	Manifest Manifest
	path     string
	root     *os.Root
	files    map[string]File
}

// OpenVerified compares a folder with its manifest, as [Verify] does, and opens
// it. The folder is nil when there are differences or an error.
func OpenVerified(path string, kind Kind) (*Folder, []Difference, error) {
	manifest, differences, err := verifyFolder(path, kind)
	if err != nil || len(differences) > 0 {
		return nil, differences, err
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, nil, wrap(path, err)
	}
	f := &Folder{manifest, path, root, map[string]File{}}
	for _, file := range manifest.Files {
		f.files[file.Name] = file
	}
	return f, nil, nil
}

// Has reports whether the manifest lists a file.
func (f *Folder) Has(name string) bool {
	_, ok := f.files[name]
	return ok
}

// Size is a file's size as the manifest says; 0 for one that it does not list.
func (f *Folder) Size(name string) int64 { return f.files[name].Size }

// Read gives the bytes of a file that the manifest lists. The error wraps
// [fs.ErrNotExist] for a file that it does not list, and [ErrForeign] for one that
// is not the file that was published or is too large to be read as a whole.
func (f *Folder) Read(name string) ([]byte, error) {
	if size := f.files[name].Size; size > wholeLimit {
		return nil, foreign(f.path, fmt.Sprintf("%s of %.1f GB", visible(name), float64(size)/1e9), "one of at most 256 MB")
	}
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	buffer := bytes.NewBuffer(make([]byte, 0, f.files[name].Size+bytes.MinRead))
	_, err = buffer.ReadFrom(file)
	return buffer.Bytes(), err
}

// Open opens a file that the manifest lists. If it is not the file that was
// published, reading it ends with an error that wraps [ErrForeign] instead of
// io.EOF. At most one byte more than the published size is read.
func (f *Folder) Open(name string) (io.ReadCloser, error) {
	want, ok := f.files[name]
	if !ok {
		return nil, wrap(f.path, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist})
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, wrap(f.path, err)
	}
	return &checked{Closer: file, in: io.LimitReader(file, want.Size+1), sum: sha256.New(), folder: f, want: want}, nil
}

// checked reads a file and compares it with the manifest at the end.
type checked struct {
	io.Closer
	in     io.Reader
	sum    hash.Hash
	folder *Folder
	want   File
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.sum.Write(p[:n])
	switch {
	case err == nil:
		return n, nil
	case err != io.EOF:
		return n, wrap(c.folder.path, err)
	case hex.EncodeToString(c.sum.Sum(nil)) != c.want.SHA256:
		return n, foreign(c.folder.path, "another "+visible(c.want.Name)+" than its manifest says", "the folder as it was published")
	}
	return n, io.EOF
}

// Close closes the folder. Files that were opened from it stay open.
func (f *Folder) Close() error { return f.root.Close() }
