package deliver

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
)

// The fleet of these tests: hostile names, two departments with one manager,
// and one with many devices.
const report = `guid,name,username,version,destinationUid,department
900000000000000001,S1,s1,5.3.9,42,Sales
900000000000000002,"<script>alert(1)</script>",s2,5.3.9,42,Sales
900000000000000003,"Bcc: evil@example.org",s3,7.2.0,42,Sales
900000000000000004,F1,f1,4.7.9,42,"Field & <b>Service</b>"
900000000000000005,=1+1,f2,5.3.9,42,"Field & <b>Service</b>"
900000000000000006,Großgerät,f3,7.2.0,42,Quiet
`

// buildSite builds a site on a day and opens it.
func buildSite(t *testing.T, report string, asOf calendar.Day) *Site {
	t.Helper()
	out := filepath.Join(t.TempDir(), "site")
	c, err := config.Parse("cutoff.yaml", []byte("organization: Northwind\ncontacts: [{name: Desk & Co, email: desk@example.org}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	_, err = generator.Build(&generator.Run{
		Config: c, Policy: rules, AsOf: asOf, Out: out, Tool: publish.Tool{Name: "cutoff", Version: "test"}, Progress: func(string) {},
		Inputs: []intake.Input{{Path: "report.csv", Kind: intake.Report, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(report)), nil }}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
