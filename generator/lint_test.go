package generator_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/templates"
)

// TestEverythingLintsClean looks at every policy of the repository with its
// texts, and at the texts for any policy in the light of each of them.
func TestEverythingLintsClean(t *testing.T) {
	var policies []*policy.Policy
	for _, name := range policy.BuiltIn() {
		p, err := policy.Named(name)
		if err != nil {
			t.Fatal(err)
		}
		policies = append(policies, p)
	}
	files, err := filepath.Glob("../sample-data/policies/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d policies of the sample (%v), want one or more", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := policy.Parse(filepath.ToSlash(file), text)
		if err != nil {
			t.Fatal(err)
		}
		policies = append(policies, p)
	}
	anyPolicy, err := fs.Sub(templates.Files, "content/default")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range policies {
		run := &generator.Run{Config: config.Default(), Policy: p}
		if p.Content != "" {
			run.Texts = os.DirFS(filepath.Join(filepath.Dir(p.File), p.Content))
		}
		lint(t, run)
		lint(t, &generator.Run{Config: config.Default(), Policy: p, Texts: anyPolicy})
	}

	folders, err := fs.ReadDir(templates.Files, "content")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if !slices.Contains(policy.BuiltIn(), folder.Name()) && folder.Name() != "default" {
			t.Errorf("templates/content/%s: found texts of no policy that comes with the program", folder.Name())
		}
	}
}

func lint(t *testing.T, run *generator.Run) {
	t.Helper()
	problems, err := generator.Lint(run)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", run.Policy.ID, p)
	}
}
