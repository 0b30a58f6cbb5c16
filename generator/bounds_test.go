package generator

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
)

func TestBounds(t *testing.T) {
	asOf := calendar.New(2020, 1, 15)
	for name, test := range map[string]struct {
		files []intake.File
		seen  calendar.Day
		age   int
		want  []string
	}{
		"exactly the share": {files: []intake.File{{Path: "a.csv", Kind: intake.Report, Ledger: intake.Ledger{Rows: 22, Devices: 15, Merged: 4, Rejected: 1, Other: 2}}},
			want: []string{"a.csv: found 1 of 20 rows rejected (5.0%), want less than 5%"}},
		"just below it": {files: []intake.File{{Path: "a.csv", Kind: intake.Report, Ledger: intake.Ledger{Rows: 21, Devices: 20, Rejected: 1}}}},
		"one of two reports": {files: []intake.File{
			{Path: "a.csv", Kind: intake.Report, Ledger: intake.Ledger{Rows: 1000, Devices: 1000}},
			{Path: "b.csv", Kind: intake.Report, Ledger: intake.Ledger{Rows: 3, Devices: 2, Rejected: 1}}},
			want: []string{"b.csv: found 1 of 3 rows rejected (33.3%), want less than 5%"}},
		"evidence":    {files: []intake.File{{Path: "a.csv", Kind: intake.Connections, Ledger: intake.Ledger{Rows: 3, Rejected: 3}}}},
		"on the age":  {seen: asOf.Add(-7), age: 7},
		"past it":     {seen: asOf.Add(-8), age: 7, want: []string{"reports: found the newest row on 2020-01-07, 8 days before 2020-01-15, want at most 7 days"}},
		"any age":     {seen: asOf.Add(-800)},
		"no date set": {age: 7},
	} {
		t.Run(name, func(t *testing.T) {
			run := &Run{Config: config.Default(), AsOf: asOf}
			run.Config.Stop.AgeDays = test.age
			_, err := bounds(run, test.files, 1, test.seen, nil, "")
			var stop *StopError
			if errors.As(err, &stop) != (test.want != nil) || stop != nil && !slices.Equal(stop.Reasons, test.want) {
				t.Errorf("found %v, want %q", err, test.want)
			}
			run.Force = true
			if forced, err := bounds(run, test.files, 1, test.seen, nil, ""); err != nil || !slices.Equal(forced, test.want) {
				t.Errorf("forced: found %q and error %v, want %q", forced, err, test.want)
			}
		})
	}
}

// Force is for suspicion. What is damaged stays refused.
func TestForceLeavesDamage(t *testing.T) {
	rules, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"cut.csv":  "deviceUid,version\n1,7.0\n2,\"7.0",
		"cut.xlsx": "PK\x03\x04 and no more",
		"zero.csv": "deviceUid,version\n1,7.0\n" + strings.Repeat("\x00", 100),
	} {
		_, err := Assess(&Run{
			Config: config.Default(), Policy: rules, AsOf: calendar.New(2020, 1, 15), Force: true, Progress: func(string) {},
			Inputs: []intake.Input{{Path: name, Kind: intake.Report, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}},
		})
		var refused *intake.Refused
		if !errors.As(err, &refused) {
			t.Errorf("%s: found %v, want a refusal", name, err)
		}
	}
}
