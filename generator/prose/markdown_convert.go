package prose

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"example.org/cutoff/generator/problem"
)

// Place says where a text goes. The zero value is a page of its own.
type Place struct {
	// Section names the section that holds the text on a page without a site
	// around it; "" for a page of its own. In a section, headings move down one
	// level, their ids begin with its name so that they differ from the page's
	// ids, and links into the site become plain text.
	Section string
	// Picture turns the path of a picture of the site into an address that
	// holds the picture; "" for one that cannot be shown. It is needed when
	// Section is set.
	Picture func(name string) string
}

// convert renders filled Markdown. lines has the line in the file for each line
// of the Markdown.
func convert(name, markdown string, lines []int, at Place) (template.HTML, []Heading, error) {
	converter := goldmark.New(
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough,
			extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"})),
		),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute()),
	)
	bytesOf := []byte(markdown)
	context := parser.NewContext(parser.WithIDs(headingIDs{}))
	document := converter.Parser().Parse(text.NewReader(bytesOf), parser.WithContext(context))
	g := guard{name: name, source: bytesOf, lines: lines, at: at}
	g.walk(document)
	if len(g.faults) > 0 {
		problem.Sort(g.faults)
		return "", nil, g.faults
	}
	var out bytes.Buffer
	if err := converter.Renderer().Render(&out, bytesOf, document); err != nil {
		return "", nil, fmt.Errorf("render %s: %w", name, err)
	}
	return template.HTML(out.String()), g.headings, nil
}

// guard checks a parsed text before it is rendered. It removes what a page must
// not hold, refuses what the author has to change, and collects the headings.
type guard struct {
	name     string
	source   []byte
	lines    []int
	at       Place
	headings []Heading
	faults   problem.List
}

func (g *guard) walk(document ast.Node) {
	var nodes []ast.Node
	top := 6
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			nodes = append(nodes, n)
			if heading, ok := n.(*ast.Heading); ok {
				top = min(top, heading.Level)
			}
		}
		return ast.WalkContinue, nil
	})
	used := map[string]bool{}
	for _, n := range nodes {
		id, _ := n.AttributeString("id")
		n.RemoveAttributes() // of {#id .class onclick=...}, only a heading's id is kept
		switch n := n.(type) {
		case *ast.RawHTML, *ast.HTMLBlock:
			n.Parent().RemoveChild(n.Parent(), n)
		case *ast.Heading:
			if top == 1 { // the page has its own h1
				n.Level = min(n.Level+1, 6)
			}
			if g.at.Section != "" {
				n.Level = min(n.Level+1, 6)
			}
			g.heading(n, id, used)
		case *ast.Link:
			if !linkable(n.Destination) {
				unwrap(n)
			} else if g.at.Section != "" && relative(n.Destination) {
				g.local(n)
			}
		case *ast.AutoLink:
			if n.AutoLinkType != ast.AutoLinkEmail && !linkable(n.URL(g.source)) {
				n.Parent().ReplaceChild(n.Parent(), n, ast.NewString(util.EscapeHTML(n.Label(g.source))))
			}
		case *ast.Image:
			if !relative(n.Destination) {
				g.refuse(n, fmt.Sprintf("found an image at %s, want one in the site itself", problem.Quote(string(n.Destination))))
			} else if g.at.Section != "" {
				g.embed(n)
			}
		case *extast.TableCell:
			if _, head := n.Parent().(*extast.TableHeader); head {
				n.SetAttributeString("scope", []byte("col"))
			}
		}
	}
}

func (g *guard) heading(n *ast.Heading, id any, used map[string]bool) {
	name, _ := id.([]byte)
	heading := Heading{n.Level, string(name), plainText(n, g.source)}
	switch {
	case len(name) == 0 || bytes.ContainsAny(name, " \t\n"):
		g.refuse(n, "found a heading without a usable id, want one like {#who-is-affected}")
	case used[heading.ID]:
		g.refuse(n, fmt.Sprintf("found the heading id %s twice, want each once", problem.Quote(heading.ID)))
	}
	used[heading.ID] = true
	heading.ID = g.at.fragment(heading.ID)
	n.SetAttributeString("id", []byte(heading.ID))
	g.headings = append(g.headings, heading)
}

