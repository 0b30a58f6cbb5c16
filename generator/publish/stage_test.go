package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var about = About{
	Tool:          Tool{"cutoff", "1.2.3"},
	AsOf:          "2020-01-15",
	Inputs:        []Input{{"exports/a.csv", strings.Repeat("ab", 32)}},
	Policy:        &Input{"code42-port-4282", strings.Repeat("cd", 32)},
	Configuration: nil,
}

// site is a small one, by name.
type site map[string]string

func (s site) with(name, content string) site {
	next := site{}
	for n, c := range s {
		next[n] = c
	}
	if next[name] = content; content == "" {
		delete(next, name)
	}
	return next
}

var yesterday = site{
	"index.html":             "<h1>17 days left</h1>",
	"data/devices.csv":       "device_guid\n1\n",
	"departments/sales.html": "sales",
	"static/site.css":        "body{}",
}

var today = yesterday.with("index.html", "<h1>16 days left</h1>").
	with("departments/sales.html", "").with("departments/ops.html", "ops")

// publishSite runs a whole publication.
func publishSite(d disk, target string, s site) (Result, error) {
	stage, err := begin(target, Site, d)
	if err != nil {
		return Result{}, err
	}
	defer stage.Abort()
	for name, content := range s {
		file, err := stage.Create(name)
		if err != nil {
			return Result{}, err
		}
		if _, err := io.WriteString(file, content); err != nil {
			return Result{}, err
		}
		if err := file.Close(); err != nil {
			return Result{}, err
		}
	}
	return stage.Commit(about)
}

// mustPublish prepares or follows what a test is about; it does not wait until
// the disk has every byte, which on a busy machine takes most of the time.
func mustPublish(t *testing.T, target string, s site) Result {
	t.Helper()
	result, err := publishSite(unsynced{realDisk{}}, target, s)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// unsynced is a real disk that does not wait for sync.
type unsynced struct{ disk }

func (unsynced) sync(string) error { return nil }

// tree gives every file below a folder with its content, and every empty
// folder; nil when there is no such folder.
func tree(t *testing.T, folder string) site {
	t.Helper()
	var files site
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if files == nil {
			files = site{}
		}
		relative, _ := filepath.Rel(folder, path)
		name := filepath.ToSlash(relative)
		switch {
		case entry.Type().IsRegular():
			content, err := os.ReadFile(path)
			files[name] = string(content)
			return err
		case entry.IsDir():
			below, err := os.ReadDir(path)
			if len(below) == 0 && name != "." {
				files[name+"/"] = ""
			}
			return err
		default:
			files[name] = entry.Type().String()
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return files
}

// pages is a site as published, without the two files that publishing adds.
func pages(t *testing.T, folder string) site {
	t.Helper()
	return tree(t, folder).without(ManifestName, SumsName)
}

func (s site) without(names ...string) site {
	for _, name := range names {
		delete(s, name)
	}
	return s
}

// neighbours lists the names beside the target, hidden ones too.
func neighbours(t *testing.T, target string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(target))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if entry.Name() != filepath.Base(target) {
			names = append(names, entry.Name())
		}
	}
	return names
}

func checkSite(t *testing.T, target string, want site) {
	t.Helper()
	if diff := cmp.Diff(want, pages(t, target)); diff != "" {
		t.Errorf("site (-want +got):\n%s", diff)
	}
	_, differences, err := verifyFolder(target, Site)
	if err != nil || differences != nil {
		t.Errorf("verify: %v, %v", differences, err)
	}
}

func checkAlone(t *testing.T, target string) {
	t.Helper()
	if names := neighbours(t, target); names != nil {
		t.Errorf("left beside the target: %q", names)
	}
}

