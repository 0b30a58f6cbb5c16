package site

import (
	"strings"
	"testing"
)

func TestVisible(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "NW-LT-0001", "NW-LT-0001"},
		{"accents", "Zoë’s laptop", "Zoë’s laptop"},
		{"emoji", "desk ☎️", "desk ☎️"},
		{"right-to-left override", "gnp\u202eexe", "gnp⟨U+202E⟩exe"},
		{"isolate", "a\u2066b", "a⟨U+2066⟩b"},
		{"zero width space", "a\u200bb", "a⟨U+200B⟩b"},
		{"byte order mark", "\ufeffa", "⟨U+FEFF⟩a"},
		{"soft hyphen", "a\u00adb", "a⟨U+00AD⟩b"},
		{"control", "a\x1b[31mb", "a⟨U+001B⟩[31mb"},
		{"newline", "a\nb", "a⟨U+000A⟩b"},
		{"delete", "a\x7fb", "a⟨U+007F⟩b"},
		{"C1 control", "a\u0085b", "a⟨U+0085⟩b"},
		{"line separator", "a\u2028b", "a⟨U+2028⟩b"},
		{"letter without ink", "a\u3164b", "a⟨U+3164⟩b"},
		{"tag", "a\U000e0041b", "a⟨U+E0041⟩b"},
		{"no text", "a\xffb", "a\ufffdb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := visible(c.in); got != c.want {
				t.Errorf("visible(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name, in string
		limit    int
		want     string
	}{
		{"shorter", "abc", 4, "abc"},
		{"as long", "abcd", 4, "abcd"},
		{"longer", "abcde", 4, "abcd…"},
		{"characters, not bytes", "äöüß", 4, "äöüß"},
		{"longer in characters", "äöüßx", 4, "äöüß…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := cut(c.in, c.limit); got != c.want {
				t.Errorf("cut(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
			}
		})
	}
	if got := shown(strings.Repeat("x", 1<<20)); len(got) > 2*longestText {
		t.Errorf("a cell of 1 MiB is shown with %d bytes", len(got))
	}
}
