package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// target is where a folder is to be published: a real path, after links.
type target struct {
	given string // as the caller wrote it, for messages
	path  string
}

// beside gives a name in the target's parent folder that belongs to us.
func (t target) beside(suffix string) string {
	return filepath.Join(filepath.Dir(t.path), "."+filepath.Base(t.path)+".cutoff-"+suffix)
}

func (t target) lock() string { return t.beside("lock") }
func (t target) next() string { return t.beside("new") }
func (t target) last() string { return t.beside("old") }

// resolve finds the real folder behind a path. It refuses a path that can never be
// swapped, whatever is in the folder.
func resolve(given string) (target, error) {
	if given == "" {
		return target{}, foreign("", "no output folder", "the path of one")
	}
	path, err := filepath.Abs(given)
	if err != nil {
		return target{}, fmt.Errorf("%s: %w", visible(given), err)
	}
	name := filepath.Base(given)
	if device, is := strings.CutPrefix(given, `\\.\`); is {
		name = device // Windows has made it the device already
	}
	if why := keptByWindows(name); why != "" && name != "." && name != ".." {
		return target{}, foreign(given, why, "a name that every system can hold")
	}
	t := target{given: given, path: path}
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		t.path, err = realParent(path)
		return t, wrap(given, err)
	} else if err != nil {
		return t, wrap(given, err)
	}
	if t.path, err = filepath.EvalSymlinks(path); errors.Is(err, fs.ErrNotExist) {
		return t, foreign(given, "a link to nothing", "a folder")
	} else if err != nil {
		return t, wrap(given, err)
	}
	info, err := os.Lstat(t.path)
	if err != nil {
		return t, wrap(given, err)
	}
	if !info.IsDir() {
		return t, foreign(given, "a file", "a folder")
	}
	if filepath.Dir(t.path) == t.path {
		return t, foreign(given, "the root of a file system", "a folder beside which another can be made")
	}
	if mounted, err := isMountPoint(t.path); err != nil {
		return t, wrap(given, err)
	} else if mounted {
		return t, foreign(given, "a mount point", "a folder beside which another can be made on the same file system")
	}
	if holdsWorkingFolder(t.path) {
		return t, foreign(given, "the folder that the program runs in", "another one, because it is replaced as a whole")
	}
	return t, nil
}

// realParent gives the real path of something that does not exist yet: the
// nearest folder that does, after links, and the rest.
func realParent(path string) (string, error) {
	parent := filepath.Dir(path)
	real, err := filepath.EvalSymlinks(parent)
	if errors.Is(err, fs.ErrNotExist) && parent != path {
		real, err = realParent(parent)
	}
	return filepath.Join(real, filepath.Base(path)), err
}

// holdsWorkingFolder reports whether the program runs inside a folder. After the
// swap that folder would be gone, for the program and for the shell that called it.
func holdsWorkingFolder(path string) bool {
	working, err := os.Getwd()
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(working); err == nil {
		working = real
	}
	relative, err := filepath.Rel(path, working)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

// missingParents gives the folders above path that do not exist, deepest first.
func missingParents(path string) (missing []string, err error) {
	for parent := filepath.Dir(path); ; parent = filepath.Dir(parent) {
		if _, err := os.Stat(parent); !errors.Is(err, fs.ErrNotExist) {
			return missing, err
		}
		missing = append(missing, parent)
	}
}

// wrap says which target an error of the operating system is about. nil stays
// nil.
func wrap(given string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", visible(given), err)
}
