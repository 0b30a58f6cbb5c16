package publish

import (
	"os"
	"path/filepath"
	"testing"
)

// What a power cut or a kill can leave beside a target, made by hand.
func TestLeftovers(t *testing.T) {
	write := func(t *testing.T, folder string, s site) {
		t.Helper()
		for name, content := range s {
			path := filepath.Join(folder, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	half := site{"index.html": "", "data/devices.csv": "\x00\x00\x00"}
	move := func(t *testing.T, from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name string
		make func(t *testing.T, t0 target)
		want site // after the next run began
	}{
		{"a half-built stage", func(t *testing.T, t0 target) {
			mustPublish(t, t0.path, yesterday)
			write(t, t0.next(), half)
		}, yesterday},
		{"a file where the stage was", func(t *testing.T, t0 target) {
			mustPublish(t, t0.path, yesterday)
			write(t, filepath.Dir(t0.path), site{filepath.Base(t0.next()): "x"})
		}, yesterday},
		{"a lock file that nobody holds", func(t *testing.T, t0 target) {
			mustPublish(t, t0.path, yesterday)
			write(t, filepath.Dir(t0.path), site{filepath.Base(t0.lock()): ""})
		}, yesterday},
		{"between two renames", func(t *testing.T, t0 target) {
			mustPublish(t, t0.path, yesterday)
			move(t, t0.path, t0.last())
			write(t, t0.next(), today)
		}, yesterday},
		{"after the second rename", func(t *testing.T, t0 target) {
			mustPublish(t, t0.path, yesterday)
			move(t, t0.path, t0.last())
			mustPublish(t, filepath.Join(filepath.Dir(t0.path), "other"), today)
			move(t, filepath.Join(filepath.Dir(t0.path), "other"), t0.path)
		}, today},
		{"the same, and a stage", func(t *testing.T, t0 target) {
			mustPublish(t, t0.path, yesterday)
			move(t, t0.path, t0.last())
			mustPublish(t, filepath.Join(filepath.Dir(t0.path), "other"), today)
			move(t, filepath.Join(filepath.Dir(t0.path), "other"), t0.path)
			write(t, t0.next(), half)
		}, today},
		{"between two renames, then somebody made an empty folder", func(t *testing.T, t0 target) {
			mustPublish(t, t0.path, yesterday)
			move(t, t0.path, t0.last())
			write(t, t0.path, site{".DS_Store": ""})
		}, yesterday},
		{"an old site half removed", func(t *testing.T, t0 target) {
			mustPublish(t, t0.path, yesterday)
			write(t, t0.next(), half)
			if err := os.Remove(filepath.Join(t0.next(), "index.html")); err != nil {
				t.Fatal(err)
			}
		}, yesterday},
		{"everything, and no site", func(t *testing.T, t0 target) {
			write(t, t0.next(), half)
			write(t, filepath.Dir(t0.path), site{filepath.Base(t0.lock()): ""})
		}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t0 := target{path: filepath.Join(t.TempDir(), "site")}
			test.make(t, t0)
			stage, err := Begin(t0.path, Site)
			if err != nil {
				t.Fatal(err)
			}
			if err := stage.Abort(); err != nil {
				t.Fatal(err)
			}
			checkAlone(t, t0.path)
			if test.want != nil {
				checkSite(t, t0.path, test.want)
			}
			mustPublish(t, t0.path, today)
			checkSite(t, t0.path, today)
			checkAlone(t, t0.path)
		})
	}
}

// Yesterday's site is never thrown away for a folder that is not ours.
func TestLeftoverBesideForeignFolder(t *testing.T) {
	t0 := target{path: filepath.Join(t.TempDir(), "site")}
	mustPublish(t, t0.path, yesterday)
	if err := os.Rename(t0.path, t0.last()); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(t0.path, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(t0.path, "mine"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(t0.path, Site); err == nil {
		t.Fatal("began")
	}
	checkSite(t, t0.last(), yesterday)
}
