package site

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"path"
	"regexp"
	"strings"

	"example.org/cutoff/generator/inert"
)

const styleName = "static/cutoff.css"

// newAlone puts the style and the pictures into a form that a page can hold.
func newAlone(assets []asset) *alone {
	a := &alone{pictures: map[string]string{}}
	style := ""
	for _, file := range assets {
		kind := pictureKinds[strings.ToLower(path.Ext(file.name))]
		switch {
		case file.name == styleName:
			style = string(file.bytes)
		case kind != "" && !inert.Script(file.name, file.bytes):
			a.pictures[file.name] = "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(file.bytes)
		}
	}
	style = a.embed(style)
	sum := sha256.Sum256([]byte(style))
	a.Style, a.StyleSum = template.CSS(style), base64.StdEncoding.EncodeToString(sum[:])
	a.Fonts = strings.Contains(style, "data:font")
	a.Icon = template.URL(a.pictures["static/icon.svg"])
	for _, name := range []string{"static/logo.png", "static/logo.svg"} {
		if picture := a.pictures[name]; picture != "" {
			a.Picture = template.URL(picture)
		}
	}
	return a
}

// picture gives the address that holds a picture of the site; "" for one that
// the site does not have.
func (a *alone) picture(name string) string { return a.pictures[path.Clean(name)] }

// pictureKinds are the types of the pictures and fonts that a page can hold, by
// the ends of their names.
var pictureKinds = map[string]string{
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".jpg":   "image/jpeg",
	".jpeg":  "image/jpeg",
	".gif":   "image/gif",
	".webp":  "image/webp",
	".ico":   "image/x-icon",
	".woff2": "font/woff2",
	".woff":  "font/woff",
}

// The ways in which a style sheet refers to something else.
var (
	styleImport    = regexp.MustCompile(`(?is)@import[^;]*;`)
	styleReference = regexp.MustCompile(`(?is)url\(\s*("[^"]*"|'[^']*'|[^)"'\s]*)\s*\)`)
)

// embed makes a style sheet that needs no other file: what it refers to is put
// inside or left out.
func (a *alone) embed(style string) string {
	style = styleImport.ReplaceAllString(style, "")
	style = styleReference.ReplaceAllStringFunc(style, func(reference string) string {
		address := strings.Trim(styleReference.FindStringSubmatch(reference)[1], `"'`)
		if strings.HasPrefix(address, "#") || strings.HasPrefix(address, "data:") {
			return reference
		}
		if picture := a.pictures[path.Join(path.Dir(styleName), address)]; picture != "" {
			return "url(" + picture + ")"
		}
		return "none"
	})
	return compact(style)
}

// styleBreak finds strings, comments and ends of lines.
var styleBreak = regexp.MustCompile(`(?s)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|/\*.*?\*/|\s*[\n\r]\s*`)

// compact removes comments and line ends from a style sheet. Programs that
// compute the hash of a style do not agree on these. It also escapes what could
// end the style's element.
func compact(style string) string {
	style = styleBreak.ReplaceAllStringFunc(style, func(found string) string {
		switch {
		case strings.HasPrefix(found, "/*"):
			return ""
		case strings.HasPrefix(found, `"`), strings.HasPrefix(found, "'"):
			return found
		}
		return " "
	})
	return strings.ReplaceAll(strings.TrimSpace(style), "</", `<\/`)
}
