package bundle

import (
	"fmt"
	"strings"

	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/finished"
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
	download.DepartmentSummary
	pages []string // departments/<slug>.html and its further pages
	lists []string // its CSV file, workbook and GUIDs, as far as the site has them
}

// file gives the name of one of the department's files under data/.
func (d department) file(ending string) string { return "data/departments/" + d.Slug + ending }

// open opens a finished site and checks that it can be packed.
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
		own := department{DepartmentSummary: d}
		for n, name := 2, "departments/"+d.Slug+".html"; s.Has(name); n++ {
			own.pages = append(own.pages, name)
			name = fmt.Sprintf("departments/%s-%d.html", d.Slug, n)
		}
		for _, ending := range []string{".csv", ".xlsx", "-guids.txt"} {
			if name := own.file(ending); s.Has(name) {
				own.lists = append(own.lists, name)
			}
		}
		if len(own.pages) == 0 || !s.Has(own.file(".csv")) {
			return s.Lacks("no page or list of the department "+problem.Quote(d.Name), nil)
		}
		s.departments = append(s.departments, own)
	}
	return nil
}

// where says which file an error is about; nil stays nil.
func where(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}
