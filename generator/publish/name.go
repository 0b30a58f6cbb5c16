package publish

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// segmentLimit is how many bytes one part of a name may have on common file
// systems.
const segmentLimit = 255

// CheckNames gives an error unless files with these names can be in one folder on
// every operating system: each name is safe by itself ([checkName]), and no two
// differ only in case.
func CheckNames(names []string) error {
	taken := newNames()
	for _, name := range names {
		if err := checkName(name); err != nil {
			return err
		}
		if err := taken.claim(name); err != nil {
			return err
		}
	}
	return nil
}

// names has the taken names of a folder by nameKey, in their first spelling. Names
// of folders end in a slash.
type names map[string]string

func newNames() names {
	return names{nameKey(ManifestName): ManifestName, nameKey(SumsName): SumsName}
}

// claim takes a file's name and those of the folders above it. A folder may be
// named again, in the same spelling.
func (n names) claim(name string) error {
	if first, taken := n[nameKey(name)]; taken {
		return fmt.Errorf("found the name %q beside %q, want names that differ in more than case", name, first)
	}
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		first, taken := n[nameKey(folder)]
		if taken && first != folder+"/" {
			return fmt.Errorf("found the folder %q beside %q, want names that differ in more than case", folder, first)
		}
		n[nameKey(folder)] = folder + "/"
	}
	n[nameKey(name)] = name
	return nil
}

// checkName gives an error unless a file of this name can be made on every
// operating system. The name must be relative, with slashes and without dot
// segments. It must not have what Windows forbids or keeps for devices, nor
// characters that are invisible or change the direction of text.
func checkName(name string) error {
	if !fs.ValidPath(name) || name == "." {
		return fmt.Errorf("found the name %q, want a relative path with forward slashes", name)
	}
	for segment := range strings.SplitSeq(name, "/") {
		if why := unsafeSegment(segment); why != "" {
			return fmt.Errorf("found the name %q, want one without %s", name, why)
		}
	}
	return nil
}

// unsafeSegment gives what is wrong with one part of a name, "" for nothing.
// Rules: learn.microsoft.com, "Naming Files, Paths, and Namespaces".
func unsafeSegment(segment string) string {
	for _, r := range segment {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || r == utf8.RuneError || strings.ContainsRune(`\<>:"|?*`, r) {
			return fmt.Sprintf("the character %q", r)
		}
	}
	if len(segment) > segmentLimit {
		return fmt.Sprintf("a part longer than %d bytes", segmentLimit)
	}
	return keptByWindows(segment)
}

// keptByWindows says why Windows would open something else under this name than a
// file with exactly this name; "" if it would not.
func keptByWindows(segment string) string {
	switch {
	case strings.HasSuffix(segment, "."), strings.HasSuffix(segment, " "):
		return "a dot or blank at the end of a part"
	case windowsDevice.MatchString(segment):
		return "a name that Windows keeps for a device"
	}
	return ""
}

// windowsDevice matches a device's name. Windows ignores blanks after it, and a dot
// with anything after it.
var windowsDevice = regexp.MustCompile(`(?i)^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\.|$)`)

// nameKey gives the same text for two names that are one file on Windows and
// macOS, where case and composed accents do not count.
func nameKey(name string) string {
	return norm.NFC.String(strings.ToLower(strings.ToUpper(name)))
}
