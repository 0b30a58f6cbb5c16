package download

import (
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
)

const wantCalendar = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//cutoff//1.2.3//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
BEGIN:VEVENT
UID:cutoff-code42-port-4282
DTSTAMP:20200115T000000Z
DTSTART;VALUE=DATE:20200204
DTEND;VALUE=DATE:20200205
SUMMARY:End of support for port 4282
DESCRIPTION:From this day on the notice that Code42 gave on 2019-10-03 is
  in force.\nOn 2020-01-15\, 2 of 9 devices were still to fix.
TRANSP:TRANSPARENT
URL:https://example.org/notice?a=1;b=2
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P60D
DESCRIPTION:End of support for port 4282: 60 days to go
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P14D
DESCRIPTION:End of support for port 4282: 14 days to go
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P1D
DESCRIPTION:End of support for port 4282: 1 day to go
END:VALARM
END:VEVENT
END:VCALENDAR
`

func TestCalendar(t *testing.T) {
	got := render(t, small())["cutoff.ics"]
	if strings.Count(got, "\n") != strings.Count(got, "\r\n") {
		t.Error("found line feeds alone, want carriage returns before them")
	}
	if diff := cmp.Diff(wantCalendar, strings.ReplaceAll(got, "\r\n", "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHostileCalendar(t *testing.T) {
	in := small()
	in.Policy.Title = "a\r\nEND:VEVENT\r\nBEGIN:VEVENT;x,y\\z" + strings.Repeat(" büro東京", 40) + "\xff\x1b"
	in.Policy.ID = "x\r\nX-EVIL:1"
	in.Policy.Links.Notice = "https://example.org/\r\nX-EVIL:1"
	got := render(t, in)["cutoff.ics"]
	for line := range strings.SplitSeq(strings.TrimSuffix(got, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n\x1b") {
			t.Errorf("line of %d bytes: %q", len(line), line)
		}
		if strings.HasPrefix(line, "X-EVIL") {
			t.Errorf("a value became a property: %q", line)
		}
	}
	calendar, err := ics.ParseCalendar(strings.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	if events := calendar.Events(); len(events) != 1 || len(events[0].Alarms()) != 3 {
		t.Fatalf("%d events", len(events))
	}
	title := calendar.Events()[0].GetProperty(ics.ComponentPropertySummary).Value
	if want := "a\nEND:VEVENT\nBEGIN:VEVENT;x,y\\z" + strings.Repeat(" büro東京", 40) + "\uFFFD"; title != want {
		t.Errorf("title %q, want %q", title, want)
	}
}
