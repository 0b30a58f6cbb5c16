package site

import (
	"runtime"

	"golang.org/x/sync/errgroup"

	"example.org/cutoff/generator/fleet"
)

// Write renders and writes every page and static file. Departments are written
// at the same time, each by one goroutine; what is written does not depend on
// how many there are.
func (s *Site) Write(sink Sink) error {
	var group errgroup.Group
	group.SetLimit(max(1, runtime.GOMAXPROCS(0)))
	group.Go(func() error { return s.writeFind(sink) })
	group.Go(func() error { return s.writePlain(sink) })
	group.Go(func() error { return s.writeTexts(sink) })
	for _, d := range s.in.Fleet.Departments {
		group.Go(func() error { return s.writeDepartment(sink, d) })
	}
	return group.Wait()
}

func (s *Site) writePlain(sink Sink) error {
	for _, a := range s.assets {
		if err := a.write(sink); err != nil {
			return err
		}
	}
	for _, p := range s.pages {
		if err := s.writePage(sink, p); err != nil {
			return err
		}
	}
	return nil
}

func (s *Site) writeDepartment(sink Sink, d *fleet.Department) error {
	sheets := s.sheets(d)
	for _, p := range s.departmentPages(d, sheets) {
		if err := s.writePage(sink, p); err != nil {
			return err
		}
	}
	if !s.in.Config.Standalone {
		return nil
	}
	return s.writeStandalone(sink, d, sheets)
}

func (s *Site) writePage(sink Sink, p page) error {
	content, err := s.renderPage(p.template, p.content)
	if err != nil {
		return err
	}
	return writeFile(sink, p.name, content)
}
