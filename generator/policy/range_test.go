package policy_test

import (
	"strings"
	"testing"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

func TestRanges(t *testing.T) {
	tests := []struct {
		text    string
		in, out string // versions, parted by blanks
	}{
		{">= 5.4", "5.4.0 5.4.1 5.40 10.0", "5.3.99 4.9.9 0.1"},
		{"> 5.4", "5.5.0 6.0", "5.4.0 5.4.99"},
		{"> 5.4.1", "5.4.2 5.5", "5.4.1 5.4.0"},
		{"< 5.4", "5.3.99 0.0.0", "5.4.0 5.4.1"},
		{"<= 5.4", "5.4.0 5.4.99 5.3", "5.5.0"},
		{"<= 5.4.1", "5.4.1", "5.4.2"},
		{"4.8", "4.8.0 4.8.99", "4.7.99 4.9.0 4.80"},
		{"4.8.x", "4.8.0 4.8.99", "4.7.99 4.9.0"},
		{"= 4.8", "4.8.7", "4.9.0"},
		{"= 4.8.7", "4.8.7", "4.8.6 4.8.8"},
		{"7", "7.0.0 7.99.99", "6.99.99 8.0.0 70.0"},
		{">= 4.8, < 4.10", "4.8.0 4.9.99", "4.7.9 4.10.0"},
		{">=4.8,<4.10", "4.8.0 4.9.99", "4.7.9 4.10.0"},
		{"> 4, < 5.4, >= 5.1.2", "5.1.2 5.3.99", "5.1.1 5.4.0"},
		{"4.8 || 4.9 || >= 5.4", "4.8.0 4.9.99 5.4 9.0", "4.7.9 4.10.0 5.3.99"},
		{">= 5, < 123456789", "5.0.0 99.9.9", "4.9.9"}, // as long as a number may be
		{">= 05.04", "5.4.0", "5.3.0"},
	}
	contains := func(ranges []policy.Range, v device.Version) bool {
		for _, r := range ranges {
			if r.Contains(v) {
				return true
			}
		}
		return false
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			found := ranges(t, test.text)
			for _, v := range strings.Fields(test.in) {
				if !contains(found, device.ParseVersion(v)) {
					t.Errorf("%s: found outside, want inside", v)
				}
			}
			for _, v := range strings.Fields(test.out) {
				if contains(found, device.ParseVersion(v)) {
					t.Errorf("%s: found inside, want outside", v)
				}
			}
			if contains(found, device.Version{Text: "?"}) {
				t.Error("an unknown version: found inside, want outside")
			}
		})
	}
}

func TestRangeFaults(t *testing.T) {
	const form = `want a range such as ">= 5.4" or "4.8"`
	tests := []struct{ name, text, want string }{
		{"nothing", "", `found "", ` + form},
		{"an operator alone", ">=", `found ">=", ` + form},
		{"a word", "5.x.y", `found "5.x.y", ` + form},
		{"a letter", "5.4b", `found "5.4b", ` + form},
		{"another operator", "~> 5.4", `found "~> 5.4", ` + form},
		{"a doubled operator", "==5.4", `found "==5.4", ` + form},
		{"an operator turned around", "=> 5.4", `found "=> 5.4", ` + form},
		{"a comma too many", ">= 5.4,", `found ">= 5.4,", ` + form},
		{"a sign", ">= -5.4", `found ">= -5.4", ` + form},
		{"a hole", "5..4", `found "5..4", ` + form},
		{"ten digits", "1234567890.0", `found "1234567890.0", ` + form},
		{"a build", ">= 7.0.3.55", `found ">= 7.0.3.55", want at most three numbers in a version (the fourth is the build, and decides nothing)`},
		{"empty between bounds", ">= 5, < 5", `found ">= 5, < 5", which no version fits, want a range such as ">= 5.4" (a comma means and, || means or)`},
		{"a comma for or", "4.8, 4.9", `found "4.8, 4.9", which no version fits, want a range such as ">= 5.4" (a comma means and, || means or)`},
		{"below everything", "< 0", `found "< 0", which no version fits, want a range such as ">= 5.4" (a comma means and, || means or)`},
		{"an or too many", "4.8 ||", `found "", ` + form},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := policy.ParseRanges(test.text)
			if err == nil || err.Error() != test.want {
				t.Errorf("found %v\nwant  %s", err, test.want)
			}
		})
	}
}
