package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange is atomic: at no moment is either name missing. Old kernels and some
// network file systems cannot.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EINVAL), errors.Is(err, unix.EOPNOTSUPP):
		return errNoExchange
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}

// syncAll makes one call for the whole file system, because one call for each file
// costs far more.
func syncAll(folder string) error {
	dir, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := unix.Syncfs(int(dir.Fd())); errors.Is(err, unix.ENOSYS) {
		return syncEach(folder)
	} else if err != nil {
		return &os.PathError{Op: "sync", Path: folder, Err: err}
	}
	return nil
}

// isMountPoint asks the kernel. Since 5.8 it also recognises a folder of the same
// file system that is mounted a second time. Older kernels do not answer, so the
// device numbers are compared.
func isMountPoint(path string) (bool, error) {
	var state unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, path, unix.AT_SYMLINK_NOFOLLOW, 0, &state)
	if err == nil && state.Attributes_mask&unix.STATX_ATTR_MOUNT_ROOT != 0 {
		return state.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0, nil
	}
	return otherDevice(path)
}