func TestPublish(t *testing.T) {
	target := filepath.Join(t.TempDir(), "deep", "er", "site")
	result, err := publishSite(realDisk{}, target, yesterday)
	if err != nil {
		t.Fatal(err)
	}
	checkSite(t, target, yesterday)
	checkAlone(t, target)
	if result.Path != target || result.Untouched {
		t.Errorf("first: %+v", result)
	}

	result = mustPublish(t, target, today)
	checkSite(t, target, today)
	checkAlone(t, target)
	// index, manifest and sums changed; ops came; sales went.
	if result.Untouched {
		t.Errorf("second: %+v", result)
	}
}

func TestModificationTimes(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	mustPublish(t, target, yesterday)
	long := time.Date(2020, 1, 14, 2, 0, 0, 0, time.UTC)
	age := func() {
		for name := range tree(t, target) {
			if err := os.Chtimes(filepath.Join(target, name), long, long); err != nil {
				t.Fatal(err)
			}
		}
	}
	kept := func() map[string]bool {
		names := map[string]bool{}
		for name := range tree(t, target) {
			info, err := os.Stat(filepath.Join(target, name))
			if err != nil {
				t.Fatal(err)
			}
			names[name] = info.ModTime().Equal(long)
		}
		return names
	}

	age()
	before, _ := os.Stat(target)
	if result := mustPublish(t, target, yesterday); !result.Untouched {
		t.Errorf("the same again: %+v", result)
	}
	after, _ := os.Stat(target)
	if !os.SameFile(before, after) {
		t.Error("the same again: the folder was replaced")
	}
	checkAlone(t, target)
	for name, same := range kept() {
		if !same {
			t.Errorf("the same again: %s was rewritten", name)
		}
	}

	mustPublish(t, target, today)
	want := map[string]bool{
		"index.html": false, "data/devices.csv": true, "static/site.css": true,
		"departments/ops.html": false, ManifestName: false, SumsName: false,
	}
	if diff := cmp.Diff(want, kept()); diff != "" {
		t.Errorf("a new night (-want +got):\n%s", diff)
	}

	// An edit that keeps size and time is repaired, and shows as a change.
	age()
	edited := filepath.Join(target, "static/site.css")
	if err := os.WriteFile(edited, []byte("BODY{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(edited, long, long); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, target, today)
	checkSite(t, target, today)
	if kept()["static/site.css"] {
		t.Error("a repaired file kept its time")
	}
}

func TestModes(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	mode := func(name string) fs.FileMode {
		info, err := os.Stat(filepath.Join(target, name))
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}
	mustPublish(t, target, yesterday)
	// The umask of whoever runs the tests decides; nobody's takes away their own.
	if got := mode("index.html"); got&0o600 != 0o600 || got&0o111 != 0 {
		t.Errorf("file: %v", got)
	}
	if got := mode("data"); got != mode("") || got&0o700 != 0o700 {
		t.Errorf("folders: %v and %v", mode(""), got)
	}
	for _, want := range []fs.FileMode{0o750, 0o711, 0o500, 0o775 | fs.ModeSetgid} {
		if err := os.Chmod(target, want); err != nil {
			t.Fatal(err)
		}
		mustPublish(t, target, yesterday)
		mustPublish(t, target, today)
		if got := mode(""); got != want|fs.ModeDir {
			t.Errorf("replaced folder: %v, want %v", got, want)
		}
		checkAlone(t, target)
	}
}

func TestForeign(t *testing.T) {
	put := func(t *testing.T, path, content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name string
		make func(t *testing.T, target string)
		want []string // in the message
	}{
		{"a file", func(t *testing.T, target string) { put(t, target, "x") }, []string{"found a file"}},
		{"below a file", func(t *testing.T, target string) { put(t, filepath.Dir(target)+"/x", "x") }, nil},
		{"a full folder", func(t *testing.T, target string) {
			put(t, target+"/thesis.docx", "x")
			put(t, target+"/a\x1b[31m", "x")
		}, []string{"thesis.docx", `a\x1b[31m`, "want an empty folder or a cutoff site"}},
		{"a hidden file", func(t *testing.T, target string) { put(t, target+"/.gitkeep", "") }, []string{".gitkeep"}},
		{"a file deep inside", func(t *testing.T, target string) { put(t, target+"/a/b/c", "") }, []string{"a/b/c"}},
		{"a manifest of a web application", func(t *testing.T, target string) {
			put(t, target+"/manifest.json", `{"name":"x"}`)
			put(t, target+"/SHA256SUMS", "")
		}, []string{"no manifest of ours"}},
		{"a manifest that is no JSON", func(t *testing.T, target string) {
			put(t, target+"/manifest.json", `{"kind":"cutoff-site"`)
			put(t, target+"/SHA256SUMS", "")
		}, []string{"no manifest of ours"}},
		{"a manifest alone", func(t *testing.T, target string) {
			put(t, target+"/manifest.json", `{"kind":"cutoff-site"}`)
		}, []string{"manifest.json"}},
		{"a bundle", func(t *testing.T, target string) {
			put(t, target+"/manifest.json", `{"kind":"cutoff-bundle"}`)
			put(t, target+"/SHA256SUMS", "")
		}, []string{"the manifest of a cutoff bundle", "cutoff site"}},
		{"our site with their files", func(t *testing.T, target string) {
			mustPublish(t, target, yesterday)
			put(t, target+"/data/notes.txt", "mine")
			for _, name := range []string{"1", "2", "3", "4", "5"} {
				put(t, target+"/departments/"+name, "mine")
			}
		}, []string{"data/notes.txt", "departments/4", "and 1 more"}},
		{"our site with a link in it", func(t *testing.T, target string) {
			mustPublish(t, target, yesterday)
			if err := os.Symlink("/etc", target+"/link"); err != nil {
				t.Fatal(err)
			}
		}, []string{"link"}},
		{"a link to nothing", func(t *testing.T, target string) {
			if err := os.Symlink("nowhere", target); err != nil {
				t.Fatal(err)
			}
		}, []string{"a link to nothing"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			target := filepath.Join(t.TempDir(), "site")
			test.make(t, target)
			if test.want == nil {
				target = filepath.Join(filepath.Dir(target), "x", "site")
			}
			before := tree(t, filepath.Dir(target))
			_, err := publishSite(realDisk{}, target, today)
			if err == nil {
				t.Fatal("published")
			}
			if test.want != nil && !errors.Is(err, ErrForeign) {
				t.Errorf("not ErrForeign: %v", err)
			}
			for _, want := range append(test.want, target+": ") {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
			if diff := cmp.Diff(before, tree(t, filepath.Dir(target))); diff != "" {
				t.Errorf("something changed (-before +after):\n%s", diff)
			}
		})
	}
}

func TestForeignFolders(t *testing.T) {
	working := t.TempDir()
	t.Chdir(working)
	if err := os.MkdirAll("a/b", 0o755); err != nil {
		t.Fatal(err)
	}
	mount := "/proc"
	if _, err := os.Stat(mount); err != nil {
		mount = "/dev"
	}
	for _, target := range []string{"", ".", "..", working, "/", mount} {
		if _, err := Begin(target, Site); !errors.Is(err, ErrForeign) {
			t.Errorf("%q: %v, want ErrForeign", target, err)
		}
	}
	t.Chdir("a/b")
	if _, err := Begin(filepath.Join(working, "a"), Site); !errors.Is(err, ErrForeign) {
		t.Errorf("above the working folder: %v, want ErrForeign", err)
	}
	mustPublish(t, "../bc/", yesterday)
	checkSite(t, filepath.Join(working, "a", "bc"), yesterday)
}

// A file that appears while the site is being made is found before the swap.
func TestForeignMeanwhile(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	mustPublish(t, target, yesterday)
	stage, err := Begin(target, Site)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(target, "mine"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := stage.Commit(about); !errors.Is(err, ErrForeign) {
		t.Errorf("%v, want ErrForeign", err)
	}
	checkAlone(t, target)
	if diff := cmp.Diff(yesterday, pages(t, target).without("mine")); diff != "" {
		t.Error(diff)
	}
}

func TestWelcomeFolders(t *testing.T) {
	tests := []struct {
		name string
		make func(t *testing.T, target string) error
	}{
		{"an empty folder", func(t *testing.T, target string) error { return os.Mkdir(target, 0o755) }},
		{"empty folders in it", func(t *testing.T, target string) error { return os.MkdirAll(target+"/a/b", 0o755) }},
		{"litter only", func(t *testing.T, target string) error {
			return errors.Join(os.Mkdir(target, 0o755), os.WriteFile(target+"/.DS_Store", nil, 0o644))
		}},
		{"our site with litter", func(t *testing.T, target string) error {
			mustPublish(t, target, yesterday)
			return errors.Join(os.WriteFile(target+"/data/Thumbs.db", nil, 0o644),
				os.WriteFile(target+"/data/._devices.csv", nil, 0o644), os.WriteFile(target+"/desktop.ini", nil, 0o644))
		}},
		{"our site with files gone", func(t *testing.T, target string) error {
			mustPublish(t, target, yesterday)
			return os.RemoveAll(target + "/data")
		}},
		{"our site with a file turned into a link", func(t *testing.T, target string) error {
			mustPublish(t, target, yesterday)
			return errors.Join(os.Remove(target+"/index.html"), os.Symlink("/etc/passwd", target+"/index.html"))
		}},
		{"our site with a file turned into a folder", func(t *testing.T, target string) error {
			mustPublish(t, target, yesterday)
			return errors.Join(os.Remove(target+"/index.html"), os.Mkdir(target+"/index.html", 0o755))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			target := filepath.Join(t.TempDir(), "site")
			if err := test.make(t, target); err != nil {
				t.Fatal(err)
			}
			mustPublish(t, target, today)
			checkSite(t, target, today)
			checkAlone(t, target)
		})
	}
}

func TestLink(t *testing.T) {
	folder := t.TempDir()
	real, link := filepath.Join(folder, "disk", "real"), filepath.Join(folder, "www", "site")
	mustPublish(t, real, yesterday)
	if err := os.Mkdir(filepath.Dir(link), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../disk/real", link); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, link, today)
	if to, err := os.Readlink(link); err != nil || to != "../disk/real" {
		t.Errorf("the link now leads to %q, %v", to, err)
	}
	checkSite(t, real, today)
	checkAlone(t, real)
	checkAlone(t, link)
}

func TestAbort(t *testing.T) {
	folder := t.TempDir()
	target := filepath.Join(folder, "a", "b", "site")
	stage, err := Begin(target, Site)
	if err != nil {
		t.Fatal(err)
	}
	file, err := stage.Create("index.html")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := stage.Abort(); err != nil {
			t.Error(err)
		}
	}
	if left := tree(t, folder); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := io.WriteString(file, strings.Repeat("x", 1<<20)); err == nil {
		t.Error("a file of an aborted stage took a write")
	}
	if _, err := stage.Create("x"); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("create after abort: %v", err)
	}
	if _, err := stage.Commit(about); err == nil {
		t.Error("commit after abort")
	}
}

func TestUnfinishedFiles(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	mustPublish(t, target, yesterday)
	stage, err := Begin(target, Site)
	if err != nil {
		t.Fatal(err)
	}
	file, err := stage.Create("index.html")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stage.Commit(about); err == nil || !strings.Contains(err.Error(), "index.html") {
		t.Errorf("commit with an open file: %v", err)
	}
	if err := file.Close(); err == nil {
		t.Error("a file of an ended stage closed without an error")
	}
	checkSite(t, target, yesterday)
	checkAlone(t, target)
}

func TestLocked(t *testing.T) {
	target := filepath.Join(t.TempDir(), "new", "site")
	first, err := Begin(target, Site)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(target, Site); !errors.Is(err, ErrLocked) || errors.Is(err, ErrForeign) {
		t.Errorf("second run: %v, want ErrLocked", err)
	}
	if _, err := first.Commit(about); err != nil {
		t.Errorf("first run: %v", err)
	}
	checkAlone(t, target)
	mustPublish(t, target, yesterday)
}
