package sample

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"example.org/cutoff/generator/calendar"
)

func small() Fleet {
	return Fleet{
		Seed: 1, Devices: 5_000, Departments: 40, Nights: 3, Last: calendar.New(2020, 1, 15),
		Changed: 0.1, Problems: 0.03, LogLines: 2_500, Format: CSV,
	}
}

// The bytes of a fleet never change, whatever the machine and the release of Go, so
// that measurements of different years can be compared.
func TestSameSeedGivesTheSameBytes(t *testing.T) {
	want := map[string]string{
		"nights/2020-01-13/device-status.csv": "0e56b386c7a6e523",
		"nights/2020-01-15/device-status.csv": "d4fbb37bdcea1ec5",
		"nights/2020-01-15/roster.csv":        "319e12f660289ab5",
		"nights/2020-01-15/waivers.csv":       "a195b9de8d671669",
		"nights/2020-01-15/firewall.csv":      "dbe329bddbc4877c",
	}
	got := map[string]string{}
	for _, file := range small().Files() {
		if _, asked := want[file.Name]; asked {
			got[file.Name] = fmt.Sprintf("%x", sha256.Sum256(content(t, file)))[:16]
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the first 16 digits of SHA-256 (-want +got):\n%s", diff)
	}
	other := small()
	other.Seed = 2
	if bytes.Equal(content(t, named(t, small(), "nights/2020-01-13/device-status.csv")), content(t, named(t, other, "nights/2020-01-13/device-status.csv"))) {
		t.Error("found the same report under another seed, want another")
	}
}

func TestShape(t *testing.T) {
	f := small()
	f.Devices, f.Nights = 50_000, 1
	report := records(t, f, "nights/2020-01-15/device-status.csv")
	column := columnOf(t, report[0])
	if len(report[0]) != 34 {
		t.Errorf("found %d columns, want 34", len(report[0]))
	}
	devices, unknown, zoned := map[string]int{}, map[string]bool{}, 0
	versions := map[string]bool{}
	for _, row := range report[1:] {
		guid := row[column("deviceUid")]
		devices[guid]++
		switch version := row[column("version")]; version {
		case "", "null", "unknown", "1268066820719", "6.x":
			unknown[guid] = true
		default:
			versions[version] = true
		}
		if strings.HasSuffix(row[column("lastActivity")], "-06:00") {
			zoned++
		}
	}
	delete(devices, "8.39648E+17")
	for _, want := range []struct {
		what        string
		found       int
		least, most int
	}{
		{"devices", len(devices), 50_000, 50_000},
		{"rows", len(report) - 1, 68_500, 69_700},
		{"devices of unknown version", len(unknown), 5_200, 5_800},
		{"rows in another zone", zoned, 15_000, 18_000},
		{"people", len(records(t, f, "nights/2020-01-15/roster.csv")) - 1, 33_500, 33_500},
		{"lines of the log", len(records(t, f, "nights/2020-01-15/firewall.csv")) - 1, 2_500, 2_500},
		{"waivers", len(records(t, f, "nights/2020-01-15/waivers.csv")) - 1, 80, 200},
	} {
		if want.found < want.least || want.found > want.most {
			t.Errorf("found %d %s, want %d to %d", want.found, want.what, want.least, want.most)
		}
	}
	for _, form := range []string{"7.2.0.1641", "7.2.0", "7.2", "6.6.0 (Build: 4347)", "1512021600671", "4.10.0.1"} {
		if !versions[form] {
			t.Errorf("found no version %q, want one", form)
		}
	}
	departments := map[string]bool{}
	for _, row := range records(t, f, "nights/2020-01-15/roster.csv")[1:] {
		departments[strings.TrimSpace(row[2])] = true
	}
	if len(departments) != 40 {
		t.Errorf("found %d departments, want 40", len(departments))
	}
}

// Between two nights a share of the devices changes, and every sort of change
// occurs.
func TestNights(t *testing.T) {
	f := small()
	var nights []map[string][]string
	for night := range f.Nights {
		rows := records(t, f, "nights/"+f.day(night).String()+"/device-status.csv")
		column := columnOf(t, rows[0])
		found := map[string][]string{}
		for _, row := range rows[1:] {
			if guid := row[column("deviceUid")]; found[guid] == nil {
				found[guid] = []string{row[column("version")], row[column("deviceName")], row[column("destinationName")], row[column("status")]}
			}
		}
		nights = append(nights, found)
	}
	counts := map[string]int{}
	for guid, before := range nights[1] {
		now, there := nights[2][guid]
		switch {
		case !there:
			counts["gone"]++
			continue
		case before[0] != now[0]:
			counts["version"]++
		case before[1] != now[1]:
			counts["renamed"]++
		case before[2] != now[2]:
			counts["stored elsewhere"]++
		case before[3] != now[3]:
			counts["status"]++
		default:
			continue
		}
		counts["changed"]++
	}
	for guid := range nights[2] {
		if _, before := nights[1][guid]; before {
			continue
		}
		if _, once := nights[0][guid]; once {
			counts["back"]++
		} else {
			counts["new"]++
		}
	}
	for _, want := range []struct {
		what        string
		least, most int
	}{
		{"changed", 300, 450}, {"version", 200, 300}, {"renamed", 20, 60}, {"stored elsewhere", 5, 30}, {"status", 5, 50},
		{"gone", 60, 160}, {"back", 3, 60}, {"new", 10, 60},
	} {
		if n := counts[want.what]; n < want.least || n > want.most {
			t.Errorf("%s: found %d devices, want %d to %d", want.what, n, want.least, want.most)
		}
	}
	before, now := records(t, f, "nights/2020-01-14/roster.csv"), records(t, f, "nights/2020-01-15/roster.csv")
	moved := 0
	for i := range now {
		if before[i][3] != now[i][3] {
			moved++
		}
	}
	if moved < 10 || moved > 70 {
		t.Errorf("found %d people who moved, want 10 to 70", moved)
	}
}

// With a share of 0, nothing changes but the times.
func TestNightsWithoutChange(t *testing.T) {
	f := small()
	f.Changed = 0
	for _, name := range []string{"roster.csv", "waivers.csv"} {
		if !bytes.Equal(content(t, named(t, f, "nights/2020-01-13/"+name)), content(t, named(t, f, "nights/2020-01-15/"+name))) {
			t.Errorf("%s: found other bytes two nights later, want the same", name)
		}
	}
}

func TestLogsOfTwoNightsShareLines(t *testing.T) {
	f := small()
	f.Changed = 0
	before, now := records(t, f, "nights/2020-01-14/firewall.csv"), records(t, f, "nights/2020-01-15/firewall.csv")
	daily := (f.LogLines + window - 1) / window
	if diff := cmp.Diff(before[1+daily:], now[1:len(now)-daily]); diff != "" {
		t.Errorf("(-night before +last night):\n%s", diff)
	}
}

func TestWorkbookHasTheRowsOfTheCSVFile(t *testing.T) {
	f := small()
	f.Devices, f.Nights = 200, 1
	want := records(t, f, "nights/2020-01-15/device-status.csv")
	f.Format = XLSX
	book, err := excelize.OpenReader(bytes.NewReader(content(t, named(t, f, "nights/2020-01-15/device-status.xlsx"))))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got, err := book.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i := range want { // the library leaves empty cells at the end out
		for len(want[i]) > 0 && want[i][len(want[i])-1] == "" {
			want[i] = want[i][:len(want[i])-1]
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-CSV +XLSX):\n%s", diff)
	}
}

// A sheet has a limit, so that many devices take several workbooks.
func TestWorkbooksOfALargeFleet(t *testing.T) {
	f := small()
	f.Devices, f.Format, f.Nights = 1_200_000, XLSX, 1
	var names []string
	for _, file := range f.Files() {
		names = append(names, file.Name)
	}
	want := []string{
		"nights/2020-01-15/device-status-1.xlsx", "nights/2020-01-15/device-status-2.xlsx", "nights/2020-01-15/device-status-3.xlsx",
		"nights/2020-01-15/roster.xlsx", "nights/2020-01-15/waivers.csv", "nights/2020-01-15/firewall.csv", "nights/2020-01-15/cutoff.yaml", "cutoff.yaml",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		situation string
		change    func(*Fleet)
		want      string
	}{
		{"sound", func(*Fleet) {}, ""},
		{"one device", func(f *Fleet) { f.Devices, f.Departments = 1, 1 }, ""},
		{"no device", func(f *Fleet) { f.Devices = 0 }, "--devices: found 0, want a number from 1 to 8000000"},
		{"too many departments", func(f *Fleet) { f.Departments = 2_501 }, "--departments: found 2501, want a number from 1 to 2500"},
		{"no night", func(f *Fleet) { f.Nights = 0 }, "--nights: found 0, want a number from 1 to 10000"},
		{"a negative log", func(f *Fleet) { f.LogLines = -2 }, "--log-lines: found -2, want a number from 0 to 1000000000"},
		{"a share above all", func(f *Fleet) { f.Changed = 1.5 }, "--changed: found 150, want a share from 0 to 100"},
	} {
		f := small()
		test.change(&f)
		got := ""
		if err := f.Check(); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: found %q, want %q", test.situation, got, test.want)
		}
	}
}

