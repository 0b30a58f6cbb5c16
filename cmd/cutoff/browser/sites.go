package browser

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Sites are the folders of two finished sites. Together they have every kind of
// page.
type Sites struct {
	// Sample is the sample company's site.
	Sample string
	// Corners is the site of a made-up fleet, see [writeCorners]: long lists,
	// long names, hostile names, and departments without a list.
	Corners string
}

// Kind is one kind of page: the folder of a site, and a page in it that shows
// the kind.
type Kind struct{ Name, Folder, Page string }

// Kinds gives a page of every kind.
func (s Sites) Kinds() []Kind {
	return []Kind{
		{"index", s.Sample, "index.html"},
		{"index with a search", s.Corners, "index.html"},
		{"announcement", s.Sample, "announcement.html"},
		{"changes", s.Sample, "changes.html"},
		{"faq", s.Sample, "faq.html"},
		{"connection test", s.Sample, "connection-test.html"},
		{"network", s.Sample, "network.html"},
		{"network without evidence", s.Corners, "network.html"},
		{"inputs", s.Sample, "inputs.html"},
		{"inputs with many problems", s.Corners, "inputs.html"},
		{"find", s.Sample, "find.html"},
		{"department with several verdicts", s.Sample, severalVerdicts},
		{"department of many pages", s.Corners, "departments/long.html"},
		{"last page of a department", s.Corners, "departments/long-3.html"},
		{"department with long names", s.Corners, "departments/wide.html"},
		{"department with hostile names", s.Corners, "departments/hostile.html"},
		{"department with nothing to do", s.Corners, "departments/calm.html"},
		{"department without a device", s.Corners, "departments/empty.html"},
		{"department in one file", s.Sample, "data/" + severalVerdicts},
		{"department of hostile names in one file", s.Corners, "data/departments/hostile.html"},
	}
}

// severalVerdicts is a page of the sample with its whole list on it, in more than
// one group.
const severalVerdicts = "departments/field-service.html"

// Build builds the program from this module's source and lets it write both
// sites into a folder. The folders' names have what URLs must escape.
func Build(folder string) (Sites, error) {
	gomod, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return Sites{}, fmt.Errorf("find the module: %w", err)
	}
	module := filepath.Dir(strings.TrimSpace(string(gomod)))
	program := filepath.Join(folder, "cutoff")
	if err := run(module, "go", "build", "-o", program, "./cmd/cutoff"); err != nil {
		return Sites{}, err
	}
	sites := Sites{
		Sample:  filepath.Join(folder, "sample #1 at 100% (ü)"),
		Corners: filepath.Join(folder, "corners"),
	}
	if err := run(module, program, "build", "--config", filepath.Join("sample-data", "cutoff.yaml"), "--out", sites.Sample); err != nil {
		return Sites{}, err
	}
	inputs := filepath.Join(folder, "inputs")
	if err := writeCorners(inputs); err != nil {
		return Sites{}, err
	}
	return sites, run(inputs, program, "build", "--out", sites.Corners)
}

// run runs a command. If it fails, the error has its output.
func run(folder, name string, args ...string) error {
	command := exec.Command(name, args...)
	command.Dir = folder
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	if err := command.Run(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, said.String())
	}
	return nil
}

// Pages gives the HTML files below a folder, as slash-separated names in byte
// order.
func Pages(folder string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".html" {
			return err
		}
		name, err := filepath.Rel(folder, path)
		names = append(names, filepath.ToSlash(name))
		return err
	})
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("%s: found no HTML file, want a site's folder", folder)
	}
	return names, err
}
