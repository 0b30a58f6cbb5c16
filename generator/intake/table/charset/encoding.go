package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// HeadBytes is how much of a file's beginning is looked at to know what it is.
const HeadBytes = 64 << 10

// Encoding is the encoding that the configuration names for a text file. The zero
// value names none. A byte order mark in the file is stronger.
type Encoding struct {
	Name string // as messages and pages show it
	// Rest says that it was named for all files and not for this one. A file whose
	// first 64 KiB are UTF-8 beyond ASCII is then still UTF-8.
	Rest bool
}

// otherNames are names that people use, but that no registry has.
var otherNames = map[string]string{
	"macroman": "macintosh", "ansi": "windows-1252", "cp932": "shift_jis", "cp936": "gbk", "cp949": "euc-kr", "cp950": "big5",
}

// Find gives the encoding with a name. It knows the names of the web and of the
// IANA. Case does not matter, nor whether a blank, a hyphen, an underscore or
// nothing separates the parts of a name. It reports false for an unknown name.
func Find(name string) (Encoding, bool) {
	_, canonical := find(name)
	return Encoding{Name: canonical}, canonical != ""
}

// find gives a codec, which is nil for UTF-8, and the name to show, which is "" for
// an unknown encoding.
func find(name string) (encoding.Encoding, string) {
	name = strings.ToLower(strings.TrimSpace(name))
	bare := strings.NewReplacer(" ", "", "-", "", "_", "").Replace(name)
	if bare == "utf8" {
		return nil, encodingUTF8
	}
	if bare == "windows1252" || bare == "cp1252" || bare == "ansi" {
		return windows1252, encoding1252
	}
	for _, candidate := range []string{name, otherNames[bare], strings.ReplaceAll(name, " ", "-"), strings.ReplaceAll(name, " ", "_"), bare} {
		found, err := htmlindex.Get(candidate)
		if err != nil {
			found, err = ianaindex.IANA.Encoding(candidate)
		}
		if err != nil || found == nil || found == encoding.Replacement {
			continue
		}
		if canonical, err := ianaindex.MIME.Name(found); err == nil {
			candidate = canonical
		}
		return found, candidate
	}
	return nil, ""
}

// means reports whether a file with this head and without a mark has the encoding.
func (e Encoding) means(head []byte) bool {
	if e.Name == "" || !e.Rest {
		return e.Name != ""
	}
	if len(head) == HeadBytes {
		for cut := 1; cut < utf8.UTFMax && !utf8.Valid(head); cut++ {
			head = head[:HeadBytes-cut] // its end may cut a character
		}
	}
	return asciiPrefix(head) == len(head) || !utf8.Valid(head)
}
