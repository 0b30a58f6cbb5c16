package publish

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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

// syncFolder does nothing: Windows has no way to sync a folder.
func syncFolder(string) {}

// keepOwner does nothing: a new folder inherits its parent's permissions.
func keepOwner(string, fs.FileInfo) {}
