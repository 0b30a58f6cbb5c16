package site

import "example.org/cutoff/generator/prose"

// faqPage has the questions and answers.
type faqPage struct {
	frame
	Text prose.Text
	// Contents are links to the questions.
	Contents []prose.Heading
}

func (s *Site) faq(text prose.Text) *faqPage {
	page := &faqPage{frame: s.frame(text.Title, "faq", ""), Text: text}
	for _, heading := range text.Headings {
		if heading.Level == 2 {
			page.Contents = append(page.Contents, heading)
		}
	}
	page.Notes = s.notes("")
	return page
}
