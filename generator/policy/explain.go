package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
)

// Line is one line of the table of verdicts, tried on a device.
type Line struct {
	Number    int     `json:"line"` // from 1, as in the table
	Verdict   Verdict `json:"verdict"`
	Condition string  `json:"condition"`
	Fits      bool    `json:"fits"`
	// Decides is set for the first line that fits: its verdict holds.
	Decides bool `json:"decides"`
	// Values are the facts that the condition asks: "destination cloud, version
	// 4.7.1 too-old".
	Values string `json:"values"`
}

// Explain tries every line of the table on a device and leaves out the lines that
// the policy makes impossible. The line that decides has the verdict that
// [Rules.Assess] gives.
func (r *Rules) Explain(d *device.Device, asOf calendar.Day) []Line {
	a := r.Assess(d, asOf)
	f := r.facts(d, a)
	decided := false
	possible := r.Possible()
	var lines []Line
	for i, t := range table {
		// The last line fits everything, so it counts only when no other line fits.
		fits := t.fits(f) && (i < len(table)-1 || !decided)
		if possible.Verdict(t.verdict) {
			condition := t.condition
			if !possible.Destinations {
				condition = cmp.Or(t.anywhere, condition)
			}
			lines = append(lines, Line{
				Number: i + 1, Condition: condition, Verdict: t.verdict,
				Fits: fits, Decides: fits && !decided,
				Values: r.values(t.verdict, d, a),
			})
		}
		decided = decided || fits
	}
	return lines
}

// values names the facts that a line asks.
func (r *Rules) values(v Verdict, d *device.Device, a Assessment) string {
	possible := r.Possible()
	status := "status " + string(d.Status)
	if d.Status == "" {
		status = "no status"
	}
	version := "version " + string(a.VersionStatus)
	if d.Version.Known {
		version = fmt.Sprintf("version %s %s", d.Version, a.VersionStatus)
	}
	port := "port " + string(a.PortStatus)
	switch {
	case a.Port != 0:
		port = fmt.Sprintf("port %d %s", a.Port, a.PortStatus)
	case a.ConfirmedPort:
		port += " (by confirmation of the network)"
	}
	destination := "destination " + string(a.DestinationKind)
	if a.DestinationKind == Unclassified && r.settings.UnclassifiedIsCloud {
		destination += " (taken as cloud)"
	}
	system := "system " + cmp.Or(d.Family(), "not known")
	var values []string
	for _, value := range []struct {
		text     string
		possible bool
		verdicts []Verdict
	}{
		{status, true, []Verdict{Inactive, Ready}},
		{system, possible.Families, []Verdict{NotAffected, Ready}},
		{destination, possible.Destinations, []Verdict{NotAffected, Upgrade, Check, UpgradeAndChangePort, Ready}},
		{version, true, []Verdict{Upgrade, Check, UpgradeAndChangePort, UpgradeRecommended, Ready}},
		{port, possible.Ports, []Verdict{UpgradeAndChangePort, ChangePort, VerifyPort, Ready}},
	} {
		if value.possible && slices.Contains(value.verdicts, v) {
			values = append(values, value.text)
		}
	}
	return strings.Join(values, ", ")
}
