package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func publishMemory(t *testing.T, target, content string) Result {
	t.Helper()
	stage, err := begin(target, Memory, unsynced{realDisk{}})
	if err != nil {
		t.Fatal(err)
	}
	defer stage.Abort()
	file, err := stage.Create("nights.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(file, content)
	_ = file.Close()
	result, err := stage.Commit(About{AsOf: "2020-01-15"})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// A memory is closed to everybody but its owner, even if somebody has opened up
// its mode since the last run.
func TestMemoryIsPrivate(t *testing.T) {
	target := filepath.Join(t.TempDir(), "memory")
	for _, night := range []string{"first", "second", "second"} {
		publishMemory(t, target, night)
		info, err := os.Stat(target)
		if err != nil || info.Mode().Perm() != private {
			t.Errorf("%s night: %v, %v, want %v", night, info.Mode(), err, private)
		}
		if err := os.Chmod(target, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOpen(t *testing.T) {
	parent := t.TempDir()
	target := filepath.Join(parent, "memory")
	if found, err := Open(target, Memory); found != nil || err != nil {
		t.Errorf("nothing there: %v, %v", found, err)
	}
	if err := os.Mkdir(target, 0o700); err != nil {
		t.Fatal(err)
	}
	if found, err := Open(target, Memory); found != nil || err != nil {
		t.Errorf("an empty folder: %v, %v", found, err)
	}
	publishMemory(t, target, "first")
	found, err := Open(target, Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	if text, err := fs.ReadFile(found.FS(), "nights.txt"); string(text) != "first" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	text, err := fs.ReadFile(found.FS(), ManifestName)
	if err != nil {
		t.Fatal(err)
	}
	if manifest, err := UnmarshalManifest(text, Memory); manifest.AsOf != "2020-01-15" || err != nil {
		t.Errorf("found %+v, %v", manifest, err)
	}
	if _, err := Open(target, Site); !errors.Is(err, ErrForeign) {
		t.Errorf("as a site: %v", err)
	}
	if err := os.WriteFile(filepath.Join(target, "notes.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(target, Memory); !errors.Is(err, ErrForeign) {
		t.Errorf("with a stranger's file: %v", err)
	}
}

func TestStanding(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	for night, want := range []bool{false, true} {
		stage, err := Begin(target, Site)
		if err != nil {
			t.Fatal(err)
		}
		if manifest, stands := stage.Standing(); stands != want || manifest.AsOf != map[bool]string{true: about.AsOf}[want] {
			t.Errorf("night %d: %v, %+v", night, stands, manifest)
		}
		_ = stage.Abort()
		mustPublish(t, target, yesterday)
	}
}
