package bundle

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/site"
)

// SiteError is a folder that no bundle can be made of: not a finished site, or
// one that was changed since.
type SiteError struct {
	Path        string // as the caller gave it
	Found, Want string
	Err         error // the cause; nil for none
}

// Error gives "site: found no manifest.json, want a finished cutoff site".
func (e *SiteError) Error() string {
	return problem.Visible(e.Path) + ": found " + e.Found + ", want " + e.Want
}

// Unwrap gives the cause.
func (e *SiteError) Unwrap() error { return e.Err }

// source is a finished site that is as its manifest says.
type source struct {
	path   string
	folder *publish.Folder
	// sum is the SHA-256 of the site's manifest.json.
	sum         string
	sizes       map[string]int64
	asOf        calendar.Day
	summary     download.SummaryJSON
	texts       *site.Texts
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

// differenceLimit is how many files a message names.
const differenceLimit = 5

// open compares a site with its manifest and reads what speaks of it as a whole.
func open(path string) (*source, error) {
	folder, differences, err := publish.OpenVerified(path, publish.Site)
	if err != nil {
		return nil, unusable(path, err)
	}
	if len(differences) > 0 {
		return nil, damaged(path, differences)
	}
	s := &source{path: path, folder: folder, sizes: map[string]int64{}}
	names := make([]string, len(folder.Manifest.Files))
	for i, f := range folder.Manifest.Files {
		names[i], s.sizes[f.Name] = f.Name, f.Size
	}
	if err = publish.CheckNames(names); err != nil {
		found, want, _ := strings.Cut(strings.TrimPrefix(err.Error(), "found "), ", want ")
		err = &SiteError{path, found, want, err}
	} else {
		err = s.load()
	}
	if err != nil {
		_ = folder.Close()
		return nil, err
	}
	return s, nil
}

// unusable words an error of the folder itself.
func unusable(path string, err error) error {
	found, want := "no folder that can be read", "the folder of a finished cutoff site"
	if refusal, ok := errors.AsType[*publish.Refusal](err); ok {
		found, want = refusal.Found, refusal.Want
	} else {
		found += " (" + cause(err).Error() + ")"
	}
	return &SiteError{path, found, want, err}
}

func damaged(path string, differences []publish.Difference) error {
	var shown []string
	for _, d := range differences[:min(len(differences), differenceLimit)] {
		shown = append(shown, d.String())
	}
	list := strings.Join(shown, ", ")
	if more := len(differences) - len(shown); more > 0 {
		list += " and " + strconv.Itoa(more) + " more"
	}
	return &SiteError{path, "files that are not as its manifest says (" + list + ")", "the site as it was published; build it again", nil}
}

func (s *source) load() error {
	var err error
	s.sum = s.folder.Sum
	if s.asOf, err = calendar.Parse(s.folder.Manifest.AsOf); err != nil {
		return s.lacks("a manifest without a day", err)
	}
	summary, err := s.read("data/summary.json")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(summary, &s.summary); err != nil {
		return s.lacks("a data/summary.json that cannot be read", err)
	}
	texts, err := s.read(site.TextsName)
	if err != nil {
		return err
	}
	if s.texts, err = site.ReadTexts(texts); err != nil {
		return s.lacks("a "+site.TextsName+" that cannot be read", err)
	}
	return s.loadDepartments()
}

func (s *source) lacks(found string, err error) error {
	return &SiteError{s.path, found, "a site made by this version of the program; build it again", err}
}

func (s *source) loadDepartments() error {
	for _, d := range s.summary.Departments {
		own := department{name: d.Name, slug: d.Slug, counts: countsOf(d.Totals)}
		own.pages = s.pagesOf(d.Slug)
		for _, ending := range []string{".csv", ".xlsx", "-guids.txt"} {
			if name := "data/departments/" + d.Slug + ending; s.has(name) {
				own.data = append(own.data, name)
			}
		}
		own.csv = "data/departments/" + d.Slug + ".csv"
		if name := "data/departments/" + d.Slug + ".xlsx"; s.has(name) {
			own.workbook = name
		}
		if name := "data/departments/" + d.Slug + ".html"; s.has(name) {
			own.standalone = name
		}
		if len(own.pages) == 0 || !s.has(own.csv) {
			return s.lacks("no page or list of the department "+problem.Quote(d.Name), nil)
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
		if !s.has(name) {
			return pages
		}
		pages = append(pages, name)
	}
}

func countsOf(t download.Totals) fleet.Counts {
	return fleet.Counts{
		Devices: t.Devices, Verdicts: t.Verdicts, Affected: t.Affected, Open: t.Open, Waived: t.Waived,
		AffectedRecent: t.AffectedRecent, AffectedStale: t.AffectedStale, AffectedUnseen: t.AffectedUnseen,
	}
}

func (s *source) has(name string) bool { return s.folder.Has(name) }

func (s *source) size(name string) int64 { return s.sizes[name] }

// read gives a file's bytes. Somebody may have changed it since the site was
// compared with its manifest, so it is compared again.
func (s *source) read(name string) ([]byte, error) {
	content, err := s.folder.Read(name)
	return content, s.worded(name, err)
}

// open opens a file that need not fit into memory.
func (s *source) open(name string) (io.ReadCloser, error) {
	file, err := s.folder.Open(name)
	return file, s.worded(name, err)
}

func (s *source) worded(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return s.lacks("no "+name, nil)
	}
	return unusable(s.path, err)
}

// where says which file of the site an error is about.
func where(name string, err error) error { return fmt.Errorf("%s: %w", name, err) }

// cause drops the operation and path that an operating system's error repeats.
func cause(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}
