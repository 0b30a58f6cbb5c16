package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "cutoff.yaml")
	read := func(want string) {
		t.Helper()
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if entry.Name() != "cutoff.yaml" && entry.Name() != "link" {
				t.Errorf("left: %s", entry.Name())
			}
		}
	}
	write := func(path, content string) {
		t.Helper()
		if err := WriteFile(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	write(path, "one")
	read("one")

	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	write(path, "two")
	read("two")
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v, want the mode kept", info.Mode(), err)
	}

	// A killed run left the start of something.
	if err := os.WriteFile(filepath.Join(folder, ".cutoff.yaml.cutoff-new"), []byte("half"), 0o400); err != nil {
		t.Fatal(err)
	}
	write(path, "")
	read("")

	link := filepath.Join(folder, "link")
	if err := os.Symlink("cutoff.yaml", link); err != nil {
		t.Fatal(err)
	}
	write(link, "through the link")
	read("through the link")
	if to, err := os.Readlink(link); err != nil || to != "cutoff.yaml" {
		t.Errorf("the link leads to %q, %v", to, err)
	}

	if err := WriteFile(folder, nil); !errors.Is(err, ErrForeign) {
		t.Errorf("a folder: %v, want ErrForeign", err)
	}
	if err := WriteFile(filepath.Join(folder, "none", "x"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v, want fs.ErrNotExist", err)
	}
}
