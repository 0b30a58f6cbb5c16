package main

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/site"
	"example.org/cutoff/generator/strictyaml"
)

// The sample's configuration is the file that people copy.
func TestConfigurationIsRead(t *testing.T) {
	text, err := os.ReadFile("../cutoff.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Parse("sample-data/cutoff.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	if c.AsOf.String() != asOf.Format("2006-01-02") {
		t.Errorf("as_of: found %s, want %s, the day that the sample is made for", c.AsOf, asOf.Format("2006-01-02"))
	}
}

// README.md has each key's row as the code words it, in the code's order.
func TestReadmeKeys(t *testing.T) {
	for heading, keys := range map[string][]strictyaml.Key{
		"Configuration keys": config.Keys(),
		"Policy keys":        policy.Keys(),
	} {
		t.Run(heading, func(t *testing.T) {
			var want []string
			for _, key := range keys {
				want = append(want, fmt.Sprintf("| `%s` | %s | %s | %s |", key.Path, key.Form, key.Default, strings.ReplaceAll(key.Meaning, "||", `\|\|`)))
			}
			if diff := cmp.Diff(want, tableRows(t, heading)); diff != "" {
				t.Errorf("rows differ (-code +README.md):\n%s", diff)
			}
		})
	}
}

// README.md has each placeholder that a text may use, and no other.
func TestReadmePlaceholders(t *testing.T) {
	var want []string
	facts := reflect.TypeFor[site.Facts]()
	for i := range facts.NumField() {
		if field := facts.Field(i); field.IsExported() {
			want = append(want, field.Name)
		}
	}
	for i := range facts.NumMethod() {
		want = append(want, facts.Method(i).Name)
	}
	var found []string
	for _, row := range tableRows(t, "Placeholders") {
		cell := strings.Split(row, "|")[1]
		for _, name := range placeholder.FindAllStringSubmatch(cell, -1) {
			found = append(found, name[1])
		}
	}
	slices.Sort(want)
	slices.Sort(found)
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("placeholders differ (-code +README.md):\n%s", diff)
	}
}

var placeholder = regexp.MustCompile("`\\.([A-Za-z]+)")

// README.md says of each special device what it shows and what is expected.
func TestReadmeSpecialDevices(t *testing.T) {
	var want []string
	for _, s := range specials {
		want = append(want, fmt.Sprintf("| `%s` | %s | %s |", s.name, s.situation, s.verdict))
	}
	if diff := cmp.Diff(want, tableRows(t, "Special devices")); diff != "" {
		t.Errorf("rows differ (-special.go +README.md):\n%s", diff)
	}
}

// README.md has a row for each canonical column, in the code's order, and every
// header text that is read as one.
func TestReadmeColumns(t *testing.T) {
	for heading, kind := range map[string]intake.Kind{
		"Report columns":     intake.Report,
		"Connection columns": intake.Connections,
		"Roster columns":     intake.Roster,
		"Waiver columns":     intake.Waivers,
	} {
		t.Run(heading, func(t *testing.T) {
			var found []string
			for _, row := range tableRows(t, heading) {
				found = append(found, strings.Trim(strings.Fields(row)[1], "`"))
			}
			if diff := cmp.Diff(column.Canonical(kind), found); diff != "" {
				t.Errorf("columns differ (-code +README.md):\n%s", diff)
			}
			texts := headerTexts(t, kind)
			var want []string
			for _, group := range column.Vocabulary(kind)[1:] {
				for _, h := range group.Words {
					want = append(want, h.Column+" "+h.Text)
				}
			}
			slices.Sort(want)
			if diff := cmp.Diff(slices.Compact(want), texts); diff != "" {
				t.Errorf("header texts differ (-code +README.md):\n%s", diff)
			}
		})
	}
}

var (
	textRow = regexp.MustCompile("^\\| (\\(not used\\)|[a-z_]+) \\| (`.*) \\|$")
	texts   = regexp.MustCompile("`([^`]+)`")
)

// headerTexts gives the header texts of a kind as README.md has them, each
// behind its column, sorted; the column of those that are not used is empty.
func headerTexts(t *testing.T, kind intake.Kind) []string {
	t.Helper()
	name := strings.ToUpper(string(kind)[:1]) + string(kind)[1:]
	if kind == intake.Report {
		name = "Reports"
	}
	_, section, found := strings.Cut(readme(t), "\n### "+name+"\n")
	if !found {
		t.Fatalf("found no heading %q in README.md, want one", name)
	}
	section, _, _ = strings.Cut(section, "\n#")
	var all []string
	for line := range strings.Lines(section) {
		row := textRow.FindStringSubmatch(strings.TrimSpace(line))
		if row == nil {
			continue
		}
		for _, text := range texts.FindAllStringSubmatch(row[2], -1) {
			all = append(all, strings.TrimPrefix(row[1], "(not used)")+" "+text[1])
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// README.md names each column of the exports.
func TestReadmeExportColumns(t *testing.T) {
	readme := readme(t)
	for _, column := range slices.Concat(statusColumns, listColumns) {
		if !strings.Contains(readme, "`"+column+"`") {
			t.Errorf("found no word about the column %s, want its name in backticks", column)
		}
	}
}

var keyRow = regexp.MustCompile("^\\| `[^|]+` \\|")

// tableRows gives the rows under a heading whose first cell is a key.
func tableRows(t *testing.T, heading string) []string {
	t.Helper()
	_, section, found := strings.Cut(readme(t), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("found no heading %q in README.md, want one", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var rows []string
	for line := range strings.Lines(section) {
		if keyRow.MatchString(line) {
			rows = append(rows, strings.TrimSpace(line))
		}
	}
	return rows
}

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}
