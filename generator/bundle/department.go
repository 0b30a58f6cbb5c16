package bundle

import (
	"fmt"
	"path"
	"runtime"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/sync/errgroup"

	"example.org/cutoff/generator/site"
)

// departmentFiles makes each department's HTML file and adds its workbook. It
// opens anywhere: nothing in it leads to a file beside it, nothing runs, and
// everything that it shows is the department's own. What the site's pages say
// of the whole fleet or of others is left out or said of the department.
func departmentFiles(s *source) ([]message, error) {
	inline, err := newInliner(s)
	if err != nil {
		return nil, err
	}
	messages := make([]message, len(s.departments))
	var group errgroup.Group
	group.SetLimit(max(1, runtime.GOMAXPROCS(0)))
	for i, d := range s.departments {
		group.Go(func() (err error) {
			messages[i], err = departmentMessage(s, d, inline)
			return err
		})
	}
	return messages, group.Wait()
}

func departmentMessage(s *source, d department, inline *inliner) (message, error) {
	page, err := departmentFile(s, d, inline)
	if err != nil {
		return message{}, where("departments/"+d.slug+".html", err)
	}
	m := message{"the files of " + d.slug, []file{{name: "departments/" + d.slug + ".html", content: page}}}
	if d.workbook != "" {
		workbook, err := s.read(d.workbook)
		if err != nil {
			return message{}, err
		}
		m.files = append(m.files, file{name: "departments/" + path.Base(d.workbook), content: workbook})
	}
	return m, nil
}

// departmentFile joins a department's pages, the announcement and the questions
// in one page.
func departmentFile(s *source, d department, inline *inliner) ([]byte, error) {
	document, err := joined(s, d)
	if err != nil {
		return nil, err
	}
	withoutScript(document)
	withoutFleet(document)
	if err := addTexts(s, d, document); err != nil {
		return nil, err
	}
	ownHeader(document)
	ownList(document, d)
	ownLinks(document)
	if err := inline.page(document); err != nil {
		return nil, err
	}
	return render(document)
}

// joined gives a department's first page with the rows of all others.
func joined(s *source, d department) (*html.Node, error) {
	var whole *html.Node
	for _, name := range d.pages {
		content, err := s.read(name)
		if err != nil {
			return nil, err
		}
		page, err := parse(content)
		if err != nil {
			return nil, err
		}
		if whole == nil {
			whole = page
			continue
		}
		if err := takeRows(whole, page); err != nil {
			return nil, where(name, err)
		}
	}
	return whole, nil
}

// takeRows moves the lists of a further page to the end of those of the first.
func takeRows(whole, page *html.Node) error {
	lists := first(whole, having("data-lists"))
	if lists == nil {
		return fmt.Errorf("found no lists on the page before, want them to go on")
	}
	for _, group := range all(page, having("data-group")) {
		verdict := attr(group, "data-verdict")
		begun := first(lists, func(n *html.Node) bool {
			_, group := lookUp(n, "data-group")
			return group && attr(n, "data-verdict") == verdict
		})
		if begun == nil {
			remove(group)
			last := all(lists, having("data-group"))
			if len(last) == 0 {
				lists.AppendChild(group)
				continue
			}
			insertAfter(last[len(last)-1], []*html.Node{textNode("\n"), group})
			continue
		}
		from, to := first(group, tag("tbody")), first(begun, tag("tbody"))
		if from == nil || to == nil {
			return fmt.Errorf("found a list of %s without rows, want a table", verdict)
		}
		for row := from.FirstChild; row != nil; row = from.FirstChild {
			from.RemoveChild(row)
			to.AppendChild(row)
		}
	}
	return nil
}

// withoutFleet takes out what speaks of the whole fleet or leads to it.
func withoutFleet(document *html.Node) {
	removeAll(document, func(n *html.Node) bool { return attr(n, "data-scope") == "fleet" })
	if notes := first(document, class("notes")); notes != nil && first(notes, tag("li")) == nil {
		remove(notes)
	}
	removeAll(document, class("crumb"))
	removeAll(document, class("pager"))
	removeAll(document, class("hero-range"))
	// A stop names files and shares of the whole run.
	if forced := first(document, class("forced")); forced != nil {
		removeAll(forced, tag("ul"))
		forced.AppendChild(element("p", "", "Something in the reports would have kept the site from being published. Its page of inputs says what."))
	}
	// Parts of a list that was spread over pages say which rows they have.
	for _, group := range all(document, having("data-group")) {
		setAttr(group, "data-here", attr(group, "data-count"))
		if head := first(group, class("group-head")); head != nil {
			if counts := all(head, class("count")); len(counts) > 1 {
				remove(counts[1])
			}
		}
	}
}

