package intake

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/tools/txtar"

	"example.org/cutoff/generator/problem"
)

// TestStoriesAsWorkbooks reads the inputs of stories about rows again as workbooks.
// The same must become of their rows. Problems with short rows are not compared:
// the rows of a workbook end with their last value, so none is short.
func TestStoriesAsWorkbooks(t *testing.T) {
	for _, name := range []string{"shifted", "header-again", "notes", "one-guid", "absent-columns"} {
		archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		var texts, workbooks []Input
		for _, file := range archive.Files {
			kind, _, ok := strings.Cut(file.Name, "/")
			if !ok || !strings.HasSuffix(file.Name, ".csv") || strings.Contains(file.Name, "quoted") {
				continue // there are no quotes in a workbook
			}
			if kind == "reports" || kind == "rosters" {
				kind = strings.TrimSuffix(kind, "s")
			}
			texts = append(texts, bytesInput(Kind(kind), file.Name, file.Data))
			workbooks = append(workbooks, bytesInput(Kind(kind), strings.TrimSuffix(file.Name, ".csv")+".xlsx", asWorkbook(t, file.Data)))
		}
		want, err := Read(texts, storyOptions())
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(workbooks, storyOptions())
		if err != nil {
			t.Fatal(err)
		}
		compareDevices(t, want.Devices, got.Devices)
		for i := range want.Files {
			if diff := cmp.Diff(want.Files[i].Ledger, got.Files[i].Ledger); diff != "" {
				t.Errorf("%s: ledger of %s (-text +workbook):\n%s", name, got.Files[i].Path, diff)
			}
		}
		for _, kind := range []problem.Kind{problem.ShiftedRow, problem.NoteRow} {
			if a, b := rowsOf(want.Problems, kind), rowsOf(got.Problems, kind); !cmp.Equal(a, b) {
				t.Errorf("%s: %s: found %v in workbooks, want %v", name, kind, b, a)
			}
		}
	}
}

// rowsOf gives the places of a kind of problem, without the file's extension.
func rowsOf(problems []problem.Problem, kind problem.Kind) []problem.Position {
	var found []problem.Position
	for _, p := range problems {
		if p.Kind == kind {
			p.File, p.Sheet = strings.TrimSuffix(p.File, filepath.Ext(p.File)), ""
			found = append(found, p.Position)
		}
	}
	return found
}

// asWorkbook makes a workbook of a CSV file. All its cells are text.
func asWorkbook(t *testing.T, content []byte) []byte {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	f := excelize.NewFile()
	for {
		record, err := r.Read()
		if err != nil {
			break
		}
		line, _ := r.FieldPos(0)
		for i, cell := range record {
			name, err := excelize.CoordinatesToCellName(i+1, line)
			must(t, err)
			if cell != "" {
				must(t, f.SetCellStr("Sheet1", name, cell))
			}
		}
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}
