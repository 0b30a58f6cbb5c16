package publish

import (
	"errors"
	"path/filepath"
)

// swap puts the finished stage at the target. What was there is then where the
// stage was, or where the next run finds it.
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
	// Before its removal starts: what is called .cutoff-old has to be whole. It
	// keeps that name where it cannot have the other.
	_ = s.disk.rename(t.last(), t.next())
	return nil
}
