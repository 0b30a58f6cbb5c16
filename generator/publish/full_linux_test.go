package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The test uses a real file system that is too small, if it may mount one. Else it
// uses a disk that fails after as many bytes.
func TestDiskFull(t *testing.T) {
	folder := t.TempDir()
	var d disk = realDisk{}
	const room = 256 << 10
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=256k"); err == nil {
		t.Cleanup(func() {
			if err := syscall.Unmount(folder, 0); err != nil {
				t.Error(err)
			}
		})
	} else {
		left := room
		d = tinyDisk{realDisk{}, &left}
	}
	target := filepath.Join(folder, "site")
	mustPublish(t, target, yesterday)
	large := today.with("data/big.csv", strings.Repeat("0123456789abcdef", room/16))
	_, err := publishSite(d, target, large)
	if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), target+": ") {
		t.Errorf("%v, want no space left, with its place", err)
	}
	checkSite(t, target, yesterday)
	checkAlone(t, target)
	mustPublish(t, target, today)
	checkSite(t, target, today)
}

// tinyDisk fails after a fixed number of bytes.
type tinyDisk struct {
	disk
	left *int
}

func (d tinyDisk) create(path string) (io.WriteCloser, error) {
	file, err := d.disk.create(path)
	return tinyFile{file, d.left}, err
}

type tinyFile struct {
	io.WriteCloser
	left *int
}

func (f tinyFile) Write(p []byte) (int, error) {
	if *f.left -= len(p); *f.left < 0 {
		return 0, &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	}
	return f.WriteCloser.Write(p)
}

// A place where nobody can make a folder.
func TestClosedParent(t *testing.T) {
	_, err := Begin("/proc/self/site", Site)
	if err == nil || errors.Is(err, ErrForeign) || !strings.HasPrefix(err.Error(), "/proc/self/site: ") {
		t.Errorf("%v, want the system's error with its place", err)
	}
}

// A folder of the same file system mounted a second time has its parent's
// device number, and still cannot be renamed.
func TestMountInside(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	mustPublish(t, target, yesterday)
	mount := filepath.Join(target, "static")
	if err := syscall.Mount(filepath.Join(target, "data"), mount, "", syscall.MS_BIND, ""); err != nil {
		// Not allowed to mount: what can be said is what the kernel says of a
		// mount point that every system has.
		if mounted, err := isMountPoint("/proc"); !mounted || err != nil {
			t.Errorf("/proc: %v, %v", mounted, err)
		}
		return
	}
	_, err := Begin(target, Site)
	if unmounted := syscall.Unmount(mount, 0); unmounted != nil {
		t.Error(unmounted)
	}
	if !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), "static") {
		t.Errorf("%v, want the mount point named", err)
	}
	if _, err := os.Stat(target); err != nil {
		t.Error(err)
	}
	checkSite(t, target, yesterday)
}
