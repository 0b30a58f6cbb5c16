package main

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/strictyaml"
)

const referenceFile = "../../REFERENCE.md"

func reference(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// The tables of REFERENCE.md that say what code says are written by the code.
func TestReferenceTables(t *testing.T) {
	text := reference(t)
	tables := map[string]string{
		"flags":                       flagTable(),
		"configuration keys":          keyTable(config.Keys()),
		"policy keys":                 keyTable(policy.Keys()),
		"header texts of a report":    headerTables(column.Report),
		"header texts of connections": headerTables(column.Connections),
		"header texts of a roster":    headerTables(column.Roster),
		"header texts of waivers":     headerTables(column.Waivers),
	}
	marked := regexp.MustCompile(`(?s)(<!-- table: ([a-z ]+) -->\n).*?(<!-- end -->)`)
	var found []string
	want := marked.ReplaceAllStringFunc(text, func(section string) string {
		parts := marked.FindStringSubmatch(section)
		found = append(found, parts[2])
		return parts[1] + tables[parts[2]] + parts[3]
	})
	if diff := cmp.Diff(slices.Sorted(maps.Keys(tables)), slices.Sorted(slices.Values(found))); diff != "" {
		t.Fatalf("marks differ (-code +REFERENCE.md):\n%s", diff)
	}
	if *update {
		if err := os.WriteFile(referenceFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("REFERENCE.md differs from the code, make update writes it anew (-code +REFERENCE.md):\n%s", diff)
	}
}

// cell is a text in a table of Markdown.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// keyTable has a row for each key, in the code's order.
func keyTable(keys []strictyaml.Key) string {
	var table strings.Builder
	table.WriteString("| key | form | default | meaning |\n|---|---|---|---|\n")
	for _, key := range keys {
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", key.Path, cell(key.Form), cell(key.Default), cell(key.Meaning))
	}
	return table.String()
}

// flagTable has a row for each flag with one meaning, and the commands that
// have it.
func flagTable() string {
	type row struct{ flag, help string }
	commands := make(map[row][]string)
	for _, leaf := range newParser().Model.Leaves(true) {
		for _, flag := range leaf.Flags {
			if flag.Hidden || flag.Name == "help" {
				continue
			}
			r := row{flagForm(flag), flag.Help}
			commands[r] = append(commands[r], commandName(leaf))
		}
	}
	rows := make([]string, 0, len(commands))
	for r, of := range commands {
		rows = append(rows, fmt.Sprintf("| `%s` | %s | %s |\n", cell(r.flag), strings.Join(of, ", "), cell(r.help)))
	}
	slices.Sort(rows)
	return "| flag | of | meaning |\n|---|---|---|\n" + strings.Join(rows, "")
}

// headerTables has a table for each place that header texts come from, the
// program's own names aside.
func headerTables(kind column.Kind) string {
	var text strings.Builder
	for _, group := range column.Vocabulary(kind)[1:] {
		fmt.Fprintf(&text, "\nFrom %s:\n\n| read as | header texts |\n|---|---|\n", group.Source)
		words := make(map[string][]string)
		for _, word := range group.Words {
			shown := "`" + word.Text + "`"
			if word.Fallback {
				shown += " *else*"
			}
			if word.Perhaps {
				shown += " *perhaps*"
			}
			words[word.Column] = append(words[word.Column], shown)
		}
		for _, name := range append(column.Canonical(kind), "") {
			if texts := words[name]; texts != nil {
				if name == "" {
					name = "(not used)"
				}
				fmt.Fprintf(&text, "| %s | %s |\n", name, cell(strings.Join(texts, ", ")))
			}
		}
	}
	return text.String() + "\n"
}

// REFERENCE.md has a row for each canonical column, in the code's order.
func TestReferenceColumns(t *testing.T) {
	for heading, kind := range map[string]column.Kind{
		"Report columns":     column.Report,
		"Connection columns": column.Connections,
		"Roster columns":     column.Roster,
		"Waiver columns":     column.Waivers,
	} {
		t.Run(heading, func(t *testing.T) {
			var found []string
			for _, row := range tableRows(t, heading) {
				found = append(found, strings.Trim(strings.Fields(row)[1], "`"))
			}
			if diff := cmp.Diff(column.Canonical(kind), found); diff != "" {
				t.Errorf("columns differ (-code +REFERENCE.md):\n%s", diff)
			}
		})
	}
}

// REFERENCE.md has each placeholder that a text may use, and no other.
func TestReferencePlaceholders(t *testing.T) {
	var want, found []string
	facts := reflect.TypeFor[prose.Facts]()
	for i := range facts.NumField() {
		if field := facts.Field(i); field.IsExported() {
			want = append(want, field.Name)
		}
	}
	for i := range facts.NumMethod() {
		want = append(want, facts.Method(i).Name)
	}
	placeholder := regexp.MustCompile("`\\.([A-Za-z]+)")
	for _, row := range tableRows(t, "Placeholders") {
		for _, name := range placeholder.FindAllStringSubmatch(strings.Split(row, "|")[1], -1) {
			found = append(found, name[1])
		}
	}
	slices.Sort(want)
	slices.Sort(found)
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("placeholders differ (-code +REFERENCE.md):\n%s", diff)
	}
}

// TestReferenceNamesEveryCommand holds the table of commands against the grammar.
func TestReferenceNamesEveryCommand(t *testing.T) {
	text := reference(t)
	for _, leaf := range newParser().Model.Leaves(true) {
		command := strings.Split(leaf.Path(), " <")[0]
		if !strings.Contains(text, "`cutoff "+strings.TrimPrefix(command, "cutoff ")) {
			t.Errorf("REFERENCE.md's table has no command %q", command)
		}
	}
}

// tableRows gives the rows under a heading whose first cell is a key.
func tableRows(t *testing.T, heading string) []string {
	t.Helper()
	_, section, found := strings.Cut(reference(t), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("found no heading %q in REFERENCE.md, want one", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	return regexp.MustCompile("(?m)^\\| `[^|]+` \\|.*$").FindAllString(section, -1)
}
