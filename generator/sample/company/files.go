package company

import "fmt"

// File is one file of the sample; its name is relative to the sample's folder.
type File struct {
	Name    string
	Content []byte
}

// Files makes all of the sample: what the company has in its folders, and what
// each device was made for.
func Files() ([]File, error) {
	c := newCompany()
	branch, err := branchWorkbook(c.machines)
	if err != nil {
		return nil, fmt.Errorf("branch workbook: %w", err)
	}
	roster, err := rosterWorkbook(c.people)
	if err != nil {
		return nil, fmt.Errorf("roster workbook: %w", err)
	}
	intune, waived := intuneList(c.people)
	return append(c.nightFiles(), []File{
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
