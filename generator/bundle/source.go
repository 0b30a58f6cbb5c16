package bundle

import (
	"fmt"
	"strconv"
	"strings"

	"example.org/cutoff/generator/finished"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
)

// source is a finished site with its departments.
type source struct {
	*finished.Site
	departments []department
}

// department is one department with its files in the site.
type department struct {
	name, slug string
	counts     fleet.Counts
	pages      []string // departments/<slug>.html and those that go on with it
	csv        string
	// workbook and standalone are "" when the site was built without them.
	workbook, standalone string
	data                 []string
}

// open opens a site that can be packed.
func open(path string) (*source, error) {
	of, err := finished.Open(path)
	if err != nil {
		return nil, err
	}
	s := &source{Site: of}
	names := make([]string, len(s.Manifest.Files))
	for i, f := range s.Manifest.Files {
		names[i] = f.Name
	}
	if err = publish.CheckNames(names); err != nil {
		found, want, _ := strings.Cut(strings.TrimPrefix(err.Error(), "found "), ", want ")
		err = &finished.Unusable{Path: path, Found: found, Want: want, Err: err}
	} else {
		err = s.loadDepartments()
	}
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

func (s *source) loadDepartments() error {
	for _, d := range s.Summary.Departments {
		own := department{name: d.Name, slug: d.Slug, counts: d.Counts}
		own.pages = s.pagesOf(d.Slug)
		for _, ending := range []string{".csv", ".xlsx", "-guids.txt"} {
			if name := "data/departments/" + d.Slug + ending; s.Has(name) {
				own.data = append(own.data, name)
			}
		}
		own.csv = "data/departments/" + d.Slug + ".csv"
		if name := "data/departments/" + d.Slug + ".xlsx"; s.Has(name) {
			own.workbook = name
		}
		if name := "data/departments/" + d.Slug + ".html"; s.Has(name) {
			own.standalone = name
		}
		if len(own.pages) == 0 || !s.Has(own.csv) {
			return s.Lacks("no page or list of the department "+problem.Quote(d.Name), nil)
		}
		s.departments = append(s.departments, own)
	}
	return nil
}

// pagesOf gives a department's pages in order.
func (s *source) pagesOf(slug string) []string {
	var pages []string
	for n := 1; ; n++ {
		name := "departments/" + slug + ".html"
		if n > 1 {
			name = "departments/" + slug + "-" + strconv.Itoa(n) + ".html"
		}
		if !s.Has(name) {
			return pages
		}
		pages = append(pages, name)
	}
}

// where says which file of the site an error is about.
func where(name string, err error) error { return fmt.Errorf("%s: %w", name, err) }
