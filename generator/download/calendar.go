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
// The identifier stays the same from night to night, so that a calendar that
// has the event updates it; the as-of date is when it was stated.
func writeCalendar(w io.Writer, in Input) error {
	p := in.Policy
	calendar := ics.NewCalendar()
	calendar.SetProductId("-//" + plain(in.Tool.Name) + "//" + plain(in.Tool.Version) + "//EN")
	calendar.SetCalscale("GREGORIAN")
	calendar.SetMethod(ics.MethodPublish)

	event := calendar.AddEvent("cutoff-" + plain(p.ID))
	event.SetDtStampTime(in.Fleet.AsOf.Start())
	event.SetAllDayStartAt(p.Effective.Start())
	event.SetAllDayEndAt(p.Effective.Add(1).Start()) // the first day that is not part of it
	event.SetSummary(plain(p.Title))
	event.SetDescription(plain(description(in)))
	event.SetTimeTransparency(ics.TransparencyTransparent)
	if link := cmp.Or(in.Config.SiteURL, p.Links.Notice); isLink(link) {
		event.SetURL(link)
	}
	for _, days := range []int{60, 14, 1} { // before the date, a calendar speaks up
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

// plain keeps a property on its line: no control characters but the line feed,
// which the writer escapes, and nothing that is not text.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// isLink reports whether text can be a URL property, which is not escaped.
func isLink(text string) bool {
	link, err := url.Parse(text)
	return err == nil && (link.Scheme == "https" || link.Scheme == "http") && link.Host != ""
}
