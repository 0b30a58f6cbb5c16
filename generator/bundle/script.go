package bundle

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// isScript reports whether a file of the site is there for scripts alone: the
// scripts themselves, and pictures that bring one along.
func isScript(name string, content []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".js", ".mjs", ".cjs", ".wasm":
		return true
	case ".svg":
		return scriptInPicture(content)
	}
	return false
}

// activePicture finds what runs in an SVG file, or fetches something.
var activePicture = regexp.MustCompile(`(?i)<\s*(?:[\w.-]+:)?(script|foreignobject|handler|listener)\b|\son[a-z]+\s*=|javascript\s*:|<!entity`)

func scriptInPicture(content []byte) bool {
	return activePicture.Match(bytes.ReplaceAll(content, []byte{0}, nil))
}

// withoutScript takes out of a page everything that runs, and what is there
// only for scripts. What remains is the page that a reader without script has
// anyway.
func withoutScript(document *html.Node) {
	removeAll(document, func(n *html.Node) bool {
		switch n.Data {
		case "script", "iframe", "object", "embed", "base":
			return true
		case "link":
			return scriptLink(attr(n, "rel"), attr(n, "as"))
		case "meta":
			return strings.EqualFold(attr(n, "http-equiv"), "refresh")
		}
		return false
	})
	for _, n := range all(document, tag("noscript")) {
		unwrap(n)
	}
	removeAll(document, having("data-tools"))
	for _, n := range all(document, func(*html.Node) bool { return true }) {
		dropHandlers(n)
	}
	changePolicy(document, func(directives string) string {
		var kept []string
		for directive := range strings.SplitSeq(directives, ";") {
			if name := strings.TrimSpace(directive); !strings.HasPrefix(name, "script-src") && name != "" {
				kept = append(kept, name)
			}
		}
		return strings.Join(kept, "; ")
	})
	withoutSearch(document)
}

func scriptLink(rel, as string) bool {
	switch strings.ToLower(rel) {
	case "modulepreload", "import", "preconnect", "dns-prefetch", "manifest":
		return true
	case "preload", "prefetch":
		return strings.EqualFold(as, "script") || as == ""
	}
	return false
}

// dropHandlers takes script out of attributes.
func dropHandlers(n *html.Node) {
	var kept []html.Attribute
	for _, a := range n.Attr {
		value := strings.ToLower(strings.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, a.Val))
		if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(value, "javascript:") || a.Key == "srcdoc" {
			continue
		}
		kept = append(kept, a)
	}
	n.Attr = kept
}

// changePolicy rewrites the page's Content-Security-Policy.
func changePolicy(document *html.Node, change func(directives string) string) {
	for _, meta := range all(document, tag("meta")) {
		if strings.EqualFold(attr(meta, "http-equiv"), "Content-Security-Policy") {
			setAttr(meta, "content", change(attr(meta, "content")))
		}
	}
}

// withoutSearch turns the page of the search into one that says how to look
// without it.
func withoutSearch(document *html.Node) {
	removeAll(document, having("data-find"))
	without := first(document, having("data-find-without"))
	if without == nil {
		return
	}
	if lead := first(document, class("hero-summary")); lead != nil {
		say(lead, "This copy of the site has no script, and so no search. Two ways lead to a device all the same.")
	}
	if intro := first(without, tag("p")); intro != nil {
		say(intro, "To look for a device by hand:")
	}
}
