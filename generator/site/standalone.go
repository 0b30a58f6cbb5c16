package site

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/inert"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/publish"
)

// standalone names the template of a department's own file.
const standalone = "standalone"

// standaloneLimit is how many bytes a department's own file may have. A file
// that would be larger leaves its rows to the workbook or the CSV file.
const standaloneLimit = 5_000_000

// standalonePage has all of a department in one file that needs no other: the
// department's page with every row, the announcement and the questions. It can
// be forwarded, because it says nothing about the whole fleet or other
// departments.
type standalonePage struct {
	*departmentPage
	*alone
	Announcement, Questions prose.Text
}

// writeStandalone writes data/departments/<slug>.html.
func (s *Site) writeStandalone(sink publish.Sink, out *bytes.Buffer, d *fleet.Department, sheets []sheet) error {
	rows := 0
	for _, sheet := range sheets {
		rows += sheet.size()
	}
	page, err := s.standalonePage(d, sheets, rows <= standaloneLimit)
	if err != nil {
		return err
	}
	content, err := s.renderStandalone(out, page)
	if err == nil && len(content) > standaloneLimit {
		if page, err = s.standalonePage(d, sheets, false); err != nil {
			return err
		}
		content, err = s.renderStandalone(out, page)
	}
	if err != nil {
		return err
	}
	return writeFile(sink, "data/departments/"+d.Slug+".html", content)
}

// renderStandalone gives the file's bytes. The program's own templates hold
// nothing that runs or leads to other files. An organisation's may, so theirs
// are cleaned.
func (s *Site) renderStandalone(out *bytes.Buffer, page *standalonePage) ([]byte, error) {
	content, err := s.renderPage(out, standalone, page)
	if err != nil || s.in.Overrides == nil {
		return content, err
	}
	return inert.Page(content, inert.Edit{Address: func(element, address string) inert.Fate {
		return inert.Fate{Keep: staysAlone(element, address)}
	}}), nil
}

// staysAlone reports whether an address works without a site: a place on the
// page, something that the page holds, or a link to the web or to mail.
func staysAlone(element, address string) bool {
	switch name := strings.ToLower(prose.Scheme.FindString(address)); {
	case strings.HasPrefix(address, "#"), name == "data:":
		return true
	case element == "a" || element == "area":
		return name == "https:" || name == "http:" || name == "mailto:"
	}
	return false
}

// standalonePage gives the page, with or without the rows.
func (s *Site) standalonePage(d *fleet.Department, sheets []sheet, rows bool) (*standalonePage, error) {
	facts := prose.DepartmentFacts(prose.FactsOf(s.in.Matter), d)
	page := &standalonePage{alone: s.alone}
	var err error
	if page.Announcement, err = s.texts.announcement.Render(facts, prose.Place{Section: "announcement", Picture: s.alone.picture}); err != nil {
		return nil, err
	}
	if page.Questions, err = s.texts.questions.Render(facts, prose.Place{Section: "questions", Picture: s.alone.picture}); err != nil {
		return nil, err
	}
	one, names := []sheet{joinSheets(sheets, rows)}, []string{""}
	page.departmentPage = s.departmentPage(d, one, names, 0)
	page.Tasks = s.tasks(d, one, names)
	page.Alone, page.Root, page.Scripts, page.Whole = true, "", nil, false
	page.Shortest = s.shortest(s.ways.Shortest(d.Devices), "", "#list", true)
	if address := s.in.Config.SiteURL; address != "" {
		page.Address = address + "departments/" + pageFile(d.Slug, 0)
	}
	page.Notes = ownNotes(page.Notes)
	if rows {
		page.Groups = one[0].groups
		page.Elsewhere = "The same list is in " + s.listName(d) + "."
	} else {
		page.withoutRows()
		page.Empty = fmt.Sprintf("The list is too long for this file: its %s are in %s.", s.words.Count(one[0].last, "device", "devices"), s.listName(d))
	}
	return page, nil
}

// withoutRows makes links to groups of the list lead to the sentence that
// replaces the list.
func (p *departmentPage) withoutRows() {
	p.Choices = nil
	for i := range p.Tasks {
		p.Tasks[i].Href = "#list"
	}
	for i, row := range p.Bar.Rows {
		if row.Href != "" {
			p.Bar.Rows[i].Href = "#list"
		}
	}
}

// listName names the file next to this one that has the same list.
func (s *Site) listName(d *fleet.Department) string {
	if s.in.Config.Workbooks {
		return "the workbook " + d.Slug + ".xlsx"
	}
	return "the file " + d.Slug + ".csv"
}

// ownNotes leaves out the notes that count the whole fleet, and the links of
// the others.
func ownNotes(notes []note) []note {
	var own []note
	for _, n := range notes {
		if !n.Fleet {
			own = append(own, note{Text: n.Text})
		}
	}
	return own
}

// joinSheets joins the pages of a list, with or without their rows.
func joinSheets(sheets []sheet, rows bool) sheet {
	whole := sheet{first: sheets[0].first, last: sheets[len(sheets)-1].last}
	for _, sheet := range sheets {
		for _, g := range sheet.groups {
			if !rows {
				g.Lists = nil
			}
			if last := len(whole.groups) - 1; last >= 0 && whole.groups[last].Verdict == g.Verdict {
				whole.groups[last].Lists = joinLists(whole.groups[last].Lists, g.Lists)
				continue
			}
			g.Here, g.Range, g.Lists = g.Count, "", slices.Clone(g.Lists)
			whole.groups = append(whole.groups, g)
		}
	}
	return whole
}

// joinLists appends lists. A list that the page's end had cut in two becomes
// one again.
func joinLists(lists, further []list) []list {
	for _, l := range further {
		if last := len(lists) - 1; last >= 0 && lists[last].turn == l.turn && lists[last].Words == l.Words {
			lists[last].Rows += l.Rows
			continue
		}
		lists = append(lists, l)
	}
	return lists
}

// alone is what all departments' own files hold of the site's assets.
type alone struct {
	Style    template.CSS
	StyleSum string // its SHA-256 in base64
	Fonts    bool   // the style holds fonts
	// Icon and Picture (the organisation's logo) are addresses that hold the
	// picture; "" for none.
	Icon, Picture template.URL

	pictures map[string]string
}
