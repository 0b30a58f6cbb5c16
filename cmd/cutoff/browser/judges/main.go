// Command judges checks the pages with programs of others: axe-core in Chromium
// (light, dark and on a phone), the Nu HTML checker, html-validate, and Lighthouse
// (accessibility and best practices). "make judges" installs them and runs it.
//
//	judges -tools DIR            judges every kind of page of fresh sites
//	judges -tools DIR FOLDER...  judges finished sites or folders of pages
//
// Every violation is printed; the exit status is 1 when there is one.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"example.org/cutoff/cmd/cutoff/browser"
)

func main() {
	tools := flag.String("tools", "bin/judges", "folder with the node_modules that package.json names")
	flag.Parse()
	violations, err := run(*tools, flag.Args())
	for _, violation := range violations {
		fmt.Println(violation)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "judges: stopped before all was judged: %v\n", err)
	} else if len(violations) > 0 {
		fmt.Fprintf(os.Stderr, "judges: %d violations\n", len(violations))
	}
	if err != nil || len(violations) > 0 {
		os.Exit(1)
	}
}

// run asks each judge about pages, given by absolute paths. A judge gives a line for
// each violation. The quick judges look at every page, the others at one of each
// kind.
func run(tools string, folders []string) ([]string, error) {
	tools, err := filepath.Abs(tools)
	if err != nil {
		return nil, err
	}
	var all, kinds []string
	if len(folders) == 0 {
		temporary, err := os.MkdirTemp("", "judges-")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(temporary)
		sites, err := browser.Build(temporary)
		if err != nil {
			return nil, err
		}
		folders = []string{sites.Sample, sites.Corners}
		for _, k := range sites.Kinds() {
			kinds = append(kinds, filepath.Join(k.Folder, filepath.FromSlash(k.Page)))
		}
	}
	for _, folder := range folders {
		folder, err := filepath.Abs(folder) // the judges work in folders of their own
		if err != nil {
			return nil, err
		}
		names, err := browser.Pages(folder)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			all = append(all, filepath.Join(folder, filepath.FromSlash(name)))
		}
	}
	if kinds == nil {
		kinds = oneOfEach(all)
	}
	var violations []string
	for _, j := range []struct {
		name  string
		pages []string
		judge func(tools string, pages []string) ([]string, error)
	}{
		{"Nu HTML checker", all, nu},
		{"html-validate", all, htmlValidate},
		{"axe-core", kinds, axe},
		{"Lighthouse", kinds, lighthouse},
	} {
		found, err := j.judge(tools, j.pages)
		violations = append(violations, found...)
		if err != nil {
			return violations, fmt.Errorf("%s: %w", j.name, err)
		}
		fmt.Printf("%s: %d pages, %d violations\n", j.name, len(j.pages), len(found))
	}
	return violations, nil
}

// oneOfEach takes every page beside an index.html, and of any other folder only the
// smallest and the largest, because its pages are alike.
func oneOfEach(pages []string) []string {
	alike := map[string][]string{}
	for _, p := range pages {
		alike[filepath.Dir(p)] = append(alike[filepath.Dir(p)], p)
	}
	var kinds []string
	for _, folder := range slices.Sorted(maps.Keys(alike)) {
		group := alike[folder]
		if !slices.Contains(group, filepath.Join(folder, "index.html")) {
			slices.SortStableFunc(group, func(a, b string) int { return cmp.Compare(size(a), size(b)) })
			group = slices.Compact([]string{group[0], group[len(group)-1]})
		}
		kinds = append(kinds, group...)
	}
	return kinds
}

func size(file string) int64 {
	stat, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return stat.Size()
}

// each asks a judge that looks at one page at a time.
func each(pages []string, judge func(page string) ([]string, error)) (violations []string, err error) {
	for _, p := range pages {
		found, err := judge(p)
		violations = append(violations, found...)
		if err != nil {
			return violations, fmt.Errorf("%s: %w", p, err)
		}
	}
	return violations, nil
}
