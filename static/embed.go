// Package static holds the site's style sheet in parts, its scripts and its
// icon. Package site joins the parts and writes all of them below static/.
package static

import "embed"

// Files has css/, js/ and icon.svg.
//
//go:embed css js icon.svg
var Files embed.FS
