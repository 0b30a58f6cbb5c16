package site

// faqPage is the questions and answers.
type faqPage struct {
	frame
	Text Text
	// Contents are the questions, to jump to.
	Contents []Heading
}

func (s *Site) faq(text Text) *faqPage {
	page := &faqPage{frame: s.frame(text.Title, "faq", ""), Text: text}
	for _, heading := range text.Headings {
		if heading.Level == 2 {
			page.Contents = append(page.Contents, heading)
		}
	}
	page.Notes = s.notes("")
	return page
}
