package publish

import (
	"io/fs"
	"os"
)

// Folder is a finished folder to read from. What it gives is as its manifest
// says, also when somebody changes a file in the meantime.
type Folder struct {
	Manifest Manifest
	path     string
	root     *os.Root
	files    map[string]File
}

// OpenVerified compares a folder with its manifest, as [VerifyFolder] does, and opens it.
// The folder is nil when there are differences or an error.
func OpenVerified(path string, kind Kind) (*Folder, []Difference, error) {
	manifest, differences, err := VerifyFolder(path, kind)
	if err != nil || len(differences) > 0 {
		return nil, differences, err
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, nil, wrap(path, err)
	}
	f := &Folder{Manifest: manifest, path: path, root: root, files: map[string]File{}}
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

// Read gives the bytes of a file that the manifest lists. The error wraps
// [fs.ErrNotExist] for one that it does not, and [ErrForeign] for one that is not
// the file that was published.
func (f *Folder) Read(name string) ([]byte, error) {
	want, ok := f.files[name]
	if !ok {
		return nil, wrap(f.path, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist})
	}
	content, err := fs.ReadFile(f.root.FS(), name)
	if err != nil {
		return nil, wrap(f.path, err)
	}
	if fileOf(name, content).SHA256 != want.SHA256 {
		return nil, foreign(f.path, "another "+visible(name)+" than its manifest says", "the folder as it was published")
	}
	return content, nil
}

// Close gives the folder up.
func (f *Folder) Close() error { return f.root.Close() }
