package config

import (
	"net/netip"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// User gives a user name as pages and files show it: "" when user names are
// left out. Consoles let people sign in with their e-mail address; where
// addresses are not to be shown, only the part before the @ is.
func (p Privacy) User(name string) string {
	if !p.UserNames {
		return ""
	}
	if at := strings.IndexByte(name, '@'); at > 0 && !p.Emails {
		name = name[:at]
	}
	return p.Text(name)
}

// Person gives the name of somebody who owns or approves a thing: as free text,
// and left out where user names are.
func (p Privacy) Person(name string) string {
	if !p.UserNames {
		return ""
	}
	return p.Text(name)
}

// Email gives an e-mail address where pages may show it, else "".
func (p Privacy) Email(address string) string {
	if !p.Emails {
		return ""
	}
	return address
}

// Stand-ins for what is not shown.
const (
	hiddenEmail   = "[e-mail]"
	hiddenAddress = "[address]"
)

// Text gives free text of an input as pages and files show it: without the
// e-mail and network addresses that are not to be shown. Of an e-mail address
// the part before the @ remains where user names are shown.
func (p Privacy) Text(text string) string {
	if !p.Emails && strings.IndexByte(text, '@') >= 0 {
		text = emailAddress.ReplaceAllStringFunc(text, func(found string) string {
			local := found[:strings.LastIndexByte(found, '@')]
			if !p.UserNames && local != `"` {
				return hiddenEmail
			}
			return local
		})
	}
	if !p.Addresses && mayHoldAddress(text) {
		text = withoutAddresses(text)
	}
	return text
}

// emailAddress finds what is one beyond doubt: a domain has a dot. Before the @
// a quote is enough, as in "anna b"@example.org.
var emailAddress = regexp.MustCompile(`(?:[\p{L}\p{N}\p{M}.!#$%&*+/=?^_{|}~'-]+|")@(?:(?:[\p{L}\p{N}\p{M}-]+\.)+[\p{L}\p{N}\p{M}-]+|\[[0-9A-Fa-f.:]+\])`)

// mayHoldAddress is a first look: nearly all texts hold none.
func mayHoldAddress(text string) bool {
	dots, colons := 0, 0
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '.':
			if digit(text[i-1]) {
				dots++
			}
		case ':':
			colons++
		}
	}
	return dots >= 3 || colons >= 2 || colons == 1 && strings.HasPrefix(text, "::")
}

// withoutAddresses puts the stand-in where an IP address is. A run of digits,
// letters up to f, dots and colons may be one; what it is next to says whether
// it is the whole of a word: 1.2.3.4.5 and v7.0.3.55 are versions.
func withoutAddresses(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && addressByte(text[end]) {
			end++
		}
		if end == i {
			_, size := utf8.DecodeRuneInString(text[i:])
			out.WriteString(text[i : i+size])
			i += size
			continue
		}
		out.WriteString(hideIn(text, i, end))
		i = end
	}
	return out.String()
}

func addressByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' || c == '.' || c == ':'
}

// hideIn gives text[start:end], a run of bytes that addresses are made of, with
// the stand-in for each address.
func hideIn(text string, start, end int) string {
	run := text[start:end]
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	trimmed := strings.Trim(run, ".")
	if strings.Count(run, ":") >= 2 && !word(before) && !word(after) && len(trimmed) >= len("fe80::") {
		for _, candidate := range []string{trimmed, strings.TrimSuffix(trimmed, ":")} {
			if _, err := netip.ParseAddr(candidate); err == nil {
				return strings.Replace(run, candidate, hiddenAddress, 1)
			}
		}
	}
	var out strings.Builder
	for i := 0; i < len(run); {
		n := dottedLength(text[start+i:])
		if n == 0 || i > 0 && (digit(run[i-1]) || run[i-1] == '.' && i > 1 && digit(run[i-2])) || i == 0 && (before == 'v' || before == 'V' || unicode.IsDigit(before) || versionAt(text, start, start+n)) {
			out.WriteByte(run[i])
			i++
			continue
		}
		out.WriteString(hiddenAddress)
		i += n
	}
	return out.String()
}

// versionAt reports whether text[start:end], four numbers with dots, is a version
// by the word before it and by its first number, which the app's versions have
// and few networks: "Server 7.0.3.55".
func versionAt(text string, start, end int) bool {
	first, _, _ := strings.Cut(text[start:end], ".")
	before := strings.FieldsFunc(text[:start], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return len(before) > 0 && versionWords[strings.ToLower(before[len(before)-1])] && appMajors[first]
}

var (
	versionWords = map[string]bool{"version": true, "ver": true, "release": true, "server": true, "app": true, "client": true, "crashplan": true, "code42": true, "proe": true, "proserver": true}
	appMajors    = map[string]bool{"3": true, "4": true, "5": true, "6": true, "7": true, "8": true, "11": true}
)

func digit(c byte) bool { return '0' <= c && c <= '9' }

func letter(c byte) bool { return 'a' <= c|' ' && c|' ' <= 'z' }

// dottedLength is how long the IPv4 address is that a text begins with, leading
// zeros allowed; 0 for none, and where a fifth number or a letter follows.
func dottedLength(text string) int {
	at := 0
	for part := range 4 {
		if part > 0 {
			if at >= len(text) || text[at] != '.' {
				return 0
			}
			at++
		}
		value, digits := 0, 0
		for at < len(text) && digit(text[at]) && digits < 4 {
			value = 10*value + int(text[at]-'0')
			at, digits = at+1, digits+1
		}
		if digits == 0 || digits > 3 || value > 255 {
			return 0
		}
	}
	if at < len(text) && (digit(text[at]) || letter(text[at])) || at+1 < len(text) && text[at] == '.' && digit(text[at+1]) {
		return 0
	}
	return at
}
