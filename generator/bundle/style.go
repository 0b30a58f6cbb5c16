package bundle

import _ "embed"

// styleName is the site's style sheet.
const styleName = "static/cutoff.css"

// styleAddition follows the site's style sheet: what only a bundle shows.
//
//go:embed bundle.css
var styleAddition string
