package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// disk makes, moves and removes the files and folders of a stage, so that tests
// can fill the disk or pull the plug at each such step. Modes, owners, times and
// scratch files do not go through it.
type disk interface {
	// makeFolder makes a folder and those above it that are missing.
	makeFolder(path string) error
	create(path string) (io.WriteCloser, error)
	rename(from, to string) error
	// exchange swaps two folders in one step; errNoExchange where the system or
	// the file system cannot.
	exchange(a, b string) error
	// sync makes a folder with all its files durable.
	sync(folder string) error
	// remove removes a file, or a folder with everything in it. It is no error if
	// nothing is there.
	remove(path string) error
}

var errNoExchange = errors.New("no exchange of folders on this file system")

type realDisk struct{}

func (realDisk) makeFolder(path string) error { return os.MkdirAll(path, 0o755) }

func (realDisk) create(path string) (io.WriteCloser, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func (realDisk) rename(from, to string) error { return rename(from, to) }

func (realDisk) exchange(a, b string) error { return exchange(a, b) }

func (realDisk) sync(folder string) error { return syncAll(folder) }

func (realDisk) remove(path string) error {
	err := removeAll(path)
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	// Files in a folder without write permission cannot be removed. The site's
	// owner may have taken that permission away, so it is given back first.
	_ = filepath.WalkDir(path, func(path string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return removeAll(path)
}

// syncEach makes every file durable on its own, for systems that cannot do it
// for a whole file system at once.
func syncEach(folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		defer file.Close()
		return file.Sync()
	})
}
