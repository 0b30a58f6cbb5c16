package main

import (
	stdcmp "cmp"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

// TestReadmeNamesEveryFlag holds the README's tables of commands and flags
// against the grammar, both ways.
func TestReadmeNamesEveryFlag(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	var flags, commands []string
	parser := kong.Must(&cli{}, kong.Name("cutoff"))
	for _, leaf := range parser.Model.Leaves(true) {
		commands = append(commands, strings.Split(leaf.Path(), " <")[0])
		for _, flag := range leaf.Flags {
			if !flag.Hidden && flag.Name != "help" {
				flags = append(flags, flag.Name)
			}
		}
	}
	slices.Sort(flags)
	documented := firstCells(readme, regexp.MustCompile("(?m)^\\| `--([a-z-]+)"))
	if diff := cmp.Diff(slices.Compact(flags), documented); diff != "" {
		t.Errorf("flags (-program +README):\n%s", diff)
	}
	for _, command := range commands {
		if !strings.Contains(readme, "`cutoff "+strings.TrimPrefix(command, "cutoff ")) {
			t.Errorf("the README's table has no command %q", command)
		}
	}
}

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

// firstCells gives what a pattern finds, each once, in order.
func firstCells(text string, pattern *regexp.Regexp) []string {
	var found []string
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	slices.Sort(found)
	return slices.Compact(found)
}
