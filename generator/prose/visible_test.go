package prose

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
		{"joiner within a Persian word", "می\u200cخواهم", "می\u200cخواهم"},
		{"joiner behind a sign of Hindi", "क्\u200dष", "क्\u200dष"},
		{"joiner within a Latin word", "pa\u200dss", "pa⟨U+200D⟩ss"},
		{"joiner at the end", "می\u200c", "می⟨U+200C⟩"},
		{"two joiners", "می\u200c\u200cخ", "می⟨U+200C⟩⟨U+200C⟩خ"},
		{"family", "👩\u200d👩\u200d👧 desk", "👩\u200d👩\u200d👧 desk"},
		{"heart on fire, skin", "❤️\u200d🔥 👩🏽\u200d💻", "❤️\u200d🔥 👩🏽\u200d💻"},
		{"keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3"},
		{"flag of Scotland", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"},
		{"a text in tags", "🏴\U000e0067\U000e0062", "🏴⟨U+E0067⟩⟨U+E0062⟩"},
		{"variant of a Han character", "葛\U000e0100", "葛\U000e0100"},
		{"variant of nothing", "a\U000e0100", "a⟨U+E0100⟩"},
		{"Hebrew", "המחשב של דנה", "המחשב של דנה"},
		{"Hebrew with a mark of direction", "דנה\u200f (2)", "דנה\u200f (2)"},
		{"a mark of direction without", "PC\u200f-1", "PC⟨U+200F⟩-1"},
		{"Hebrew in an isolate", "\u2068דנה\u2069", "\u2068דנה\u2069"},
		{"an isolate without an end", "\u2068דנה", "⟨U+2068⟩דנה"},
		{"an end without a beginning", "דנה\u2069", "דנה⟨U+2069⟩"},
		{"an override in Hebrew", "\u202eדנה\u202c", "⟨U+202E⟩דנה⟨U+202C⟩"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Visible(c.in); got != c.want {
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
			if got := Cut(c.in, c.limit); got != c.want {
				t.Errorf("cut(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
			}
		})
	}
	if got := Shown(strings.Repeat("x", 1<<20)); len(got) > 2*LongestText {
		t.Errorf("a cell of 1 MiB is shown with %d bytes", len(got))
	}
}
