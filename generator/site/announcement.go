package site

import (
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// announcementPage has the whole announcement.
type announcementPage struct {
	frame
	Text     prose.Text
	Timeline []step
	Onwards  []link
}

// link leads to another page or file.
type link struct{ Href, Text string }

func (s *Site) announcement(text prose.Text) *announcementPage {
	page := &announcementPage{
		frame:    s.frame("The announcement", "announcement", ""),
		Text:     text,
		Timeline: s.timeline(),
		Onwards:  s.onwards(),
	}
	page.Notes = s.notes("")
	return page
}

// onwards gives the links that go with the announcement. Once the day has come,
// there is no calendar entry any more.
func (s *Site) onwards() []link {
	links := []link{{"faq.html", "Questions and answers"}}
	if s.in.Fleet.Possible.Ports {
		links = append(links, link{"connection-test.html", "Test a network"})
	}
	if s.in.Fleet.Phase != policy.InForce {
		links = append(links, link{"cutoff.ics", "Put the date in your calendar"})
	}
	return links
}

// onIndex gives what the first page shows of the announcement: all of it until
// the date comes near, then its brief form if it has one.
func (s *Site) onIndex(text prose.Text) (prose.Text, []link) {
	links := s.onwards()
	if s.in.Fleet.Phase == policy.Before || s.in.Fleet.Phase == policy.Announced || text.Brief == "" {
		return text, links
	}
	text.HTML = text.Brief
	return text, append([]link{{"announcement.html", "The whole announcement"}}, links...)
}
