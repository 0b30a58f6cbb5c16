package ledger

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/intake/column"
	"example.org/cutoff/generator/problem"
)

// TestAccount counts the rows of a report and of evidence.
func TestAccount(t *testing.T) {
	for name, test := range map[string]struct {
		kind             column.Kind
		count            func(*Account)
		want             Ledger
		joined, unjoined int
	}{
		"nothing": {column.Report, func(*Account) {}, Ledger{}, 0, 0},
		"a report": {column.Report, func(a *Account) {
			a.Read(6)
			a.Merge(3)
			a.Became()
			a.Became()
			a.Reject(1)
			a.Other(2)
		}, Ledger{Rows: 6, Devices: 2, Merged: 1, Rejected: 1, Other: 2}, 0, 0},
		"evidence": {column.Connections, func(a *Account) {
			a.Read(9)
			a.Merge(4)
			a.Became()
			a.Unjoined(3)
			a.Reject(1)
			a.Other(1)
		}, Ledger{Rows: 9, Devices: 1, Merged: 3, Rejected: 4, Other: 1}, 4, 3},
		"evidence that repeats": {column.Connections, func(a *Account) {
			a.Read(5)
			a.Merge(2)
			a.Unjoined(1)
			a.Other(2)
			a.Repeat("first.csv")
		}, Ledger{Rows: 5, Merged: 3, Other: 2}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			a := New("a.csv", test.kind)
			test.count(a)
			file, _, err := a.Close()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, file.Ledger); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if joined, unjoined := a.Joined(); joined != test.joined || unjoined != test.unjoined {
				t.Errorf("found %d joined and %d not, want %d and %d", joined, unjoined, test.joined, test.unjoined)
			}
		})
	}
}

func TestAccountThatDoesNotBalance(t *testing.T) {
	a := New("a.csv", column.Roster)
	a.Read(2)
	a.Merge(1)
	if _, _, err := a.Close(); err == nil {
		t.Error("found a row that nothing became of, want an error")
	}
}

// The only problem of a repeated file is that it is one.
func TestRepeat(t *testing.T) {
	a := New("b.csv", column.Report)
	a.Problem(problem.Position{Row: 3}, problem.MissingGUID, "found no GUID")
	a.Repeat("a.csv")
	_, problems, err := a.Close()
	if err != nil || len(problems) != 1 || problems[0].Kind != problem.DuplicateFile || problems[0].String() != "b.csv: found the same bytes as in a.csv, want each export once" {
		t.Errorf("found %v, %v", problems, err)
	}
}

// TestProblemsAreCounted adds more problems of one kind than evidence lists. A
// report lists them all.
func TestProblemsAreCounted(t *testing.T) {
	for kind, want := range map[column.Kind]int{column.Report: 2*listed + 9, column.Connections: 2*listed + 3} {
		a := New("a.csv", kind)
		for row := range listed + 7 {
			a.Problem(problem.Position{Row: row + 2, Column: 3}, problem.UnreadablePort, "found no port")
		}
		for row := range listed + 1 {
			a.Problem(problem.Position{Row: row + 2, Column: 4}, problem.UnreadablePort, "found no port")
		}
		a.Problem(problem.Position{Row: 2, Column: 3}, problem.UnreadableDate, "found no date")
		_, problems, err := a.Close()
		if err != nil || len(problems) != want {
			t.Fatalf("%s: found %d problems, %v, want %d", kind, len(problems), err, want)
		}
		if kind != column.Connections {
			continue
		}
		more := problems[len(problems)-2]
		if text := "found 7 more rows like this from here on, counted and not listed"; more.Message != text || more.Row != listed+2 || more.Column != 3 {
			t.Errorf("found %v, want row %d: %s", more, listed+2, text)
		}
	}
}
