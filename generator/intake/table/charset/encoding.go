package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// HeadBytes is how much of a file is looked at to know what it is.
const HeadBytes = 64 << 10

// Encoding is what somebody says of how a text file is encoded. The zero value
// says nothing. A byte order mark in the file is stronger.
type Encoding struct {
	Name string // as messages and pages show it
	// Rest says that it holds for all files of which nothing else is known: one
	// that is UTF-8 in its first 64 KiB is UTF-8 then.
	Rest bool
}

// otherNames are names that people use and that the registries do not have.
var otherNames = map[string]string{
	"macroman": "macintosh", "ansi": "windows-1252", "cp932": "shift_jis", "cp936": "gbk", "cp949": "euc-kr", "cp950": "big5",
}

// Find gives the encoding of a name, of those that the web or the IANA
// has names for; case, and blanks and hyphens for nothing or for an underscore,
// do not count. It reports false for one that is not known.
func Find(name string) (Encoding, bool) {
	_, canonical := find(name)
	return Encoding{Name: canonical}, canonical != ""
}

// find gives a codec, nil for UTF-8, and the name to show, "" for an unknown one.
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

// means says that a file with this head and without a mark is so encoded.
func (e Encoding) means(head []byte) bool {
	if e.Name == "" || !e.Rest {
		return e.Name != ""
	}
	if len(head) == HeadBytes {
		for cut := 1; cut < utf8.UTFMax && !utf8.Valid(head); cut++ {
			head = head[:HeadBytes-cut] // a character may be cut
		}
	}
	return asciiPrefix(head) == len(head) || !utf8.Valid(head)
}
