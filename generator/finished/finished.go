// Package finished reads a site that was built before, for bundles, for what is
// delivered, and for cutoff status. A folder comes in and is compared with its
// manifest. Each file is compared again when it is read, so that nothing goes
// out that somebody changed in between.
package finished

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/publish"
)

// Site is a finished site that agrees with its manifest. Call [Site.Close] when
// done with it.
type Site struct {
	*publish.Folder
	Path    string // as the caller gave it
	AsOf    calendar.Day
	Summary download.SummaryJSON
	Texts   *prose.Texts
}

// Unusable is the error of a folder that cannot be used: it is not a finished
// site, or somebody changed it since it was published.
type Unusable struct {
	Path        string // as the caller gave it
	Found, Want string
	Err         error // the cause; nil for none
}

// Error gives "site: found no manifest.json, want a finished cutoff site".
func (u *Unusable) Error() string {
	return problem.Visible(u.Path) + ": found " + u.Found + ", want " + u.Want
}

// Unwrap gives the cause.
func (u *Unusable) Unwrap() error { return u.Err }

// Hint says what to do about it.
func (u *Unusable) Hint() string { return "cutoff build makes a site, or makes it anew" }

// Open compares a site with its manifest and reads the files about it as a
// whole. The error is an [*Unusable].
func Open(path string) (*Site, error) {
	folder, differences, err := publish.OpenVerified(path, publish.Site)
	if err != nil {
		return nil, unusable(path, err)
	}
	if len(differences) > 0 {
		return nil, &Unusable{path, "files that are not as its manifest says (" + publish.Differences(differences) + ")", "the site as it was published; build it again", nil}
	}
	s := &Site{Folder: folder, Path: path}
	if err := s.load(); err != nil {
		_ = folder.Close()
		return nil, err
	}
	return s, nil
}

// unusable gives the error of a folder that cannot be read or is refused.
func unusable(path string, err error) error {
	found, want := "no folder that can be read", "the folder of a finished cutoff site"
	if refusal, ok := errors.AsType[*publish.Refusal](err); ok {
		found, want = refusal.Found, refusal.Want
	} else {
		found += " (" + problem.Cause(err).Error() + ")"
	}
	return &Unusable{path, found, want, err}
}

func (s *Site) load() error {
	var err error
	if s.AsOf, err = calendar.Parse(s.Manifest.AsOf); err != nil {
		return s.Lacks("a manifest without a day", err)
	}
	summary, err := s.Read("data/summary.json")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(summary, &s.Summary); err != nil {
		return s.Lacks("a data/summary.json that cannot be read", err)
	}
	texts, err := s.Read(prose.TextsName)
	if err != nil {
		return err
	}
	if s.Texts, err = prose.ReadTexts(texts); err != nil {
		return s.Lacks("a "+prose.TextsName+" that cannot be read", err)
	}
	return nil
}

// Lacks gives the error of a site that another version of the program made. It
// takes what was found instead, and the cause; nil for no cause.
func (s *Site) Lacks(found string, err error) error {
	return &Unusable{s.Path, found, "a site made by this version of the program; build it again", err}
}

// Read gives a file's bytes. It compares them with the manifest once more,
// because somebody may have changed the file since [Open]. The error is an
// [*Unusable].
func (s *Site) Read(name string) ([]byte, error) {
	content, err := s.Folder.Read(name)
	return content, s.worded(name, err)
}

// Open opens a file that may be too large for memory. The error is an
// [*Unusable].
func (s *Site) Open(name string) (io.ReadCloser, error) {
	file, err := s.Folder.Open(name)
	return file, s.worded(name, err)
}

// Changed gives the error of a file that [Site.Open] opened and that turned out
// to differ from the manifest while it was read.
func (s *Site) Changed(err error) error { return unusable(s.Path, err) }

func (s *Site) worded(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return s.Lacks("no "+name, nil)
	}
	return unusable(s.Path, err)
}
