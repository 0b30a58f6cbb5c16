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

// A reader, a virus scanner or a search index may hold a file open for a moment.
// Until then Windows does not rename the folder around it.
const (
	renameAttempts = 50
	renamePause    = 100 * time.Millisecond
)

// rename gives a file or a folder another name. If another program holds it open,
// rename tries again for five seconds.
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

// removeAll removes a file, or a folder with everything in it. It is no error if
// nothing is there. os.RemoveAll would delete through handles, which not every
// version of Windows, nor Wine, understands.
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
