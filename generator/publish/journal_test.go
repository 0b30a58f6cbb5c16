package publish

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestJournal(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "memory")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	open := func(want string) *Journal {
		t.Helper()
		j, left, err := OpenJournal(folder)
		if err != nil || string(left) != want {
			t.Fatalf("found %q (%v), want %q", left, err, want)
		}
		return j
	}
	first := open("")
	if err := first.Add([]byte("one\n")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := OpenJournal(folder); !errors.Is(err, ErrLocked) {
		t.Errorf("a second run: found %v, want it locked", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	second := open("one\n")
	info, err := os.Stat(filepath.Join(parent, ".memory.cutoff-journal"))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("found %v (%v), want a file for its owner alone", info.Mode(), err)
	}
	if err := second.Add([]byte("two\n")); err != nil {
		t.Fatal(err)
	}
	if err := second.Add([]byte("cut in t")); err != nil { // as a kill would leave it
		t.Fatal(err)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open("one\ntwo\n").Remove(); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(parent, ".memory*"))
	if err != nil || len(names) > 0 {
		t.Errorf("found %v (%v), want nothing left", names, err)
	}
}
