package device

import (
	"regexp"
	"strings"
)

// productVersion matches versions as all kinds of programs write them: v16.20.2,
// 18, 115.21.0esr, 1.8.0_421, 3.2.0-beta1.
var productVersion = regexp.MustCompile(`^[vV]?(\d{1,6}(?:\.\d{1,9}){0,3})(?:[-+_. ]?[A-Za-z][\w.+-]*|[_+]\w+)?$`)

// ProductVersion reads a version of any product. It takes everything that
// [ParseVersion] does. It also takes a v before the numbers, a suffix after them,
// which decides nothing, and a single number, which is a release (see
// [Version.Span]).
func ProductVersion(text string) Version {
	if v := ParseVersion(text); v.Known {
		return v
	}
	text = strings.TrimSpace(text)
	unknown := Version{Text: text}
	part := productVersion.FindStringSubmatch(text)
	if part == nil {
		return unknown
	}
	if !strings.Contains(part[1], ".") {
		if v := releaseVersion(part[1]); v.Known {
			return v
		}
		return unknown
	}
	v := ParseVersion(part[1])
	v.Text = text
	return v
}
