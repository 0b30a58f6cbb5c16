package intake

import (
	"fmt"

	"example.org/cutoff/generator/problem"
)

// consoleRows is how many rows the console's own table shows; an export has all.
const consoleRows = 1000

// suspect notes what makes a whole sheet look wrong.
func (r *reportReader) suspect() {
	if r.rows == consoleRows {
		r.faults.add(problem.Suspicious, 0, 0, "found exactly 1,000 rows, which is all that the console shows: want the whole export")
	}
	if r.body.empty("app_version") && r.rows > 0 {
		r.suspectColumn("app_version", "versions")
	} else {
		for _, row := range r.unversioned {
			r.faults.add(problem.UnreadableVersion, row, r.header.Number("app_version"), "found no version, want one like 7.0.3")
		}
	}
	if r.rows < 2 {
		return
	}
	if r.body.empty("status") {
		r.suspectColumn("status", "statuses")
	}
	if r.destinations && (r.body.empty("destination") || !r.header.Has("destination")) && (r.body.empty("destination_uid") || !r.header.Has("destination_uid")) {
		if r.header.Has("destination") {
			r.suspectColumn("destination", "destinations")
		} else {
			r.suspectColumn("destination_uid", "destinations")
		}
	}
	for _, name := range []string{"last_activity", "last_connected"} {
		if r.body.empty(name) {
			r.suspectColumn(name, "dates")
		}
	}
}

func (r *reportReader) suspectColumn(name, what string) {
	r.faults.add(problem.Suspicious, r.header.Row, r.header.Number(name), fmt.Sprintf("found a column without any value, want %s in it", what))
}
