package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// publishNight publishes as a run does: both locks first, the memory before the
// site. What the memory holds is the site's first page.
func publishNight(d disk, memory, target string, s site) error {
	stage, err := begin(target, Site, d)
	if err != nil {
		return err
	}
	defer stage.Abort()
	kept, err := begin(memory, Memory, d)
	if err != nil {
		return err
	}
	defer kept.Abort()
	write := func(to *Stage, name, content string) error {
		file, err := to.Create(name)
		if err != nil {
			return err
		}
		_, err = io.WriteString(file, content)
		return errors.Join(err, file.Close())
	}
	if err := write(kept, "nights.txt", s["index.html"]); err != nil {
		return err
	}
	for name, content := range s {
		if err := write(stage, name, content); err != nil {
			return err
		}
	}
	if _, err := kept.Commit(about); err != nil {
		return err
	}
	_, err = stage.Commit(about)
	return err
}

// checkNights wants whole folders, and a memory that knows the night of the site.
func checkNights(t *testing.T, step int, memory, target string) {
	t.Helper()
	for _, folder := range []struct {
		path string
		kind Kind
	}{{memory, Memory}, {target, Site}} {
		if _, differences, err := verifyFolder(folder.path, folder.kind); err != nil || differences != nil {
			t.Errorf("step %d: %s: %v, %v", step, folder.kind, differences, err)
		}
	}
	known, shown := pages(t, memory)["nights.txt"], pages(t, target)["index.html"]
	if known != today["index.html"] && shown == today["index.html"] {
		t.Errorf("step %d: the site is of a night that the memory does not know", step)
	}
}

// A run that is killed at any step, or whose disk fails there, leaves two whole
// folders, and can simply be run again.
func TestNightCutShort(t *testing.T) {
	for _, how := range []string{"killed", "disk full"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			for step := 1; ; step++ {
				if step > stepLimit {
					t.Fatal("the run does not come to its end")
				}
				parent := t.TempDir()
				memory, target := filepath.Join(parent, "site-memory"), filepath.Join(parent, "site")
				if err := publishNight(unsynced{realDisk{}}, memory, target, yesterday); err != nil {
					t.Fatal(err)
				}
				done := false
				if how == "killed" {
					child := exec.Command(os.Args[0])
					child.Env = append(os.Environ(), killTarget+"="+target, killMemory+"="+memory, killAt+"="+strconv.Itoa(step), killExchange+"=true")
					done = child.Run() == nil
				} else {
					steps := 0
					err := publishNight(watched{realDisk{}, true, func() error {
						if steps++; steps == step {
							return &fs.PathError{Op: "write", Path: "inside", Err: syscall.ENOSPC}
						}
						return nil
					}}, memory, target, today)
					done = err == nil && steps < step
				}
				checkNights(t, step, memory, target)
				if done {
					if step < 30 {
						t.Errorf("only %d steps", step-1)
					}
					return
				}
				if err := publishNight(unsynced{realDisk{}}, memory, target, today); err != nil {
					t.Fatalf("step %d: the next run: %v", step, err)
				}
				checkSite(t, target, today)
				if got := fmt.Sprint(neighbours(t, target)); got != "[site-memory]" && got != "[site site-memory]" {
					t.Errorf("step %d: found %s beside the site", step, got)
				}
				if t.Failed() {
					return
				}
			}
		})
	}
}
