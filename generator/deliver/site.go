package deliver

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"slices"
	"strings"

	"example.org/cutoff/generator/finished"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// Site is a finished site with the rows that mails need. All figures in a mail come
// from its files, so that a mail and a page cannot disagree.
type Site struct {
	*finished.Site
	Departments []*Department // in the order of the pages
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

// Open reports whether somebody still has to do something so that the device is
// not cut off.
func (r Row) Open() bool { return r.Verdict.Affected() && !r.Waived }

// key identifies a device: by its GUID, else by its name and user.
func (r Row) key() string {
	if r.GUID != "" {
		return r.GUID
	}
	return r.Name + " " + r.User
}

// Open compares a site with its manifest and reads the departments' lists. The
// error is a [*finished.Unusable] when the site cannot be used.
func Open(path string) (*Site, error) {
	of, err := finished.Open(path)
	if err != nil {
		return nil, err
	}
	s := &Site{Site: of}
	if err := s.load(); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Site) load() error {
	for _, d := range s.Summary.Departments {
		own := &Department{Name: d.Name, Slug: d.Slug, Counts: d.Counts}
		name := "data/departments/" + d.Slug + ".csv"
		list, err := s.Read(name)
		if err != nil {
			return err
		}
		if own.Rows, err = readRows(list); err != nil {
			return s.Lacks(name+" that cannot be read ("+err.Error()+")", err)
		}
		s.Departments = append(s.Departments, own)
	}
	return nil
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
		rows = append(rows, Row{
			GUID: cell("device_guid"), Name: cmp.Or(cell("device_name"), cell("hostname")), User: cell("username"), Version: cell("app_version"),
			Verdict: policy.Verdict(cell("verdict")), Action: cell("action"), Waived: cell("waived_until") != "",
		})
	}
	return rows, nil
}

// bare removes the apostrophe that keeps a spreadsheet from taking a cell for a
// formula.
func bare(cell string) string {
	if rest, guarded := strings.CutPrefix(cell, "'"); guarded && strings.IndexAny(strings.TrimLeft(rest, " \""), "=+-@＝＋－＠\t\r\n") == 0 {
		return rest
	}
	return cell
}
