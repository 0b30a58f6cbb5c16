package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/windows"
)

// isMountPoint reports whether a volume is mounted at the folder.
func isMountPoint(path string) (bool, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false, &os.PathError{Op: "volume", Path: path, Err: err}
	}
	root := make([]uint16, len(path)+windows.MAX_PATH)
	if err := windows.GetVolumePathName(name, &root[0], uint32(len(root))); err != nil {
		return false, &os.PathError{Op: "volume", Path: path, Err: err}
	}
	return strings.EqualFold(filepath.Clean(windows.UTF16ToString(root)), filepath.Clean(path)), nil
}

// A reader, a virus scanner or an index holds a file open for moments, and the
// folder around it can then have no other name.
const (
	renameAttempts = 50
	renamePause    = 100 * time.Millisecond
)

// rename gives a file or a folder another name. What holds it is waited for, for
// five seconds.
func rename(from, to string) error {
	var err error
	for range renameAttempts {
		err = os.Rename(from, to)
		if !errors.Is(err, windows.ERROR_SHARING_VIOLATION) && !errors.Is(err, windows.ERROR_ACCESS_DENIED) {
			return err
		}
		time.Sleep(renamePause)
	}
	return fmt.Errorf("found it, or a file in it, held open by another program (a viewer, a virus scanner, a share), want it free for a moment: close that and run again (%w)", err)
}

// removeAll takes a file, or a folder with all in it; none there is no error. It
// asks as every version of Windows, and Wine, understands: os.RemoveAll deletes
// through handles.
func removeAll(path string) error {
	if info, err := os.Lstat(path); err == nil && info.IsDir() { // no link to one
		entries, err := os.ReadDir(path)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			if err := removeAll(filepath.Join(path, entry.Name())); err != nil {
				return err
			}
		}
	}
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolder does nothing: Windows has no way to sync a folder.
func syncFolder(string) {}

// keepOwner does nothing: a new folder inherits its parent's permissions.
func keepOwner(string, fs.FileInfo) {}
