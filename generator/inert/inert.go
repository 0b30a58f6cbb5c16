// Package inert takes out of finished pages what runs: scripts, and what is
// there only for them. Mail and ticket systems refuse script, so the pages of a
// bundle go through here, and so does what an organisation's own templates put
// into the file of a department. Pages go in and come out as bytes. A page
// without anything that runs comes out unchanged.
package inert

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Edit says what else changes on a page.
type Edit struct {
	// Address decides about each address of a link, picture or style sheet; nil
	// keeps all of them.
	Address func(element, address string) Fate
	// Begin and End are markup to begin and to end the page's main part with.
	Begin, End string
}

// Fate is what becomes of an address. A link that is not kept leaves its text, or
// nothing when it only downloads; a picture leaves its description.
type Fate struct {
	Keep bool
	// Note is markup that follows the text of a link that is not kept; with it the
	// text always stays.
	Note string
}

// Page gives a page without script.
func Page(page []byte, edit Edit) []byte {
	f := filter{edit: edit, tokens: html.NewTokenizer(bytes.NewReader(page))}
	f.out.Grow(len(page))
	for {
		switch kind := f.tokens.Next(); kind {
		case html.ErrorToken:
			return f.out.Bytes()
		case html.StartTagToken, html.SelfClosingTagToken:
			f.start(kind)
		case html.EndTagToken:
			f.end()
		default:
			f.write(f.tokens.Raw())
		}
	}
}

type filter struct {
	edit   Edit
	tokens *html.Tokenizer
	out    bytes.Buffer
	// dropped is the element that is left out with all that it holds, open how
	// many of that name are open in it.
	dropped string
	open    int
	// link is what follows the text of the link that is being unwrapped.
	link *Fate
}

func (f *filter) write(raw []byte) {
	if f.dropped == "" {
		f.out.Write(raw)
	}
}

func (f *filter) start(kind html.TokenType) {
	raw := bytes.Clone(f.tokens.Raw()) // reading the token changes it
	token := f.tokens.Token()
	name := token.Data
	if f.dropped != "" {
		if name == f.dropped && kind == html.StartTagToken {
			f.open++
		}
		return
	}
	if drops(token) {
		f.drop(name, kind)
		return
	}
	if name == "noscript" || name == "form" {
		return // what they hold stays
	}
	before := len(token.Attr)
	token.Attr = slices.DeleteFunc(token.Attr, runs)
	changed := len(token.Attr) < before
	changed = withoutScriptPolicy(&token) || changed
	if f.edit.Address != nil {
		for i := 0; i < len(token.Attr); i++ {
			a := token.Attr[i]
			if !addresses[a.Key] || a.Key == "data" && name != "object" {
				continue
			}
			fate := f.edit.Address(name, a.Val)
			if fate.Keep {
				continue
			}
			switch {
			case name == "a" || name == "area":
				if fate.Note == "" && has(token, "download") {
					f.drop(name, kind)
					return
				}
				f.link = &fate
				return
			case name == "img":
				f.out.WriteString(html.EscapeString(attr(token, "alt")))
				return
			case name == "link":
				return
			}
			token.Attr = slices.Delete(token.Attr, i, i+1)
			changed, i = true, i-1
		}
	}
	if changed {
		// The library ends a void element with a slash, which means nothing.
		token.Type = html.StartTagToken
		raw = []byte(token.String())
		if kind == html.SelfClosingTagToken {
			raw = append(raw[:len(raw)-1], "/>"...)
		}
	}
	f.out.Write(raw)
	if name == "main" {
		f.out.WriteString(f.edit.Begin)
	}
}

func (f *filter) end() {
	raw := bytes.Clone(f.tokens.Raw())
	name, _ := f.tokens.TagName()
	switch {
	case f.dropped != "":
		if string(name) == f.dropped {
			f.open--
		}
		if f.open == 0 {
			f.dropped = ""
		}
		return
	case string(name) == "noscript" || string(name) == "form":
		return
	case string(name) == "a" && f.link != nil:
		f.out.WriteString(f.link.Note)
		f.link = nil
		return
	case string(name) == "main":
		f.out.WriteString(f.edit.End)
	}
	f.out.Write(raw)
}

