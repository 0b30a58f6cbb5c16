package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/cutoff/generator/intake/column"
)

// plant writes inputs of every kind into a folder. Each text stands once in
// every column of every kind, in a row of its own that is like any other but
// for it, and in a header.
func plant(t *testing.T, folder string, texts []string, settings string) {
	t.Helper()
	usual := map[column.Kind]map[string]string{
		column.Report: {
			"device_guid": "8396483144630000%02d", "device_name": "PC-%02d", "hostname": "pc-%02d", "username": "user%02d", "department": "Sales",
			"organization": "North", "os": "win", "os_version": "10.0.18362", "app_version": "4.7.1", "status": "Active", "destination": "CrashPlan Central",
			"destination_uid": "42", "port": "4287", "last_connected": "2020-01-14T10:00:00Z", "last_activity": "2020-01-14T10:00:00Z",
		},
		column.Connections: {"device": "PC-%02d", "address": "", "destination": "central.crashplan.com", "port": "4282", "time": "2020-01-14T09:00:00Z"},
		column.Roster:      {"username": "user%02d", "department": "Support"},
		column.Waivers:     {"device": "PC-%02d", "reason": "kiosk", "owner": "Owen", "approver": "Avery", "expires": "2020-03-01"},
	}
	var configuration strings.Builder
	configuration.WriteString("as_of: 2020-01-15\nmemory: memory\n" + settings)
	for _, kind := range column.Kinds {
		columns := column.Canonical(kind)
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		write := func(row []string) {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		write(append(append([]string{}, columns...), texts...))
		n := 0
		for planted := -1; planted < len(columns); planted++ {
			for _, text := range texts {
				row := make([]string, len(columns), len(columns)+len(texts))
				for i, name := range columns {
					row[i] = strings.ReplaceAll(usual[kind][name], "%02d", fmt.Sprintf("%03d", n)[1:])
				}
				if planted >= 0 {
					row[planted] = text
				}
				write(append(row, texts...))
				n++
			}
		}
		w.Flush()
		name := string(kind) + ".csv"
		if err := os.WriteFile(filepath.Join(folder, name), out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		key := string(kind)
		if kind == column.Report {
			key = "reports"
		}
		fmt.Fprintf(&configuration, "%s: %s\n", key, name)
	}
	if err := os.WriteFile(filepath.Join(folder, "cutoff.yaml"), []byte(configuration.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// publishPlanted builds the site of planted inputs and its bundle, after a night
// on which all devices but one were gone, whose site is in gone. It gives the
// folder and what check prints.
func publishPlanted(t *testing.T, texts []string, settings string) (folder, printed string) {
	t.Helper()
	folder = t.TempDir()
	plant(t, folder, texts, settings)
	t.Chdir(folder)
	if err := os.WriteFile("last.csv", []byte("device_guid,app_version\n839648314463000099,7.4.0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cutoff(t, "build", "--as-of", "2020-01-13", "--out", "site", "--force")
	cutoff(t, "build", "--as-of", "2020-01-14", "--out", "gone", "--force", "--report", "last.csv")
	cutoff(t, "build", "--as-of", "2020-01-15", "--out", "site", "--force")
	cutoff(t, "bundle", "site", "--out", "bundle")
	return folder, cutoff(t, "check", "--force")
}

// published calls see with every file that a site or bundle has, those inside
// zips and workbooks too.
func published(t *testing.T, folder string, see func(name string, content []byte)) {
	t.Helper()
	folders, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range folders {
		if !part.IsDir() || part.Name() == "memory" {
			continue // inputs, and what holds what must not be shown
		}
		err := fs.WalkDir(os.DirFS(folder), part.Name(), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil {
				return err
			}
			see(name, content)
			if ending := filepath.Ext(name); ending == ".xlsx" || ending == ".zip" {
				for inside, text := range unzipped(t, content) {
					see(name+"!"+inside, text)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func unzipped(t *testing.T, content []byte) map[string][]byte {
	t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for _, f := range reader.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// startsFormula finds what a spreadsheet runs. Source: OWASP, "CSV Injection".
var startsFormula = regexp.MustCompile(`^["\s\p{Z}\p{Cf}]*[=+\-@＝＋－＠]`)

// No CSV that any command writes, and no lines to paste, have a cell that a
// spreadsheet runs, whichever character separates cells.
func TestNoFormulaInAnyCSV(t *testing.T) {
	folder, printed := publishPlanted(t, []string{"=1+1", "Ops;=1+1", "a\t@b", "x\n-2", "＝1", `x; "+1"`, " =2", "\t=3", "x\r=4"}, "")
	seen := 0
	check := func(name string, content []byte) {
		seen++
		for _, comma := range ",;\t" {
			for line := range strings.FieldsFuncSeq(string(content), func(r rune) bool { return r == '\n' || r == '\r' }) {
				for cell := range strings.SplitSeq(line, string(comma)) {
					if comma == ',' && strings.Count(line, `"`) > 0 {
						continue // read as quoted cells below
					}
					if startsFormula.MatchString(cell) {
						t.Errorf("%s: found %q", name, cell)
					}
				}
			}
		}
		reader := csv.NewReader(bytes.NewReader(content))
		reader.FieldsPerRecord = -1
		rows, err := reader.ReadAll()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if startsFormula.MatchString(cell) {
					t.Errorf("%s: found %q", name, cell)
				}
			}
		}
	}
	published(t, folder, func(name string, content []byte) {
		if strings.HasSuffix(name, ".csv") {
			check(name, content)
		}
	})
	_, lines, found := strings.Cut(printed, "\nusername,email,")
	if !found {
		t.Fatalf("found no lines to paste in %s", printed)
	}
	lines, _, _ = strings.Cut(lines, "\n\n")
	check("lines to paste", []byte(lines))
	if seen < 10 {
		t.Errorf("looked at %d lists, want all of them", seen)
	}
}

// Addresses from any input appear only on the pages and in the files about networks.
func TestNoAddressIsPublished(t *testing.T) {
	planted := []string{"planted.person@secret.example", "198.51.100.77", "2001:db8:5ec:ee7::77"}
	folder, _ := publishPlanted(t, append(planted, "of planted.person@secret.example, at 198.51.100.77 or [2001:db8:5ec:ee7::77]:443"), "")
	secret := regexp.MustCompile(`(?i)secret.{0,3}example|198.{0,3}51.{0,3}100.{0,3}77|5ec.{0,3}ee7`)
	own := regexp.MustCompile(`^(site|gone)/(network\.html|data/(network|firewall-rules)\.csv)$|!(network\.html|data/(network|firewall-rules)\.csv)$|^bundle/firewall-(rules\.csv|request\.txt)$`)
	published(t, folder, func(name string, content []byte) {
		if strings.HasSuffix(name, ".zip") || strings.HasSuffix(name, ".xlsx") {
			return // packed; its files come one by one
		}
		if found := secret.FindIndex(content); found != nil && !own.MatchString(name) {
			t.Errorf("%s: found %q", name, content[max(0, found[0]-80):min(len(content), found[1]+20)])
		}
		if own.MatchString(name) && bytes.Contains(content, []byte("secret.example")) {
			t.Errorf("%s: found the e-mail address", name)
		}
		if found := regexp.MustCompile(`secret|198.51`).FindString(name); found != "" {
			t.Errorf("found a file called %s", name)
		}
	})
}

// Without user names, owners and approvers are left out too.
func TestNoUserIsPublished(t *testing.T) {
	folder, _ := publishPlanted(t, []string{"planted.person@secret.example"}, "privacy: {user_names: false}\n")
	name := regexp.MustCompile(`user\d\d|Owen|Avery|planted`)
	published(t, folder, func(file string, content []byte) {
		if found := name.FindIndex(content); found != nil {
			t.Errorf("%s: found %q", file, content[max(0, found[0]-80):min(len(content), found[1]+20)])
		}
	})
}

// A run from the top of the file system publishes no path of the machine.
func TestNoPathIsPublished(t *testing.T) {
	folder := t.TempDir()
	sample, err := filepath.Abs("../../sample-data/exports")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("/")
	notice := filepath.Join(folder, "notice.yaml")
	if err := os.WriteFile(notice, []byte(cutoff(t, "policy", "show")), 0o600); err != nil {
		t.Fatal(err)
	}
	cutoff(t, "build", "--report", filepath.Join(sample, "*.csv"), "--policy", notice, "--out", filepath.Join(folder, "site"), "--as-of", "2020-01-15")
	cutoff(t, "bundle", filepath.Join(folder, "site"), "--out", filepath.Join(folder, "bundle"))
	published(t, folder, func(name string, content []byte) {
		for _, path := range []string{folder, sample} {
			if bytes.Contains(content, []byte(filepath.ToSlash(path)[1:])) {
				t.Errorf("%s: found %s", name, path)
			}
		}
	})
}
