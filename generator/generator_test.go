package generator

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
)

// An input that keeps the run waiting, as standard input may, does not lock the
// site for others.
func TestInputsAreReadBeforeTheLock(t *testing.T) {
	rules, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "site")
	opened := false
	_, err = Build(&Run{
		Config: config.Default(), Policy: rules, AsOf: calendar.New(2020, 1, 15), Progress: func(string) {}, Out: out,
		Inputs: []intake.Input{{Path: "-", Kind: intake.Report, Open: func() (io.ReadCloser, error) {
			stage, err := publish.Begin(out, publish.Site)
			if err != nil {
				t.Errorf("found a locked site: %v", err)
				return nil, err
			}
			opened = true
			return io.NopCloser(strings.NewReader("guid,version\n101,7.0\n")), stage.Abort()
		}}},
	})
	if err != nil || !opened {
		t.Errorf("found error %v and opened %t, want the site built", err, opened)
	}
}
