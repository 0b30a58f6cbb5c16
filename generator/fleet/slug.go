package fleet

import (
	"crypto/sha256"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"example.org/cutoff/generator/spelling"
)

// slugLimit keeps file names well below what any file system allows, even with
// "-guids.txt" or a page number after the slug.
const slugLimit = 48

// markLength is how many letters of the name's hash are put after a slug. Each
// letter has 4 bits of it.
const markLength = 10

// notPlain finds slugs that need the hash although nothing was left out: names
// that Windows reserves, "index", and those that look like another department's
// file. "sales-2" is also the second page of "sales", and "sales-guids" is its list
// of GUIDs.
var notPlain = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9]|index)$|-[0-9]+$|-guids$`)

// Slug gives a department's stable form for file names: lower-case ASCII
// letters, digits and single hyphens, at most 59 characters, never empty. It
// depends only on the name, as [spelling.Fold] compares it, so a page keeps its
// address when other departments come and go. A short name of ASCII letters,
// digits and blanks is its own slug, with hyphens for blanks. If anything had to be
// left out, or the slug could be mistaken for another file, ten letters of the
// name's hash follow.
func Slug(name string) string {
	key := spelling.Fold(name)
	var slug strings.Builder
	exact := true
	hyphen := false
	for _, r := range norm.NFD.String(key) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			if hyphen && slug.Len() > 0 {
				slug.WriteByte('-')
			}
			hyphen = false
			slug.WriteRune(r)
		case r == ' ':
			hyphen = true
		default:
			exact = false
			// An accent belongs to the letter before it: büro is buro, not bu-ro.
			hyphen = hyphen || !isMark(r)
		}
	}
	plain := slug.String()
	if len(plain) > slugLimit {
		exact = false
		plain = strings.TrimRight(plain[:slugLimit], "-")
	}
	if exact && plain != "" && !notPlain.MatchString(plain) {
		return plain
	}
	if plain == "" {
		plain = "department"
	}
	return plain + "-" + hashMark(key)
}

// isMark reports whether r is an accent that decomposition took off its letter.
func isMark(r rune) bool { return norm.NFD.PropertiesString(string(r)).CCC() != 0 }

// hashMark gives letters only, so that a marked slug never ends in a number.
func hashMark(key string) string {
	sum := sha256.Sum256([]byte(key))
	letters := make([]byte, markLength)
	for i := range letters {
		letters[i] = 'a' + sum[i/2]>>(4*(i%2))&0xf
	}
	return string(letters)
}
