package address_test

import (
	"strings"
	"testing"

	"example.org/cutoff/generator/address"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		situation, text, name, mailbox, wire string
	}{
		{"plain", "sabine.weiss@example.org", "", "sabine.weiss@example.org", "sabine.weiss@example.org"},
		{"domain in capitals", "Sabine@EXAMPLE.org ", "", "Sabine@example.org", "Sabine@example.org"},
		{"with a name", "Sabine Weiß <sabine@example.org>", "Sabine Weiß", "sabine@example.org", "sabine@example.org"},
		{"name in quotes", `"Weiß, Sabine" <sabine@example.org>`, "Weiß, Sabine", "sabine@example.org", "sabine@example.org"},
		{"international domain", "post@bücher.example", "", "post@bücher.example", "post@xn--bcher-kva.example"},
		{"international mailbox", "jürgen@bücher.example", "", "jürgen@bücher.example", "jürgen@xn--bcher-kva.example"},
		{"no dot in the domain", "root@localhost", "", "root@localhost", "root@localhost"},
		{"name that is another address", `"ceo@example.org" <sabine@example.org>`, "", "sabine@example.org", "sabine@example.org"},
		{"plus sign", "a+b@example.org", "", "a+b@example.org", "a+b@example.org"},
	} {
		t.Run(test.situation, func(t *testing.T) {
			got, err := address.Parse(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if got.Name != test.name || got.Mailbox != test.mailbox || got.Wire() != test.wire {
				t.Errorf("found %q %q %q, want %q %q %q", got.Name, got.Mailbox, got.Wire(), test.name, test.mailbox, test.wire)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for situation, text := range map[string]string{
		"nothing":               " ",
		"no at sign":            "sabine",
		"a list":                "a@example.org, b@example.org",
		"a list as Outlook has": "a@example.org; b@example.org",
		"a header behind it":    "a@example.org\r\nBcc: b@example.org",
		"a line in the name":    "\"A\nBcc: b@example.org\" <a@example.org>",
		"a comment":             "a(b)@example.org",
		"quoted":                `"a b"@example.org`,
		"quoted at sign":        `"a@b"@example.org`,
		"bidirectional mark":    "a\u202eb@example.org",
		"zero-width space":      "a\u200bb@example.org",
		"no UTF-8":              "a\xff@example.org",
		"address literal":       "a@[192.0.2.1]",
		"blank in the domain":   "a@exa mple.org",
		"underscore in domain":  "a@exa_mple.org",
		"domain with two dots":  "a@example..org",
		"long local part":       strings.Repeat("a", 65) + "@example.org",
		"long domain":           "a@" + strings.Repeat("abcdefghi.", 26) + "org",
		"a group":               "all: a@example.org;",
		"null":                  "<>",
	} {
		t.Run(situation, func(t *testing.T) {
			if got, err := address.Parse(text); err == nil {
				t.Errorf("%q: found %+v, want an error", text, got)
			}
		})
	}
}

func TestName(t *testing.T) {
	for text, want := range map[string]string{
		"Sabine Weiß":                "Sabine Weiß",
		"Weiß,\r\nBcc: x":            "Weiß, Bcc: x",
		"a\u202etxt.exe":             "atxt.exe",
		"ceo@example.org":            "",
		"Boss <boss>":                "",
		strings.Repeat("ä", 200):     strings.Repeat("ä", 79) + "…",
		"\x00\x07":                   "",
		"Ana\u00a0\u2003María  Ruiz": "Ana María Ruiz",
	} {
		if got := address.Name(text); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}
