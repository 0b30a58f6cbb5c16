package spelling

import "testing"

func TestCapitals(t *testing.T) {
	for text, want := range map[string][2]string{
		"":          {"", ""},
		"the app":   {"The app", "the app"},
		"Let it":    {"Let it", "let it"},
		"école 4":   {"École 4", "école 4"},
		"Ärzte-App": {"Ärzte-App", "ärzte-App"},
		"4.8 stays": {"4.8 stays", "4.8 stays"},
		"\xff cut":  {"\xff cut", "\xff cut"},
	} {
		if got := [2]string{Capitalised(text), Lowered(text)}; got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}
