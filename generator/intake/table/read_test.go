package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/intake/table/charset"
	"example.org/cutoff/generator/problem"
)

// reading is what comes out of a file that is read to its end.
type reading struct {
	sheets   []sheetReading
	problems []problem.Problem
	refusal  *Refusal
}

type sheetReading struct {
	name    string
	hidden  bool
	numbers []int
	rows    [][]string
	torn    []string // "row:column" of the rows that are
	titles  []string // numbers of the rows that are

	hiddenRows int
}

// readAll reads a file to its end. It fails the test if the package breaks one of
// its promises.
func readAll(t testing.TB, name string, content []byte, limits Limits) reading {
	t.Helper()
	return readFrom(t, name, bytes.NewReader(content), limits)
}

func readFrom(t testing.TB, name string, r io.Reader, limits Limits) (got reading) {
	t.Helper()
	refused := func(err error) reading {
		if !errors.As(err, &got.refusal) {
			t.Fatalf("found error %v, want a refusal", err)
		}
		if got.refusal.File != name {
			t.Fatalf("refusal %q has no position", got.refusal)
		}
		switch got.refusal.Kind {
		case problem.Unrecognised, problem.Damaged, problem.TooLarge:
		default:
			t.Fatalf("refusal %q is of kind %q", got.refusal, got.refusal.Kind)
		}
		checkMessage(t, got.refusal.Problem)
		return got
	}
	f, err := Open(name, r, limits, charset.Encoding{})
	if err != nil {
		return refused(err)
	}
	defer f.Close()
	for _, s := range f.Sheets() {
		sheet := sheetReading{name: s.Name, hidden: s.Hidden, hiddenRows: s.HiddenRows}
		last := 0
		for {
			row, err := s.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				if _, again := s.Read(); again != err {
					t.Fatalf("found error %v after %v, want it again", again, err)
				}
				return refused(err)
			}
			if row.Number != last+1 {
				t.Fatalf("found row %d after row %d, want rows in order", row.Number, last)
			}
			last = row.Number
			cells := make([]string, len(row.Cells))
			for i, cell := range row.Cells {
				cells[i] = strings.Clone(cell)
			}
			sheet.numbers = append(sheet.numbers, row.Number)
			sheet.rows = append(sheet.rows, cells)
			if row.Title {
				sheet.titles = append(sheet.titles, fmt.Sprint(row.Number))
			}
			if row.Torn != 0 {
				sheet.torn = append(sheet.torn, fmt.Sprintf("%d:%d", row.Number, row.Torn))
			}
		}
		got.sheets = append(got.sheets, sheet)
	}
	got.problems = f.Problems()
	for _, p := range got.problems {
		if p.File != name || p.Row == 0 {
			t.Fatalf("problem %q has no position", p)
		}
		checkMessage(t, p)
	}
	return got
}

// diffRows is a cmp.Diff that is quick about equal rows.
func diffRows(want, got [][]string) string {
	if slices.EqualFunc(want, got, slices.Equal[[]string]) {
		return ""
	}
	return cmp.Diff(want, got)
}

// checkMessage checks that a message is one printable line.
func checkMessage(t testing.TB, p problem.Problem) {
	t.Helper()
	if s := p.String(); s != problem.Visible(s) {
		t.Fatalf("message %q does not print", s)
	}
	if p.Message == "" || strings.ToLower(p.Message[:1]) != p.Message[:1] {
		t.Fatalf("message %q is empty or begins in upper case", p.Message)
	}
}