// drop leaves an element out, with what it holds.
func (f *filter) drop(name string, kind html.TokenType) {
	if kind == html.StartTagToken && !void[name] {
		f.dropped, f.open = name, 1
	}
}

var (
	// void elements hold nothing and have no end.
	void = set("base", "embed", "link", "meta", "img", "input", "br", "hr", "source", "track", "area", "col", "wbr")
	// active elements run, or load what may.
	active = set("script", "iframe", "frame", "object", "embed", "applet", "portal", "base")
	// scriptLinks are what a link may be that only scripts or other sites need.
	scriptLinks = set("modulepreload", "import", "preconnect", "dns-prefetch", "manifest")
	// addresses are the attributes that lead somewhere.
	addresses = set("href", "src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href", "ping", "cite")
)

func set(names ...string) map[string]bool {
	all := map[string]bool{}
	for _, name := range names {
		all[name] = true
	}
	return all
}

// drops reports whether an element is there only to run, or only for what runs.
func drops(t html.Token) bool {
	switch {
	case active[t.Data], has(t, "data-tools"), has(t, "data-find"):
		return true
	case t.Data == "meta":
		return strings.EqualFold(attr(t, "http-equiv"), "refresh")
	case t.Data == "link":
		rel, as := strings.ToLower(attr(t, "rel")), strings.ToLower(attr(t, "as"))
		return scriptLinks[rel] || (rel == "preload" || rel == "prefetch") && (as == "script" || as == "")
	}
	return false
}

// runs reports whether an attribute runs. What a browser skips in an address is
// skipped here.
func runs(a html.Attribute) bool {
	value := strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, a.Val))
	return strings.HasPrefix(a.Key, "on") || strings.HasPrefix(value, "javascript:") || a.Key == "srcdoc"
}

// withoutScriptPolicy takes scripts out of the page's Content-Security-Policy.
func withoutScriptPolicy(t *html.Token) bool {
	if t.Data != "meta" || !strings.EqualFold(attr(*t, "http-equiv"), "Content-Security-Policy") {
		return false
	}
	at := index(*t, "content")
	if at < 0 {
		return false
	}
	var kept []string
	for directive := range strings.SplitSeq(t.Attr[at].Val, ";") {
		if directive = strings.TrimSpace(directive); directive != "" && !strings.HasPrefix(directive, "script-src") {
			kept = append(kept, directive)
		}
	}
	policy := strings.Join(kept, "; ")
	changed := policy != t.Attr[at].Val
	t.Attr[at].Val = policy
	return changed
}

func has(t html.Token, key string) bool { return index(t, key) >= 0 }

func attr(t html.Token, key string) string {
	if i := index(t, key); i >= 0 {
		return t.Attr[i].Val
	}
	return ""
}

func index(t html.Token, key string) int {
	return slices.IndexFunc(t.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// Runs reports whether a page has script, in an element or in an attribute.
func Runs(page []byte) bool {
	tokens := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return false
		case html.StartTagToken, html.SelfClosingTagToken:
			if token := tokens.Token(); active[token.Data] && token.Data != "base" || slices.ContainsFunc(token.Attr, runs) {
				return true
			}
		}
	}
}

// Script reports whether a file is there for scripts alone: the scripts
// themselves, and pictures that bring one along.
func Script(name string, content []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".js", ".mjs", ".cjs", ".wasm":
		return true
	case ".svg":
		return activePicture.Match(bytes.ReplaceAll(content, []byte{0}, nil))
	}
	return false
}

// activePicture finds what runs in an SVG file, or fetches something.
var activePicture = regexp.MustCompile(`(?i)<\s*(?:[\w.-]+:)?(script|foreignobject|handler|listener)\b|\son[a-z]+\s*=|javascript\s*:|<!entity`)
