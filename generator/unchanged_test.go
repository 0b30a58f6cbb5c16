package generator

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/templates"
)

// A night that is run again is not rendered again, unless anything that decides
// the site differs, or the site is not as it was made.
func TestUnchangedNight(t *testing.T) {
	const renders = true
	for name, c := range map[string]struct {
		change func(t *testing.T, run *Run)
		want   bool
	}{
		"nothing":       {func(*testing.T, *Run) {}, !renders},
		"another place": {func(_ *testing.T, run *Run) { run.Config.File, run.Config.Dir = "elsewhere/cutoff.yaml", "elsewhere" }, !renders},
		"the day":       {func(_ *testing.T, run *Run) { run.AsOf = run.AsOf.Add(1) }, renders},
		"an input":      {func(_ *testing.T, run *Run) { run.Inputs = reports("guid,version\n101,7.1\n") }, renders},
		"an input's name": {func(_ *testing.T, run *Run) {
			run.Inputs[0].Path = "other.csv"
		}, renders},
		"a key":              {func(_ *testing.T, run *Run) { run.Config.Workbooks = false }, renders},
		"the configuration":  {func(_ *testing.T, run *Run) { run.Config.Text = []byte("# nothing\n") }, renders},
		"the policy":         {func(_ *testing.T, run *Run) { run.Policy.Text = append(run.Policy.Text, "# more\n"...) }, renders},
		"the version":        {func(_ *testing.T, run *Run) { run.Tool.Version = "v2.0.0" }, renders},
		"the program":        {func(_ *testing.T, run *Run) { run.Build = "another" }, renders},
		"an unknown program": {func(_ *testing.T, run *Run) { run.Build = "" }, renders},
		"the logo":           {func(_ *testing.T, run *Run) { run.Logo = []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"/>") }, renders},
		"a text": {func(t *testing.T, run *Run) {
			run.Texts = fstest.MapFS{"announcement.md": file(t, "announcement.md"), "faq.md": {Data: append(file(t, "faq.md").Data, "\n## More?\n\nMore.\n"...)}}
		}, renders},
		"a style": {func(_ *testing.T, run *Run) {
			run.Overrides = fstest.MapFS{"static/css/own.css": {Data: []byte(".own { color: red; }\n")}}
		}, renders},
		"no memory": {func(_ *testing.T, run *Run) { run.Memory = "" }, renders},
		"a night before": {func(t *testing.T, run *Run) {
			earlier := *run
			earlier.AsOf, earlier.Out = run.AsOf.Add(-1), filepath.Join(t.TempDir(), "site")
			build(t, &earlier)
		}, renders},
		"a page by hand": {func(t *testing.T, run *Run) {
			if err := os.WriteFile(filepath.Join(run.Out, "faq.html"), []byte("changed"), 0o644); err != nil {
				t.Fatal(err)
			}
		}, renders},
		"a page gone": {func(t *testing.T, run *Run) {
			if err := os.Remove(filepath.Join(run.Out, "faq.html")); err != nil {
				t.Fatal(err)
			}
		}, renders},
		"the site gone": {func(t *testing.T, run *Run) {
			if err := os.RemoveAll(run.Out); err != nil {
				t.Fatal(err)
			}
		}, renders},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			first, _ := build(t, nightRun(t, folder))
			run := nightRun(t, folder)
			c.change(t, run)
			second, rendered := build(t, run)
			if rendered != c.want {
				t.Errorf("rendered %t, want %t", rendered, c.want)
			}
			if !rendered && (!second.Published.Untouched || second.Published.Path != first.Published.Path) {
				t.Errorf("found %+v, want what the first run published, untouched: %+v", second.Published, first.Published)
			}
			// A site made from nothing at all has the same bytes.
			anew := *run
			anew.Out = filepath.Join(t.TempDir(), "site")
			build(t, &anew)
			if _, differences, err := publish.Verify(os.DirFS(run.Out), publish.Site); err != nil || len(differences) > 0 {
				t.Errorf("found error %v and differences %v, want a site as its manifest says", err, differences)
			}
			kept, made := sums(t, run.Out), sums(t, anew.Out)
			if kept != made {
				t.Errorf("found other bytes than those of a new site:\n%s\nwant:\n%s", kept, made)
			}
		})
	}
}

// nightRun is a run of one night, below a folder.
func nightRun(t *testing.T, folder string) *Run {
	t.Helper()
	rules, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	rules.Text = slices.Clone(rules.Text)
	settings := config.Default()
	settings.File, settings.Dir = "cutoff.yaml", "."
	return &Run{
		Config: settings, Policy: rules, AsOf: calendar.New(2020, 1, 15), Inputs: reports("guid,version\n101,7.0\n102,5.3\n"),
		Tool: publish.Tool{Name: "cutoff", Version: "v1.0.0"}, Build: "v1.0.0", Out: filepath.Join(folder, "site"), Memory: filepath.Join(folder, "memory"),
	}
}

func reports(text string) []intake.Input {
	return []intake.Input{{Path: "devices.csv", Kind: intake.Report, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}}
}

func file(t *testing.T, name string) *fstest.MapFile {
	t.Helper()
	text, err := fs.ReadFile(templates.Files, "content/code42-port-4282/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: text}
}

// build runs a night, and says whether it rendered.
func build(t *testing.T, run *Run) (*Outcome, bool) {
	t.Helper()
	rendered := false
	run.Progress = func(step string) { rendered = rendered || step == "rendering the site" }
	outcome, err := Build(run)
	if err != nil {
		t.Fatal(err)
	}
	return outcome, rendered
}

func sums(t *testing.T, folder string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, publish.SumsName))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
