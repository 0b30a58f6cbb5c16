package publish

import (
	"errors"
	"io/fs"
	"os"
)

// clearUp brings the target back to how a killed run found it, and removes what
// that run left. The caller holds the lock.
//
// The folder .cutoff-old is always whole: it is yesterday's site between two
// renames, and it is renamed to .cutoff-new before its removal starts. Nobody
// ever needs the folder .cutoff-new.
func clearUp(t target, kind Kind, d disk) error {
	if _, err := os.Lstat(t.last()); err == nil {
		if err := restore(t, kind, d); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return wrap(t.given, err)
	}
	return wrap(t.given, d.remove(t.next()))
}

// restore puts yesterday's site back where it was, unless today's is already
// there.
func restore(t target, kind Kind, d disk) error {
	now, err := inspect(t, kind)
	if err != nil {
		return err
	}
	to := t.path // where somebody may have made an empty folder meanwhile
	if now != nil && now.files != nil {
		to = t.next() // to be removed with what else is there
	}
	if err = d.remove(to); err == nil {
		err = d.rename(t.last(), to)
	}
	return wrap(t.given, err)
}
