package bundle

import (
	"fmt"
	"html"
	"path"
	"strconv"
	"strings"

	"example.org/cutoff/generator/inert"
	"example.org/cutoff/generator/plural"
)

// filesLimit is how many files a zip may have. More would need the zip64 form,
// which not every system can read.
const filesLimit = 65_000

// layout says which part has which file. Somebody may get only one part, so each
// makes sense by itself: it has all top-level pages, and a page names the part
// instead of linking to a department in another part.
type layout struct {
	base  string
	parts [][]unit // what only this part has
	// of has the part of each file, from 1. Files that every part has are not in
	// it.
	of map[string]int
}

// divide fills parts in order, each with at most room bytes. The files of a
// department stay together unless they are too large for one part.
func (p *packer) divide(room int64, costs map[string]int64) *layout {
	const ends = 2048 // headers of manifest.json and SHA256SUMS, and what they say of the whole
	common := int64(ends)
	for _, name := range p.common {
		common += costs[name]
	}
	for _, u := range p.own {
		common += int64(2 * len(u.department)) // its line in each manifest
	}
	cost := func(u unit) (sum int64) {
		for _, name := range u.files {
			sum += costs[name]
		}
		return sum
	}
	var parts [][]unit
	var filled int64
	var files int
	add := func(u unit) {
		size := cost(u)
		if len(parts) == 0 || filled+size > room || files+len(u.files) > filesLimit {
			parts = append(parts, nil)
			filled, files = common, len(p.common)
		}
		last := len(parts) - 1
		parts[last] = append(parts[last], u)
		filled += size
		files += len(u.files)
	}
	// Departments that are too large for one part come last. Earlier, they would
	// leave other parts half empty.
	var large []unit
	for _, u := range p.own {
		if common+cost(u) <= room {
			add(u)
			continue
		}
		for _, name := range u.files {
			large = append(large, unit{u.department, []string{name}})
		}
	}
	for _, u := range large {
		add(u)
	}
	return newLayout(p.base, parts)
}

func newLayout(base string, parts [][]unit) *layout {
	l := &layout{base: base, parts: parts, of: map[string]int{}}
	for i, units := range parts {
		for _, u := range units {
			for _, name := range u.files {
				l.of[name] = i + 1
			}
		}
	}
	return l
}

// name gives a part's file name.
func (l *layout) name(part int) string { return partName(l.base, part, len(l.parts)) + ".zip" }

// partName adds the number of a part to a name, unless there is only one part. All
// numbers have the same width, so that the names sort.
func partName(base string, part, parts int) string {
	if parts == 1 {
		return base
	}
	return fmt.Sprintf("%s-part-%0*d-of-%d", base, len(strconv.Itoa(parts)), part, parts)
}

func (l *layout) contents() []Contents {
	contents := make([]Contents, len(l.parts))
	for i, units := range l.parts {
		c := Contents{File: l.name(i + 1), Departments: []string{}, Data: []string{}}
		for _, u := range units {
			switch {
			case u.department == "":
				c.Data = append(c.Data, u.files...)
			case len(c.Departments) == 0 || c.Departments[len(c.Departments)-1] != u.department:
				c.Departments = append(c.Departments, u.department)
			}
		}
		contents[i] = c
	}
	return contents
}

// edit says how to change a page for one part: links to files in other parts
// become the number of the part, and the page says which part it is in.
func (l *layout) edit(page string, part int, kept func(string) bool) inert.Edit {
	edit := inert.Edit{Address: func(_, address string) inert.Fate {
		target, local := localTarget(page, address)
		if elsewhere := l.of[target]; local && kept(target) && elsewhere != 0 && elsewhere != part {
			return inert.Fate{Note: fmt.Sprintf(`<span class="elsewhere"> (part %d)</span>`, elsewhere)}
		}
		return inert.Fate{Keep: !local || kept(target)}
	}}
	if len(l.parts) > 1 {
		edit.Begin = l.note(page, part)
		if page == "index.html" {
			edit.End = l.list(part)
		}
	}
	return edit
}

// localTarget gives the file of the site that a link on a page leads to. It is
// false for a link that leaves the site or stays on the page.
func localTarget(page, href string) (string, bool) {
	href, _, _ = strings.Cut(href, "#")
	href, _, _ = strings.Cut(href, "?")
	first, _, _ := strings.Cut(href, "/")
	if href == "" || strings.HasPrefix(href, "/") || strings.Contains(first, ":") {
		return "", false
	}
	return path.Join(path.Dir(page), href), true
}

// note is the line on top of every page that names the part.
func (l *layout) note(page string, part int) string {
	return fmt.Sprintf(`
<p class="part-note"><strong>Part %d of %d of this site.</strong> What is marked with another part’s number is in that part’s file. <a href="%sindex.html#parts">What each part holds</a></p>`,
		part, len(l.parts), strings.Repeat("../", strings.Count(page, "/")))
}

// list is the section, on the home page, that the notes on all pages link to.
func (l *layout) list(part int) string {
	var rows strings.Builder
	for i, c := range l.contents() {
		holds := "the pages at the top"
		if n := len(c.Departments); n > 0 {
			holds += ", " + plural.Count(n, "department", "departments")
		}
		if n := len(c.Data); n > 0 {
			holds += ", " + strings.Join(baseNames(c.Data), ", ")
		}
		here := ""
		if i+1 == part {
			here = " (this one)"
		}
		fmt.Fprintf(&rows, "<tr><th scope=\"row\">Part %d%s</th><td>%s</td><td>%s</td></tr>\n", i+1, here, html.EscapeString(c.File), html.EscapeString(holds))
	}
	return `<section class="section" aria-labelledby="parts">
<h2 class="section-head" id="parts">The parts of this site</h2>
<div class="section-body">
<p>The site is too large for one file that mail and ticket systems let through. Each part can be read and checked by itself.</p>
<div class="scroll">
<table><caption class="unseen">Parts and what they hold</caption>
<thead><tr><th scope="col">Part</th><th scope="col">File</th><th scope="col">Holds</th></tr></thead>
<tbody>
` + rows.String() + `</tbody></table>
</div>
</div>
</section>
`
}

func baseNames(names []string) []string {
	short := make([]string, len(names))
	for i, name := range names {
		short[i] = path.Base(name)
	}
	return short
}
