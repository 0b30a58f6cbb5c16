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
	"strings"
	"syscall"
	"testing"
)

// watched calls before ahead of every change to the file system. If that gives an
// error, it does not make the change.
type watched struct {
	disk
	exchanges bool // whether the file system can exchange
	before    func() error
}

func (w watched) ask(change func() error) error {
	if err := w.before(); err != nil {
		return err
	}
	return change()
}

func (w watched) makeFolder(path string) error {
	return w.ask(func() error { return w.disk.makeFolder(path) })
}

func (w watched) rename(from, to string) error {
	return w.ask(func() error { return w.disk.rename(from, to) })
}

func (w watched) exchange(a, b string) error {
	if !w.exchanges {
		return errNoExchange
	}
	return w.ask(func() error { return w.disk.exchange(a, b) })
}

// sync leaves the waiting out: a process is killed here, not the machine.
func (w watched) sync(string) error { return w.before() }

// remove goes file by file, so that it can be cut short.
func (w watched) remove(path string) error {
	var paths []string
	_ = filepath.WalkDir(path, func(path string, _ fs.DirEntry, err error) error {
		if err == nil {
			paths = append(paths, path)
		}
		return err
	})
	for i := len(paths) - 1; i >= 0; i-- {
		if err := w.ask(func() error { return w.disk.remove(paths[i]) }); err != nil {
			return err
		}
	}
	return nil
}

func (w watched) create(path string) (io.WriteCloser, error) {
	var file io.WriteCloser
	err := w.ask(func() (err error) {
		file, err = w.disk.create(path)
		return err
	})
	return watchedFile{file, w}, err
}

type watchedFile struct {
	io.WriteCloser
	watched watched
}

// Write lets half of the bytes through before it asks.
func (f watchedFile) Write(p []byte) (int, error) {
	half := len(p) / 2
	n, err := f.WriteCloser.Write(p[:half])
	if err == nil {
		err = f.watched.before()
	}
	if err != nil {
		return n, err
	}
	m, err := f.WriteCloser.Write(p[half:])
	return n + m, err
}

func (f watchedFile) Close() error { return errors.Join(f.watched.before(), f.WriteCloser.Close()) }

// The environment of a child that publishes and is killed on the way.
const (
	killTarget   = "CUTOFF_TEST_KILL_TARGET"
	killAt       = "CUTOFF_TEST_KILL_AT"
	killExchange = "CUTOFF_TEST_KILL_EXCHANGE"
	killMemory   = "CUTOFF_TEST_KILL_MEMORY"
)

func TestMain(m *testing.M) {
	if target := os.Getenv(killTarget); target != "" {
		publishAndDie(target)
	}
	os.Exit(m.Run())
}

// publishAndDie publishes today's site and kills its own process, with the
// signal that no process can catch, at the step that the environment names.
func publishAndDie(target string) {
	last, _ := strconv.Atoi(os.Getenv(killAt))
	steps := 0
	before := func() error {
		if steps++; steps == last {
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		}
		return nil
	}
	d := watched{realDisk{}, os.Getenv(killExchange) == "true", before}
	var err error
	if memory := os.Getenv(killMemory); memory != "" {
		err = publishNight(d, memory, target, today)
	} else {
		_, err = publishSite(d, target, today)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// stepLimit is above the number of steps of the small site. It ends a loop that
// never publishes.
const stepLimit = 300

func TestKilled(t *testing.T) {
	for _, exchanges := range []bool{true, false} {
		for _, first := range []bool{true, false} {
			t.Run(fmt.Sprintf("exchange %v, first night %v", exchanges, first), func(t *testing.T) {
				t.Parallel()
				killAtEveryStep(t, exchanges, first)
			})
		}
	}
}

func killAtEveryStep(t *testing.T, exchanges, first bool) {
	missing := 0
	for step := 1; ; step++ {
		if step > stepLimit {
			t.Fatal("the run does not come to its end")
		}
		target := filepath.Join(t.TempDir(), "site")
		if !first {
			mustPublish(t, target, yesterday)
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), killTarget+"="+target,
			killAt+"="+strconv.Itoa(step), killExchange+"="+strconv.FormatBool(exchanges))
		output, err := child.CombinedOutput()
		if err == nil {
			if step < 20 {
				t.Errorf("only %d steps", step-1)
			}
			break
		}
		if len(output) != 0 {
			t.Fatalf("step %d: %v: %s", step, err, output)
		}
		now := target
		if _, err := os.Stat(target); errors.Is(err, fs.ErrNotExist) && !first {
			// Only two renames have a moment without a site.
			now = filepath.Join(filepath.Dir(target), ".site.cutoff-old")
			missing++
		}
		checkNight(t, step, now, first)
		stage, err := Begin(target, Site)
		if err != nil {
			t.Fatalf("step %d: the next run: %v", step, err)
		}
		if err := stage.Abort(); err != nil {
			t.Fatal(err)
		}
		checkNight(t, step, target, first)
		checkAlone(t, target)
		tomorrow := today.with("index.html", "<h1>15 days left</h1>")
		mustPublish(t, target, tomorrow)
		checkSite(t, target, tomorrow)
		checkAlone(t, target)
		if t.Failed() {
			t.Fatalf("killed at step %d", step)
		}
	}
	if want := !exchanges && !first; (missing > 0) != want {
		t.Errorf("the site was missing after %d kills, want some: %v", missing, want)
	}
}

// checkNight wants yesterday's whole site or today's. On the first night there is
// no yesterday's, so nothing is fine too.
func checkNight(t *testing.T, step int, folder string, first bool) {
	t.Helper()
	got := pages(t, folder)
	if first && got == nil {
		return
	}
	_, differences, err := verifyFolder(folder, Site)
	if err != nil || differences != nil {
		t.Errorf("step %d: %v, %v", step, differences, err)
	}
	if got["index.html"] != today["index.html"] && (first || got["index.html"] != yesterday["index.html"]) {
		t.Errorf("step %d: neither yesterday's site nor today's: %v", step, got)
	}
}

// Every single failure of the disk leaves yesterday's site and nothing else.
func TestDiskFails(t *testing.T) {
	for _, exchanges := range []bool{true, false} {
		for step := 1; ; step++ {
			if step > stepLimit {
				t.Fatal("the run does not come to its end")
			}
			target := filepath.Join(t.TempDir(), "site")
			mustPublish(t, target, yesterday)
			steps := 0
			full := func() error {
				if steps++; steps == step {
					return &fs.PathError{Op: "write", Path: "inside", Err: syscall.ENOSPC}
				}
				return nil
			}
			_, err := publishSite(watched{realDisk{}, exchanges, full}, target, today)
			if err == nil && steps < step {
				break
			}
			if err == nil {
				// Something of yesterday's would not go.
				checkSite(t, target, today)
				if neighbours(t, target) == nil {
					t.Errorf("step %d: found nothing left beside the site, want what could not be removed", step)
				}
			} else {
				checkSite(t, target, yesterday)
				checkAlone(t, target)
				if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), target+": ") {
					t.Errorf("step %d: %v, want ENOSPC with its place", step, err)
				}
			}
			if t.Failed() {
				t.Fatalf("exchange %v, failure at step %d", exchanges, step)
			}
			mustPublish(t, target, today)
			checkSite(t, target, today)
			checkAlone(t, target)
		}
	}
}
