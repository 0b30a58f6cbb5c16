package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What people type wrong, and what they are told: what was found, what was
// wanted, and what to type.
func TestMistakes(t *testing.T) {
	t.Chdir(t.TempDir())
	const row = "GUID,Device Name,Version,Last Activity\n839648314463407621,PC-1,7.4.0,2020-01-14\n"
	for name, text := range map[string]string{
		"exports/devices.csv": row, "exports/.hidden.csv": row, "cutoff.yaml": "reports: exports/*.csv\n", "site/README": "",
		"conf/cutoff.yaml": "reports: ../exports/*.csv\n", "notice.yaml": output(t, "policy", "show"), "note.txt": "a file\n",
		"overrides.yaml": "reports: exports/*.csv\nlook: {overrides: nosuch}\n",
		"typos.yaml":     "reprots: exports/*.csv\nas_of: 15.01.2020\nstop: {rejected: 5}\ncolumns: {app_versoin: Client}\n",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name, line string
		status     status
		want       []string // beginnings of the messages
	}{
		{"a flag before the command", "--report exports/devices.csv build", wrongUsage, []string{
			"error: unknown flag --report", "hint: the command goes first: cutoff build --report exports/devices.csv"}},
		{"a flag without its dashes", "build report exports/devices.csv", wrongUsage, []string{
			"error: unexpected argument report", "hint: cutoff build --report ..."}},
		{"a flag with one dash", "build -report exports/devices.csv", wrongUsage, []string{
			"error: unknown flag -r", "hint: a flag has two dashes: --report"}},
		{"a file without its flag", "check exports/devices.csv", wrongUsage, []string{
			"error: unexpected argument exports/devices.csv", "hint: cutoff check --report exports/devices.csv"}},
		{"a switch with its value apart", "build --workbooks false", wrongUsage, []string{
			"error: unexpected argument false", "hint: cutoff build --workbooks=false"}},
		{"a name with a blank", "explain Anna's PC", wrongUsage, []string{
			"error: unexpected argument PC", `hint: a name with blanks is quoted: cutoff explain "Anna's PC"`}},
		{"a variable that is not set", "build --out=", wrongUsage, []string{
			"error: --out: found nothing, want DIR; is a variable not set?"}},
		{"one in a list", "check --report=", wrongUsage, []string{
			"error: --report: found nothing, want FILE|GLOB; is a variable not set?"}},
		{"two configurations", "check --quiet --config nothing.yaml --config cutoff.yaml --as-of 2020-01-15", done, []string{
			`warning: --config: found it again, want it once: the last one counts, "cutoff.yaml"`, "warning: 1 problem in the inputs"}},
		{"verdicts in one flag", "check --fail-on upgrade,check", wrongUsage, []string{
			`error: --fail-on: found "upgrade,check", want one of upgrade-and-change-port, `, "hint: give it again for each verdict: --fail-on upgrade --fail-on check"}},
		{"a day of another form", "check --as-of 15.01.2020", wrongUsage, []string{
			`error: --as-of: found "15.01.2020", want a date like 2020-02-04`}},
		{"the other day of another form", "diff --to-as-of 15/01/2020", wrongUsage, []string{
			`error: --to-as-of: found "15/01/2020", want a date like 2020-02-04`}},
		{"a day long ago", "check --quiet --as-of 2010-01-15", done, []string{
			"warning: 1 date of the inputs is later than 2010-01-15 and does not count; is that the day that you mean?", "warning: 2 problems in the inputs"}},
		{"a folder as a configuration", "check --config conf", wrongUsage, []string{
			"error: conf: found a folder, want a configuration", "hint: --config conf/cutoff.yaml"}},
		{"a folder as a policy", "check --policy exports", wrongUsage, []string{
			"error: exports: found a folder, want a policy", "hint: cutoff policy show writes"}},
		{"a policy as a configuration", "check --config notice.yaml", wrongUsage, []string{
			"error: notice.yaml: found a policy, want a configuration", "hint: --policy notice.yaml"}},
		{"a configuration as a policy", "policy lint cutoff.yaml", wrongUsage, []string{
			"error: cutoff.yaml: found a configuration, want a policy", "hint: --config cutoff.yaml"}},
		{"a report as a configuration", "check --config exports/devices.csv", wrongUsage, []string{
			"error: exports/devices.csv: found a .csv file, want a configuration in YAML", "hint: inputs have flags of their own: --report, --connections, --roster, --waivers"}},
		{"a built-in policy as a file", "check --policy code42-port-4282.yaml", wrongUsage, []string{
			"error: code42-port-4282.yaml: found no such file or directory, want a policy", "hint: code42-port-4282 is built in: name it without an ending"}},
		{"slips in a configuration", "check --config typos.yaml", wrongUsage, []string{
			`error: typos.yaml:1:1: found unknown key "reprots" (did you mean "reports"?), want one of `,
			`error: typos.yaml:2:8: as_of: found "15.01.2020", want a date like 2020-02-04`,
			`error: typos.yaml:3:18: stop.rejected: found "5", want a share from 0% to 100%`,
			`error: typos.yaml:4:24: columns.app_versoin: found unknown column "app_versoin" (did you mean "app_version"?), want one of `}},
		{"a folder as a report", "check --report exports", noInput, []string{
			"error: exports: found a folder, want a file or a glob such as exports/*.csv"}},
		{"a folder that is not there", "check --report exprots/*.csv", noInput, []string{
			"error: exprots/*.csv: found no file of this glob, want at least one; there is no folder exprots"}},
		{"a glob that finds nothing", "check --report exports/*.xlsx", noInput, []string{
			"error: exports/*.xlsx: found no file of this glob, want at least one; exports has devices.csv"}},
		{"a file of another name", "check --report exports/device.csv", noInput, []string{
			"error: exports/device.csv: found no such file or directory, want a file; exports has devices.csv"}},
		{"a path of another system", `check --report C:\exports\devices.csv`, noInput, []string{
			`error: C:\exports\devices.csv: found a path with \ that finds nothing, want / between folders on this system`}},
		{"standard input for two", "check --report - --roster -", wrongUsage, []string{
			"error: -: found standard input as report and as roster, want it once: it can be read only once"}},
		{"a file below a file", "build --out note.txt/site", failed, []string{
			"error: note.txt: found a file, want a folder for site"}},
		{"a file as the memory's folder", "check --memory note.txt/memory", failed, []string{
			"error: note.txt: found a file, want a folder for memory"}},
		{"an argument that is not set", "mail ", wrongUsage, []string{
			"error: SITE: found nothing, want SITE; is a variable not set?"}},
		{"a folder as the new configuration", "init exports/devices.csv --out exports", failed, []string{
			"error: exports: found a folder, want a new file", "hint: --out exports/cutoff.yaml"}},
		{"a new configuration in no folder", "init exports/devices.csv --out nosuch/cutoff.yaml", failed, []string{
			"error: nosuch/cutoff.yaml: found no folder nosuch, want one that is there"}},
		{"overrides that are not there", "check --config overrides.yaml", wrongUsage, []string{
			"error: overrides.yaml:2:19: look.overrides: found no folder there, want one with pages, texts or styles"}},
		{"everything as the site", "build --out /", failed, []string{
			"error: /: found the top of the file system, want a folder for the site alone"}},
		{"a folder that is no site", "mail site", noInput, []string{
			"error: site: found ", "hint: cutoff build makes a site"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			s := &session{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, now: time.Date(2020, 1, 15, 12, 0, 0, 0, time.UTC), getenv: func(string) string { return "" }}
			code := s.run(strings.Split(test.line, " "))
			if status(code) != test.status {
				t.Errorf("found status %d, want %d", code, test.status)
			}
			lines := strings.Split(strings.TrimSuffix(stderr.String(), "\n"), "\n")
			for i, line := range lines {
				line = strings.TrimPrefix(line, "cutoff: ")
				if i < len(test.want) && strings.HasPrefix(line, test.want[i]) {
					line = test.want[i]
				}
				lines[i] = line
			}
			if diff := cmp.Diff(test.want, lines); diff != "" {
				t.Errorf("messages (-want +found):\n%s", diff)
			}
		})
	}
}
