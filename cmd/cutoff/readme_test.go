package main

import (
	stdcmp "cmp"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeSaysWhyEachDependencyIsThere holds the README against go.mod. A
// library's page is named by its last path elements there.
func TestReadmeSaysWhyEachDependencyIsThere(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	modules, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	direct := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(modules), -1)
	if len(direct) < 10 {
		t.Fatalf("found %d direct dependencies in go.mod, want them all", len(direct))
	}
	elsewhere := map[string]string{"go.yaml.in/yaml/v4": "github.com/yaml/go-yaml"}
	version := regexp.MustCompile(`/v[0-9]+$`)
	for _, module := range direct {
		page := version.ReplaceAllString(stdcmp.Or(elsewhere[module[1]], module[1]), "")
		if !strings.Contains(string(text), page) {
			t.Errorf("the README does not say why %s is there", module[1])
		}
	}
}
