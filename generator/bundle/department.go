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
	group.SetLimit(max(1, runtime.GOMAXPROCS(0)))
	for i, d := range s.departments {
		messages[i].name = "the files of " + d.slug
		group.Go(func() error {
			for _, name := range []string{d.standalone, d.workbook} {
				if name == "" {
					continue
				}
				content, err := s.Read(name)
				if err != nil {
					return err
				}
				name = "departments/" + path.Base(name)
				if err := stage.WriteFile(name, content); err != nil {
					return err
				}
				messages[i].files = append(messages[i].files, examineFile(name, content))
			}
			return nil
		})
	}
	return messages, group.Wait()
}
