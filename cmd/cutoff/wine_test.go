//go:build wine

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// windows runs programs under Wine in a folder, which they know as drive Z.
type windows struct {
	t      *testing.T
	folder string
	env    []string
}

// newWindows builds the program, what holds a file open, and the library that
// Debian's Wine lacks, and makes a fresh Windows for them.
func newWindows(t *testing.T) *windows {
	w := &windows{t, t.TempDir(), append(os.Environ(), "WINEPREFIX="+t.TempDir(), "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=;bcryptprimitives=n")}
	for output, from := range map[string]string{"cutoff.exe": ".", "hold.exe": "./testdata/wine/hold"} {
		build := exec.Command("go", "build", "-o", filepath.Join(w.folder, output), from)
		build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
		w.must(build)
	}
	w.must(w.wine("wineboot", "--init"))
	w.must(w.command("wineserver", "--wait"))
	system := ""
	for _, variable := range w.env {
		if prefix, is := strings.CutPrefix(variable, "WINEPREFIX="); is {
			system = filepath.Join(prefix, "drive_c", "windows", "system32")
		}
	}
	source, err := filepath.Abs("testdata/wine/bcryptprimitives.c")
	if err != nil {
		t.Fatal(err)
	}
	w.must(exec.Command("x86_64-w64-mingw32-gcc", "-shared", "-o", filepath.Join(system, "bcryptprimitives.dll"), source, "-ladvapi32"))
	t.Cleanup(func() { _ = w.command("wineserver", "--kill").Run() })
	return w
}

func (w *windows) command(name string, args ...string) *exec.Cmd {
	command := exec.Command(name, args...)
	command.Dir, command.Env = w.folder, w.env
	return command
}

func (w *windows) wine(args ...string) *exec.Cmd { return w.command("wine", args...) }

func (w *windows) must(command *exec.Cmd) {
	w.t.Helper()
	if output, err := command.CombinedOutput(); err != nil {
		w.t.Fatalf("%s: %v\n%s", command, err, output)
	}
}

// cutoff runs the program, wants a status, and gives all that it says.
func (w *windows) cutoff(status int, args ...string) string {
	w.t.Helper()
	command := w.wine(append([]string{"cutoff.exe"}, args...)...)
	output, err := command.CombinedOutput()
	if command.ProcessState == nil || command.ProcessState.ExitCode() != status {
		w.t.Fatalf("cutoff %s: found status %v, want %d\n%s", strings.Join(args, " "), err, status, output)
	}
	return string(output)
}

func (w *windows) write(name, text string) {
	w.t.Helper()
	path := filepath.Join(w.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w *windows) read(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.folder, name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

func (w *windows) says(output string, texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if !strings.Contains(output, text) {
			w.t.Errorf("found\n%s\nwant it to say %q", output, text)
		}
	}
}

// TestWindows is the first week of an administrator on Windows.
func TestWindows(t *testing.T) {
	w := newWindows(t)
	w.write("exports/Status-2020-01-14.csv", "deviceUid,deviceName,version,destinationUid,lastActivity\r\n839648314463407621,PC-1,4.7.9,42,2020-01-14T10:00:00Z\r\n839648314463407622,PC-2,7.0.0,42,2020-01-14T10:00:00Z\r\n")

	// Names compare without case, whoever expands the glob.
	w.says(w.cutoff(0, "init", `EXPORTS\*.CSV`, "--as-of", "2020-01-15"), "cutoff.yaml: written")
	w.says(w.cutoff(0, "build", "--as-of", "2020-01-15"), "2 devices on 2020-01-15: 1 affected")

	// The second night remembers the first.
	w.write("exports/Status-2020-01-15.csv", "deviceUid,deviceName,version,destinationUid,lastActivity\r\n839648314463407621,PC-1,7.0.0,42,2020-01-15T10:00:00Z\r\n")
	w.says(w.cutoff(0, "build", "--as-of", "2020-01-16"), "2 devices on 2020-01-16: 0 affected")
	w.says(w.read("site/data/changes.csv"), "2020-01-15,fixed,upgraded,839648314463407621")
	w.says(w.cutoff(0, "check", "--as-of", "2020-01-16"), "Since 2020-01-15: 1 fixed")

	// A bundle, and its proof by a glob; a path with its drive.
	w.cutoff(0, "bundle", "site", "--out", "bundle")
	w.cutoff(0, "bundle", "--verify", `bundle\*.zip`)
	drive := `Z:` + strings.ReplaceAll(w.folder, "/", `\`)
	w.says(w.cutoff(0, "check", "--report", drive+`\exports\*.csv`, "--as-of", "2020-01-16"), "2 devices on 2020-01-16")

	// A program that holds the site open (under Wine a page in it would not keep the
	// folder from being renamed): the run waits, then says so, and yesterday's
	// site is whole; once the reader is gone, the next run publishes.
	before := w.read("site/SHA256SUMS")
	hold := w.wine("hold.exe", `site`)
	gate, err := hold.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	held, err := hold.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := hold.Start(); err != nil {
		t.Fatal(err)
	}
	if line, _ := bufio.NewReader(held).ReadString('\n'); strings.TrimSpace(line) != "held <nil>" {
		t.Fatalf("found %q, want a file that is held", line)
	}
	w.says(w.cutoff(1, "build", "--as-of", "2020-01-17"), "held open by another program", "close that and run again")
	if w.read("site/SHA256SUMS") != before {
		t.Error("found another site, want yesterday's")
	}
	gate.Close()
	if err := hold.Wait(); err != nil {
		t.Fatal(err)
	}
	w.says(w.cutoff(0, "build", "--as-of", "2020-01-17"), "2 devices on 2020-01-17")

	// What Windows keeps for devices is no output.
	for _, name := range []string{"NUL", "com1.site"} {
		w.says(w.cutoff(1, "build", "--as-of", "2020-01-17", "--out", name), "found a name that Windows keeps for a device", "want a name that every system can hold")
	}

	// The task of sample-data is one that Windows takes.
	task, err := os.ReadFile("../../sample-data/cutoff-task.xml")
	if err != nil {
		t.Fatal(err)
	}
	w.write("task.xml", string(task))
	output, err := w.wine("schtasks", "/create", "/tn", "cutoff", "/xml", "task.xml").CombinedOutput()
	if err != nil || bytes.Contains(bytes.ToLower(output), []byte("error")) {
		t.Errorf("schtasks: %v\n%s", err, output)
	}
}
