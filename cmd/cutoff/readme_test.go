package main

import (
	stdcmp "cmp"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestContributingSaysWhyEachDependencyIsThere holds its table against go.mod. A
// library's page is named by its last path elements there.
func TestContributingSaysWhyEachDependencyIsThere(t *testing.T) {
	text, err := os.ReadFile("../../CONTRIBUTING.md")
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
			t.Errorf("CONTRIBUTING.md does not say why %s is there", module[1])
		}
	}
}

// TestArchitectureNamesEveryPackage holds the map against the module, both ways.
func TestArchitectureNamesEveryPackage(t *testing.T) {
	text, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	listed, err := exec.Command("go", "list", "../../...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string]bool{}
	for _, path := range strings.Fields(string(listed)) {
		packages[strings.TrimPrefix(path, "example.org/cutoff/")] = true
	}
	named := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]+`) \\|").FindAllStringSubmatch(string(text), -1) {
		for _, name := range strings.Split(row[1], ", ") {
			if name = strings.Trim(name, "`"); !strings.HasPrefix(name, "data-") {
				named[name] = true
			}
		}
	}
	if diff := cmp.Diff(packages, named); diff != "" {
		t.Errorf("packages (-module +ARCHITECTURE.md):\n%s", diff)
	}
}

// TestDocumentsNameFlagsThatExist holds the command lines of the documents against
// the grammar: a flag behind "cutoff COMMAND" is one of that command's.
func TestDocumentsNameFlagsThatExist(t *testing.T) {
	flags := map[string]map[string]bool{}
	for _, leaf := range newParser().Model.Leaves(true) {
		command := strings.Fields(strings.TrimPrefix(leaf.Path(), "cutoff "))[0]
		if flags[command] == nil {
			flags[command] = map[string]bool{}
		}
		for _, flag := range leaf.Flags {
			flags[command]["--"+flag.Name] = true
		}
	}
	line := regexp.MustCompile(`\bcutoff(?:\.exe)? ([a-z]+)((?: [^|&;#` + "`" + `\n]*)?)`)
	seen := 0
	for _, file := range []string{"README.md", "REFERENCE.md", "OPERATIONS.md"} {
		text, err := os.ReadFile("../../" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range line.FindAllStringSubmatch(string(text), -1) {
			known, command := flags[found[1]], found[1]
			for _, flag := range regexp.MustCompile(`--[a-z-]+`).FindAllString(found[2], -1) {
				if seen++; !known[flag] {
					t.Errorf("%s: cutoff %s has no flag %s", file, command, flag)
				}
			}
		}
	}
	if seen < 5 {
		t.Errorf("found %d flags in the documents' command lines, want more", seen)
	}
}
