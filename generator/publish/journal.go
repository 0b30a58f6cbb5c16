package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gofrs/flock"
)

// Journal is a file beside a folder. A run notes in it what must not be lost if it
// is killed before it can publish the folder again. Only its owner may read it,
// and one run at a time has it.
type Journal struct {
	target target
	file   *os.File
	size   int64
	lock   *flock.Flock
}

// OpenJournal opens the journal of a folder and gives the lines that an earlier
// run left in it. The error wraps [ErrLocked] when another run has it.
func OpenJournal(folder string) (*Journal, []byte, error) {
	t, err := resolve(folder)
	if err != nil {
		return nil, nil, err
	}
	lock, err := takeLock(t, t.beside("journal-lock"))
	if err != nil {
		return nil, nil, err
	}
	j := &Journal{target: t, lock: lock}
	if j.file, err = os.OpenFile(t.beside("journal"), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		dropLock(lock)
		return nil, nil, wrap(folder, err)
	}
	left, err := io.ReadAll(j.file)
	left = left[:bytes.LastIndexByte(left, '\n')+1] // drops a line that a kill cut short
	if err = errors.Join(err, j.file.Truncate(int64(len(left)))); err != nil {
		return nil, nil, wrap(folder, errors.Join(err, j.Close()))
	}
	j.size = int64(len(left))
	return j, left, nil
}

// Add appends a line, which must end in a newline. When it returns without an
// error, the line is on the disk.
func (j *Journal) Add(line []byte) error {
	if _, err := j.file.WriteAt(line, j.size); err != nil {
		return fmt.Errorf("%s: write the journal: %w", visible(j.target.given), err)
	}
	j.size += int64(len(line))
	return wrap(j.target.given, j.file.Sync())
}

// Close closes the journal and lets others have it. Its lines stay for the next
// run.
func (j *Journal) Close() error {
	err := j.file.Close()
	dropLock(j.lock)
	return wrap(j.target.given, err)
}

// Remove closes the journal and removes its file, once all its lines are
// published.
func (j *Journal) Remove() error {
	err := j.file.Close()
	err = errors.Join(err, os.Remove(j.target.beside("journal")))
	dropLock(j.lock)
	return wrap(j.target.given, err)
}
