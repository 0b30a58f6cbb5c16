// Package address reads e-mail addresses as people and directories write them,
// and gives only those that can be sent to. It is strict: an address decides
// who is told what, so one that could be read in two ways is none.
package address

import (
	"cmp"
	"errors"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// Address is somebody's mailbox. The zero Address is nobody's.
type Address struct {
	// Name is the person or team; "" when only the mailbox is known. It never
	// looks like an address.
	Name string
	// Mailbox is local@domain, the domain in small letters.
	Mailbox string
}

// Limits of RFC 5321, section 4.5.3.1, in bytes.
const (
	longestLocal   = 64
	longestMailbox = 254
	longestName    = 80 // in characters; ours
)

// Parse reads "sabine@example.org" or "Sabine Weiß <sabine@example.org>". A
// list, a comment, a quoted mailbox or a character that does not show is an
// error, which says what was found but not the text.
func Parse(text string) (Address, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return Address{}, errors.New("found nothing, want an e-mail address")
	case !utf8.ValidString(text), strings.ContainsFunc(text, unseen):
		return Address{}, errors.New("found characters that do not show, want an e-mail address")
	}
	parsed, err := mail.ParseAddress(text)
	if err != nil {
		return Address{}, errors.New("found no single e-mail address, want one like help@example.org")
	}
	at := strings.LastIndexByte(parsed.Address, '@')
	local, domain := parsed.Address[:at], parsed.Address[at+1:]
	bare := strings.Trim(text, "<>") == parsed.Address
	if !bare && !strings.HasSuffix(text, "<"+parsed.Address+">") || strings.ContainsFunc(local, odd) {
		return Address{}, errors.New("found a quoted or commented e-mail address, want one like help@example.org")
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || strings.ContainsAny(domain, "[]:_") {
		return Address{}, errors.New("found a domain that cannot be one, want one like example.org")
	}
	a := Address{Mailbox: norm.NFC.String(local) + "@" + strings.ToLower(domain), Name: Name(parsed.Name)}
	if len(local) > longestLocal || len(local)+1+len(ascii) > longestMailbox {
		return Address{}, errors.New("found an e-mail address that is too long, want at most 254 bytes")
	}
	return a, nil
}

// odd finds what needs quotes in front of an @.
func odd(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`"(),:;<>@[\]`, r)
}

// unseen finds characters that do not show, or change how others show.
func unseen(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Cf, unicode.Bidi_Control)
}

// Name gives a person's name in the form in which it may stand before an
// address: one line, of characters that show, cut where it is very long. A name
// that looks like an address is left out: it would tell the reader of another
// mailbox than the one that is written to.
func Name(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unseen(r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if strings.ContainsAny(text, "@<>") {
		return ""
	}
	if runes := []rune(text); len(runes) > longestName {
		text = string(runes[:longestName-1]) + "…"
	}
	return text
}

// IsZero reports whether a is nobody's.
func (a Address) IsZero() bool { return a.Mailbox == "" }

// Key is the same for two spellings of one mailbox. Mail systems tell local
// parts apart by case in theory alone.
func (a Address) Key() string { return strings.ToLower(a.Mailbox) }

// String gives the name and the mailbox for people to read.
func (a Address) String() string {
	if a.Name == "" {
		return a.Mailbox
	}
	return a.Name + " <" + a.Mailbox + ">"
}

// Wire gives the mailbox as servers take it, with the domain in ASCII.
func (a Address) Wire() string {
	local, domain, _ := strings.Cut(a.Mailbox, "@")
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = ascii
	}
	return local + "@" + domain
}

// NeedsUTF8 reports whether only servers with SMTPUTF8 (RFC 6531) can take it.
func (a Address) NeedsUTF8() bool {
	return strings.ContainsFunc(a.Wire(), func(r rune) bool { return r >= utf8.RuneSelf })
}

// Compare orders addresses by mailbox.
func Compare(a, b Address) int {
	return cmp.Or(strings.Compare(a.Key(), b.Key()), strings.Compare(a.Name, b.Name))
}
