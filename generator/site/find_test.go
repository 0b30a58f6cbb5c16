package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// findIndex is the index as the script has it once everything is loaded.
type findIndex struct {
	Keys, Actions, Departments []string
	parts                      [][][]any
}

func readIndex(t *testing.T, out *folder) findIndex {
	t.Helper()
	var index findIndex
	argument := func(name, call string) []byte {
		text, ok := strings.CutPrefix(string(out.files[name]), call)
		if !ok {
			t.Fatalf("%s: found %.60q, want a call of %s", name, text, call)
		}
		return []byte(strings.TrimSuffix(text, ");\n"))
	}
	if err := json.Unmarshal(argument("static/find/directory.js", "cutoffFind.directory("), &index); err != nil {
		t.Fatal(err)
	}
	for i := range index.Keys {
		var part [][]any
		if err := json.Unmarshal(argument(fmt.Sprintf("static/find/%04d.js", i), fmt.Sprintf("cutoffFind.part(%d,", i)), &part); err != nil {
			t.Fatal(err)
		}
		index.parts = append(index.parts, part)
	}
	return index
}

// lookUp finds the devices whose name begins so, as find.js does.
func (x findIndex) lookUp(prefix string) map[int][]any {
	prefix = foldKey(prefix)
	found := map[int][]any{}
	from := max(0, sort.SearchStrings(x.Keys, prefix)-1)
	for i := from; i < len(x.Keys) && (x.Keys[i] <= prefix || strings.HasPrefix(x.Keys[i], prefix)); i++ {
		for _, row := range x.parts[i] {
			key := strings.ToLower(row[1].(string))
			if len(row) > 8 {
				key = row[8].(string)
			}
			if strings.HasPrefix(key, prefix) {
				found[int(row[3].(float64))] = row
			}
		}
	}
	return found
}

func TestFind(t *testing.T) {
	in := made{devices: 4_000, departments: 12}.input(t)
	index := readIndex(t, render(t, in))
	if len(index.Keys) < 3 || !slices.IsSorted(index.Keys) {
		t.Fatalf("found %d parts, want several in order", len(index.Keys))
	}
	for i, d := range in.Fleet.Devices {
		for _, name := range []string{d.Name, strings.ToLower(d.Name), d.Hostname, in.Config.Privacy.User(d.Username), d.Name[:len(d.Name)-1]} {
			row, ok := index.lookUp(name)[i]
			if !ok {
				t.Fatalf("%q does not find device %d", name, i)
			}
			checkAnswer(t, in, index, d, row)
		}
	}
	if found := index.lookUp("no such name"); len(found) > 0 {
		t.Errorf("a name that nobody has finds %d devices", len(found))
	}
}

func checkAnswer(t *testing.T, in Input, index findIndex, d *fleet.Assessed, row []any) {
	t.Helper()
	department := int(row[5].(float64))
	got := []string{
		string(policy.Verdicts()[int(row[4].(float64))]),
		index.Departments[2*department],
		index.Actions[int(row[6].(float64))],
		fmt.Sprint(len(row) > 7 && row[7].(float64) == 1),
	}
	want := []string{string(d.Verdict), d.Department, d.Action, fmt.Sprint(d.Waiver != nil)}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: found %q, want %q", d.Name, got, want)
	}
	slug := index.Departments[2*department+1]
	if !slices.ContainsFunc(in.Fleet.Departments, func(x *fleet.Department) bool { return x.Slug == slug && x.Name == d.Department }) {
		t.Fatalf("%s: found the page %q of another department", d.Name, slug)
	}
}

// Names that nobody should have are found all the same, and do no harm.
func TestFindHostileNames(t *testing.T) {
	for _, site := range many(t) {
		if site.name != "hostile" {
			continue
		}
		index := readIndex(t, site.out)
		for i, d := range site.input.Fleet.Devices {
			if key := foldKey(d.Name); key != "" {
				if _, ok := index.lookUp(d.Name)[i]; !ok {
					t.Errorf("%q does not find its device", d.Name)
				}
			}
		}
		for name, content := range site.out.files {
			if strings.HasPrefix(name, "static/find/") && strings.ContainsAny(string(content), "<>&'\u2028\u2029\u202e\u200b") {
				t.Errorf("%s holds a character that ends a string, a script or a line", name)
			}
		}
	}
}

func TestFindLeftOut(t *testing.T) {
	out := render(t, made{devices: 20, departments: 2, configure: func(c *config.Config) { c.Privacy.FleetFiles = false }}.input(t))
	if page := string(out.files["find.html"]); !strings.Contains(page, "The list of all devices is not published on this site.") || strings.Contains(page, "find.js") {
		t.Error("find.html does not say that there is no search")
	}
}
