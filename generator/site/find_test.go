package site

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"
	"unicode/utf16"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// loadedIndex is the index as the script has it once every part is loaded.
type loadedIndex struct {
	Keys, Steps, Departments []string
	Devices                  []int
	keys                     []string // of all parts, in full
	numbers                  []int
	devices                  [][]any
}

func readIndex(t *testing.T, out *folder) loadedIndex {
	t.Helper()
	var index loadedIndex
	read := func(name, call string, into any) {
		text, ok := strings.CutPrefix(string(out.files[name]), call)
		if !ok {
			t.Fatalf("%s: found %.60q, want a call of %s", name, text, call)
		}
		if err := json.Unmarshal([]byte(strings.TrimSuffix(text, ");\n")), into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	read("static/find/directory.js", "cutoffFind.directory(", &index)
	for i, first := range index.Keys {
		var rows []any
		read(fmt.Sprintf("static/find/keys-%04d.js", i), fmt.Sprintf(`cutoffFind.part("keys",%d,`, i), &rows)
		key := ""
		for at := 0; at < len(rows); at += 3 {
			key = string(utf16.Decode(utf16.Encode([]rune(key))[:int(rows[at].(float64))])) + rows[at+1].(string)
			if at == 0 && key != first {
				t.Errorf("part %d begins with %q, the directory says %q", i, key, first)
			}
			index.keys = append(index.keys, key)
			index.numbers = append(index.numbers, int(rows[at+2].(float64)))
		}
	}
	for i, first := range index.Devices {
		if first != len(index.devices) {
			t.Errorf("part %d of the devices begins with %d, the directory says %d", i, len(index.devices), first)
		}
		var rows [][]any
		read(fmt.Sprintf("static/find/devices-%04d.js", i), fmt.Sprintf(`cutoffFind.part("devices",%d,`, i), &rows)
		index.devices = append(index.devices, rows...)
	}
	return index
}

// lookUp gives the names of the devices with a word that begins like this, as
// find.js would find them.
func (x loadedIndex) lookUp(typed string) map[string]bool {
	prefix := string(appendFolded(nil, typed))
	found := map[string]bool{}
	for i := sort.SearchStrings(x.keys, prefix); i < len(x.keys) && strings.HasPrefix(x.keys[i], prefix); i++ {
		found[x.devices[x.numbers[i]][0].(string)] = true
	}
	return found
}

func TestFind(t *testing.T) {
	in := made{devices: 4_000, departments: 12}.input(t)
	index := readIndex(t, render(t, in))
	if len(index.Keys) < 2 || len(index.Devices) < 2 || !slices.IsSorted(index.keys) {
		t.Fatalf("found %d parts of keys and %d of devices, want several, the keys in order", len(index.Keys), len(index.Devices))
	}
	for _, d := range in.Fleet.Devices {
		words := strings.FieldsFunc(d.Name, func(r rune) bool { return strings.ContainsRune("-._\\ ", r) })
		for _, typed := range []string{d.Name, strings.ToLower(d.Name), d.Hostname, in.Config.Privacy.User(d.Username), d.Name[:len(d.Name)-1], words[len(words)-1]} {
			if !index.lookUp(typed)[prose.Shown(d.Name)] {
				t.Fatalf("%q does not find device %q", typed, d.Name)
			}
		}
	}
	if found := index.lookUp("no such name"); len(found) > 0 {
		t.Errorf("a name that nobody has finds %d devices", len(found))
	}
	if len(index.devices) != len(in.Fleet.Devices) {
		t.Fatalf("found %d devices, want %d", len(index.devices), len(in.Fleet.Devices))
	}
	rows := map[string][]any{}
	for _, row := range index.devices {
		rows[row[0].(string)] = row
	}
	for _, department := range in.Fleet.Departments {
		for _, d := range department.Devices {
			checkAnswer(t, in, index, department, d, rows[prose.Shown(d.Name)])
		}
	}
}

func checkAnswer(t *testing.T, in Input, index loadedIndex, department *fleet.Department, d *fleet.Assessed, row []any) {
	t.Helper()
	number := func(i int) int { return int(row[i].(float64)) }
	got := []string{
		row[0].(string), row[1].(string), string(policy.Verdicts()[number(2)]),
		index.Departments[2*number(3)], index.Departments[2*number(3)+1], fmt.Sprint(number(5)),
	}
	mark := map[fleet.Turn]string{fleet.Exempt: "1", fleet.Replaced: "2"}[d.Turn()]
	want := []string{prose.Shown(d.Name), prose.Shown(in.Config.Privacy.User(d.Username)), string(d.Verdict), prose.Shown(department.Name), department.Slug, cmp.Or(mark, "0")}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: found %q, want %q", d.Name, got, want)
	}
	yours, its := index.Steps[2*number(4)], index.Steps[2*number(4)+1]
	if todo := d.Verdict.Affected() || d.Verdict == policy.Check; yours == "" || todo != (its != "Nothing." && d.Verdict != policy.VerifyPort && d.Verdict != policy.UpgradeRecommended) {
		t.Fatalf("%s (%s): found the steps %q and %q", d.Name, d.Verdict, yours, its)
	}
}

func TestFoldName(t *testing.T) {
	for name, want := range map[string]string{
		"QM-FIN-043":        "qm fin 043",
		"ana.castro":        "ana castro",
		`DOMAIN\ana_castro`: "domain ana castro",
		" -- a  b..":        "a b",
		"Büro\u200b-ΟΔΟΣ":   "büro οδοσ",
		"a\u00a0b":          "a b",
		"a\u2028b\tc":       "abc",
		"-._\\ ":            "",
		"":                  "",
	} {
		if got := string(appendFolded(nil, name)); got != want {
			t.Errorf("%q: found %q, want %q", name, got, want)
		}
	}
}

// A key shares its beginning with the key before it, counted in UTF-16 units.
func TestSharedBeginning(t *testing.T) {
	for _, c := range []struct {
		a, b         string
		units, bytes int
	}{
		{"", "a", 0, 0}, {"ab", "abc", 2, 2}, {"abc", "ab", 2, 2}, {"büro", "bürä", 3, 4}, {"ä", "ö", 0, 0}, {"🙂a", "🙂b", 2, 4}, {"🙂", "🙃", 0, 0}, {"abc", "abc", 3, 3},
	} {
		if units, bytes := shared([]byte(c.a), []byte(c.b)); units != c.units || bytes != c.bytes {
			t.Errorf("%q and %q: found %d units, %d bytes, want %d, %d", c.a, c.b, units, bytes, c.units, c.bytes)
		}
	}
}

// Names that nobody should have are still found, and do no harm.
func TestFindHostileNames(t *testing.T) {
	for _, site := range many(t) {
		if site.name != "hostile" {
			continue
		}
		index := readIndex(t, site.out)
		for _, d := range site.input.Fleet.Devices {
			if key := string(appendFolded(nil, d.Name)); key != "" {
				if !index.lookUp(d.Name)[prose.Shown(d.Name)] {
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
