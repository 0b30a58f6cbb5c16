package browser

import (
	"os"
	"path/filepath"
	"strings"
)

// Fonts are the only font families that a browser sees, whatever the machine has.
// The Makefile names the Debian packages that have them.
type Fonts struct {
	// Name says how wide they are: "narrow".
	Name string
	// Words is the family for text, Code the one for monospaced text, as
	// fontconfig names them.
	Words, Code string
}

// FontSets gives three sets whose words differ a lot in width. The middle one comes
// first, because it is close to what most readers have.
func FontSets() []Fonts {
	return []Fonts{
		{"middle", "Liberation Sans", "Liberation Mono"},
		{"wide", "DejaVu Sans", "DejaVu Sans Mono"},
		{"narrow", "Yanone Kaffeesatz", "Yanone Kaffeesatz"},
	}
}

// environment writes a configuration of fontconfig into a folder and gives the
// variable that names it.
func (f Fonts) environment(folder string) (string, error) {
	file := filepath.Join(folder, "fonts.conf")
	text := strings.NewReplacer("WORDS", f.Words, "CODE", f.Code, "CACHE", filepath.Join(folder, "fonts-cache")).Replace(configuration)
	return "FONTCONFIG_FILE=" + file, os.WriteFile(file, []byte(text), 0o600)
}

// configuration refuses every font, then accepts those of two families.
const configuration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<dir>/usr/share/fonts</dir>
<cachedir>CACHE</cachedir>
<selectfont>
<rejectfont>
<pattern><patelt name="scalable"><bool>true</bool></patelt></pattern>
<pattern><patelt name="scalable"><bool>false</bool></patelt></pattern>
</rejectfont>
<acceptfont>
<pattern><patelt name="family"><string>WORDS</string></patelt></pattern>
<pattern><patelt name="family"><string>CODE</string></patelt></pattern>
</acceptfont>
</selectfont>
<alias><family>monospace</family><prefer><family>CODE</family></prefer></alias>
<match><edit name="family" mode="append_last"><string>WORDS</string></edit></match>
</fontconfig>
`
