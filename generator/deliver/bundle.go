package deliver

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/bundle"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/publish"
)

// bundleLetter has the placeholders of the mail with the zip: those of the fleet's
// texts, and these.
type bundleLetter struct {
	prose.Facts
	Subject string
	// Pace is the sentence that says whether the open devices will be done in
	// time; "" when the site's history has no pace.
	Pace string
	// Name and Size are the zip's.
	Name, Size string
	Part, All  int
	Page       string // the address of the site; "" if it is not known
	Left       string
}

// BundlesDue gives the addresses to which the zip is due on the day: those that
// never got it, those whose last one is old enough, and those that got one on this
// day. The last may lack parts, because a run was killed; [Composer.ComposeBundle]
// leaves out the parts that were sent.
func BundlesDue(log *Log, asOf calendar.Day, mail *config.Mail) []address.Address {
	var due []address.Address
	for _, to := range mail.BundleTo {
		last := log.lastBundle(to.Key())
		if last.IsZero() || last.Until(asOf) == 0 || !last.After(asOf) && !last.Add(mail.BundleEvery).After(asOf) {
			due = append(due, to)
		}
	}
	return due
}

// ComposeBundle writes the mails that carry the whole site, one for each zip and
// address. Mails that the log already has are left out.
func (c *Composer) ComposeBundle(to []address.Address, tool publish.Tool) ([]*Message, error) {
	if len(to) == 0 {
		return nil, nil
	}
	const carried = 72 // percent of an encoded mail's size that its file may have
	zips, err := bundle.Zips(c.Site.Path, c.Mail.Budget*carried/100, tool)
	if err != nil {
		return nil, err
	}
	pace, err := c.pace()
	if err != nil {
		return nil, err
	}
	var all []*Message
	for _, reader := range to {
		for _, zip := range zips {
			m := &Message{
				To: reader, From: c.from(), ReplyTo: c.Mail.ReplyTo,
				Files: []File{{zip.Name, "application/zip", zip.Content}},
			}
			m.ID = c.id(m.From, Bundle, reader.Key(), strconv.Itoa(zip.Part))
			m.Record = Record{Night: c.Site.AsOf, Kind: Bundle, To: reader.Key(), MessageID: m.ID}
			if c.Log.Has(m.ID) {
				continue
			}
			texts := c.Site.Texts
			l := &bundleLetter{
				Facts: texts.Facts, Pace: pace, Name: zip.Name, Part: zip.Part, All: zip.Parts, Size: bundle.Size(zip.Size),
				Page: c.page("index.html"), Left: texts.Count(texts.Facts.DaysLeft, "day left", "days left"),
			}
			l.Subject = c.bundleSubject(l)
			m.Subject = l.Subject
			if err := c.fill(m, "bundle", l); err != nil {
				return nil, err
			}
			all = append(all, m)
		}
	}
	return all, nil
}

func (c *Composer) bundleSubject(l *bundleLetter) string {
	texts := c.Site.Texts
	subject := texts.Count(l.Open, "device to fix", "devices to fix") + " of " + texts.Count(l.Devices, "device", "devices")
	subject += ", " + c.when()
	if l.Organization != "" {
		subject = l.Organization + ": " + subject
	}
	if l.All > 1 {
		subject += fmt.Sprintf(" (part %d of %d)", l.Part, l.All)
	}
	return subject
}

// pace gives the sentence about the pace from the site's history; "" for a site
// without a memory, or one whose memory is too young.
func (c *Composer) pace() (string, error) {
	if !c.Site.Has(download.HistoryName) {
		return "", nil
	}
	text, err := c.Site.Read(download.HistoryName)
	if err != nil {
		return "", err
	}
	var history struct{ Pace *memory.Pace }
	if err := json.Unmarshal(text, &history); err != nil {
		return "", c.Site.Lacks("a "+download.HistoryName+" that cannot be read", err)
	}
	if history.Pace == nil {
		return "", nil
	}
	texts := c.Site.Texts
	return history.Pace.Sentence(memory.Wording{
		Day:    texts.Day,
		Number: func(n int) string { number, _, _ := strings.Cut(texts.Count(n, "x", "x"), " x"); return number },
	}), nil
}
