package site

import "strconv"

// pager links the pages of what is too long for one. The zero value is for a
// single page.
type pager struct {
	Range          string // what is on this page: "rows 1 to 500 of 1,204"
	Pages          []pageLink
	Previous, Next string // "" at the ends
}

type pageLink struct {
	Href, Text string
	Current    bool
	// Gap is true when links to the pages before this one are left out.
	Gap bool
}

// fewPages is how many pages at most all have a link. Of more pages, only the
// first, the last and the neighbours have one.
const fewPages = 12

// pager gives the links of the page with index current among several.
func (s *Site) pager(names []string, current int, here string) pager {
	if len(names) < 2 {
		return pager{}
	}
	p := pager{Range: here}
	gap := false
	for i, name := range names {
		near := i-current <= 2 && current-i <= 2
		if len(names) > fewPages && !near && i > 0 && i < len(names)-1 {
			gap = true
			continue
		}
		p.Pages = append(p.Pages, pageLink{name, s.words.Number(i + 1), i == current, gap})
		gap = false
	}
	if current > 0 {
		p.Previous = names[current-1]
	}
	if current < len(names)-1 {
		p.Next = names[current+1]
	}
	return p
}

// pageFile names the page with this index, which starts at 0: sales.html,
// sales-2.html.
func pageFile(name string, index int) string {
	if index == 0 {
		return name + ".html"
	}
	return name + "-" + strconv.Itoa(index+1) + ".html"
}

func pageFiles(name string, pages int) []string {
	names := make([]string, pages)
	for i := range names {
		names[i] = pageFile(name, i)
	}
	return names
}
