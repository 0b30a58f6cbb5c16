package publish

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// Two names can be safe each by itself and still not fit in one folder.
func TestCheckNames(t *testing.T) {
	for _, test := range []struct {
		names string
		safe  bool
	}{
		{"a b/c b/d", true},
		{"a.html A.html", false},
		{"é.html e\u0301.html", false},
		{"b/c B/d", false},
		{"b B/d", false},
		{"b/d b", false},
		{"MANIFEST.json", false},
		{"data/SHA256SUMS", true},
		{"a con", false},
	} {
		if err := CheckNames(strings.Fields(test.names)); (err == nil) != test.safe {
			t.Errorf("%s: found %v", test.names, err)
		}
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		name string
		safe bool
	}{
		{"index.html", true},
		{"departments/büro-東京.html", true},
		{"data/.hidden", true},
		{"a/b/c/d", true},
		{"console.html", true},
		{"com10.txt", true},
		{"lpt.txt", true},
		{strings.Repeat("x", 255), true},
		{"", false},
		{".", false},
		{"..", false},
		{"../x", false},
		{"a/../x", false},
		{"a/./x", false},
		{"a//x", false},
		{"a/", false},
		{"/etc/passwd", false},
		{`C:\x`, false},
		{"C:x", false},
		{`a\b`, false},
		{"a:stream", false},
		{"a?", false},
		{"a*", false},
		{`a"b`, false},
		{"a|b", false},
		{"<a>", false},
		{"a\nb", false},
		{"a\x00b", false},
		{"a\x7fb", false},
		{"a\xffb", false},
		{"a\u0085b", false},
		{"a\u202eb.html", false},
		{"a\u200fb", false},
		{"a\u2028b", false},
		{"a.", false},
		{"a ", false},
		{"a./x", false},
		{"con", false},
		{"CON.html", false},
		{"departments/Aux.tar.gz", false},
		{"nul .txt", false},
		{"COM1", false},
		{"lpt9.csv", false},
		{"com¹.txt", false},
		{"conin$", false},
		{strings.Repeat("x", 256), false},
	}
	for _, test := range tests {
		stage, err := Begin(filepath.Join(t.TempDir(), "site"), Site)
		if err != nil {
			t.Fatal(err)
		}
		file, err := stage.Create(test.name)
		if (err == nil) != test.safe {
			t.Errorf("%q: %v, want safe %v", test.name, err, test.safe)
		}
		if err == nil {
			err = file.Close()
		}
		// A name refused is a file missing, so the site is not published.
		if _, committed := stage.Commit(about); (committed == nil) != (err == nil) {
			t.Errorf("%q: commit: %v", test.name, committed)
		}
	}
}

func TestNamesThatMeet(t *testing.T) {
	tests := []struct {
		first, second string
		safe          bool
	}{
		{"a.html", "b.html", true},
		{"a/x", "a/y", true},
		{"a/x", "b/x", true},
		{"straße", "strasse", true},
		{"a.html", "a.html", false},
		{"a.html", "A.HTML", false},
		{"ä", "a\u0308", false},
		{"Ä", "a\u0308", false},
		{"data/x", "Data/y", false},
		{"data", "data/x", false},
		{"data/x", "data", false},
		{"Data", "data/x", false},
		{"x", "manifest.json", false},
		{"x", "Manifest.JSON", false},
		{"x", "sha256sums", false},
		{"x", "manifest.json/x", false},
		{"x", "data/manifest.json", true},
	}
	for _, test := range tests {
		stage, err := Begin(filepath.Join(t.TempDir(), "site"), Site)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := stage.Create(test.first); err != nil {
			t.Fatal(err)
		}
		if _, err := stage.Create(test.second); (err == nil) != test.safe {
			t.Errorf("%q beside %q: %v, want safe %v", test.second, test.first, err, test.safe)
		}
		if err := stage.Abort(); err != nil {
			t.Error(err)
		}
	}
}

// A folder name that Windows cannot hold is refused on every system, because a
// bundle or a share may carry the folder to Windows.
func TestTargetNames(t *testing.T) {
	for _, name := range []string{"NUL", "com1.site", "site.", "site "} {
		_, err := resolve(filepath.Join(t.TempDir(), name))
		if !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), "want a name that every system can hold") {
			t.Errorf("%q: found %v, want it refused by its name", name, err)
		}
	}
	if _, err := resolve(filepath.Join(t.TempDir(), "site.d")); err != nil {
		t.Errorf("found %v, want a name that ends in no dot to pass", err)
	}
}
