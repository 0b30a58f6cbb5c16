package intake

import (
	"fmt"
	"strings"
	"testing"

	"example.org/cutoff/generator/problem"
)

// TestWrongColumn reads reports whose column of GUIDs or versions is the wrong one,
// just inside and outside the bounds.
func TestWrongColumn(t *testing.T) {
	for name, test := range map[string]struct {
		same, other int  // rows with one GUID, and with others
		renamed     bool // under different names
		unreadable  int  // of the rows
		refused     string
		suspicious  int
	}{
		"one GUID in all rows":               {same: 50, renamed: true, refused: "found one GUID in 50 of 50 rows, under different names"},
		"more than 95%":                      {same: 48, other: 2, renamed: true, refused: "found one GUID in 48 of 50 rows"},
		"exactly 95%":                        {same: 57, other: 3, renamed: true},
		"49 rows":                            {same: 49, renamed: true, suspicious: 1},
		"five rows":                          {same: 5, renamed: true, suspicious: 1},
		"four rows":                          {same: 4, renamed: true},
		"archives of one device":             {same: 60},
		"no readable version":                {other: 50, unreadable: 50, refused: "found no readable version in 50 of 50 rows"},
		"no readable version in over 95%":    {other: 50, unreadable: 48, refused: "found no readable version in 48 of 50 rows"},
		"no readable version in exactly 95%": {other: 60, unreadable: 57},
		"no readable version in 49 rows":     {other: 49, unreadable: 49},
	} {
		for _, path := range []string{"a.csv", "a.xlsx"} {
			t.Run(name+" of "+path, func(t *testing.T) {
				content := []byte("guid,name,version\n")
				for i := range test.same + test.other {
					guid, name, version := 1000+i, "pc-1", "7.0"
					if test.renamed {
						name = fmt.Sprint("pc-", i)
					}
					if i < test.same {
						guid = 42
					}
					if i < test.unreadable {
						version = []string{"", "Sales"}[i%2]
					}
					content = fmt.Appendf(content, "%d,%s,%s\n", guid, name, version)
				}
				if path == "a.xlsx" {
					content = asWorkbook(t, content)
				}
				result, err := Read([]Input{bytesInput(Report, path, content)}, storyOptions())
				if test.refused != "" {
					if err == nil || !strings.Contains(err.Error(), test.refused) {
						t.Errorf("found %v, want a refusal with %q", err, test.refused)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				suspicious := 0
				for _, p := range result.Problems {
					if p.Kind == problem.Suspicious && strings.Contains(p.Message, "one GUID") {
						suspicious++
					}
				}
				if suspicious != test.suspicious {
					t.Errorf("found %d warnings in %v, want %d", suspicious, result.Problems, test.suspicious)
				}
			})
		}
	}
}
