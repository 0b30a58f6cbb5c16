package publish

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"

	"example.org/cutoff/generator/problem"
)

// Stage is a folder being built. Its methods may be called from several
// goroutines at once.
type Stage struct {
	target target
	kind   Kind
	disk   disk
	lock   *flock.Flock
	// made has the folders above the target that we made, deepest first.
	made []string
	// mode is the replaced folder's, or the one of its kind; 0 without one.
	mode fs.FileMode
	// standing is what was at the target when the stage began.
	standing *published
	// interrupted gives an error once nothing more should be written. It may be
	// nil.
	interrupted func() error

	buffers sync.Pool // of *bufio.Writer

	mutex   sync.Mutex
	ended   bool
	folders map[string]bool // made in the stage
	names   names
	open    map[*stageFile]bool
	files   []File
	failed  error // the first error of any file
}

// Begin prepares to publish a folder of one kind at target. It follows links,
// makes missing parents, takes the lock, clears up after a killed run, and
// makes an empty folder beside the target. The error is a [Refusal] that wraps
// [ErrLocked] when another run is at work and [ErrForeign] when the target is
// not ours to replace; then nothing was changed. Every Stage ends with
// [Stage.Abort], which does nothing after a [Stage.Commit].
func Begin(target string, kind Kind) (*Stage, error) { return begin(target, kind, realDisk{}) }

func begin(given string, kind Kind, d disk) (*Stage, error) {
	t, err := resolve(given)
	if err != nil {
		return nil, err
	}
	s := &Stage{
		target: t, kind: kind, disk: d,
		folders: map[string]bool{".": true},
		names:   newNames(),
		open:    map[*stageFile]bool{},
	}
	s.buffers.New = func() any { return bufio.NewWriterSize(nil, 64<<10) }
	if s.made, err = missingParents(t.path); err == nil && len(s.made) > 0 {
		err = d.makeFolder(s.made[0])
	}
	if err != nil {
		s.unmake()
		return nil, wrap(given, err)
	}
	if s.lock, err = takeLock(t, t.lock()); err != nil {
		s.unmake()
		return nil, err
	}
	if err := s.start(); err != nil {
		s.end()
		return nil, err
	}
	return s, nil
}

// start makes the stage's folder like the one that it will replace. Group and
// set-group bit come first, so that files inherit them.
func (s *Stage) start() error {
	if err := clearUp(s.target, s.kind, s.disk); err != nil {
		return err
	}
	now, err := inspect(s.target, s.kind)
	if err != nil {
		return err
	}
	if err := s.disk.makeFolder(s.target.next()); err != nil {
		return wrap(s.target.given, err)
	}
	s.standing = now
	if now != nil {
		s.mode = now.info.Mode() & (fs.ModePerm | fs.ModeSetgid | fs.ModeSticky)
		keepOwner(s.target.next(), now.info)
	}
	if s.kind == Memory {
		s.mode = private
	}
	if s.mode == 0 {
		return nil
	}
	if err := os.Chmod(s.target.next(), s.mode|0o700); err != nil {
		_ = s.disk.remove(s.target.next())
		return wrap(s.target.given, err)
	}
	return nil
}

// Standing gives the manifest of the folder that the stage will replace; false
// when there is none, or an empty one.
func (s *Stage) Standing() (Manifest, bool) {
	if s.standing == nil || s.standing.files == nil {
		return Manifest{}, false
	}
	return s.standing.manifest, true
}

// Watch makes every later Create call interrupted first and fail with its error.
// Commit does not ask it. Call Watch before the first Create.
func (s *Stage) Watch(interrupted func() error) { s.interrupted = interrupted }

// Create makes a file of the stage. The name is slash-separated, relative, and
// safe on every operating system ([checkName]). Two names that differ only in case
// are refused. Closing the file reports an error of writing it, and [Stage.Commit]
// reports the first error of any file.
func (s *Stage) Create(name string) (io.WriteCloser, error) {
	file, err := s.add(name)
	if err != nil {
		return nil, s.fail(fmt.Errorf("%s: %w", visible(s.target.given), err))
	}
	return file, nil
}

