package bundle

import (
	"crypto/sha256"
	"encoding/base64"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// inliner puts styles and pictures of the site into a page. Style sheets are
// the same in every file, so they are prepared once.
type inliner struct {
	*source
	styles map[string]string // by name in the site
}

func newInliner(s *source) (*inliner, error) {
	in := &inliner{s, map[string]string{}}
	for _, f := range s.manifest.Files {
		if path.Ext(f.Name) != ".css" {
			continue
		}
		text, err := s.text(f.Name)
		if err != nil {
			return nil, err
		}
		if f.Name == styleName {
			text += styleAddition
		}
		if in.styles[f.Name], err = in.style(f.Name, text); err != nil {
			return nil, where(f.Name, err)
		}
	}
	return in, nil
}

// page puts everything that a department's page refers to inside it. Its
// Content-Security-Policy then allows these very styles, pictures that are part
// of the page, and nothing else.
func (in *inliner) page(document *html.Node) error {
	var sources []string
	for _, link := range all(document, tag("link")) {
		target, local := localTarget("departments/page.html", attr(link, "href"))
		kinds := strings.Fields(strings.ToLower(attr(link, "rel")))
		switch style, ok := in.styles[target]; {
		case local && ok && slices.Contains(kinds, "stylesheet"):
			node := element("style", "", "")
			node.AppendChild(textNode(style))
			link.Parent.InsertBefore(node, link)
			remove(link)
			sum := sha256.Sum256([]byte(style))
			sources = append(sources, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
		case local && slices.Contains(kinds, "icon"):
			if picture, err := in.picture(target); err != nil {
				return err
			} else if picture != "" {
				setAttr(link, "href", picture)
				continue
			}
			remove(link)
		default:
			remove(link)
		}
	}
	if err := in.pictures(document); err != nil {
		return err
	}
	in.policy(document, sources)
	return nil
}

// pictures puts every picture into the page; of one that is not the site's the
// description remains.
func (in *inliner) pictures(document *html.Node) error {
	for _, image := range all(document, tag("img")) {
		picture := ""
		if target, local := localTarget("departments/page.html", attr(image, "src")); local {
			var err error
			if picture, err = in.picture(target); err != nil {
				return err
			}
		}
		dropAttr(image, "srcset")
		if picture == "" {
			image.Parent.InsertBefore(textNode(attr(image, "alt")), image)
			remove(image)
			continue
		}
		setAttr(image, "src", picture)
	}
	removeAll(document, func(n *html.Node) bool {
		switch n.Data {
		case "source", "audio", "video", "track":
			return true
		case "image", "use", "feImage":
			return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
				return a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "data:image/")
			})
		}
		return false
	})
	return nil
}

// policy replaces the page's Content-Security-Policy, or adds one.
func (in *inliner) policy(document *html.Node, styles []string) {
	removeAll(document, func(n *html.Node) bool {
		return n.Data == "meta" && strings.EqualFold(attr(n, "http-equiv"), "Content-Security-Policy")
	})
	directives := []string{"default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"}
	if len(styles) > 0 {
		directives = slices.Insert(directives, 1, "style-src "+strings.Join(styles, " "))
	}
	if style := first(document, tag("style")); style != nil && strings.Contains(textOf(style), "data:font") {
		directives = append(directives, "font-src data:")
	}
	meta := element("meta", "", "")
	setAttr(meta, "http-equiv", "Content-Security-Policy")
	setAttr(meta, "content", strings.Join(directives, "; "))
	head := first(document, tag("head"))
	at := head.FirstChild
	if charset := first(head, having("charset")); charset != nil && charset.Parent == head {
		at = charset.NextSibling
	}
	head.InsertBefore(meta, at)
	head.InsertBefore(textNode("\n"), meta)
}

// picture gives a picture of the site as a data address; "" for one that the
// site does not have, or that brings script.
func (in *inliner) picture(name string) (string, error) {
	kind := pictureKind(name)
	if !in.has(name) || kind == "" {
		return "", nil
	}
	content, err := in.read(name)
	if err != nil || isScript(name, content) {
		return "", err
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(content), nil
}

func pictureKind(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".png":
		return "image/png"
	case ".svg":
		return "image/svg+xml"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".woff":
		return "font/woff"
	}
	return ""
}

// What a style sheet can refer to.
var (
	styleImport    = regexp.MustCompile(`(?is)@import[^;]*;`)
	styleReference = regexp.MustCompile(`(?is)url\(\s*("[^"]*"|'[^']*'|[^)"'\s]*)\s*\)`)
)

// style makes a style sheet stand by itself: what it refers to is put inside or
// left out.
func (in *inliner) style(name, text string) (string, error) {
	var failed error
	text = styleImport.ReplaceAllString(text, "")
	text = styleReference.ReplaceAllStringFunc(text, func(reference string) string {
		address := strings.Trim(styleReference.FindStringSubmatch(reference)[1], `"'`)
		if strings.HasPrefix(address, "#") || strings.HasPrefix(address, "data:") {
			return reference
		}
		target, local := localTarget(name, address)
		if !local {
			return "none"
		}
		picture, err := in.picture(target)
		if err != nil {
			failed = err
		}
		if picture == "" {
			return "none"
		}
		return "url(" + picture + ")"
	})
	return oneLine(text), failed
}

// styleBreak finds strings, comments and ends of lines.
var styleBreak = regexp.MustCompile(`(?s)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|/\*.*?\*/|\s*[\n\r]\s*`)

// oneLine gives a style sheet without comments and ends of lines: of these, not
// every program that computes its hash makes the same. The end of the element
// must not stand in it.
func oneLine(text string) string {
	text = styleBreak.ReplaceAllStringFunc(text, func(found string) string {
		switch {
		case strings.HasPrefix(found, "/*"):
			return ""
		case strings.HasPrefix(found, `"`), strings.HasPrefix(found, "'"):
			return found
		}
		return " "
	})
	return strings.ReplaceAll(strings.TrimSpace(text), "</", `<\/`)
}
