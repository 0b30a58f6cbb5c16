package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile replaces one file as a whole: a reader, even after a power cut, finds
// the old bytes or the new ones. The folder must exist. A link is followed, and
// the replaced file's mode is kept. Callers must not write the same file at the
// same time.
func WriteFile(path string, content []byte) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode := fs.FileMode(0o644)
	info, err := os.Lstat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return foreign(path, "no plain file", "a file or nothing")
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return wrap(path, err)
	}
	// The name is fixed, so that the file that a killed run left is replaced.
	next := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".cutoff-new")
	if err = writeThrough(next, content, mode, info != nil); err == nil {
		err = rename(next, path)
	}
	if err != nil {
		_ = os.Remove(next)
		return wrap(path, err)
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// writeThrough writes a file and waits until the disk has it.
func writeThrough(path string, content []byte, mode fs.FileMode, keepMode bool) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if keepMode {
		err = errors.Join(err, file.Chmod(mode))
	}
	return errors.Join(err, file.Sync(), file.Close())
}
