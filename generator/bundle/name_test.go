package bundle

import (
	"strings"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/finished"
)

// A zip's name is safe everywhere, whatever the organisation is called.
func TestArchiveName(t *testing.T) {
	tests := []struct{ name, organization, want string }{
		{"none", "", "cutoff-2020-01-15"},
		{"blanks and signs", "Acorn & Sons, Inc.", "acorn-sons-inc-2020-01-15"},
		{"accents", "Büro Ångström", "buro-angstrom-2020-01-15"},
		{"another script", "株式会社", "cutoff-2020-01-15"},
		{"a path", "../../etc", "etc-2020-01-15"},
		{"a device of Windows", "CON", "con-2020-01-15"},
		{"300 letters", strings.Repeat("a", 300), strings.Repeat("a", 48) + "-2020-01-15"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &source{Site: &finished.Site{AsOf: calendar.New(2020, 1, 15), Summary: download.SummaryJSON{Organization: test.organization}}}
			if got := archiveName(s); got != test.want {
				t.Errorf("found %s, want %s", got, test.want)
			}
		})
	}
}
