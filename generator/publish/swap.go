package publish

import (
	"errors"
	"path/filepath"
)

// swap puts the finished stage at the target. The folder that it replaces is then
// .cutoff-new, or .cutoff-old if it cannot be renamed.
func (s *Stage) swap(occupied bool) error {
	t := s.target
	var err error
	if !occupied {
		err = s.disk.rename(t.next(), t.path)
	} else if err = s.disk.exchange(t.next(), t.path); errors.Is(err, errNoExchange) {
		err = s.swapInTwo()
	}
	if err == nil {
		syncFolder(filepath.Dir(t.path))
	}
	return err
}

// swapInTwo does without an exchange. Between its first two renames the target
// is missing; a run killed there leaves yesterday's site as .cutoff-old, and
// the next run puts it back.
func (s *Stage) swapInTwo() error {
	t := s.target
	if err := s.disk.rename(t.path, t.last()); err != nil {
		return err
	}
	if err := s.disk.rename(t.next(), t.path); err != nil {
		return errors.Join(err, s.disk.rename(t.last(), t.path))
	}
	// A folder called .cutoff-old has to be whole, so it is renamed before its
	// removal starts. If that fails, it stays and the next run removes it.
	_ = s.disk.rename(t.last(), t.next())
	return nil
}
