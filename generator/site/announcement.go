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

// link leads on from a page.
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

// onwards leads from the announcement to what goes with it. A day that has come
// is no longer put in a calendar.
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

// onIndex gives as much of the announcement as the first page shows: all of it
// until the date comes near, then its brief form.
func (s *Site) onIndex(text prose.Text) (prose.Text, []link) {
	links := s.onwards()
	if s.in.Fleet.Phase == policy.Before || s.in.Fleet.Phase == policy.Announced || text.Brief == "" {
		return text, links
	}
	text.HTML = text.Brief
	return text, append([]link{{"announcement.html", "The whole announcement"}}, links...)
}
