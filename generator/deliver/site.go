package deliver

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/site"
)

// Site is a finished site as mails need it. All figures in a mail are from its
// files, so that a mail and a page cannot disagree.
type Site struct {
	Path        string
	AsOf        calendar.Day
	Summary     download.SummaryJSON
	Departments []*Department // in the order of the pages
	texts       *site.Texts
	folder      *publish.Folder
}

// Department is one department with what its page lists.
type Department struct {
	Name, Slug string
	Counts     fleet.Counts
	Rows       []Row // worst first
}

// Row is one listed device.
type Row struct {
	GUID, Name, User, Version string
	Verdict                   policy.Verdict
	Action                    string
	// Waived is set for a device that is exempt.
	Waived bool
}

// Open reports whether something is still to be done so that the device is not
// cut off.
func (r Row) Open() bool { return r.Verdict.Affected() && !r.Waived }

// key tells a device apart; without a GUID, name and user do.
func (r Row) key() string {
	if r.GUID != "" {
		return r.GUID
	}
	return r.Name + " " + r.User
}

// FolderError is a site or a memory that cannot be used: it is none, or one that
// was changed since it was finished.
type FolderError struct {
	Path        string // as the caller gave it
	Found, Want string
}

// Error gives "site: found no manifest.json, want a finished cutoff site".
func (e *FolderError) Error() string {
	return problem.Visible(e.Path) + ": found " + e.Found + ", want " + e.Want
}

// Open compares a site with its manifest and reads what mails are made from.
// The error is a [FolderError] when the site cannot be used.
func Open(path string) (*Site, error) {
	folder, differences, err := publish.OpenVerified(path, publish.Site)
	if refusal, ok := errors.AsType[*publish.Refusal](err); ok {
		return nil, &FolderError{path, refusal.Found, refusal.Want}
	}
	if err != nil {
		return nil, &FolderError{path, "no folder that can be read", "the folder of a finished cutoff site"}
	}
	if len(differences) > 0 {
		return nil, &FolderError{path, fmt.Sprintf("%d files that are not as its manifest says (%s)", len(differences), differences[0]), "the site as it was published; build it again"}
	}
	s := &Site{Path: path, folder: folder}
	if err := s.load(); err != nil {
		_ = folder.Close()
		return nil, err
	}
	return s, nil
}

// Close gives the site's folder up.
func (s *Site) Close() error { return s.folder.Close() }

func (s *Site) load() error {
	summary, err := s.read("data/summary.json")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(summary, &s.Summary); err != nil {
		return s.lacks("data/summary.json", err)
	}
	if s.AsOf, err = calendar.Parse(s.Summary.AsOf); err != nil {
		return s.lacks("data/summary.json", err)
	}
	texts, err := s.read(site.TextsName)
	if err != nil {
		return err
	}
	if s.texts, err = site.ReadTexts(texts); err != nil {
		return s.lacks(site.TextsName, err)
	}
	for _, d := range s.Summary.Departments {
		own := &Department{Name: d.Name, Slug: d.Slug, Counts: countsOf(d.Totals)}
		name := "data/departments/" + d.Slug + ".csv"
		list, err := s.read(name)
		if err != nil {
			return err
		}
		if own.Rows, err = readRows(list); err != nil {
			return s.lacks(name, err)
		}
		s.Departments = append(s.Departments, own)
	}
	return nil
}

// read gives a file's bytes; an older site may lack one.
func (s *Site) read(name string) ([]byte, error) {
	content, err := s.folder.Read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, s.lacks(name, err)
	}
	return content, err
}

func (s *Site) lacks(name string, err error) error {
	found := "no " + name + " that can be read"
	if !errors.Is(err, fs.ErrNotExist) {
		found += " (" + err.Error() + ")"
	}
	return &FolderError{s.Path, found, "a site made by this version of the program; build it again"}
}

func countsOf(t download.Totals) fleet.Counts {
	return fleet.Counts{
		Devices: t.Devices, Verdicts: t.Verdicts, Affected: t.Affected, Open: t.Open, Waived: t.Waived,
		AffectedRecent: t.AffectedRecent, AffectedStale: t.AffectedStale, AffectedUnseen: t.AffectedUnseen,
	}
}

// readRows reads a department's list, its columns by name.
func readRows(text []byte) ([]Row, error) {
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, errors.New("found no header, want one")
	}
	header := lines[0]
	for _, name := range []string{"device_guid", "device_name", "verdict", "action", "waived_until"} {
		if !slices.Contains(header, name) {
			return nil, errors.New("found no column " + name + ", want one")
		}
	}
	var rows []Row
	for _, line := range lines[1:] {
		cell := func(name string) string {
			if i := slices.Index(header, name); i >= 0 {
				return bare(line[i])
			}
			return ""
		}
		row := Row{
			GUID: cell("device_guid"), Name: cell("device_name"), User: cell("username"), Version: cell("app_version"),
			Verdict: policy.Verdict(cell("verdict")), Action: cell("action"), Waived: cell("waived_until") != "",
		}
		if row.Name == "" {
			row.Name = cell("hostname")
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// bare takes the apostrophe away that keeps a spreadsheet from running a cell.
func bare(cell string) string {
	if rest, guarded := strings.CutPrefix(cell, "'"); guarded && strings.IndexAny(strings.TrimLeft(rest, " \""), "=+-@＝＋－＠\t\r\n") == 0 {
		return rest
	}
	return cell
}
