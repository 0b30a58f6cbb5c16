package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"

	"github.com/gofrs/flock"
)

// takeLock locks a file beside the target without waiting. The operating system
// holds the lock for the open file, so a killed run leaves a file but no lock.
func takeLock(t target, file string) (*flock.Flock, error) {
	for range 100 { // again if the run before us removed the file
		lock := flock.New(file, flock.SetPermissions(0o644))
		held, err := lock.TryLock()
		if err != nil {
			return nil, lockFault(t.given, err)
		}
		if !held {
			return nil, &Refusal{t.given, "another run at work on it", "one at a time", ErrLocked}
		}
		if isCurrent(lock) {
			return lock, nil
		}
		_ = lock.Close()
	}
	return nil, &Refusal{t.given, "other runs at work on it", "one at a time", ErrLocked}
}

// lockFault says why a lock cannot be made. The most common reason is that this
// account may not write to the target's parent folder.
func lockFault(given string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%s: found no permission to write beside it, want a folder to which this account may write: the lock and the next version are made there (%w)", visible(given), err)
	}
	return fmt.Errorf("%s: lock: %w", visible(given), err)
}

// isCurrent reports whether the locked file still has its name. The run before
// us removes the file while it holds the lock; whoever opened it just before
// then locks a file that nobody else will ever find.
func isCurrent(lock *flock.Flock) bool {
	held, err := lock.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(lock.Path())
	return err == nil && os.SameFile(held, named)
}

// dropLock removes the lock's file and gives up the lock. Windows does not remove
// an open file, so there the lock goes first. A file that stays behind locks
// nothing.
func dropLock(lock *flock.Flock) {
	if runtime.GOOS == "windows" {
		_ = lock.Close()
		_ = os.Remove(lock.Path())
		return
	}
	_ = os.Remove(lock.Path())
	_ = lock.Close()
}