// addTexts adds the announcement and the questions, filled with the
// department's own figures: the announcement behind what is to be done, the
// questions behind the lists.
func addTexts(s *source, d department, document *html.Node) error {
	announcement, questions, err := s.texts.Render(s.texts.Department(d.name, d.counts))
	if err != nil {
		return err
	}
	main := first(document, tag("main"))
	if main == nil {
		return fmt.Errorf("found a page without a main element, want one")
	}
	begin, err := section("announcement", "The announcement", " prose--columns", announcement)
	if err != nil {
		return err
	}
	end, err := section("questions", "Questions and answers", "", questions)
	if err != nil {
		return err
	}
	if body := first(begin, class("section-body")); body != nil {
		body.AppendChild(element("p", "hint", "The figures in it are those of "+shown(d.name)+" alone."))
	}
	figures := "The figures here are those of " + shown(d.name) + " alone. Other pages are on the site that this file was taken from."
	if body := first(end, class("section-body")); body != nil {
		body.InsertBefore(element("p", "hint", figures), body.FirstChild)
	}
	main.InsertBefore(begin, childHolding(main, having("data-lists"), class("notes")))
	main.InsertBefore(end, childHolding(main, class("notes")))
	return nil
}

// childHolding gives the child of main that holds the first element found, by
// the first of the conditions that finds one; nil, the end of main, for none.
func childHolding(main *html.Node, conditions ...func(*html.Node) bool) *html.Node {
	for _, ok := range conditions {
		n := first(main, ok)
		for n != nil && n.Parent != main {
			n = n.Parent
		}
		if n != nil {
			return n
		}
	}
	return nil
}

// section makes a section of a text. Its headings move down one level, below
// the section's own, and its fragments get the section's name in front, so that
// they differ from those of the page.
func section(id, heading, variant string, text site.Text) (*html.Node, error) {
	lead := ""
	for _, part := range []string{text.Title, text.Summary} {
		if part != "" && part != heading {
			lead += " " + html.EscapeString(part)
		}
	}
	if text.Title != heading {
		lead = strings.Replace(lead, html.EscapeString(text.Title), "<strong>"+html.EscapeString(text.Title)+".</strong>", 1)
	}
	nodes, err := fragment(`<section class="section" aria-labelledby="` + id + `">
<h2 class="section-head" id="` + id + `">` + heading + `</h2>
<div class="section-body">
<p class="statement">` + strings.TrimSpace(lead) + `</p>
<div class="prose joined` + variant + `">` + string(text.HTML) + `</div>
</div>
</section>`)
	if err != nil {
		return nil, err
	}
	outer := nodes[0]
	for _, n := range all(first(outer, class("joined")), func(*html.Node) bool { return true }) {
		if lower, ok := demoted[n.Data]; ok {
			n.Data, n.DataAtom = lower.String(), lower
		}
		if name := attr(n, "id"); name != "" {
			setAttr(n, "id", id+"-"+name)
		}
		if href := attr(n, "href"); strings.HasPrefix(href, "#") {
			setAttr(n, "href", "#"+id+"-"+href[1:])
		}
	}
	return outer, nil
}

// demoted gives the next heading below each.
var demoted = map[string]atom.Atom{"h2": atom.H3, "h3": atom.H4, "h4": atom.H5, "h5": atom.H6}

// ownHeader makes the header lead through this page: there is no other.
func ownHeader(document *html.Node) {
	for _, brand := range all(document, class("brand")) {
		rename(brand, "span")
	}
	nav, list := first(document, tag("nav")), first(document, class("nav-list"))
	if nav == nil || list == nil {
		return
	}
	setAttr(nav, "aria-label", "On this page")
	clear(list)
	for _, head := range all(document, class("section-head")) {
		id := attr(head, "id")
		if head.Data != "h2" || id == "" {
			continue
		}
		entry, link := element("li", "", ""), element("a", "nav-link", textOf(head))
		setAttr(link, "href", "#"+id)
		entry.AppendChild(link)
		list.AppendChild(entry)
		list.AppendChild(textNode("\n"))
	}
}

// ownList names the file that comes along in place of those for download.
func ownList(document *html.Node, d department) {
	lists := first(document, having("data-lists"))
	if lists == nil {
		return
	}
	removeAll(lists, class("links"))
	if d.workbook != "" {
		lists.InsertBefore(element("p", "hint", "The same list as a workbook: "+path.Base(d.workbook)+", which comes with this file."), lists.FirstChild)
	}
	if empty := first(lists, class("empty")); empty != nil && d.counts.Devices > 0 {
		say(empty, "No device of this department has anything to do. The table above counts all of them.")
	}
}

// ownLinks keeps links that lead to a place on this page or to the world. Of
// others the text stays where it is part of a sentence.
func ownLinks(document *html.Node) {
	ids := map[string]bool{}
	for _, n := range all(document, having("id")) {
		ids[attr(n, "id")] = true
	}
	for _, link := range all(document, func(n *html.Node) bool { return n.Data == "a" || n.Data == "area" }) {
		href, ok := lookUp(link, "href")
		if !ok {
			continue
		}
		before, fragment, _ := strings.Cut(href, "#")
		scheme, _, absolute := strings.Cut(strings.ToLower(before), ":")
		switch {
		case absolute && (scheme == "http" || scheme == "https" || scheme == "mailto"):
			continue
		case !absolute && ids[fragment] && (before == "" || !strings.Contains(before, "/")):
			setAttr(link, "href", "#"+fragment)
			continue
		case within(link, "aside") || within(link, "notes"):
			remove(link)
		default:
			unwrap(link)
		}
	}
}

// within reports whether an element stands inside one of a class.
func within(n *html.Node, name string) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if class(name)(n) {
			return true
		}
	}
	return false
}
