package deliver

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// letter has the placeholders of an owner's mail: those of announcement.md, with
// the counts of the devices that the reader answers for, and these.
type letter struct {
	prose.Facts
	Subject string
	Kind    Kind
	// Reader is the reader's name, "" if it is not known. Trial is who would get
	// the mail if it were not a trial, "" if it is not.
	Reader, Trial string
	// Parts are the departments with open devices. MoreParts counts those for
	// which there is no room.
	Parts     []part
	MoreParts int
	Since     *Since
	// Left says how much time is left. Deadline is the day by whose end everything
	// has to be done.
	Left, Deadline string
	// Find is the address of the page that finds a device; "" if the site has no
	// such page or its address is not known.
	Find string
	// Staff is the text that the reader may pass on to the staff.
	Staff             []prose.StaffLine
	Attached, LeftOut []string
	// Reason says why the reader gets the mail.
	Reason string
}

// part is what the reader answers for in one department.
type part struct {
	Name, Summary string
	Tally         []tally
	// Rows are the open devices, worst first, as many as there is room for. More
	// counts the others, Listed counts all.
	Rows         []letterRow
	More, Listed int
	Page         string // "" if the site's address is not known
}

// tally counts the open devices that need one thing.
type tally struct {
	Verdict policy.Verdict
	Devices int
}

// letterRow is a device with the address at which the site finds it.
type letterRow struct {
	Row
	Find string
	// New is set for a device that was not open at the last mail.
	New bool
}

// letter gives what a mail says, with at most parts departments and at most rows
// devices of each.
func (c *Composer) letter(d Due, rows, parts int) *letter {
	texts := c.Site.Texts
	l := &letter{
		Facts: texts.Counting(d.counts()),
		Kind:  d.Kind, Reader: d.Address.Name, Since: d.Since, Reason: d.reason(texts),
	}
	l.Deadline = texts.Day(l.Effective.Add(-1))
	l.Left = texts.Count(l.DaysLeft, "day is", "days are") + " left."
	if texts.Facts.Pages.Find != "" {
		l.Find = c.page("find.html")
	}
	l.Staff = prose.StaffText(l.Facts, l.Find)
	l.Subject = c.subject(d)
	if d.Kind != Todo {
		return l
	}
	then := c.Log.last(d.Address.Key())
	for _, share := range d.Shares {
		switch {
		case share.Open() == 0:
		case len(l.Parts) == parts:
			l.MoreParts++
		default:
			l.Parts = append(l.Parts, c.part(share, rows, then, l.Find))
		}
	}
	return l
}

// subject names departments, open devices and the time left. The most useful words
// come first, because a phone shows only the start of a subject.
func (c *Composer) subject(d Due) string {
	texts := c.Site.Texts
	var names []string
	for _, share := range d.Shares {
		if d.Kind != Todo || share.Open() > 0 {
			names = append(names, texts.Shown(share.Name))
		}
	}
	who := names[0]
	if len(names) > 1 {
		who += " and " + texts.Count(len(names)-1, "more department", "more departments")
	}
	if d.Open() == 0 {
		return who + ": no device is left to fix"
	}
	return who + ": " + texts.Count(d.Open(), "device to fix", "devices to fix") + ", " + c.when()
}

// when says how much time is left, or since when devices are cut off.
func (c *Composer) when() string {
	facts, texts := c.Site.Texts.Facts, c.Site.Texts
	if facts.InForce {
		return facts.Fate + " since " + texts.Day(facts.Effective.Day)
	}
	return texts.Count(facts.DaysLeft, "day left", "days left")
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func (c *Composer) part(s Share, most int, then *Record, find string) part {
	texts := c.Site.Texts
	p := part{Name: texts.Shown(s.Name), Page: c.page("departments/" + s.Slug + ".html"), Listed: s.Open()}
	p.Summary = texts.Count(s.Counts.Open, "device", "devices") + " to fix, of " + texts.Count(s.Counts.Devices, "device", "devices") + " in the department"
	switch {
	case s.Whole:
		p.Summary += "."
	case s.Fallback:
		p.Summary += "; of " + texts.Count(s.Open(), "device to fix", "devices to fix") + " no manager is known."
	default:
		p.Summary += "; " + texts.Count(s.Open(), "of them belongs", "of them belong") + " to your people."
	}
	told := then.devices(s.Slug)
	for _, v := range policy.Verdicts() {
		n := 0
		for _, row := range s.Own {
			if row.Verdict != v || !row.Open() {
				continue
			}
			n++
			if len(p.Rows) < most {
				shown := letterRow{Row: row, New: told != nil && !slices.Contains(told, row.key())}
				if find != "" {
					shown.Find = find + "?q=" + url.QueryEscape(row.Name)
				}
				p.Rows = append(p.Rows, shown)
			}
		}
		if n > 0 {
			p.Tally = append(p.Tally, tally{v, n})
		}
	}
	p.More = p.Listed - len(p.Rows)
	return p
}

// devices gives a department's devices that were open at a mail; nil if the mail
// was not about the department, or there was none.
func (r *Record) devices(slug string) []string {
	if r == nil {
		return nil
	}
	for _, share := range r.Shares {
		if share.Slug == slug {
			return append([]string{}, share.Devices...)
		}
	}
	return nil
}

// page gives the address of a page; "" if the site's address is not known.
func (c *Composer) page(name string) string {
	if c.SiteURL == "" {
		return ""
	}
	return strings.TrimSuffix(c.SiteURL, "/") + "/" + name
}

// counts adds up what the owner answers for.
func (o Owner) counts() fleet.Counts {
	sum := fleet.Counts{Verdicts: map[policy.Verdict]int{}}
	for _, share := range o.Shares {
		if share.Whole {
			sum.Devices += share.Counts.Devices
			for _, v := range policy.Verdicts() {
				sum.Verdicts[v] += share.Counts.Verdicts[v]
			}
			sum.Affected += share.Counts.Affected
			sum.Waived += share.Counts.Waived
		} else {
			for _, row := range share.Own {
				sum.Devices++
				sum.Verdicts[row.Verdict]++
				if row.Verdict.Affected() {
					sum.Affected++
					if row.Waived {
						sum.Waived++
					}
				}
			}
		}
		sum.Open += share.Open()
	}
	return sum
}

// reason says why somebody gets the mail.
func (o Owner) reason(texts *prose.Texts) string {
	var names []string
	for i, share := range o.Shares {
		if i == 20 {
			names = append(names, fmt.Sprintf("%d more", len(o.Shares)-i))
			break
		}
		names = append(names, texts.Shown(share.Name))
	}
	list := names[len(names)-1]
	if len(names) > 1 {
		list = strings.Join(names[:len(names)-1], ", ") + " and " + list
	}
	if !slices.ContainsFunc(o.Shares, func(s Share) bool { return !s.Fallback }) {
		return "You get this mail because no other manager with an address is known for " + list + "."
	}
	return "You get this mail because you are listed as a manager in " + list + "."
}
