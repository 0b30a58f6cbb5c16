package fleet

import (
	"regexp"
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	marked := regexp.MustCompile(`^[a-z0-9-]+-[a-p]{10}$`)
	for name, test := range map[string]struct {
		department string
		want       string // a trailing * stands for the mark
	}{
		"plain":                   {"Finance", "finance"},
		"blanks":                  {"  Human   Resources ", "human-resources"},
		"number inside":           {"Plant 7 North", "plant-7-north"},
		"number at the end":       {"Sales 2", "sales-2*"},
		"number alone":            {"2020", "2020"},
		"punctuation":             {"R&D", "r-d*"},
		"hyphen":                  {"Human-Resources", "human-resources*"},
		"accent":                  {"Büro", "buro*"},
		"other script":            {"財務部", "department*"},
		"emoji":                   {"🚀", "department*"},
		"reserved by Windows":     {"CON", "con*"},
		"reserved with a number":  {"Com1", "com1*"},
		"index":                   {"Index", "index*"},
		"parent folder":           {"..", "department*"},
		"path":                    {"../../etc/passwd", "etc-passwd*"},
		"empty":                   {"", "department*"},
		"300 characters":          {strings.Repeat("abc ", 75), strings.TrimRight(strings.Repeat("abc-", 12), "-") + "*"},
		"name of a GUID list":     {"Sales guids", "sales-guids*"},
		"line break and markup":   {"<b>\nA", "b-a*"},
		"bidirectional character": {"Sales\u202e", "sales"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Slug(test.department)
			want, hasMark := strings.CutSuffix(test.want, "*")
			if !hasMark {
				if got != want {
					t.Errorf("Slug(%q) = %q, want %q", test.department, got, want)
				}
				return
			}
			if !marked.MatchString(got) || got[:len(got)-11] != want {
				t.Errorf("Slug(%q) = %q, want %q with a mark", test.department, got, want)
			}
		})
	}
}

func TestSlugTellsNamesApart(t *testing.T) {
	long := strings.Repeat("long name ", 30)
	names := []string{
		"R&D", "R+D", "IK", "\u0130K", "\u0131k", "R/D", "R D", "R-D", "R_D", "rd", "Büro", "Buro", "財務部", "総務部", "🚀", "🛰", "",
		"CON", "con.", "sales", "sales 2", "sales-2", "sales2", "Sales guids", long + "a", long + "b", ".", "..", "...",
	}
	seen := make(map[string]string)
	for _, name := range names {
		slug := Slug(name)
		if other, taken := seen[slug]; taken {
			t.Errorf("%q and %q share the slug %q", other, name, slug)
		}
		seen[slug] = name
		if len(slug) > slugLimit+1+markLength {
			t.Errorf("Slug(%q) has %d characters", name, len(slug))
		}
	}
}

func TestSlugIgnoresCaseAndWhiteSpace(t *testing.T) {
	for _, pair := range [][2]string{{"R&D", "r&d "}, {"Human Resources", "HUMAN\u00a0 resources"}, {"Bu\u0308ro", "BÜRO"}} {
		if a, b := Slug(pair[0]), Slug(pair[1]); a != b {
			t.Errorf("Slug(%q) = %q, Slug(%q) = %q, want the same", pair[0], a, pair[1], b)
		}
	}
}