// WriteFile makes a file of the stage with this content.
func (s *Stage) WriteFile(name string, content []byte) error {
	file, err := s.Create(name)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

func (s *Stage) add(name string) (*stageFile, error) {
	if s.interrupted != nil {
		if err := s.interrupted(); err != nil {
			return nil, err
		}
	}
	if err := checkName(name); err != nil {
		return nil, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.ended {
		return nil, fmt.Errorf("write %s: %w", name, fs.ErrClosed)
	}
	if err := s.names.claim(name); err != nil {
		return nil, err
	}
	return s.makeFile(name)
}

// makeFile makes a file and the folders above it. The caller holds the mutex.
func (s *Stage) makeFile(name string) (*stageFile, error) {
	file := &stageFile{stage: s, name: name, sum: sha256.New()}
	if folder := path.Dir(name); !s.folders[folder] {
		if err := s.disk.makeFolder(filepath.Join(s.target.next(), filepath.FromSlash(folder))); err != nil {
			return nil, file.describe(err)
		}
		s.folders[folder] = true
	}
	out, err := s.disk.create(filepath.Join(s.target.next(), filepath.FromSlash(name)))
	if err != nil {
		return nil, file.describe(err)
	}
	file.out = out
	file.buffer = s.buffers.Get().(*bufio.Writer)
	file.buffer.Reset(io.MultiWriter(out, file.sum))
	s.open[file] = true
	return file, nil
}

// Scratch makes a file on the target's file system, for what is not yet in its
// final form and may be too large for memory. It is not part of the folder: call
// drop, which removes it, before the stage ends.
func (s *Stage) Scratch() (file *os.File, drop func(), err error) {
	if file, drop, err = scratch(s.target.next()); err != nil {
		err = s.fail(wrap(s.target.given, err))
	}
	return file, drop, err
}

// fail remembers the first error, so that a caller who overlooks one cannot
// publish half a site.
func (s *Stage) fail(err error) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.failed == nil {
		s.failed = err
	}
	return err
}

// Abort ends the stage and leaves the target as it was. After a Commit, or a
// second time, it does nothing.
func (s *Stage) Abort() error {
	s.mutex.Lock()
	ended := s.ended
	s.ended = true
	var open []*stageFile
	for file := range s.open {
		open = append(open, file)
	}
	s.mutex.Unlock()
	if ended {
		return nil
	}
	for _, file := range open {
		_ = file.out.Close()
	}
	err := s.disk.remove(s.target.next())
	s.end()
	return wrap(s.target.given, err)
}

// end gives up the lock. If nothing was published, it also removes the folders
// that were made for the target.
func (s *Stage) end() {
	dropLock(s.lock)
	if _, err := os.Lstat(s.target.path); errors.Is(err, fs.ErrNotExist) {
		s.unmake()
	}
}

func (s *Stage) unmake() {
	for _, folder := range s.made {
		_ = os.Remove(folder)
	}
}

// stageFile is one file being written. It is hashed on the way, so that it need
// not be read again.
type stageFile struct {
	stage  *Stage
	name   string
	out    io.WriteCloser
	buffer *bufio.Writer // nil once closed
	sum    hash.Hash
	size   int64
}

func (f *stageFile) Write(p []byte) (int, error) {
	n, err := f.buffer.Write(p)
	if f.size += int64(n); err != nil {
		err = f.stage.fail(f.describe(err))
	}
	return n, err
}

func (f *stageFile) Close() error {
	if f.buffer == nil {
		return fmt.Errorf("close %s: %w", f.name, fs.ErrClosed)
	}
	err := f.buffer.Flush()
	f.buffer.Reset(nil)
	f.stage.buffers.Put(f.buffer)
	f.buffer = nil
	if closed := f.out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		err = f.stage.fail(f.describe(err))
	}
	f.stage.mutex.Lock()
	defer f.stage.mutex.Unlock()
	delete(f.stage.open, f)
	if err == nil {
		f.stage.files = append(f.stage.files, File{f.name, f.size, hex.EncodeToString(f.sum.Sum(nil))})
	}
	return err
}

// describe names the file as the user will know it, not by the folder in which
// it was being built.
func (f *stageFile) describe(err error) error {
	return fmt.Errorf("%s: write %s: %w", visible(f.stage.target.given), f.name, problem.Cause(err))
}
