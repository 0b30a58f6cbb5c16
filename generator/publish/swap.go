package publish

import (
	"errors"
	"path/filepath"
)

// swap puts the finished stage at the target. What was there gets a name that the
// next run clears up: leftover, "" for none.
func (s *Stage) swap(occupied bool) (leftover string, err error) {
	t := s.target
	if !occupied {
		err = s.disk.rename(t.next(), t.path)
	} else if err = s.disk.exchange(t.next(), t.path); err == nil {
		leftover = t.next()
	} else if errors.Is(err, errNoExchange) {
		leftover, err = s.swapInTwo()
	}
	if err != nil {
		return "", err
	}
	syncFolder(filepath.Dir(t.path))
	return leftover, nil
}

// swapInTwo does without an exchange. Between its first two renames the target
// is missing; a run killed there leaves yesterday's site as .cutoff-old, and
// the next run puts it back.
func (s *Stage) swapInTwo() (leftover string, err error) {
	t := s.target
	if err := s.disk.rename(t.path, t.last()); err != nil {
		return "", err
	}
	if err := s.disk.rename(t.next(), t.path); err != nil {
		return "", errors.Join(err, s.disk.rename(t.last(), t.path))
	}
	// Before its removal starts: what is called .cutoff-old has to be whole.
	if s.disk.rename(t.last(), t.next()) != nil {
		return t.last(), nil
	}
	return t.next(), nil
}
