package browser

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"example.org/cutoff/generator/fixture"
)

// alone reports whether a page is a department's own file: it has style and
// pictures inside it and leads to no other file.
func (d *document) alone() bool { return strings.HasPrefix(d.name, "data/") }

// document is a page of a site, parsed.
type document struct {
	name     string // relative to the site, with slashes
	size     int
	elements []*html.Node
	ids      map[string]int // how often each id occurs
}

// readSite parses every page of a site, by name.
func readSite(t *testing.T, folder string) map[string]*document {
	t.Helper()
	names, err := Pages(folder)
	if err != nil {
		t.Fatal(err)
	}
	pages := make(map[string]*document)
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		root := fixture.Page(t, text)
		d := &document{name: name, size: len(text), ids: make(map[string]int)}
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			d.elements = append(d.elements, n)
			if id := fixture.Attribute(n, "id"); id != "" {
				d.ids[id]++
			}
		}
		pages[name] = d
	}
	return pages
}

// named gives the elements of a name, in order.
func (d *document) named(tag string) []*html.Node {
	var found []*html.Node
	for _, n := range d.elements {
		if n.Data == tag {
			found = append(found, n)
		}
	}
	return found
}

func words(n *html.Node) string {
	return strings.Join(strings.Fields(fixture.Text(n)), " ")
}

// everySite runs a test over each page of both sites.
func everySite(t *testing.T, test func(t *testing.T, folder string, pages map[string]*document)) {
	for _, site := range []struct{ name, folder string }{{"sample", sites.Sample}, {"corners", sites.Corners}} {
		t.Run(site.name, func(t *testing.T) { test(t, site.folder, pagesOf(t, site.folder)) })
	}
}

// parsed keeps what pagesOf has read: there are hundreds of pages.
var parsed = make(map[string]map[string]*document)

// pagesOf gives the pages of a site, parsed once for all tests.
func pagesOf(t *testing.T, folder string) map[string]*document {
	t.Helper()
	if parsed[folder] == nil {
		parsed[folder] = readSite(t, folder)
	}
	return parsed[folder]
}

// Attributes that hold an address, and those that name elements by id.
var (
	addresses  = []string{"href", "src", "poster", "data", "action", "formaction", "cite"}
	references = []string{"for", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-activedescendant"}
)

// Every address within the site is relative, stays below it, and leads to a
// file that is there; every fragment and every reference to an id finds its
// element. That holds from disk and below any path of a server alike. Only links
// lead outside.
func TestEveryLinkResolves(t *testing.T) {
	everySite(t, func(t *testing.T, folder string, pages map[string]*document) {
		reached := map[string]bool{"index.html": true}
		for _, name := range sortedNames(pages) {
			d := pages[name]
			for _, n := range d.elements {
				for _, key := range addresses {
					if address := fixture.Attribute(n, key); address != "" || key == "href" && n.Data == "a" {
						followLink(t, folder, pages, d, n, address, reached)
					}
				}
				for candidate := range strings.SplitSeq(fixture.Attribute(n, "srcset"), ",") {
					if fields := strings.Fields(candidate); len(fields) > 0 {
						followLink(t, folder, pages, d, n, fields[0], reached)
					}
				}
				for _, key := range references {
					for id := range strings.FieldsSeq(fixture.Attribute(n, key)) {
						if d.ids[id] == 0 {
							t.Errorf("%s: <%s %s=%q>: found no element with this id", name, n.Data, key, id)
						}
					}
				}
			}
			for id, count := range d.ids {
				if count > 1 {
					t.Errorf("%s: found %d elements with id %q, want 1", name, count, id)
				}
			}
		}
		for _, name := range sortedNames(pages) {
			if !reached[name] {
				t.Errorf("%s: found no link that leads to this page", name)
			}
		}
	})
}

func sortedNames(pages map[string]*document) []string {
	var names []string
	for name := range pages {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func followLink(t *testing.T, folder string, pages map[string]*document, d *document, n *html.Node, address string, reached map[string]bool) {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Errorf("%s: <%s>: %v", d.name, n.Data, err)
		return
	}
	if d.alone() && (n.Data == "img" || n.Data == "link") && strings.HasPrefix(address, "data:image/") {
		return
	}
	if d.alone() && at.Path != "" && !at.IsAbs() {
		t.Errorf("%s: <%s> leads to %s, want no other file", d.name, n.Data, address)
	}
	if at.IsAbs() || at.Host != "" {
		if n.Data != "a" || at.Scheme != "https" && at.Scheme != "mailto" {
			t.Errorf("%s: <%s> leads to %s, want only links to lead outside, by https or mailto", d.name, n.Data, address)
		}
		return
	}
	if strings.HasPrefix(at.Path, "/") {
		t.Errorf("%s: <%s> leads to %s, want a relative address", d.name, n.Data, address)
		return
	}
	target := d.name
	if at.Path != "" {
		target = path.Join(path.Dir(d.name), at.Path)
	}
	if stat, err := os.Stat(filepath.Join(folder, filepath.FromSlash(target))); target == ".." || strings.HasPrefix(target, "../") || err != nil || stat.IsDir() {
		t.Errorf("%s: <%s> leads to %s: found no such file in the site", d.name, n.Data, address)
		return
	}
	if d.name != target {
		reached[target] = true
	}
	if page := pages[target]; page != nil && at.Fragment != "" && page.ids[at.Fragment] == 0 {
		t.Errorf("%s: <%s> leads to %s: found no such place on the page", d.name, n.Data, address)
	}
}

// Style sheets name no file but what the site has.
func TestStyleSheetsStayInTheSite(t *testing.T) {
	address := regexp.MustCompile(`(?i)url\(|@import|https?:`)
	everySite(t, func(t *testing.T, folder string, _ map[string]*document) {
		text, err := os.ReadFile(filepath.Join(folder, "static", "cutoff.css"))
		if err != nil {
			t.Fatal(err)
		}
		if found := address.Find(text); found != nil {
			t.Errorf("static/cutoff.css: found %q, want no address", found)
		}
	})
}
