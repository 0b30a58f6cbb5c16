package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"sync"
)

// unchanged gives each published file that has the same content as the file of the
// same name among files. It reads the files and does not trust the manifest alone:
// one that somebody edited counts as changed, so that it is repaired and gets a new
// time. One that cannot be read counts as changed too.
func (p *published) unchanged(folder string, files []File) map[string]fs.FileInfo {
	if p == nil {
		return nil
	}
	before := map[string]File{}
	for _, file := range p.files {
		before[file.Name] = file
	}
	var likely []File
	for _, file := range files {
		if before[file.Name] == file {
			likely = append(likely, file)
		}
	}
	same, _ := holding(os.DirFS(folder), likely)
	return same
}

// holding gives the wanted files that are in the folder with the wanted content,
// by name. It reads as many files at a time as there are processors.
func holding(folder fs.FS, wanted []File) (map[string]fs.FileInfo, error) {
	infos, errs := make([]fs.FileInfo, len(wanted)), make([]error, len(wanted))
	next := make(chan int)
	var group sync.WaitGroup
	for range min(len(wanted), runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			buffer := make([]byte, 256<<10)
			for i := range next {
				infos[i], errs[i] = holds(folder, wanted[i], buffer)
			}
		})
	}
	for i := range wanted {
		next <- i
	}
	close(next)
	group.Wait()
	same := map[string]fs.FileInfo{}
	for i, file := range wanted {
		if infos[i] != nil {
			same[file.Name] = infos[i]
		}
	}
	return same, errors.Join(errs...)
}

// holds gives the file's info if the file is as wanted, else nil. Only an error of
// the operating system is returned. An archive's error about damaged content makes
// the file count as different.
func holds(folder fs.FS, want File, buffer []byte) (fs.FileInfo, error) {
	info, err := fs.Lstat(folder, want.Name)
	if err == nil && (!info.Mode().IsRegular() || info.Size() != want.Size) {
		return nil, nil
	}
	var sum string
	if err == nil {
		sum, err = hashOf(folder, want.Name, buffer)
	}
	if _, system := errors.AsType[*fs.PathError](err); system {
		return nil, err
	}
	if err != nil || sum != want.SHA256 {
		return nil, nil
	}
	return info, nil
}

func hashOf(folder fs.FS, name string, buffer []byte) (string, error) {
	file, err := folder.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	// The wrapper hides WriterTo, which would bring a buffer of its own.
	_, err = io.CopyBuffer(sum, struct{ io.Reader }{file}, buffer)
	return hex.EncodeToString(sum.Sum(nil)), err
}
