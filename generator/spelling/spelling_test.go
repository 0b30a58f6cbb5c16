package spelling

import "testing"

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"PC-1", "pc-1", true},
		{"PC-1", "PC-2", false},
		{"PC-1\u200b", "\ufeffpc\u00ad-1", true},
		{"Research  and\u00a0Development ", "research and development", true},
		{"Research", "Re search", false},
		{"Field Service", "field service", true},
		{" Field  Service", "field service ", true},
		{"Straße", "STRASSE", true},
		{"Zoe\u0308", "ZOË", true},
		{"می\u200cخواهم", "میخواهم", true},
		{"👩\u200d💻", "👩💻", true},
		{"☎\ufe0f", "☎", true},
		{"a\x00b", "ab", true},
		{"a\u3164b", "ab", true},
		{"a\u0600b", "ab", false}, // ARABIC NUMBER SIGN shows
		{"a\U000e0041b", "AB", true},
		{"", "\u200b", true},
	} {
		if got := Same(c.a, c.b); got != c.same {
			t.Errorf("Same(%q, %q) = %v, want %v", c.a, c.b, got, c.same)
		}
		if got := Hash(c.a) == Hash(c.b); got != c.same {
			t.Errorf("Hash(%q) == Hash(%q) is %v, want %v", c.a, c.b, got, c.same)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"abc", "abc", 0}, {"abc", "abd", 1}, {"abc", "abcd", 1}, {"abc", "bc", 1}, {"abc", "acb", 1},
		{"büro", "buro", 1}, {"kitten", "sitting", 3}, {"abcdef", "uvwxyz", 4}, {"a", "abcdef", 4},
	} {
		if got := Distance(c.a, c.b, 3); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
