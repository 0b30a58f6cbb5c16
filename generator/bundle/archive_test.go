package bundle_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"example.org/cutoff/generator/bundle"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/publish"
)

func contents(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range reader.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}

func verify(archive []byte) (bundle.Manifest, []string) {
	return bundle.VerifyArchive(bytes.NewReader(archive), int64(len(archive)))
}

// The zip has the site's complete pages without script, and says what it was made
// from.
func TestArchiveIsTheSiteWithoutScript(t *testing.T) {
	site := forest(t)
	run := newRun(t, site)
	result := mustBundle(t, run)
	if want := "acorn-sons-2020-01-15.zip"; len(result.Archives) != 1 || result.Archives[0].Name != want {
		t.Fatalf("found %+v, want %s alone", result.Archives, want)
	}
	archive := read(t, run.Out, result.Archives[0].Name)
	files := contents(t, archive)
	manifest, differences := verify(archive)
	if len(differences) > 0 {
		t.Fatal(differences)
	}
	var own publish.Manifest
	if err := json.Unmarshal(read(t, site, publish.ManifestName), &own); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(own.About, manifest.About); diff != "" {
		t.Errorf("what it was made from differs (-site +zip):\n%s", diff)
	}
	sum := sha256.Sum256(read(t, site, publish.ManifestName))
	if manifest.Archive.SiteManifest != hex.EncodeToString(sum[:]) {
		t.Error("found another site's manifest")
	}
	for _, f := range own.Files {
		content, there := files[f.Name]
		switch ending := path.Ext(f.Name); {
		case ending == ".js", ending == ".html" && strings.HasPrefix(f.Name, "data/"):
			if there || !slices.Contains(manifest.Archive.LeftOut, f.Name) {
				t.Errorf("%s: found it in the zip or not among what was left out", f.Name)
			}
		case ending == ".html":
			sameRows(t, f.Name, string(read(t, site, f.Name)), content)
		case ending == ".css":
			if !strings.HasPrefix(content, string(read(t, site, f.Name))) {
				t.Errorf("%s: found another style", f.Name)
			}
		case content != string(read(t, site, f.Name)):
			t.Errorf("%s: found other bytes than the site's", f.Name)
		}
	}
	if !strings.Contains(files["find.html"], "You can look without it") || strings.Contains(files["find.html"], "data-find-answers") {
		t.Error("found the search in find.html, want how to do without")
	}
	checkLinks(t, files)
}

var (
	runningPage = regexp.MustCompile(`(?i)<script|script-src|\son[a-z]+=|javascript:|data-tools`)
	row         = regexp.MustCompile(`<tr[ >]`)
)

func sameRows(t *testing.T, name, before, after string) {
	t.Helper()
	if found := runningPage.FindString(after); found != "" {
		t.Errorf("%s: found %q", name, found)
	}
	if b, a := len(row.FindAllString(before, -1)), len(row.FindAllString(after, -1)); b != a {
		t.Errorf("%s: found %d rows, want %d", name, a, b)
	}
}

// checkLinks follows every link of every page to a file and an id.
func checkLinks(t *testing.T, files map[string]string) {
	t.Helper()
	ids := map[string]map[string]bool{}
	documents := map[string]*html.Node{}
	for name, content := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		document := fixture.Page(t, []byte(content))
		documents[name], ids[name] = document, map[string]bool{}
		for n := range document.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "id" {
					ids[name][a.Val] = true
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(documents)) {
		for n := range documents[name].Descendants() {
			for _, a := range n.Attr {
				if a.Key != "href" && a.Key != "src" || strings.Contains(a.Val, ":") {
					continue
				}
				file, fragment, _ := strings.Cut(a.Val, "#")
				target := name
				if file != "" {
					target = path.Join(path.Dir(name), file)
				}
				if _, ok := files[target]; !ok {
					t.Errorf("%s: found a link to %s, which is not there", name, a.Val)
				} else if fragment != "" && !ids[target][fragment] {
					t.Errorf("%s: found a link to %s, which has no such place", name, a.Val)
				}
			}
		}
	}
}

