package bundle

import "path"

// departmentFiles gives each department's own files as the site has them: the
// HTML file that needs no other, and the workbook. What the site was built
// without is not there.
func departmentFiles(s *source) ([]message, error) {
	var messages []message
	for _, d := range s.departments {
		m := message{name: "the files of " + d.slug}
		for _, name := range []string{d.standalone, d.workbook} {
			if name == "" {
				continue
			}
			content, err := s.read(name)
			if err != nil {
				return nil, err
			}
			m.files = append(m.files, file{name: "departments/" + path.Base(name), content: content})
		}
		messages = append(messages, m)
	}
	return messages, nil
}
