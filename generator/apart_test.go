package generator

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/sample"
)

// Devices share what many of them say alike. Whatever further rows say of some
// devices, nothing changes for the others.
func TestDevicesStayApart(t *testing.T) {
	fleet := sample.Fleet{Seed: 3, Devices: 300, Departments: 10, Nights: 1, Last: calendar.New(2020, 1, 15), Format: sample.CSV}
	run := benchRun(t, fleet)
	report := slices.IndexFunc(run.Inputs, func(in intake.Input) bool { return in.Kind == intake.Report })
	rows := readRows(t, run.Inputs[report])
	header := rows[0]
	guid := slices.Index(header, "deviceUid")
	random := rand.New(rand.NewSource(1))
	others := func(touched map[string]bool) []string {
		outcome, err := Assess(run)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, a := range outcome.Fleet.Devices {
			if !touched[a.GUID] {
				said = append(said, fmt.Sprintf("%s %s %s %s %+v %+v %s %s %s", a.GUID, a.Name, a.Username, a.Department, *a.Software, *a.Home, a.LastSeen(), a.Verdict, a.Action))
			}
		}
		return said
	}
	run.Force = true
	for round := range 5 {
		touched := map[string]bool{}
		more := slices.Clone(rows)
		for range 20 {
			row, other := slices.Clone(rows[1+random.Intn(len(rows)-1)]), rows[1+random.Intn(len(rows)-1)]
			touched[row[guid]] = true
			for i := range row {
				if i != guid && random.Intn(3) > 0 {
					row[i] = other[i]
				}
			}
			more = append(more, row)
		}
		run.Inputs[report] = rowsInput(t, run.Inputs[report], rows)
		want := others(touched)
		run.Inputs[report] = rowsInput(t, run.Inputs[report], more)
		if diff := cmp.Diff(want, others(touched)); diff != "" {
			t.Fatalf("round %d: devices that no further row is about (-without +with further rows):\n%s", round, diff)
		}
	}
}

func readRows(t *testing.T, in intake.Input) [][]string {
	t.Helper()
	file, err := in.Open()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// rowsInput gives an input with other rows.
func rowsInput(t *testing.T, in intake.Input, rows [][]string) intake.Input {
	t.Helper()
	var text bytes.Buffer
	if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	in.Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text.Bytes())), nil }
	return in
}
