// Command judges lets programs that others wrote judge the pages: axe-core in
// Chromium (light, dark and on a phone), the Nu HTML checker, html-validate,
// and Lighthouse (accessibility and best practices). "make judges" installs
// them and runs it.
//
//	judges -tools DIR            judges every kind of page of fresh sites
//	judges -tools DIR FOLDER...  judges finished sites or folders of pages
//
// Every violation is printed; the exit status is 1 when there is one.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

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

// judge looks at pages and says what is wrong with them, one line each.
type judge struct {
	name string
	// all is whether it looks at every page, or only at one of each kind.
	all   bool
	judge func(tools string, pages []page) ([]string, error)
}

// page is a page to be judged, by its file.
type page struct{ folder, name string }

func (p page) file() string { return filepath.Join(p.folder, filepath.FromSlash(p.name)) }

// run asks each judge in turn.
func run(tools string, folders []string) ([]string, error) {
	tools, err := filepath.Abs(tools)
	if err != nil {
		return nil, err
	}
	all, kinds, remove, err := pages(folders)
	if err != nil {
		return nil, err
	}
	defer remove()
	var violations []string
	for _, j := range []judge{
		{"Nu HTML checker", true, nu},
		{"html-validate", true, htmlValidate},
		{"axe-core", false, axe},
		{"Lighthouse", false, lighthouse},
	} {
		judged := kinds
		if j.all {
			judged = all
		}
		found, err := j.judge(tools, judged)
		if err != nil {
			return violations, fmt.Errorf("%s: %w", j.name, err)
		}
		fmt.Printf("%s: %d pages, %d violations\n", j.name, len(judged), len(found))
		violations = append(violations, found...)
	}
	return violations, nil
}

// pages gives all pages, and one of each kind. Without folders they are those
// of sites that are built for this and removed at the end.
func pages(folders []string) (all, kinds []page, remove func(), err error) {
	remove = func() {}
	if len(folders) == 0 {
		temporary, err := os.MkdirTemp("", "judges-")
		if err != nil {
			return nil, nil, nil, err
		}
		remove = func() { os.RemoveAll(temporary) }
		sites, err := browser.Build(temporary)
		if err != nil {
			remove()
			return nil, nil, nil, err
		}
		folders = []string{sites.Sample, sites.Corners}
		for _, k := range sites.Kinds() {
			kinds = append(kinds, page{k.Folder, k.Page})
		}
	}
	built := len(kinds) > 0
	for _, folder := range folders {
		folder, err := filepath.Abs(folder) // the judges work in folders of their own
		if err != nil {
			remove()
			return nil, nil, nil, err
		}
		names, err := browser.Pages(folder)
		if err != nil {
			remove()
			return nil, nil, nil, err
		}
		for _, name := range names {
			all = append(all, page{folder, name})
		}
		if !built {
			kinds = append(kinds, oneOfEach(folder, names)...)
		}
	}
	return all, kinds, remove, nil
}

// oneOfEach takes of a site every page at its top, and of any folder of pages
// that are alike the largest and the smallest.
func oneOfEach(folder string, names []string) []page {
	var kinds []page
	alike := make(map[string][]page)
	var order []string
	_, err := os.Stat(filepath.Join(folder, "index.html"))
	site := err == nil
	for _, name := range names {
		directory := filepath.Dir(filepath.FromSlash(name))
		if site && directory == "." {
			kinds = append(kinds, page{folder, name})
			continue
		}
		if alike[directory] == nil {
			order = append(order, directory)
		}
		alike[directory] = append(alike[directory], page{folder, name})
	}
	for _, directory := range order {
		largest, smallest := alike[directory][0], alike[directory][0]
		for _, p := range alike[directory] {
			if size(p) > size(largest) {
				largest = p
			}
			if size(p) < size(smallest) {
				smallest = p
			}
		}
		kinds = append(kinds, largest)
		if smallest != largest {
			kinds = append(kinds, smallest)
		}
	}
	return kinds
}

func size(p page) int64 {
	stat, err := os.Stat(p.file())
	if err != nil {
		return 0
	}
	return stat.Size()
}