// The same site gives the same bytes, wherever and whenever the bundle is made.
func TestSameSiteSameBytes(t *testing.T) {
	first, second := newRun(t, forest(t)), newRun(t, forest(t))
	copied := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.CopyFS(copied, os.DirFS(forest(t))); err != nil {
		t.Fatal(err)
	}
	second.Site = copied
	first.Settings.Budget, second.Settings.Budget = 300_000, 300_000
	mustBundle(t, first)
	mustBundle(t, second)
	err := fs.WalkDir(os.DirFS(first.Out), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !bytes.Equal(read(t, first.Out, name), read(t, second.Out, name)) {
			t.Errorf("%s: found other bytes", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if again := mustBundle(t, first); !again.Published.Untouched {
		t.Error("found the bundle written anew, want it left alone")
	}
}

// withGap puts a byte before the directory, and says so at the end.
func withGap(archive []byte) []byte {
	end := archive[len(archive)-22:]
	at := binary.LittleEndian.Uint32(end[16:])
	gapped := slices.Concat(archive[:at], []byte{0}, archive[at:])
	binary.LittleEndian.PutUint32(gapped[len(gapped)-6:], at+1)
	return gapped
}

// A site above the budget is split into parts. Each is within the budget and can be
// checked and read by itself. Together they have the whole site.
func TestParts(t *testing.T) {
	site := forest(t)
	run := newRun(t, site)
	run.Settings.Budget = 300_000
	result := mustBundle(t, run)
	if len(result.Archives) < 3 {
		t.Fatalf("found %d parts, want several", len(result.Archives))
	}
	all, places := map[string]string{}, map[string]int{}
	var left []string
	for i, a := range result.Archives {
		archive := read(t, run.Out, a.Name)
		if a.Part != i+1 || a.Parts != len(result.Archives) || a.Size != int64(len(archive)) {
			t.Errorf("found %+v", a)
		}
		if a.Size > run.Settings.Budget && a.Files > 30 {
			t.Errorf("%s: found %d bytes, want at most %d", a.Name, a.Size, run.Settings.Budget)
		}
		manifest, differences := verify(archive)
		if len(differences) > 0 {
			t.Errorf("%s: %v", a.Name, differences)
		}
		left = manifest.Archive.LeftOut
		if manifest.Archive.Part != i+1 || manifest.Archive.Contents[i].File != a.Name {
			t.Errorf("%s: found %+v", a.Name, manifest.Archive)
		}
		files := contents(t, archive)
		checkLinks(t, files)
		for name, content := range files {
			if path.Ext(name) == ".html" && !strings.Contains(content, "Part "+string(rune('0'+i+1))+" of") && i < 9 {
				t.Errorf("%s: %s does not say which part it is", a.Name, name)
			}
			if strings.HasPrefix(name, "departments/") {
				places[name]++
			}
			all[name] = content
		}
	}
	for name, n := range places {
		if n != 1 {
			t.Errorf("%s: found in %d parts, want one", name, n)
		}
	}
	var own publish.Manifest
	if err := json.Unmarshal(read(t, site, publish.ManifestName), &own); err != nil {
		t.Fatal(err)
	}
	for _, f := range own.Files {
		if _, there := all[f.Name]; !there && !slices.Contains(left, f.Name) {
			t.Errorf("%s: found in no part", f.Name)
		}
	}
}

// A zip does not pass once anything in it is changed, added, cut off or moved.
func TestVerifyFindsEveryChange(t *testing.T) {
	run := newRun(t, grove(t, nil))
	result := mustBundle(t, run)
	archive := read(t, run.Out, result.Archives[0].Name)
	if _, differences := verify(archive); len(differences) > 0 {
		t.Fatal(differences)
	}
	fails := func(t *testing.T, damaged []byte) {
		t.Helper()
		if _, differences := verify(damaged); len(differences) == 0 {
			t.Error("found nothing, want a difference")
		}
	}
	t.Run("a bit", func(t *testing.T) {
		// Every bit of the first header and of the end, and one bit of bytes in
		// between. The step is odd, so that every position in a header is hit.
		for at := range archive {
			bits := []int{at % 8}
			switch {
			case at < 40 || at >= len(archive)-22:
				bits = []int{0, 1, 2, 3, 4, 5, 6, 7}
			case at%101 != 0 && at < len(archive)-600:
				continue
			}
			for _, bit := range bits {
				damaged := bytes.Clone(archive)
				damaged[at] ^= 1 << bit
				// The last byte of packed data has bits that mean nothing.
				if _, differences := verify(damaged); len(differences) == 0 && !maps.Equal(contents(t, archive), contents(t, damaged)) {
					t.Fatalf("found nothing for bit %d of byte %d", bit, at)
				}
			}
		}
	})
	t.Run("cut", func(t *testing.T) {
		for n := 0; n < len(archive); n += 4999 {
			fails(t, archive[:n])
		}
		fails(t, archive[:len(archive)-1])
		fails(t, archive[1:])
	})
	t.Run("extended", func(t *testing.T) {
		fails(t, append(bytes.Clone(archive), 0))
		fails(t, append([]byte("MZ"), archive...))
		fails(t, slices.Concat(archive, archive))
		commented := append(bytes.Clone(archive), "hello"...)
		binary.LittleEndian.PutUint16(commented[len(archive)-2:], 5)
		fails(t, commented)
	})
	rewrite := func(t *testing.T, change func(w *zip.Writer, f *zip.File) bool, after func(w *zip.Writer)) []byte {
		t.Helper()
		reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, f := range reader.File {
			if change == nil || change(w, f) {
				if err := w.Copy(f); err != nil {
					t.Fatal(err)
				}
			}
		}
		if after != nil {
			after(w)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	t.Run("an entry more", func(t *testing.T) {
		fails(t, rewrite(t, nil, func(w *zip.Writer) { _, _ = w.Create("more.txt") }))
	})
	t.Run("an entry twice", func(t *testing.T) {
		fails(t, rewrite(t, nil, func(w *zip.Writer) { _, _ = w.Create("index.html") }))
	})
	t.Run("an entry less", func(t *testing.T) {
		damaged := rewrite(t, func(_ *zip.Writer, f *zip.File) bool { return f.Name != "faq.html" }, nil)
		_, differences := verify(damaged)
		if diff := cmp.Diff([]string{"faq.html: missing"}, differences); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("packed otherwise", func(t *testing.T) {
		fails(t, rewrite(t, func(w *zip.Writer, f *zip.File) bool {
			if f.Name != "index.html" {
				return true
			}
			out, _ := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
			in, _ := f.Open()
			_, _ = io.Copy(out, in)
			return false
		}, nil))
	})
	t.Run("another page", func(t *testing.T) {
		damaged := rewrite(t, func(w *zip.Writer, f *zip.File) bool {
			if f.Name != "index.html" {
				return true
			}
			out, _ := w.Create(f.Name)
			_, _ = io.WriteString(out, "all is well")
			return false
		}, nil)
		_, differences := verify(damaged)
		if diff := cmp.Diff([]string{"index.html: changed"}, differences); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("packed anew", func(t *testing.T) {
		damaged := rewrite(t, func(w *zip.Writer, f *zip.File) bool {
			out, _ := w.Create(f.Name)
			in, _ := f.Open()
			_, _ = io.Copy(out, in)
			return false
		}, nil)
		_, differences := verify(damaged)
		if len(differences) != 1 || !strings.HasPrefix(differences[0], "manifest.json: found it compressed, want it as it was written") {
			t.Errorf("found %v", differences)
		}
	})
	t.Run("a name that differs in case", func(t *testing.T) {
		fails(t, rewrite(t, nil, func(w *zip.Writer) { _, _ = w.Create("Index.html") }))
	})
	t.Run("bytes between", func(t *testing.T) {
		fails(t, withGap(archive))
	})
	t.Run("two names for a file", func(t *testing.T) {
		// The head before the file says another name than the directory.
		fails(t, bytes.Replace(archive, []byte("faq.html"), []byte("FAQ.html"), 1))
	})
	t.Run("bytes behind packed data", func(t *testing.T) {
		fails(t, rewrite(t, func(w *zip.Writer, f *zip.File) bool {
			if f.Name != "faq.html" {
				return true
			}
			raw, _ := f.OpenRaw()
			packed, _ := io.ReadAll(raw)
			h := f.FileHeader
			h.CompressedSize64 += 4
			out, _ := w.CreateRaw(&h)
			_, _ = out.Write(append(packed, "more"...))
			return false
		}, nil))
	})
	t.Run("what systems strew about", func(t *testing.T) {
		fails(t, rewrite(t, nil, func(w *zip.Writer) { _, _ = w.Create("Thumbs.db") }))
	})
	t.Run("a path that leaves the folder", func(t *testing.T) {
		fails(t, rewrite(t, nil, func(w *zip.Writer) { _, _ = w.Create("../outside.txt") }))
	})
	t.Run("no zip", func(t *testing.T) {
		fails(t, nil)
		fails(t, []byte("<!DOCTYPE html>"))
	})
	t.Run("another program's zip", func(t *testing.T) {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		_, _ = w.Create("a.txt")
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		fails(t, out.Bytes())
	})
}
