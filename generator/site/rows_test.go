package site

import (
	"encoding/json"
	"html/template"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"example.org/cutoff/generator/prose"
)

// nasty are texts that somebody may type as a device's name.
var nasty = []string{
	"", "plain", `"><script>alert(1)</script>`, "'onmouseover='x", "</td></tr></table>", "a&amp;b", "`${x}`", `\`, `\u003c`,
	"-->", "]]>", "<!--", "\u2028\u2029", "a\x00b", "\u202egnp", "ＡＢＣ＜", "日本語", "\xff\xfe", "</script>", "<\u200bscript>",
	strings.Repeat("<", 500), strings.Repeat("é", 500), strings.Repeat("\u200b", 500),
}

func TestRowsEscape(t *testing.T) {
	for _, text := range nasty {
		got := string(appendText(nil, text, prose.LongestText))
		if strings.ContainsAny(got, `<>"'`) || !utf8.ValidString(got) {
			t.Errorf("appendText(%q) = %q, want nothing that ends a text or an attribute", text, got)
		}
		// A browser turns the escapes back into the text that is meant to be
		// shown.
		want := prose.Visible(prose.Cut(text, prose.LongestText))
		if utf8.ValidString(text) {
			if read := html.UnescapeString(got); read != want {
				t.Errorf("appendText(%q) reads as %q, want %q", text, read, want)
			}
		}
	}
}

// A name that runs from right to left does not move its neighbours.
func TestRowsIsolate(t *testing.T) {
	for text, want := range map[string]string{
		"PC-1": "PC-1", "日本語": "日本語", "דנה": "<bdi>דנה</bdi>", "<مريم>": "<bdi>&lt;مريم&gt;</bdi>",
	} {
		r := &rows{}
		r.text(text)
		if got := string(r.html()); got != want {
			t.Errorf("%q became %s, want %s", text, got, want)
		}
	}
}

func TestRowsEscapeLikeTemplates(t *testing.T) {
	for _, text := range nasty[:13] {
		ours := html.UnescapeString(string(appendText(nil, text, prose.LongestText)))
		theirs := html.UnescapeString(template.HTMLEscapeString(prose.Visible(text)))
		if ours != theirs {
			t.Errorf("%q: rows show %q, templates %q", text, ours, theirs)
		}
	}
}

func TestScriptText(t *testing.T) {
	for _, text := range nasty {
		got := string(appendScript(nil, prose.Shown(text)))
		if strings.ContainsAny(got[1:len(got)-1], "<>&'`\"\u2028\u2029") || !utf8.ValidString(got) {
			t.Errorf("appendScript(%q) = %s, want nothing that ends a string or a script", text, got)
		}
		var read string
		if err := json.Unmarshal([]byte(got), &read); err != nil || read != prose.Shown(text) {
			t.Errorf("appendScript(%q) reads as %q (%v), want %q", text, read, err, prose.Shown(text))
		}
	}
}

func FuzzRows(f *testing.F) {
	for _, text := range nasty {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cell := string(appendText(nil, text, prose.LongestText))
		if strings.ContainsAny(cell, `<>"'`) || !utf8.ValidString(cell) || utf8.RuneCountInString(html.UnescapeString(cell)) > 10*prose.LongestText+1 {
			t.Errorf("appendText(%q) = %q", text, cell)
		}
		literal := appendScript(nil, text)
		if !json.Valid(literal) || strings.ContainsAny(string(literal[1:len(literal)-1]), "<>&'`\"") {
			t.Errorf("appendScript(%q) = %s", text, literal)
		}
	})
}
