package bundle_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/cutoff/generator/bundle"
	"example.org/cutoff/generator/finished"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
)

func glob(t *testing.T, parts ...string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// A folder that is not a finished site, or was changed since, gives an error that
// says what is wrong, and no bundle.
func TestSitesThatAreRefused(t *testing.T) {
	tests := []struct {
		name   string
		damage func(t *testing.T, site string)
		want   string
	}{
		{"no folder", func(t *testing.T, site string) { must(t, os.RemoveAll(site)) }, "no folder that can be read"},
		{"a file", func(t *testing.T, site string) {
			must(t, os.RemoveAll(site))
			must(t, os.WriteFile(site, nil, 0o600))
		}, "no folder that can be read"},
		{"no manifest", func(t *testing.T, site string) { must(t, os.Remove(filepath.Join(site, "manifest.json"))) }, "found no manifest.json, want a finished cutoff site"},
		{"a page changed", func(t *testing.T, site string) {
			must(t, os.WriteFile(filepath.Join(site, "faq.html"), []byte("all is well"), 0o600))
		}, "faq.html: changed"},
		{"a page missing", func(t *testing.T, site string) {
			must(t, os.Remove(filepath.Join(site, "departments", "willow.html")))
		}, "departments/willow.html: missing"},
		{"a file more", func(t *testing.T, site string) {
			must(t, os.WriteFile(filepath.Join(site, "notes.txt"), nil, 0o600))
		}, "notes.txt: extra"},
		{"names that are one on Windows", func(t *testing.T, site string) {
			must(t, os.WriteFile(filepath.Join(site, "FAQ.html"), nil, 0o600))
			relist(t, site, publish.File{Name: "FAQ.html", SHA256: emptySum})
		}, `found the name "faq.html" beside "FAQ.html", want names that differ in more than case`},
		{"a name that turns the direction", func(t *testing.T, site string) {
			must(t, os.WriteFile(filepath.Join(site, "a\u202eb"), nil, 0o600))
			relist(t, site, publish.File{Name: "a\u202eb", SHA256: emptySum})
		}, `want one without the character '\u202e'`},
		{"a name that Windows cannot hold", func(t *testing.T, site string) {
			must(t, os.WriteFile(filepath.Join(site, "data", "aux.csv"), nil, 0o600))
			relist(t, site, publish.File{Name: "data/aux.csv", SHA256: emptySum})
		}, "want one without a name that Windows keeps for a device"},
		{"a checksum changed", func(t *testing.T, site string) {
			must(t, os.WriteFile(filepath.Join(site, "SHA256SUMS"), nil, 0o600))
		}, "SHA256SUMS: changed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			site := grove(t, nil)
			test.damage(t, site)
			run := newRun(t, site)
			_, err := bundle.Build(run)
			var refused *finished.Unusable
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("found %v, want %q", err, test.want)
			}
			if _, err := os.Stat(run.Out); err == nil {
				t.Error("found an output folder, want none")
			}
		})
	}
}

const emptySum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// relist adds a file to a site's manifest, as somebody might who makes one up.
func relist(t *testing.T, site string, file publish.File) {
	t.Helper()
	m, err := publish.UnmarshalManifest(read(t, site, publish.ManifestName), publish.Site)
	must(t, err)
	m.Files = append(m.Files, file)
	text, sums, err := publish.MarshalManifest(m)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(site, publish.ManifestName), text, 0o600))
	must(t, os.WriteFile(filepath.Join(site, publish.SumsName), sums, 0o600))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Somebody else's folder, a site, and a bundle with somebody's file in it are
// left as they are.
func TestOutputThatIsRefused(t *testing.T) {
	site := grove(t, nil)
	foreign := t.TempDir()
	must(t, os.WriteFile(filepath.Join(foreign, "thesis.txt"), []byte("years of work"), 0o600))
	other := grove(t, nil)
	bundled := newRun(t, site)
	mustBundle(t, bundled)
	must(t, os.WriteFile(filepath.Join(bundled.Out, "notes.txt"), nil, 0o600))
	for name, out := range map[string]string{"foreign": foreign, "a site": other, "a bundle with notes": bundled.Out} {
		t.Run(name, func(t *testing.T) {
			run := newRun(t, site)
			run.Out = out
			before := glob(t, out, "*")
			if _, err := bundle.Build(run); !errors.Is(err, publish.ErrForeign) {
				t.Errorf("found %v, want a refusal", err)
			}
			if after := glob(t, out, "*"); len(after) != len(before) {
				t.Errorf("found %d files, want %d", len(after), len(before))
			}
		})
	}
}

func TestUnknownProfile(t *testing.T) {
	run := newRun(t, grove(t, nil))
	run.Profiles = []string{"gmial"}
	_, err := bundle.Build(run)
	var faults problem.List
	if !errors.As(err, &faults) || !strings.Contains(err.Error(), `found "gmial", want one of gmail, m365, servicenow, jira`) {
		t.Errorf("found %v", err)
	}
}
