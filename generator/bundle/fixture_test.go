package bundle_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/bundle"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
)

// The fleet of these tests: twelve departments whose names, devices, users and
// counts all differ and occur nowhere else.
var trees = []string{"Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Juniper", "Larch", "Maple", "Oak"}

// open and whole are how many devices of a department are too old, and how many
// it has in all.
func open(department int) int  { return 511 + 7*department }
func whole(department int) int { return 1213 + 31*department }

func guid(department, n int) string { return fmt.Sprintf("7%02d%015d", department, n+1) }

// report is a device status report of the whole fleet.
func report() []byte {
	var out bytes.Buffer
	out.WriteString("device_guid,device_name,hostname,username,department,app_version,status,destination,last_connected\n")
	for d, tree := range trees {
		for n := range whole(d) {
			version := "7.4.0.1"
			if n < open(d) {
				version = "4.7.1.9"
			}
			low := strings.ToLower(tree)
			fmt.Fprintf(&out, "%s,PC-%s-%04d,pc-%s-%04d.corp.example,user%04d.%s,%s,%s,Active,CrashPlan Central,2020-01-14T10:00:00Z\n",
				guid(d, n), strings.ToUpper(tree), n, low, n, n, low, tree, version)
		}
	}
	return out.Bytes()
}

func build(out string, text []byte, change func(*generator.Run)) error {
	rules, err := policy.Named("code42-port-4282")
	if err != nil {
		return err
	}
	settings := config.Default()
	settings.Organization = "Acorn & Sons"
	run := &generator.Run{
		Config: settings, Policy: rules, Out: out,
		AsOf: calendar.New(2020, 1, 15),
		Tool: publish.Tool{Name: "cutoff", Version: "test"},
		Inputs: []intake.Input{{Path: "devices.csv", Kind: intake.Report,
			Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}},
		Progress: func(string) {},
	}
	if change != nil {
		change(run)
	}
	_, err = generator.Build(run)
	return err
}

var shared struct {
	sync.Once
	folder string
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.folder != "" {
		os.RemoveAll(shared.folder)
	}
	os.Exit(code)
}

// forest gives the site of the whole fleet, built once; tests do not change it.
func forest(t *testing.T) string {
	t.Helper()
	shared.Do(func() {
		if shared.folder, shared.err = os.MkdirTemp("", "bundle"); shared.err == nil {
			shared.err = build(filepath.Join(shared.folder, "site"), report(), nil)
		}
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return filepath.Join(shared.folder, "site")
}

// grove gives a small site of its own for a test that changes it.
func grove(t *testing.T, change func(*generator.Run)) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "site")
	text := `device_guid,device_name,username,department,app_version,destination,last_connected
900000000000000001,=cmd|' /C calc'!A0,willow,Willow,4.7.1,CrashPlan Central,2020-01-14T10:00:00Z
900000000000000002,PC-2,sorrel,Sorrel,7.4.0,CrashPlan Central,2020-01-14T10:00:00Z
900000000000000003,PC-3,sorrel,@Sum(1),5.2.0,CrashPlan Central,2020-01-14T10:00:00Z
`
	if err := build(out, []byte(text), change); err != nil {
		t.Fatal(err)
	}
	return out
}

func newRun(t *testing.T, site string) bundle.Run {
	t.Helper()
	return bundle.Run{
		Site: site, Out: filepath.Join(t.TempDir(), "bundle"),
		Settings: config.Default().Bundle,
		Tool:     publish.Tool{Name: "cutoff", Version: "test"},
		Progress: func(string) {},
	}
}

func mustBundle(t *testing.T, run bundle.Run) *bundle.Result {
	t.Helper()
	result, err := bundle.Build(run)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return content
}
