package intake

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
)

func samePrefix(a, b netip.Prefix) bool { return a == b }

// writtenFile is a generated file. Its rows may be put in another order.
type writtenFile struct {
	path         string
	above, below []string // these lines stay where they are
	rows         []string
}

func (f writtenFile) input() Input {
	lines := slices.Concat(f.above, f.rows, f.below)
	return bytesInput(Report, f.path, []byte(strings.Join(lines, "\n")+"\n"))
}

// generateFiles writes some reports about one fleet, with every fault that a row
// can have. The rows of a device have different instants: at the same instant the
// later row would count, and so the order would matter.
func generateFiles(r *rand.Rand) []writtenFile {
	guids := make([]string, 1+r.IntN(40))
	for i := range guids {
		guids[i] = fmt.Sprint(839648314463407001 + 13*i)
	}
	clock := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	var files []writtenFile
	for n := range 1 + r.IntN(4) {
		columns := []string{"deviceName", "username", "orgName", "status", "destinationUid", "destinationName", "os", "port", "remoteAddress", "lastConnectedDate"}
		r.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
		columns = append(columns[:2+r.IntN(len(columns)-2)], "deviceUid", "version", "lastActivity")
		r.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
		f := writtenFile{path: fmt.Sprintf("%d.csv", n), above: []string{strings.Join(columns, ",")}}
		if r.IntN(2) == 0 {
			f.above = append([]string{"A title", ""}, f.above...)
		}
		if r.IntN(2) == 0 {
			f.below = []string{"", "Total: 7"}
		}
		layout := []string{time.RFC3339, "2006-01-02 15:04:05", "02/01/2006 15:04:05"}[r.IntN(3)]
		for range 2 + r.IntN(60) {
			clock = clock.Add(time.Duration(1+r.IntN(7200)) * time.Second)
			cells := map[string]string{
				"deviceUid":         guids[r.IntN(len(guids))],
				"version":           pick(r, "7.0.3", "5.4", "4.8.2", "null", "", "soon", "4.10"),
				"lastActivity":      clock.Format(layout),
				"deviceName":        pick(r, "a", "b", "", "c"),
				"username":          pick(r, "ann", "", "bob"),
				"orgName":           pick(r, "Sales", "Ops", ""),
				"status":            pick(r, "Active", "Deactivated", ""),
				"destinationUid":    pick(r, "42", "43", "", "900123"),
				"destinationName":   pick(r, "Cloud", "Cloud US", "", "Server"),
				"os":                pick(r, "win", "mac", ""),
				"port":              pick(r, "", "443", "4282", "x", `"443, 4287"`),
				"remoteAddress":     pick(r, "198.51.100.7:11267", ":0", "", "nowhere", "2001:db8::1"),
				"lastConnectedDate": pick(r, clock.Add(-time.Minute).Format(layout), "2021-01-01", "never", "soon"),
			}
			switch r.IntN(12) {
			case 0:
				cells["deviceUid"] = pick(r, "", "8.39648E+17", "no GUID at all", "null")
				cells["deviceName"], cells["username"], cells["orgName"], cells["version"] = "a", "ann", "Sales", "7.0"
			case 1:
				cells["deviceUid"] = guids[r.IntN(len(guids))][:15] + "000"
			}
			row := make([]string, len(columns))
			for i, name := range columns {
				row[i] = cells[name]
			}
			line := strings.Join(row, ",")
			f.rows = append(f.rows, line)
			switch r.IntN(10) {
			case 0:
				f.rows = append(f.rows, line)
			case 1:
				f.rows = append(f.rows, strings.Repeat(",", r.IntN(len(columns))))
			case 2:
				f.rows[len(f.rows)-1] += ",too long"
			}
		}
		// One row always counts, so that no file is without a device. Its dates prove
		// the order of day and month.
		row := make([]string, len(columns))
		row[slices.Index(columns, "deviceUid")] = guids[0]
		proof := time.Date(2020, 1, 30, n, 0, 0, 0, time.UTC).Format(layout)
		row[slices.Index(columns, "lastActivity")] = proof
		if i := slices.Index(columns, "lastConnectedDate"); i >= 0 {
			row[i] = proof
		}
		f.rows = append(f.rows, strings.Join(row, ","))
		files = append(files, f)
	}
	return files
}

func pick(r *rand.Rand, texts ...string) string { return texts[r.IntN(len(texts))] }

func readFiles(t *testing.T, files []writtenFile) *Result {
	t.Helper()
	var inputs []Input
	for _, f := range files {
		inputs = append(inputs, f.input())
	}
	result, err := Read(inputs, Options{AsOf: day("2020-12-31")})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestOrderDecidesNothing reads generated files, and then the same files and rows
// in other orders. Every ledger must balance and have every line, and the devices
// must stay the same.
func TestOrderDecidesNothing(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 42))
		files := generateFiles(r)
		want := readFiles(t, files)
		devices := 0
		for i, f := range want.Files {
			lines := len(files[i].above) + len(files[i].rows) + len(files[i].below) - 1 // the header is no row
			if !f.Balanced() || f.Rows != lines {
				t.Fatalf("seed %d: found the ledger %+v, want it to balance over %d lines", seed, f.Ledger, lines)
			}
			devices += f.Devices
		}
		if devices != len(want.Devices) {
			t.Fatalf("seed %d: found %d rows that became devices, want %d", seed, devices, len(want.Devices))
		}

		named := slices.Clone(files)
		slices.Reverse(named)
		if diff := cmp.Diff(want, readFiles(t, named), cmp.Comparer(samePrefix), cmp.Comparer(sameDay)); diff != "" {
			t.Fatalf("seed %d: the order in which files are named decides something (-want +got):\n%s", seed, diff)
		}
		for i := range files {
			rows := slices.Clone(files[i].rows)
			r.Shuffle(len(rows), func(a, b int) { rows[a], rows[b] = rows[b], rows[a] })
			files[i].rows = rows
		}
		shuffled := readFiles(t, files)
		compareDevices(t, want.Devices, shuffled.Devices)
		for i, f := range shuffled.Files {
			if f.Ledger != want.Files[i].Ledger {
				t.Fatalf("seed %d: found the ledger %+v after a shuffle, want %+v", seed, f.Ledger, want.Files[i].Ledger)
			}
		}
		if len(shuffled.Problems) != len(want.Problems) {
			t.Fatalf("seed %d: found %d problems after a shuffle, want %d", seed, len(shuffled.Problems), len(want.Problems))
		}
	}
}

func sameDay(a, b calendar.Day) bool { return a.String() == b.String() }
