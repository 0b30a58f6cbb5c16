package browser

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"example.org/cutoff/generator/fixture"
)

// What every page promises, whatever it shows.
func TestEveryPageIsStrict(t *testing.T) {
	everySite(t, func(t *testing.T, _ string, pages map[string]*document) {
		titles := make(map[string]string)
		for _, name := range sortedNames(pages) {
			d := pages[name]
			if got := len(d.named("h1")); got != 1 {
				t.Errorf("%s: found %d h1, want 1", name, got)
			}
			if got := fixture.Attribute(d.named("html")[0], "lang"); got == "" {
				t.Errorf("%s: found no lang", name)
			}
			title := words(d.named("title")[0])
			if d.alone() {
				title += " in one file"
			}
			if other := titles[title]; title == "" || other != "" {
				t.Errorf("%s: found title %q, want one of its own (%s has it)", name, title, other)
			}
			titles[title] = name
			wantPolicy(t, d)
			wantMeta(t, d, "robots", "noindex")
			wantMeta(t, d, "referrer", "no-referrer")
			for _, n := range d.elements {
				wantStrictElement(t, d, n)
			}
			wantHeadings(t, d)
			wantTables(t, d)
		}
	})
}

func wantMeta(t *testing.T, d *document, name, part string) {
	t.Helper()
	for _, n := range d.named("meta") {
		if fixture.Attribute(n, "name") == name && strings.Contains(fixture.Attribute(n, "content"), part) {
			return
		}
	}
	t.Errorf("%s: found no meta %s with %s", d.name, name, part)
}

// wantPolicy wants a Content-Security-Policy that lets nothing in but the
// site's own files.
func wantPolicy(t *testing.T, d *document) {
	t.Helper()
	for _, n := range d.named("meta") {
		if !strings.EqualFold(fixture.Attribute(n, "http-equiv"), "Content-Security-Policy") {
			continue
		}
		policy := fixture.Attribute(n, "content")
		if !strings.HasPrefix(policy, "default-src 'none'") {
			t.Errorf("%s: found policy %q, want default-src 'none' first", d.name, policy)
		}
		for _, bad := range []string{"unsafe", "frame-ancestors", "http:", "https:", "data:", "blob:", "*"} {
			if strings.Contains(policy, bad) && !(d.alone() && bad == "data:") {
				t.Errorf("%s: found %s in policy %q", d.name, bad, policy)
			}
		}
		for _, want := range []string{"base-uri 'none'", "form-action 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: found no %s in policy %q", d.name, want, policy)
			}
		}
		return
	}
	t.Errorf("%s: found no Content-Security-Policy", d.name)
}

// wantStrictElement wants no style or script but in files.
func wantStrictElement(t *testing.T, d *document, n *html.Node) {
	t.Helper()
	switch n.Data {
	case "style":
		if !d.alone() {
			t.Errorf("%s: found <style>, want none", d.name)
		}
	case "iframe", "object", "embed", "base", "form":
		t.Errorf("%s: found <%s>, want none", d.name, n.Data)
	case "script":
		if fixture.Attribute(n, "src") == "" || n.FirstChild != nil || d.alone() {
			t.Errorf("%s: found a script in the page: %.60s", d.name, words(n))
		}
	}
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			t.Errorf("%s: found <%s %s=%q>", d.name, n.Data, a.Key, a.Val)
		}
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
			t.Errorf("%s: found <%s %s=%q>", d.name, n.Data, a.Key, a.Val)
		}
	}
}

// wantHeadings wants headings that leave out no level on the way down.
func wantHeadings(t *testing.T, d *document) {
	t.Helper()
	level := 0
	for _, n := range d.elements {
		if len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		next := int(n.Data[1] - '0')
		if next > level+1 {
			t.Errorf("%s: found h%d %q after h%d", d.name, next, words(n), level)
		}
		if words(n) == "" {
			t.Errorf("%s: found an empty h%d", d.name, next)
		}
		level = next
	}
}

// wantTables wants a caption and scoped heads.
func wantTables(t *testing.T, d *document) {
	t.Helper()
	for _, n := range d.elements {
		if n.Data == "table" {
			caption := false
			for below := range n.ChildNodes() {
				caption = caption || below.Data == "caption" && words(below) != ""
			}
			if !caption {
				t.Errorf("%s: found a table without a caption", d.name)
			}
		}
		if n.Data == "th" && fixture.Attribute(n, "scope") == "" {
			t.Errorf("%s: found th %q without a scope", d.name, words(n))
		}
	}
}
