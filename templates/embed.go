// Package templates holds the site's pages as html/template files: frame.html
// is what stands around every page, standalone.html around the file of a
// department that stands by itself, pages/ has one file a page, parts/ what
// several pages share, content/ the texts in Markdown. Package site parses and
// runs them.
package templates

import "embed"

// Files has the templates below the names that look.overrides uses, less the
// leading "templates/".
//
//go:embed frame.html standalone.html pages parts content ticket mail
var Files embed.FS
