package bundle

import (
	"path"
	"runtime"

	"golang.org/x/sync/errgroup"

	"example.org/cutoff/generator/publish"
)

// writeDepartments writes each department's own files as the site has them: the
// HTML file that needs no other, and the workbook. What the site was built
// without is not there.
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
