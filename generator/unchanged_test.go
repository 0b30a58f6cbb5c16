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
		"a template": {func(t *testing.T, run *Run) {
			frame, err := fs.ReadFile(templates.Files, "frame.html")
			if err != nil {
				t.Fatal(err)
			}
			run.Overrides = fstest.MapFS{"templates/frame.html": {Data: append(frame, '\n')}}
		}, renders},
		"workbooks off, then on": {func(t *testing.T, run *Run) {
			off := *run
			settings := *run.Config
			settings.Workbooks, off.Config = false, &settings
			build(t, &off)
		}, renders},
		"another folder":  {func(t *testing.T, run *Run) { run.Out = filepath.Join(t.TempDir(), "site") }, renders},
		"the memory gone": {func(t *testing.T, run *Run) { remove(t, run.Memory) }, !renders},
		"killed between the memory and the site": {func(t *testing.T, run *Run) {
			run.Inputs = reports("guid,version\n101,7.1\n")
			killed := *run
			killed.Out = filepath.Join(t.TempDir(), "site")
			build(t, &killed)
		}, renders},
		"a night after": {func(t *testing.T, run *Run) {
			later := *run
			later.AsOf, later.Out = run.AsOf.Add(1), filepath.Join(t.TempDir(), "site")
			build(t, &later)
		}, !renders},
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
		"the site gone": {func(t *testing.T, run *Run) { remove(t, run.Out) }, renders},
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

// An earlier day leaves the site as it is, and so the night of the site need not
// be made again unless it has changed for it: now there is a night before.
func TestUnchangedAfterEarlierDay(t *testing.T) {
	folder := t.TempDir()
	build(t, nightRun(t, folder))
	made := sums(t, filepath.Join(folder, "site"))
	earlier := nightRun(t, folder)
	earlier.AsOf = earlier.AsOf.Add(-1)
	if outcome, rendered := build(t, earlier); rendered || outcome.Newer.IsZero() || sums(t, earlier.Out) != made {
		t.Errorf("rendered %t, newer site of %s, want the newer site untouched", rendered, outcome.Newer)
	}
	if _, rendered := build(t, nightRun(t, folder)); !rendered {
		t.Error("found a site that knows no night before, want it made anew")
	}
}

// A site that says that it was forced is no other's, and the other way round.
func TestUnchangedWhenForced(t *testing.T) {
	folder := t.TempDir()
	first := nightRun(t, folder)
	first.AsOf = first.AsOf.Add(-1)
	build(t, first)
	build(t, nightRun(t, folder))
	forced := nightRun(t, folder)
	forced.Force = true
	if _, rendered := build(t, forced); rendered {
		t.Error("rendered with nothing to force, want the site left as it is")
	}
	remove(t, forced.Memory)
	if outcome, rendered := build(t, forced); !rendered || len(outcome.Forced) != 1 {
		t.Errorf("rendered %t, forced %q, want pages that say that the memory is gone", rendered, outcome.Forced)
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

func remove(t *testing.T, folder string) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
}
