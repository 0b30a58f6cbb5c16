package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"
)

// files gives every file that the published folder should have, by name; none
// for nil or an empty folder.
func (p *published) files() map[string]File {
	files := map[string]File{}
	if p == nil || p.text == nil {
		return files
	}
	for _, file := range p.manifest.Files {
		files[file.Name] = file
	}
	files[ManifestName] = fileOf(ManifestName, p.text)
	files[SumsName] = fileOf(SumsName, p.sums)
	return files
}

func fileOf(name string, content []byte) File {
	sum := sha256.Sum256(content)
	return File{name, int64(len(content)), hex.EncodeToString(sum[:])}
}

// unchanged gives the modification time of each published file that has the
// same content as its namesake among files. The manifest only says where to
// look: a file that somebody edited counts as changed, so that it is repaired
// and gets a new time.
func unchanged(folder string, now *published, files []File) (map[string]time.Time, error) {
	before := now.files()
	var likely []File
	for _, file := range files {
		if before[file.Name] == file {
			likely = append(likely, file)
		}
	}
	times := make([]time.Time, len(likely))
	errs := make([]error, len(likely))
	each(len(likely), func(i int, buffer []byte) {
		times[i], errs[i] = sameContent(filepath.Join(folder, filepath.FromSlash(likely[i].Name)), likely[i], buffer)
	})
	same := map[string]time.Time{}
	for i, file := range likely {
		if !times[i].IsZero() {
			same[file.Name] = times[i]
		}
	}
	return same, errors.Join(errs...)
}

// each calls do for 0 to n-1 from as many goroutines as there are processors,
// each with a buffer of its own.
func each(n int, do func(i int, buffer []byte)) {
	next := make(chan int)
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			buffer := make([]byte, 256<<10)
			for i := range next {
				do(i, buffer)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	group.Wait()
}

// sameContent gives a file's modification time when it has the content that is
// wanted, else the zero time.
func sameContent(path string, want File, buffer []byte) (time.Time, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, nil
	}
	if err != nil || !info.Mode().IsRegular() || info.Size() != want.Size {
		return time.Time{}, err
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrPermission) {
		return time.Time{}, nil // closed to us: replace it
	}
	if err != nil {
		return time.Time{}, err
	}
	defer file.Close()
	if sum, err := hashOf(file, buffer); err != nil || sum != want.SHA256 {
		return time.Time{}, err
	}
	return info.ModTime(), nil
}

func hashOf(r io.Reader, buffer []byte) (string, error) {
	sum := sha256.New()
	// The wrapper hides WriterTo, which would bring a buffer of its own.
	if _, err := io.CopyBuffer(sum, struct{ io.Reader }{r}, buffer); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
