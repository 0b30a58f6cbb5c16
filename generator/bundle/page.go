package bundle

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"example.org/cutoff/generator/problem"
)

// Pages are read, changed and written as trees; these are the few things that
// one does with a tree.

// parse reads a page as a browser without script does.
func parse(page []byte) (*html.Node, error) {
	return html.ParseWithOptions(bytes.NewReader(page), html.ParseOptionEnableScripting(false))
}

// fragment reads markup that stands inside a section.
func fragment(markup string) ([]*html.Node, error) {
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	return html.ParseFragmentWithOptions(strings.NewReader(markup), context, html.ParseOptionEnableScripting(false))
}

func render(document *html.Node) ([]byte, error) {
	var out bytes.Buffer
	if err := html.Render(&out, document); err != nil {
		return nil, fmt.Errorf("write a page: %w", err)
	}
	return append(bytes.TrimRight(withoutSlashes(out.Bytes()), "\n"), '\n'), nil
}

// withoutSlashes writes <br/> as <br> and checked="" as checked: neither slash
// nor empty value means anything in HTML, and checkers say so for each.
func withoutSlashes(page []byte) []byte {
	out := make([]byte, 0, len(page))
	tokens := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := tokens.Next()
		raw := tokens.Raw()
		if kind == html.SelfClosingTagToken || kind == html.StartTagToken {
			raw = bytes.Replace(raw, []byte(` checked=""`), []byte(" checked"), 1)
		}
		if kind == html.SelfClosingTagToken {
			out = append(append(out, bytes.TrimSuffix(raw, []byte("/>"))...), '>')
			continue
		}
		out = append(out, raw...)
		if kind == html.ErrorToken {
			return out
		}
	}
}

// all gives the elements below a node for which ok holds, in document order.
func all(n *html.Node, ok func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && ok(d) {
			found = append(found, d)
		}
	}
	return found
}

// first gives the first of all, nil for none.
func first(n *html.Node, ok func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && ok(d) {
			return d
		}
	}
	return nil
}

// tag, class and having say which element is meant.

func tag(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Data == name }
}

func class(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attr(n, "class")), name) }
}

func having(key string) func(*html.Node) bool {
	return func(n *html.Node) bool { _, ok := lookUp(n, key); return ok }
}

func lookUp(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

func attr(n *html.Node, key string) string {
	value, _ := lookUp(n, key)
	return value
}

func setAttr(n *html.Node, key, value string) {
	for i, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

func dropAttr(n *html.Node, key string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key && a.Namespace == "" })
}

// remove takes a node out of its tree; nil is nothing to take out.
func remove(n *html.Node) {
	if n != nil && n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

func removeAll(n *html.Node, ok func(*html.Node) bool) {
	for _, found := range all(n, ok) {
		remove(found)
	}
}

// unwrap puts what an element holds in the element's place.
func unwrap(n *html.Node) {
	for child := n.FirstChild; child != nil; child = n.FirstChild {
		n.RemoveChild(child)
		n.Parent.InsertBefore(child, n)
	}
	remove(n)
}

// rename makes an element another one, without attributes but its class.
func rename(n *html.Node, name string) {
	n.Data, n.DataAtom = name, atom.Lookup([]byte(name))
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key != "class" })
}

func clear(n *html.Node) {
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
}

// say replaces what an element holds by a text.
func say(n *html.Node, text string) {
	clear(n)
	n.AppendChild(textNode(text))
}

func textNode(text string) *html.Node { return &html.Node{Type: html.TextNode, Data: text} }

// element makes an element with a class that holds a text; "" for no class.
func element(name, class, text string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
	if class != "" {
		setAttr(n, "class", class)
	}
	if text != "" {
		n.AppendChild(textNode(text))
	}
	return n
}

// insertAfter puts nodes behind another one, in their order.
func insertAfter(n *html.Node, nodes []*html.Node) {
	for _, node := range slices.Backward(nodes) {
		n.Parent.InsertBefore(node, n.NextSibling)
	}
}

// textOf gives what a reader sees of an element.
func textOf(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// shown gives a name for a page, with what does not print as an escape.
func shown(name string) string { return problem.Visible(name) }
