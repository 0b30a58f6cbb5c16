package report

import (
	"fmt"

	"example.org/cutoff/generator/problem"
)

// consoleRows is how many rows the console's own table shows; an export has all.
const consoleRows = 1000

// suspect notes what makes a whole sheet look wrong.
func (s *sheet) suspect() {
	if s.rows == consoleRows {
		s.in.Problem(problem.Suspicious, 0, 0, "found exactly 1,000 rows, which is all that the console shows: want the whole export")
	}
	if s.in.Empty("app_version") && s.rows > 0 {
		s.suspectColumn("app_version", "versions")
	} else {
		for _, row := range s.unversioned {
			s.in.Problem(problem.UnreadableVersion, row, s.in.Header.Number("app_version"), "found no version, want one like 7.0.3")
		}
	}
	if s.rows < 2 {
		return
	}
	if s.in.Empty("status") {
		s.suspectColumn("status", "statuses")
	}
	if s.destinations && (s.in.Empty("destination") || !s.in.Header.Has("destination")) && (s.in.Empty("destination_uid") || !s.in.Header.Has("destination_uid")) {
		if s.in.Header.Has("destination") {
			s.suspectColumn("destination", "destinations")
		} else {
			s.suspectColumn("destination_uid", "destinations")
		}
	}
	for _, name := range []string{"last_activity", "last_connected"} {
		if s.in.Empty(name) {
			s.suspectColumn(name, "dates")
		}
	}
}

func (s *sheet) suspectColumn(name, what string) {
	s.in.Problem(problem.Suspicious, s.in.Header.Row, s.in.Header.Number(name), fmt.Sprintf("found a column without any value, want %s in it", what))
}
