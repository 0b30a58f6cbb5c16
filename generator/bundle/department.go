package bundle

import (
	"path"
	"runtime"

	"golang.org/x/sync/errgroup"

	"example.org/cutoff/generator/publish"
)

// writeDepartments copies each department's own files from the site: the
// stand-alone HTML file and the workbook. If the site was built without one of
// them, the bundle has none either.
func writeDepartments(s *source, stage *publish.Stage) ([]message, error) {
	messages := make([]message, len(s.departments))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range s.departments {
		messages[i].name = "the files of " + d.Slug
		group.Go(func() error {
			for _, name := range []string{d.file(".html"), d.file(".xlsx")} {
				if !s.Has(name) {
					continue
				}
				content, err := s.Read(name)
				if err != nil {
					return err
				}
				if err := messages[i].write(stage, "departments/"+path.Base(name), content); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return messages, group.Wait()
}