// An error of the disk ends the writing and is returned.
func TestWriteHandsErrorsOn(t *testing.T) {
	full := errors.New("disk full")
	for _, format := range []Format{CSV, XLSX} {
		f := small()
		f.Devices, f.Format = 200, format
		for _, file := range f.Files() {
			if err := file.Write(fullDisk{full}); !errors.Is(err, full) {
				t.Errorf("%s: found error %v, want %v", file.Name, err, full)
			}
		}
	}
}

type fullDisk struct{ error }

func (d fullDisk) Write([]byte) (int, error) { return 0, d.error }

func BenchmarkReport(b *testing.B) {
	f := small()
	f.Devices = 100_000
	file := named(b, f, "nights/2020-01-15/device-status.csv")
	b.ReportAllocs()
	for b.Loop() {
		if err := file.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func named(tb testing.TB, f Fleet, name string) File {
	tb.Helper()
	files := f.Files()
	i := slices.IndexFunc(files, func(file File) bool { return file.Name == name })
	if i < 0 {
		tb.Fatalf("found no file %s, want one", name)
	}
	return files[i]
}

func content(tb testing.TB, file File) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func records(t *testing.T, f Fleet, name string) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(content(t, named(t, f, name))))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func columnOf(t *testing.T, header []string) func(string) int {
	return func(name string) int {
		i := slices.Index(header, name)
		if i < 0 {
			t.Fatalf("found no column %s, want one", name)
		}
		return i
	}
}
