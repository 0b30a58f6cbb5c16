package publish

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const wantManifest = `{
  "kind": "cutoff-site",
  "tool": {
    "name": "cutoff",
    "version": "1.2.3"
  },
  "as_of": "2020-01-15",
  "inputs": [
    {
      "file": "exports/a.csv",
      "sha256": "abababababababababababababababababababababababababababababababab"
    }
  ],
  "policy": {
    "file": "code42-port-4282",
    "sha256": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
  },
  "configuration": null,
  "files": [
    {
      "name": "data/devices.csv",
      "size": 14,
      "sha256": "DEVICES"
    },
    {
      "name": "index.html",
      "size": 21,
      "sha256": "INDEX"
    }
  ]
}
`

func hashText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestManifest(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	small := site{"index.html": yesterday["index.html"], "data/devices.csv": yesterday["data/devices.csv"]}
	mustPublish(t, target, small)
	got := tree(t, target)
	want := strings.NewReplacer("INDEX", hashText(small["index.html"]),
		"DEVICES", hashText(small["data/devices.csv"])).Replace(wantManifest)
	if diff := cmp.Diff(want, got[ManifestName]); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	sums := hashText(small["data/devices.csv"]) + "  data/devices.csv\n" +
		hashText(small["index.html"]) + "  index.html\n" +
		hashText(want) + "  manifest.json\n"
	if diff := cmp.Diff(sums, got[SumsName]); diff != "" {
		t.Errorf("sums (-want +got):\n%s", diff)
	}
}

func TestManifestOfNothing(t *testing.T) {
	text, sums, err := MarshalManifest(Manifest{Kind: Bundle})
	if err != nil || !bytes.Contains(text, []byte(`"inputs": [],`)) || !bytes.Contains(text, []byte(`"files": []`)) {
		t.Errorf("%s, %v", text, err)
	}
	if want := hashText(string(text)) + "  manifest.json\n"; string(sums) != want {
		t.Errorf("%q, want %q", sums, want)
	}
}

func TestVerify(t *testing.T) {
	tests := []struct {
		name   string
		change func(folder string) error
		want   []Difference
	}{
		{"as published", func(string) error { return nil }, nil},
		{"litter", func(folder string) error { return os.WriteFile(folder+"/data/.DS_Store", nil, 0o644) }, nil},
		{"one of each", func(folder string) error {
			return errors.Join(os.Remove(folder+"/index.html"), os.WriteFile(folder+"/static/site.css", []byte("BODY{}"), 0o644),
				os.WriteFile(folder+"/data/new", nil, 0o644))
		}, []Difference{{"data/new", Extra}, {"index.html", Missing}, {"static/site.css", Changed}}},
		{"cut short", func(folder string) error { return os.Truncate(folder+"/index.html", 3) },
			[]Difference{{"index.html", Changed}}},
		{"a link to the same bytes", func(folder string) error {
			return errors.Join(os.Rename(folder+"/index.html", folder+"/other"), os.Symlink("other", folder+"/index.html"))
		}, []Difference{{"index.html", Changed}, {"other", Extra}}},
		{"manifest edited", func(folder string) error {
			text, _ := os.ReadFile(folder + "/manifest.json")
			return os.WriteFile(folder+"/manifest.json", bytes.Replace(text, []byte("2020-01-15"), []byte("2020-01-16"), 1), 0o644)
		}, []Difference{{SumsName, Changed}}},
		{"sums gone", func(folder string) error { return os.Remove(folder + "/SHA256SUMS") },
			[]Difference{{SumsName, Missing}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			target := filepath.Join(t.TempDir(), "site")
			mustPublish(t, target, yesterday)
			if err := test.change(target); err != nil {
				t.Fatal(err)
			}
			manifest, differences, err := verifyFolder(target, Site)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, differences); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if manifest.Tool != about.Tool || len(manifest.Files) != len(yesterday) {
				t.Errorf("manifest: %+v", manifest)
			}
		})
	}
}

func TestVerifyForeign(t *testing.T) {
	for _, folder := range []fstest.MapFS{
		{},
		{"manifest.json": {Data: []byte("{}")}},
		{"manifest.json": {Mode: fs.ModeNamedPipe}},
		{"manifest.json": {Data: []byte(`{"kind":"cutoff-bundle"}`)}},
	} {
		if _, _, err := Verify(folder, Site); !errors.Is(err, ErrForeign) {
			t.Errorf("%v: %v, want ErrForeign", folder, err)
		}
	}
	if _, _, err := verifyFolder(filepath.Join(t.TempDir(), "none"), Site); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

// An archive verifies like a folder, and damage in it is a difference.
func TestVerifyArchive(t *testing.T) {
	target := filepath.Join(t.TempDir(), "site")
	mustPublish(t, target, yesterday)
	var archive bytes.Buffer
	out := zip.NewWriter(&archive)
	for name, content := range tree(t, target) {
		part, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	verify := func(content []byte) []Difference {
		t.Helper()
		in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		_, differences, err := Verify(in, Site)
		if err != nil {
			t.Fatal(err)
		}
		return differences
	}
	if got := verify(archive.Bytes()); got != nil {
		t.Errorf("whole: %v", got)
	}
	damaged := bytes.Replace(archive.Bytes(), []byte("17 days"), []byte("99 days"), 1)
	if diff := cmp.Diff([]Difference{{"index.html", Changed}}, verify(damaged)); diff != "" {
		t.Errorf("damaged (-want +got):\n%s", diff)
	}
}
