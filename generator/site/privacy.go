package site

import (
	"strings"

	"example.org/cutoff/generator/config"
)

// userName gives a user name as pages show it. Consoles let people sign in with
// their e-mail address; where addresses are not to be shown, what stands before
// the @ is.
func userName(name string, privacy config.Privacy) string {
	if privacy.Emails {
		return name
	}
	if at := strings.IndexByte(name, '@'); at > 0 {
		return name[:at]
	}
	return name
}
