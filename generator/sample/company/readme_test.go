package company

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/sample"
)

// The sample's configuration is the file that people copy.
func TestConfigurationIsRead(t *testing.T) {
	text, err := os.ReadFile("../../../sample-data/cutoff.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Parse("sample-data/cutoff.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	if c.AsOf.String() != asOf.Format("2006-01-02") {
		t.Errorf("as_of: found %s, want %s, the day that the sample is made for", c.AsOf, asOf.Format("2006-01-02"))
	}
}

// README.md says of each special device what it shows and what is expected.
func TestReadmeSpecialDevices(t *testing.T) {
	var want []string
	for _, s := range specials {
		want = append(want, fmt.Sprintf("| `%s` | %s | %s |", s.name, s.situation, s.verdict))
	}
	if diff := cmp.Diff(want, tableRows(t, "Special devices")); diff != "" {
		t.Errorf("rows differ (-special.go +README.md):\n%s", diff)
	}
}

// REFERENCE.md names each column of the exports.
func TestReferenceExportColumns(t *testing.T) {
	text, err := os.ReadFile("../../../REFERENCE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, column := range slices.Concat(sample.ReportHeader, listColumns) {
		if !strings.Contains(string(text), "`"+column+"`") {
			t.Errorf("found no word about the column %s, want its name in backticks", column)
		}
	}
}

var keyRow = regexp.MustCompile("^\\| `[^|]+` \\|")

// tableRows gives the rows under a heading whose first cell is a key.
func tableRows(t *testing.T, heading string) []string {
	t.Helper()
	_, section, found := strings.Cut(readme(t), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("found no heading %q in README.md, want one", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var rows []string
	for line := range strings.Lines(section) {
		if keyRow.MatchString(line) {
			rows = append(rows, strings.TrimSpace(line))
		}
	}
	return rows
}

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../sample-data/README.md")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}
