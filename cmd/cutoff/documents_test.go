//go:build unix

package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/deliver/smtptest"
)

// elsewhere has the beginnings of those command lines of the documents and of
// help that a folder is not enough for, and why.
var elsewhere = map[string]string{
	"make ":                               "the Makefile's; CI runs make test",
	"go install ./cmd/cutoff":             "builds the program that this test is",
	"apt install ./":                      "needs root and what make release made",
	"tar -xzf cutoff-":                    "needs what make release made",
	"systemctl ":                          "needs systemd as the first process",
	"useradd ":                            "needs root",
	"install ":                            "needs root",
	"code42 ":                             "the vendor's program",
	"schtasks ":                           "Windows",
	"certutil ":                           "Windows",
	"Unblock-File ":                       "Windows",
	"cutoff man | man":                    "needs man",
	"cutoff man > /usr/local":             "needs root",
	`eval "$(cutoff completion zsh)"`:     "needs zsh",
	"cutoff completion fish | source":     "needs fish",
	"cutoff completion powershell | Out-": "needs PowerShell",
}

// TestDocumentsCommands runs every command line of the documents, and of the help,
// in the order in which they stand there.
func TestDocumentsCommands(t *testing.T) {
	used := map[string]bool{}
	for _, name := range []string{"README.md", "REFERENCE.md", "OPERATIONS.md", "help"} {
		var lines []string
		if name == "help" {
			for _, leaf := range newParser().Model.Leaves(true) {
				for _, e := range examples[commandName(leaf)] {
					lines = append(lines, e.line)
				}
			}
		} else {
			lines = commandLines(t, "../../"+name)
		}
		desk := newDesk(t)
		if name == "help" {
			desk.write("cutoff.yaml", "reports: exports/*.csv\nroster: roster.xlsx\n")
		}
		ran := 0
		for _, line := range lines {
			if why := slices.IndexFunc(slices.Collect(maps.Keys(elsewhere)), func(begin string) bool {
				if strings.HasPrefix(line, begin) {
					used[begin] = true
					return true
				}
				return false
			}); why < 0 {
				ran++
				desk.run(name, line)
			}
		}
		if ran == 0 {
			t.Errorf("%s: found no command line to run, want some", name)
		}
	}
	for begin := range elsewhere {
		if !used[begin] {
			t.Errorf("found no command line that begins with %q, want one, or the list without it", begin)
		}
	}
}

// commandLines gives the lines of a document's blocks of code, but for those in
// another language than the shell's.
func commandLines(t *testing.T, file string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fenced := regexp.MustCompile("(?ms)^```.*?^```$").ReplaceAllString(string(text), "")
	for _, line := range regexp.MustCompile("(?m)^(?:    |\t)(.+)$").FindAllStringSubmatch(fenced, -1) {
		lines = append(lines, line[1])
	}
	return lines
}

// desk is where an administrator sits: exports, a roster, a mail server, and the
// folders that OPERATIONS.md names.
type desk struct {
	t      *testing.T
	folder string
	mail   string // what a configuration says of the server
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, folder: t.TempDir()}
	server := smtptest.Start(t, smtptest.Options{Security: "none"})
	d.mail = fmt.Sprintf("\nmail: {from: desk@example.org, fallback: desk@example.org, per_minute: 60000, smtp: {host: 127.0.0.1, port: %d, security: none}}\n", server.Port)
	if err := os.CopyFS(d.folder, os.DirFS("../../sample-data")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(d.folder, "cutoff.yaml")); err != nil {
		t.Fatal(err)
	}
	report, err := os.ReadFile("../../sample-data/exports/device-status-2020-01-15.csv")
	if err != nil {
		t.Fatal(err)
	}
	report = bytes.ReplaceAll(report, []byte("QM-MFG-V479"), []byte("PC-0042"))
	for _, name := range []string{"devices.csv", "exports/device-status-2020-01-15.csv", "var/lib/cutoff/exports/devices.csv"} {
		d.write(name, string(report))
	}
	unit, err := os.ReadFile("release/cutoff.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d.write("etc/cutoff/cutoff.yaml", d.here(string(unit))+"roster: "+filepath.Join(d.folder, "roster.xlsx")+d.mail)
	d.write("var/lib/cutoff/www/README", "")
	d.write("var/lib/cutoff/private/README", "")
	d.write("next.yaml", output(t, "policy", "show"))
	return d
}

func (d *desk) write(name, text string) {
	d.t.Helper()
	path := filepath.Join(d.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// here turns the folders of a system into those of the desk.
func (d *desk) here(text string) string {
	return strings.NewReplacer(
		"/usr/local/bin/cutoff", "cutoff", "/etc/cutoff", d.folder+"/etc/cutoff", "/var/lib/cutoff", d.folder+"/var/lib/cutoff",
	).Replace(text)
}

// run runs a line as a shell would; one of a crontab has to be silent, since what
// it says is mailed.
func (d *desk) run(document, line string) {
	d.t.Helper()
	configuration := filepath.Join(d.folder, "cutoff.yaml")
	if strings.HasPrefix(line, "cutoff init exports") {
		_ = os.Remove(configuration) // it makes a new one
	}
	if text, err := os.ReadFile(configuration); err == nil && !strings.Contains(string(text), "\nmail:") {
		d.write("cutoff.yaml", string(text)+d.mail)
	}
	typed, scheduled := strings.CutPrefix(line, "15 2 * * *  ")
	command := exec.Command("bash", "-e", "-o", "pipefail", "-c", d.here(typed))
	command.Dir = d.folder
	command.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1579046400", "HOME="+d.folder)
	said, err := command.CombinedOutput()
	met := command.ProcessState != nil && command.ProcessState.ExitCode() == int(failOnMet) && strings.Contains(line, "--fail-on")
	if err != nil && !met || scheduled && len(said) > 0 {
		d.t.Errorf("%s: %s\n%v\n%s", document, line, err, said)
	}
}

// The configuration in OPERATIONS.md is that of the Debian package.
func TestOperationsConfiguration(t *testing.T) {
	text, err := os.ReadFile("../../OPERATIONS.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```yaml\n(reports:.*?)```").FindSubmatch(text)
	if block == nil {
		t.Fatal("found no configuration in OPERATIONS.md")
	}
	shipped, err := os.ReadFile("release/cutoff.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(block[1])) {
		if !strings.Contains(string(shipped), line) {
			t.Errorf("release/cutoff.yaml has no %q", line)
		}
	}
	if _, err := config.Parse("cutoff.yaml", shipped); err != nil {
		t.Error(err)
	}
}
