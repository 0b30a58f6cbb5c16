package config

import (
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// User gives a user name as pages and files show it; "" if user names are hidden.
// A user name may be an e-mail address. If e-mail addresses are hidden, only the
// part before the @ is shown.
func (p Privacy) User(name string) string {
	if !p.UserNames {
		return ""
	}
	if at := strings.IndexByte(name, '@'); at > 0 && !p.Emails {
		name = name[:at]
	}
	return p.Text(name)
}

// Person gives the name of somebody who owns or approves a waiver, as free text; ""
// if user names are hidden.
func (p Privacy) Person(name string) string {
	if !p.UserNames {
		return ""
	}
	return p.Text(name)
}

// Email gives an e-mail address if pages may show it, else "".
func (p Privacy) Email(address string) string {
	if !p.Emails {
		return ""
	}
	return address
}

// These stand in for what is not shown.
const (
	hiddenEmail   = "[e-mail]"
	hiddenAddress = "[address]"
)

// Text gives free text of an input as pages and files show it: without e-mail and
// network addresses, if those are hidden. The part of an e-mail address before the
// @ stays if user names are shown.
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

// emailAddress finds what is certainly an e-mail address: its domain has a dot.
// Before the @ a quote is enough, as in "anna b"@example.org.
var emailAddress = regexp.MustCompile(`(?:[\p{L}\p{N}\p{M}.!#$%&*+/=?^_{|}~'-]+|")@(?:(?:[\p{L}\p{N}\p{M}-]+\.)+[\p{L}\p{N}\p{M}-]+|\[[0-9A-Fa-f.:]+\])`)

// mayHoldAddress is a quick first look, because nearly all texts have no address.
func mayHoldAddress(text string) bool {
	dots, colons := 0, 0
	for i := range len(text) {
		switch {
		case text[i] == ':':
			colons++
		case text[i] == '.' && i > 0 && digit(text[i-1]):
			dots++
		}
	}
	return dots >= 3 || colons >= 2
}

var (
	addressRun = regexp.MustCompile(`[0-9A-Fa-f.:]+`)
	dotted     = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)*`)
)

// withoutAddresses replaces IP addresses by the stand-in. A run of digits, letters
// up to f, dots and colons may hold one. The characters around it are looked at
// too: 1.2.3.4.5 and v7.0.3.55 are versions.
func withoutAddresses(text string) string {
	shown, rest := "", 0
	hide := func(from, to int) { shown, rest = shown+text[rest:from]+hiddenAddress, to }
	for _, run := range addressRun.FindAllStringIndex(text, -1) {
		start, end := run[0], run[1]
		if from, address := withColons(text, start, end); address != "" {
			hide(from, from+len(address))
			continue
		}
		for _, at := range dotted.FindAllStringIndex(text[start:end], -1) {
			from, to := start+at[0], start+at[1]
			cut := to < len(text) && letter(text[to])
			if isDotted(text[from:to]) && !cut && (from > start || !isVersion(text[:from], text[from:to])) {
				hide(from, to)
			}
		}
	}
	return shown + text[rest:]
}

// withColons gives the IPv6 address in text[start:end] without the punctuation of
// the sentence, and where it begins; "" if there is none.
func withColons(text string, start, end int) (from int, address string) {
	run := text[start:end]
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	trimmed := strings.Trim(run, ".")
	if strings.Count(run, ":") < 2 || inWord(before) || inWord(after) || len(trimmed) < len("fe80::") {
		return 0, ""
	}
	for _, candidate := range []string{trimmed, strings.TrimSuffix(trimmed, ":")} {
		if _, err := netip.ParseAddr(candidate); err == nil {
			return start + strings.Index(run, candidate), candidate
		}
	}
	return 0, ""
}

// isDotted reports whether numbers with dots are an IPv4 address. Leading zeros are
// allowed.
func isDotted(numbers string) bool {
	parts := strings.Split(numbers, ".")
	return len(parts) == 4 && !slices.ContainsFunc(parts, func(part string) bool {
		_, err := strconv.ParseUint(part, 10, 8)
		return err != nil || len(part) > 3
	})
}

// isVersion reports whether the text before four numbers makes them a version: a v,
// a digit, or a word as in "Server 7.0.3.55". After a word, the first number must
// also be one of the app's.
func isVersion(before, numbers string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	if last == 'v' || last == 'V' || unicode.IsDigit(last) {
		return true
	}
	words := strings.FieldsFunc(before, func(r rune) bool { return !inWord(r) })
	first, _, _ := strings.Cut(numbers, ".")
	return len(words) > 0 && versionWords[strings.ToLower(words[len(words)-1])] && appMajors[first]
}

var (
	versionWords = map[string]bool{"version": true, "ver": true, "release": true, "server": true, "app": true, "client": true, "crashplan": true, "code42": true, "proe": true, "proserver": true}
	appMajors    = map[string]bool{"3": true, "4": true, "5": true, "6": true, "7": true, "8": true, "11": true}
)

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func digit(c byte) bool { return '0' <= c && c <= '9' }

func letter(c byte) bool { return 'a' <= c|' ' && c|' ' <= 'z' }
