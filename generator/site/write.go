package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/publish"
)

// Write renders and writes every page and static file. Several departments are
// written at the same time, each by one goroutine. The number of goroutines
// does not change what is written.
func (s *Site) Write(sink publish.Sink) error {
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

// pageBuffers hold pages while they are rendered. They are reused, so there are
// only as many as are in use at once.
type pageBuffers struct{ sync.Pool }

func (b *pageBuffers) get() *bytes.Buffer {
	if out, ok := b.Get().(*bytes.Buffer); ok {
		return out
	}
	return new(bytes.Buffer)
}

func (s *Site) writePlain(sink publish.Sink) error {
	out := s.buffers.get()
	defer s.buffers.Put(out)
	for _, a := range s.assets {
		if err := writeFile(sink, a.name, a.bytes); err != nil {
			return err
		}
	}
	for _, p := range s.pages {
		if err := s.writePage(sink, out, p); err != nil {
			return err
		}
	}
	return nil
}

func (s *Site) writeDepartment(sink publish.Sink, d *fleet.Department) error {
	out := s.buffers.get()
	defer s.buffers.Put(out)
	sheets := s.sheets(d)
	for _, p := range s.departmentPages(d, sheets) {
		if err := s.writePage(sink, out, p); err != nil {
			return err
		}
	}
	if !s.in.Config.Standalone {
		return nil
	}
	return s.writeStandalone(sink, out, d, sheets)
}

func (s *Site) writePage(sink publish.Sink, out *bytes.Buffer, p page) error {
	content, err := s.renderPage(out, p.template, p.content)
	if err != nil {
		return err
	}
	return writeFile(sink, p.name, content)
}

// writeTexts writes [prose.TextsName].
func (s *Site) writeTexts(sink publish.Sink) error {
	text, err := json.MarshalIndent(prose.TextsOf(s.in.Matter), "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", prose.TextsName, err)
	}
	return writeFile(sink, prose.TextsName, append(text, '\n'))
}
