package site

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/prose"
)

const styleFolder = "static/css"

// firstStyles come first in the style sheet, because the other parts rely on
// them.
var firstStyles = []string{"static/css/tokens.css", "static/css/base.css", "static/css/layout.css"}

// assets gives the files below static/: one style sheet made of its parts, the
// scripts, the pictures and the organisation's logo.
func assets(files siteFiles, in Input) ([]asset, error) {
	style, err := styleSheet(files, in.Config.Look)
	if err != nil {
		return nil, err
	}
	style = append(style, sheetFoot(in)...)
	all := []asset{{styleName, style}}
	for _, name := range files.below("static") {
		if strings.HasPrefix(name, styleFolder+"/") || path.Ext(name) == ".go" {
			continue
		}
		target := "static/" + strings.TrimPrefix(strings.TrimPrefix(name, "static/"), "js/")
		all = append(all, asset{target, files[name]})
	}
	if name := logoName(in.Config.Look.Logo); name != "" {
		if len(in.Logo) == 0 {
			return nil, fmt.Errorf("look.logo: found no picture in %q, want a PNG or SVG file", in.Config.Look.Logo)
		}
		all = append(all, asset{name, in.Logo})
	}
	return all, nil
}

// styleSheet joins the parts: tokens, base, layout, then part/*.css by name,
// then the organisation's own files, then its accent.
func styleSheet(files siteFiles, look config.Look) ([]byte, error) {
	var parts, own []string
	for _, name := range files.below(styleFolder) {
		switch {
		case path.Ext(name) != ".css" || slices.Contains(firstStyles, name):
		case strings.HasPrefix(name, styleFolder+"/part/"):
			parts = append(parts, name)
		default:
			own = append(own, name)
		}
	}
	var sheet bytes.Buffer
	for _, name := range slices.Concat(firstStyles, parts, own) {
		sheet.WriteString(strings.TrimSpace(files.text(name)))
		sheet.WriteString("\n\n")
	}
	accent, err := accentStyle(look.Accent, files.text(firstStyles[0]))
	if err != nil {
		return nil, err
	}
	sheet.WriteString(accent)
	return sheet.Bytes(), nil
}

// sheetFoot gives the style that prints the organisation and the day at the
// foot of each sheet, because printed sheets get separated.
func sheetFoot(in Input) string {
	text := "As of " + prose.NewWords(in.Config.Look).Day(in.Fleet.AsOf)
	if name := prose.Visible(in.Config.Organization); name != "" {
		text = name + ", a" + text[1:]
	}
	return fmt.Sprintf("@page {\n  @bottom-left {\n    content: %s;\n    font: 7.5pt sans-serif;\n  }\n}\n", styleString(text))
}

// styleString gives text as a string of a style sheet. Only English letters,
// digits, blanks and commas stay as they are. Everything else is an escape, so
// that nothing can end the string or the element around it.
func styleString(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		if r == ' ' || r == ',' || r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, `\%06x`, r)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// logoName gives the logo's path in the site; "" when the name is not that of a
// PNG or SVG file.
func logoName(configured string) string {
	switch extension := strings.ToLower(path.Ext(configured)); extension {
	case ".png", ".svg":
		return "static/logo" + extension
	}
	return ""
}
