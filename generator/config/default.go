package config

import (
	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/policy"
)

// Default is the configuration that holds without a file.
func Default() *Config {
	return &Config{
		Dir:               ".",
		Policy:            "code42-port-4282",
		Out:               "site",
		Rules:             policy.DefaultSettings(),
		DepartmentAliases: map[string]string{},
		Columns:           map[string][]string{},
		DateOrder:         value.Auto,
		EvidenceDevices:   map[string]string{},
		StaleDays:         90,
		OldDays:           3,
		Limits:            table.Limits{}.WithDefaults(),
		Stop:              Stop{RejectedShare: 0.05, FewerShare: 0.2},
		PaceDays:          14,
		Privacy:           Privacy{UserNames: true, FleetFiles: true},
		Workbooks:         true,
		Standalone:        true,
		Bundle:            Bundle{Budget: 7_000_000},
		Mail:              defaultMail(),
		Look:              Look{Dates: "2 January 2006", Thousands: ","},
	}
}
