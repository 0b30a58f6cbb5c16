// Command make writes the sample: the exports, the evidence, the roster and the
// waivers of Quillmoor Instruments, a company that does not exist. company.go
// describes it; the other files turn the description into the formats that
// administrators have. The same description gives the same bytes.
//
// expected.csv beside this file is this program's own reckoning: the verdict
// that each device was made for, written down without running the rules. Tests
// hold the site against it.
//
//	go run ./sample-data/make
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	folder := flag.String("out", "sample-data", "the `folder` to write to")
	flag.Parse()
	if err := run(*folder); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func run(folder string) error {
	files, err := makeFiles()
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(folder, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// file is one file of the sample; its name is relative to the sample's folder.
type file struct {
	name    string
	content []byte
}

func makeFiles() ([]file, error) {
	c, err := newCompany()
	if err != nil {
		return nil, err
	}
	branch, err := branchWorkbook(c.machines)
	if err != nil {
		return nil, fmt.Errorf("branch workbook: %w", err)
	}
	roster, err := rosterWorkbook(c.people)
	if err != nil {
		return nil, fmt.Errorf("roster workbook: %w", err)
	}
	intune, waived := intuneList(c.people)
	return append(c.nightFiles(), []file{
		{windowsFolder + "devices-intune-2025-10-13.csv", intune},
		{windowsFolder + "waivers.csv", waived},
		{windowsFolder + "roster.csv", intuneRoster(c.people)},
		{"exports/device-status-2020-01-15.csv", statusExport(c.machines)},
		{"exports/device-status-branch-2020-01-14.xlsx", branch},
		{"exports/code42-devices-list-2020-01-13.csv", devicesList(c.machines)},
		{"evidence/firewall-2020-01-14.csv", firewallLog(c.machines, asOf)},
		{"evidence/helpdesk-17-service.log", serviceLog(c.named(onRetiredByLog), logRetired)},
		{"evidence/loan-pool-service.log", serviceLog(c.named(onTLSByLog), logTLS)},
		{"roster.xlsx", roster},
		{"waivers.csv", waiverList(c.machines)},
		{"make/expected.csv", expectations(c.machines)},
	}...), nil
}
