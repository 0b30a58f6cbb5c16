package publish

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// many is a site whose names share folders and whose files pass the buffers.
func many(n int) site {
	s := site{}
	for i := range n {
		s[fmt.Sprintf("departments/%d/%d.html", i%7, i)] = strings.Repeat(fmt.Sprintln("row", i), i*40)
	}
	return s
}

func publishAtOnce(target string, s site) error {
	stage, err := Begin(target, Site)
	if err != nil {
		return err
	}
	defer stage.Abort()
	var group sync.WaitGroup
	for name, content := range s {
		group.Go(func() {
			file, err := stage.Create(name)
			if err != nil {
				return // Commit reports it
			}
			for line := range strings.Lines(content) {
				_, _ = io.WriteString(file, line)
			}
			_ = file.Close()
		})
	}
	group.Wait()
	_, err = stage.Commit(about)
	return err
}

func TestManyFilesAtOnce(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	want := many(200)
	if err := publishAtOnce(target, want); err != nil {
		t.Fatal(err)
	}
	checkSite(t, target, want)
	again := filepath.Join(t.TempDir(), "site")
	mustPublish(t, again, want)
	for _, name := range []string{ManifestName, SumsName} {
		if tree(t, target)[name] != tree(t, again)[name] {
			t.Errorf("%s depends on the order of writing", name)
		}
	}
}

// When many runs start at once, one at a time publishes and the others say why
// they do not. No lock file is left behind.
func TestManyRunsAtOnce(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	const runs = 16
	errs := make([]error, runs)
	var group sync.WaitGroup
	for i := range runs {
		group.Go(func() {
			for range 10 {
				_, err := publishSite(realDisk{}, target, yesterday.with("index.html", fmt.Sprint("run ", i)))
				if err != nil && !errors.Is(err, ErrLocked) {
					errs[i] = err
				}
			}
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	if _, differences, err := verifyFolder(target, Site); err != nil || differences != nil {
		t.Errorf("%v, %v", differences, err)
	}
	checkAlone(t, target)
}

func BenchmarkPublish(b *testing.B) {
	s := many(1000)
	bytes := 0
	for _, content := range s {
		bytes += len(content)
	}
	b.SetBytes(int64(bytes))
	target := filepath.Join(b.TempDir(), "site")
	for i := 0; b.Loop(); i++ {
		if err := publishAtOnce(target, s.with("index.html", fmt.Sprint("night ", i))); err != nil {
			b.Fatal(err)
		}
	}
}
