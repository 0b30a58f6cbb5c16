package device

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func known(major, minor, patch int) Version {
	return Version{Major: major, Minor: minor, Patch: patch, Known: true}
}

func TestParseVersion(t *testing.T) {
	for _, test := range []struct {
		text string
		want Version // zero: unknown
	}{
		{"5.4", known(5, 4, 0)},
		{" 5.4.0 ", known(5, 4, 0)},
		{"4.7.9", known(4, 7, 9)},
		{"4.10", known(4, 10, 0)},
		{"5.3.99", known(5, 3, 99)},
		{"5.40", known(5, 40, 0)},
		{"10.0", known(10, 0, 0)},
		{"5.04.1", known(5, 4, 1)},
		{"4.80", known(4, 80, 0)},
		{"6.8.8.12", known(6, 8, 8)},
		{"7.0.3.55", known(7, 0, 3)},
		{"6.6.0 (Build: 4347)", known(6, 6, 0)},
		{"6.6.0(build:4347)", known(6, 6, 0)},

		{"1427864400430", known(4, 3, 0)},
		{"1435813200460", known(4, 6, 0)},
		{"1436674800482", known(4, 8, 2)},
		{"1436674888490", known(4, 9, 0)},
		{"1465571600543", known(5, 4, 3)},
		{"1508734800652", known(6, 5, 2)},
		{"1512021600671", known(6, 7, 1)},
		{"1525200006683", known(6, 8, 3)},
		{"1525200006700", known(7, 0, 0)},
		{"1525200006830", known(8, 3, 0)},
		{"15252000061000", known(10, 0, 0)},
		{"15252000061234", known(12, 3, 4)},

		{"1268066820719", Version{}},  // an unknown base
		{"15252000060830", Version{}}, // four digits below 10.0
		{"1525200006071", Version{}},  // there is no app 0.7.1
		{"1512021600671.0", Version{}},
		{"+1512021600671", Version{}},
		{"", Version{}},
		{"null", Version{}},
		{"unknown", Version{}},
		{"5", Version{}},
		{"5.", Version{}},
		{".4", Version{}},
		{"5..4", Version{}},
		{"5.x", Version{}},
		{"v5.4", Version{}},
		{"5.4-beta", Version{}},
		{"-5.4", Version{}},
		{"5.4.3.2.1", Version{}},
		{"5,4", Version{}},
		{"6.6.0 (Build: x)", Version{}},
		{"6.6.0 (Build: 4347) x", Version{}},
		{"9999999999.0", Version{}},
		{"٥.٤", Version{}},
	} {
		t.Run(test.text, func(t *testing.T) {
			got := ParseVersion(test.text)
			want := test.want
			want.Text = strings.TrimSpace(test.text)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("ParseVersion(%q) (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestVersionShown(t *testing.T) {
	for text, want := range map[string]string{
		"4.7.0.333": "4.7.0.333", "1435813200460": "4.6.0", "6.6.0 (Build: 4347)": "6.6.0 (Build: 4347)", "1268066820719": "1268066820719", "": "",
	} {
		if got := ParseVersion(text).Shown(); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

func TestVersionCompare(t *testing.T) {
	ascending := []string{"4.7.9", "4.8", "4.9.9", "4.10", "4.80", "5.3.99", "5.4", "5.4.1", "5.40", "6.8.8.12", "10.0"}
	for i, low := range ascending {
		for j, high := range ascending {
			got := ParseVersion(low).Compare(ParseVersion(high))
			if want := min(max(i-j, -1), 1); got != want {
				t.Errorf("%s compared with %s = %d, want %d", low, high, got, want)
			}
		}
	}
	for _, pair := range [][2]string{{"5.4", "5.04.0"}, {"6.8.8.12", "6.8.8.3"}, {"6.7.1", "1512021600671"}} {
		if ParseVersion(pair[0]).Compare(ParseVersion(pair[1])) != 0 {
			t.Errorf("%s and %s differ, want the same", pair[0], pair[1])
		}
	}
}

func FuzzParseVersion(f *testing.F) {
	for _, text := range []string{"5.4", "6.8.8.12", "6.6.0 (Build: 4347)", "1512021600671", "15252000061000", "null", "5..", "\x00", strings.Repeat("9", 100)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := ParseVersion(text)
		if v.Text != strings.TrimSpace(text) {
			t.Errorf("text %q became %q", text, v.Text)
		}
		if !v.Known {
			return
		}
		again := ParseVersion(v.String())
		if !again.Known || again.Compare(v) != 0 {
			t.Errorf("%q is %s, which reads as %+v", text, v, again)
		}
	})
}
