package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Result says what a commit did.
type Result struct {
	// Path is the real folder, after links.
	Path string
	// Untouched is set when nothing at all differed, so nothing was replaced.
	Untouched bool
}

// Commit finishes the folder with its manifest and puts it at the target. All
// files must be closed. A file with the same content as in the replaced folder
// keeps its modification time. If all files are the same, the target is left
// alone. On an error the stage is aborted and the target is as it was.
func (s *Stage) Commit(about About) (Result, error) {
	result, err := s.commit(about)
	if err != nil {
		return Result{}, errors.Join(err, s.Abort())
	}
	return result, nil
}

// Keep leaves the target as it is if it was made from the same (see [About.From])
// and no byte of it has changed since. The stage has then ended, and the result is
// what [Stage.Commit] of the same files would give. It reports false, and the
// stage goes on, when the files have to be made.
func (s *Stage) Keep(from string) (Result, bool) {
	if standing, stands := s.Standing(); !stands || from == "" || standing.From != from {
		return Result{}, false
	}
	manifest, differences, err := verifyFolder(s.target.path, s.kind)
	if err != nil || len(differences) > 0 || manifest.From != from {
		return Result{}, false // to be made anew, and what is wrong is said then
	}
	return s.done(true), true
}

func (s *Stage) commit(about About) (Result, error) {
	if err := s.ready(); err != nil {
		return Result{}, err
	}
	text, sums, err := MarshalManifest(Manifest{Kind: s.kind, About: about, Files: s.files})
	if err != nil {
		return Result{}, wrap(s.target.given, err)
	}
	if err := errors.Join(s.write(ManifestName, text), s.write(SumsName, sums)); err != nil {
		return Result{}, err
	}
	// The target again: since Begin, somebody may have put files into it.
	now, err := inspect(s.target, s.kind)
	if err != nil {
		return Result{}, err
	}
	same := now.unchanged(s.target.path, s.files)
	if len(same) == len(s.files) && len(same) == len(now.files) {
		if s.kind == Memory && now.info.Mode().Perm() != private {
			if err := os.Chmod(s.target.path, private); err != nil {
				return Result{}, wrap(s.target.given, err)
			}
		}
		return s.done(true), nil
	}
	if err = s.finish(same); err == nil {
		err = s.swap(now != nil)
	}
	if err != nil {
		return Result{}, wrap(s.target.given, err)
	}
	return s.done(false), nil
}

// done ends a stage whose folder is at the target. It removes what is left where
// the stage was made: a second copy, or yesterday's folder. If that cannot be
// removed, because somebody has a file in it open, the next run removes it.
func (s *Stage) done(untouched bool) Result {
	_ = s.Abort()
	return Result{s.target.path, untouched}
}

// ready refuses a stage that is not complete.
func (s *Stage) ready() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	switch {
	case s.ended:
		return fmt.Errorf("%s: commit: %w", visible(s.target.given), fs.ErrClosed)
	case s.failed != nil:
		return s.failed
	}
	if len(s.open) > 0 {
		var open []string
		for file := range s.open {
			open = append(open, file.name)
		}
		slices.Sort(open)
		return fmt.Errorf("%s: found files still open (%s), want all of them closed", visible(s.target.given), list(open))
	}
	return nil
}

// write makes one of the two files that callers cannot create: the manifest and
// the checksums.
func (s *Stage) write(name string, content []byte) error {
	s.mutex.Lock()
	file, err := s.makeFile(name)
	s.mutex.Unlock()
	if err != nil {
		return wrap(s.target.given, err)
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

// finish gives the files their times and the folder its mode, then waits until the
// disk has all of it: after the swap, a power cut must not lose a byte.
func (s *Stage) finish(same map[string]fs.FileInfo) error {
	for name, info := range same {
		path := filepath.Join(s.target.next(), filepath.FromSlash(name))
		if err := os.Chtimes(path, time.Time{}, info.ModTime()); err != nil {
			return err
		}
	}
	if s.mode != 0 {
		if err := os.Chmod(s.target.next(), s.mode); err != nil {
			return err
		}
	}
	return s.disk.sync(s.target.next())
}
