//go:build unix

package publish

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// otherDevice reports whether a folder is on another device than its parent.
func otherDevice(path string) (bool, error) {
	var own, parent syscall.Stat_t
	if err := syscall.Lstat(path, &own); err != nil {
		return false, &os.PathError{Op: "lstat", Path: path, Err: err}
	}
	if err := syscall.Lstat(filepath.Dir(path), &parent); err != nil {
		return false, &os.PathError{Op: "lstat", Path: filepath.Dir(path), Err: err}
	}
	return own.Dev != parent.Dev, nil
}

// syncFolder makes renames in a folder durable. Errors are ignored: some file
// systems cannot sync a folder, and either state after a power cut is whole.
func syncFolder(path string) {
	if dir, err := os.Open(path); err == nil {
		_ = dir.Sync()
		dir.Close()
	}
}

// keepOwner gives a folder the owner and group of the one that it replaces, as
// far as we may: a web server often reads a site through its group.
func keepOwner(path string, replaced fs.FileInfo) {
	if stat, ok := replaced.Sys().(*syscall.Stat_t); ok {
		if os.Chown(path, int(stat.Uid), int(stat.Gid)) != nil {
			_ = os.Chown(path, -1, int(stat.Gid))
		}
	}
}

// removeAll removes a file, or a folder with everything in it. It is no error if
// nothing is there.
func removeAll(path string) error { return os.RemoveAll(path) }

// rename gives a file or a folder another name.
func rename(from, to string) error { return os.Rename(from, to) }
