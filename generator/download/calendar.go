package download

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"example.org/cutoff/generator/plural"
)

// writeCalendar writes the effective date as an all-day event with reminders.
// The event keeps its identifier from night to night, so that a calendar that
// has it already updates it. Its time stamp is the as-of date, not the clock.
func writeCalendar(w io.Writer, in Input) error {
	p := in.Policy
	calendar := ics.NewCalendar()
	calendar.SetProductId("-//" + plain(in.Tool.Name) + "//" + plain(in.Tool.Version) + "//EN")
	calendar.SetCalscale("GREGORIAN")
	calendar.SetMethod(ics.MethodPublish)

	event := calendar.AddEvent("cutoff-" + plain(p.ID))
	event.SetDtStampTime(in.Fleet.AsOf.Start())
	event.SetAllDayStartAt(p.Effective.Start())
	event.SetAllDayEndAt(p.Effective.Add(1).Start()) // exclusive: the first day after it
	event.SetSummary(plain(p.Title))
	event.SetDescription(plain(description(in)))
	event.SetTimeTransparency(ics.TransparencyTransparent)
	if link := cmp.Or(in.Config.SiteURL, p.Links.Notice); isLink(link) {
		event.SetURL(link)
	}
	for _, days := range []int{60, 14, 1} { // when the calendar reminds
		alarm := event.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger(fmt.Sprintf("-P%dD", days))
		alarm.SetDescription(plain(fmt.Sprintf("%s: %s to go", p.Title, plural.Count(days, "day", "days"))))
	}
	return calendar.SerializeTo(w, ics.WithNewLineWindows)
}

func description(in Input) string {
	p := in.Policy
	text := "From this day on the notice"
	switch {
	case p.Vendor != "" && !p.Announced.IsZero():
		text += fmt.Sprintf(" that %s gave on %s", p.Vendor, p.Announced)
	case p.Vendor != "":
		text += " of " + p.Vendor
	case !p.Announced.IsZero():
		text += " of " + p.Announced.String()
	}
	return text + " is in force." + fmt.Sprintf("\nOn %s, %d of %d devices were still to fix.", in.Fleet.AsOf, in.Fleet.Open, in.Fleet.Counts.Devices)
}

// plain keeps a property on its line. It drops control characters, but not the
// line feed, which the library escapes, and replaces bytes that are no text.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// isLink reports whether text can be a URL property. The library does not
// escape those.
func isLink(text string) bool {
	link, err := url.Parse(text)
	return err == nil && (link.Scheme == "https" || link.Scheme == "http") && link.Host != ""
}