// fragment gives the id of a place in a text.
func (at Place) fragment(id string) string {
	if at.Section == "" {
		return id
	}
	return at.Section + "-" + id
}

// local gives a link within the text its new id, and turns a link into the site
// into plain text.
func (g *guard) local(n *ast.Link) {
	if id, ok := strings.CutPrefix(string(n.Destination), "#"); ok {
		n.Destination = []byte("#" + g.at.fragment(id))
		return
	}
	unwrap(n)
}

// embed puts a picture into the page, or its description when the picture is
// not the site's. The library refuses an address that holds an SVG picture, so
// the element is written here.
func (g *guard) embed(n *ast.Image) {
	words := html.EscapeString(plainText(n, g.source))
	if picture := g.at.Picture(string(n.Destination)); picture != "" {
		words = `<img src="` + picture + `" alt="` + words + `">`
	}
	instead := ast.NewString([]byte(words))
	instead.SetCode(true) // not to be escaped again
	n.Parent().ReplaceChild(n.Parent(), n, instead)
}

func (g *guard) refuse(n ast.Node, message string) {
	g.faults = append(g.faults, newFault(g.name, g.line(n), 0, message))
}

// line gives a node's line in the file.
func (g *guard) line(n ast.Node) int {
	for n.Pos() < 0 && n.Parent() != nil {
		n = n.Parent()
	}
	at := bytes.Count(g.source[:min(max(0, n.Pos()), len(g.source))], []byte("\n"))
	if at >= len(g.lines) {
		return 0
	}
	return g.lines[at]
}

// unwrap replaces a link by its text.
func unwrap(link ast.Node) {
	parent := link.Parent()
	for child := link.FirstChild(); child != nil; child = link.FirstChild() {
		parent.InsertBefore(parent, link, child)
	}
	parent.RemoveChild(parent, link)
}

// Scheme matches what makes an address absolute.
var Scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// linkable reports whether a page may link to an address: one in the site, or
// one with http, https or mailto. It looks at the address as it would be
// written into the page, with character references resolved.
func linkable(destination []byte) bool {
	address := string(util.URLEscape(destination, true))
	switch strings.ToLower(Scheme.FindString(address)) {
	case "http:", "https:", "mailto:":
		return true
	}
	return relative(destination)
}

// relative reports whether an address stays in the site, because it names no
// scheme and no host.
func relative(destination []byte) bool {
	address := string(util.URLEscape(destination, true))
	first, _, _ := strings.Cut(address, "/")
	return address != "" && !strings.HasPrefix(address, "/") && !strings.HasPrefix(address, `\`) &&
		!strings.ContainsFunc(address, unicode.IsControl) &&
		(!strings.Contains(first, ":") || strings.HasPrefix(address, "#"))
}

// plainText gives the text of inline Markdown as a reader sees it.
func plainText(n ast.Node, source []byte) string {
	var out strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			value := string(n.Segment.Value(source))
			if n.Parent().Kind() != ast.KindCodeSpan {
				value = unescape(value)
			}
			out.WriteString(value)
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.WriteByte(' ')
			}
		case *ast.String:
			out.Write(n.Value)
		case *ast.AutoLink:
			out.Write(n.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}

// escaped matches the ways to escape a single character in Markdown.
var escaped = regexp.MustCompile(`\\[[:punct:]]|&#?[0-9A-Za-z]+;`)

// unescape resolves backslashes and character references, each of them once.
func unescape(markdown string) string {
	return escaped.ReplaceAllStringFunc(markdown, func(match string) string {
		if match[0] == '\\' {
			return match[1:]
		}
		return html.UnescapeString(match)
	})
}

// headingIDs makes a heading's id from its words, in any script. The library's
// own way keeps English letters only.
type headingIDs map[string]bool

// Generate gives an id that no earlier heading has.
func (ids headingIDs) Generate(value []byte, _ ast.NodeKind) []byte {
	words := strings.FieldsFunc(strings.ToLower(unescape(string(value))), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	base := strings.Join(words, "-")
	if base == "" {
		base = "section"
	}
	id := base
	for n := 2; ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	ids[id] = true
	return []byte(id)
}

// Put remembers an id that the author gave.
func (ids headingIDs) Put(value []byte) { ids[string(value)] = true }
