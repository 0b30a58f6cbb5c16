package browser

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.org/cutoff/generator/fixture"
)

// Budgets, in bytes: no page above 500 KB; the index below 150 KB with 400
// departments; a part of the search index small enough to come while one types;
// a department's own file below 5 MB.
const (
	pageBudget  = 500_000
	indexBudget = 150_000
	partBudget  = 100_000
	aloneBudget = 5_000_000
)

// No page is too large, however long its names are, and every row of a list that
// was split is on exactly one of its pages.
func TestPagesKeepTheirBudget(t *testing.T) {
	everySite(t, func(t *testing.T, folder string, pages map[string]*document) {
		listed := make(map[string][]string) // list -> GUIDs on its pages
		for _, name := range sortedNames(pages) {
			d := pages[name]
			budget := pageBudget
			if d.alone() {
				budget = aloneBudget
			}
			if d.size > budget {
				t.Errorf("%s: found %d bytes, want at most %d", name, d.size, budget)
			}
			for _, n := range d.elements {
				if href := fixture.Attribute(n, "href"); n.Data == "a" && strings.HasSuffix(href, "-guids.txt") {
					listed[href] = append(listed[href], guidsOn(d)...)
				}
			}
		}
		for href, got := range listed {
			text, err := os.ReadFile(filepath.Join(folder, "departments", filepath.FromSlash(href)))
			if err != nil {
				t.Error(err)
				continue
			}
			want := strings.Fields(string(text))
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s (-list +rows of all pages):\n%s", href, diff)
			}
		}
	})
	if pages, err := Pages(sites.Corners); err != nil || !slices.Contains(pages, "departments/wide-2.html") {
		t.Errorf("the list of long names stands on one page, want it parted by its size (%v)", err)
	}
}

func guidsOn(d *document) []string {
	var guids []string
	for _, n := range d.elements {
		if guid := fixture.Attribute(n, "data-guid"); guid != "" {
			guids = append(guids, guid)
		}
	}
	return guids
}

// The index of a fleet with 400 departments is small enough for a phone.
func TestIndexKeepsItsBudget(t *testing.T) {
	folder := sites.Corners
	index := pagesOf(t, folder)["index.html"]
	rows := 0
	for _, n := range index.named("a") {
		if strings.HasPrefix(fixture.Attribute(n, "href"), "departments/") {
			rows++
		}
	}
	if rows < cornerDepartments {
		t.Errorf("index.html: found %d links to departments, want %d at least", rows, cornerDepartments)
	}
	if index.size > indexBudget {
		t.Errorf("index.html: found %d bytes, want at most %d", index.size, indexBudget)
	}
}

// One part of the search index is loaded for an answer.
func TestFindPartsAreSmall(t *testing.T) {
	everySite(t, func(t *testing.T, folder string, _ map[string]*document) {
		parts, err := filepath.Glob(filepath.Join(strings.ReplaceAll(folder, "[", "\\["), "static", "find", "*.js"))
		if err != nil || len(parts) == 0 {
			t.Fatalf("found no part of the index: %v", err)
		}
		for _, part := range parts {
			stat, err := os.Stat(part)
			if err != nil {
				t.Fatal(err)
			}
			if stat.Size() > partBudget {
				t.Errorf("%s: found %d bytes, want at most %d", filepath.Base(part), stat.Size(), partBudget)
			}
		}
	})
}
