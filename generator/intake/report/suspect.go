package report

import (
	"fmt"
	"slices"

	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/problem"
)

// consoleRows is how many rows the console's own table shows at most. An export
// has all.
const consoleRows = 1000

// If more than wrongShare percent of the rows are wrong in the same way, the
// column is the wrong one.
const (
	judgedRows = 50 // from here on the report is refused
	wrongShare = 95
	fewRows    = 5 // fewer prove nothing
)

// vote counts a row about a device. At the end of the sheet, if more than half of
// the rows are about one device, it is the leader (a majority vote after Boyer
// and Moore, which needs no count for each device).
func (s *sheet) vote(device int32) {
	switch {
	case device == s.leader:
		s.votes++
	case s.votes == 0:
		s.leader, s.votes = device, 1
	default:
		s.votes--
	}
}

// wrongColumn refuses a report if nearly all rows have one GUID under different
// names, or nearly none has a readable version. In a short report one GUID is
// only a problem, and the versions are problems already.
func (s *sheet) wrongColumn() error {
	same := 0
	if s.votes > 0 && s.leader >= 0 {
		if state := s.merger.state(s.leader); state.renamed && state.there.origin == s.origin {
			same = int(state.there.rows)
		}
	}
	for _, wrong := range []struct {
		column  string
		rows    int
		found   string
		noticed bool // each row has its own problem already
	}{
		{"device_guid", same, "one GUID in %d of %d rows, under different names, want one for each device", false},
		{s.version, len(s.unversioned) + s.unreadable, "no readable version in %d of %d rows, want versions " + s.like, true},
	} {
		number := s.in.Header.Number(wrong.column)
		if 100*wrong.rows <= wrongShare*s.rows || number == 0 {
			continue
		}
		header := s.in.Header.Columns[slices.Index(s.in.Header.Names, wrong.column)].Header
		message := fmt.Sprintf("found "+wrong.found+": is column %s (%s) the right one? Export again, or name the right one under columns.%s in the configuration",
			wrong.rows, s.rows, problem.Quote(header), problem.ColumnLetters(number), wrong.column)
		if s.rows >= judgedRows {
			return table.Refuse(problem.Position{File: s.in.Account.Path(), Sheet: s.in.Name, Row: s.in.Header.Row, Column: number}, problem.Unrecognised, message)
		}
		if s.rows >= fewRows && !wrong.noticed {
			s.in.Problem(problem.Suspicious, s.in.Header.Row, number, message)
		}
	}
	return nil
}

// suspect adds problems with the sheet as a whole.
func (s *sheet) suspect() {
	if s.rows+s.in.Rejected == consoleRows {
		s.in.Problem(problem.Suspicious, 0, 0, "found exactly 1,000 rows, which is all that the console shows: want the whole export")
	}
	if s.in.Empty(s.version) && s.rows > 0 {
		s.suspectColumn(s.version, "versions")
	} else {
		for _, row := range s.unversioned {
			s.in.Problem(problem.UnreadableVersion, row, s.in.Header.Number(s.version), "found no version, want one "+s.like)
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
