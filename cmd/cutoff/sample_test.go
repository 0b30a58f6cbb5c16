package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/policy"
)

const sampleConfig = "../../sample-data/cutoff.yaml"

// cutoff runs the program inside the test, and wants it to succeed.
func cutoff(t *testing.T, args ...string) (stdout string) {
	t.Helper()
	var out, messages bytes.Buffer
	s := &session{
		stdin: strings.NewReader(""), stdout: &out, stderr: &messages,
		getenv: func(string) string { return "" },
		now:    time.Date(2020, 1, 20, 12, 0, 0, 0, time.UTC),
	}
	if code := s.run(args); code != 0 {
		t.Fatalf("cutoff %s: exit status %d\n%s", strings.Join(args, " "), code, messages.String())
	}
	return out.String()
}

// sampleSite builds the sample company's site.
func sampleSite(t *testing.T) string {
	t.Helper()
	site := filepath.Join(t.TempDir(), "site")
	cutoff(t, "build", "--config", sampleConfig, "--out", site)
	return site
}

// TestSampleVerdicts compares every verdict with the one that the sample's author
// meant, which no rule has computed.
func TestSampleVerdicts(t *testing.T) {
	site := sampleSite(t)
	want := columnOf(t, "../../sample-data/make/expected.csv", "verdict")
	got := columnOf(t, filepath.Join(site, "data/devices.csv"), "verdict")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts by GUID (-meant +got):\n%s", diff)
	}
	counts := make(map[string]int)
	for _, verdict := range got {
		counts[verdict]++
	}
	for _, verdict := range policy.Verdicts() {
		if counts[string(verdict)] == 0 {
			t.Errorf("the sample has no device with verdict %s", verdict)
		}
	}
}

// TestSampleNights holds the company's earlier nights against the figures that
// they were made for: fewer affected devices from night to night, and a fleet
// in which devices come and go.
func TestSampleNights(t *testing.T) {
	for _, night := range []struct {
		day                     string
		devices, affected, open int
	}{
		{"2019-12-18", 408, 124, 121},
		{"2019-12-30", 408, 113, 110},
		{"2020-01-06", 408, 103, 101},
		{"2020-01-10", 407, 92, 90},
		{"2020-01-14", 409, 75, 74},
	} {
		folder := "../../sample-data/nights/" + night.day
		var got struct{ Devices, Affected, Open int }
		result := cutoff(t, "check", "--json", "--config", sampleConfig, "--out", t.TempDir(), "--as-of", night.day, "--report", folder+"/device-status.csv",
			"--connections", folder+"/firewall.csv", "--waivers", folder+"/waivers.csv")
		if err := json.Unmarshal([]byte(result), &got); err != nil {
			t.Fatal(err)
		}
		if got.Devices != night.devices || got.Affected != night.affected || got.Open != night.open {
			t.Errorf("%s: found %+v, want %+v", night.day, got, night)
		}
	}
}

// columnOf gives one column of a file by the first one.
func columnOf(t *testing.T, file, name string) map[string]string {
	t.Helper()
	values := make(map[string]string)
	for _, row := range readCSV(t, file) {
		values[row["device_guid"]] = row[name]
	}
	return values
}

func readCSV(t *testing.T, file string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	rows := make([]map[string]string, 0, len(records))
	for _, record := range records[1:] {
		row := make(map[string]string)
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// tally is what devices.csv says about some devices. Every other figure is compared
// with it.
type tally struct {
	Devices, Affected, Open, Waived int
	Verdicts                        map[string]int
}

func newTally() *tally {
	t := &tally{Verdicts: make(map[string]int)}
	for _, verdict := range policy.Verdicts() {
		t.Verdicts[string(verdict)] = 0
	}
	return t
}

func (t *tally) add(row map[string]string) {
	t.Devices++
	t.Verdicts[row["verdict"]]++
	if !policy.Verdict(row["verdict"]).Affected() {
		return
	}
	t.Affected++
	if row["waived_until"] == "" {
		t.Open++
	} else {
		t.Waived++
	}
}

// TestSumsAgree adds up every row and every count on every page and in every
// file, and holds them against devices.csv.
func TestSumsAgree(t *testing.T) {
	site := sampleSite(t)
	fleet := newTally()
	departments := make(map[string]*tally)
	listed := make(map[string]map[string][]string) // department, verdict -> GUIDs
	for _, row := range readCSV(t, filepath.Join(site, "data/devices.csv")) {
		name := row["department"]
		if departments[name] == nil {
			departments[name] = newTally()
			listed[name] = make(map[string][]string)
		}
		fleet.add(row)
		departments[name].add(row)
		if policy.Verdict(row["verdict"]).Listed() {
			listed[name][row["verdict"]] = append(listed[name][row["verdict"]], row["device_guid"])
		}
	}

	var summary struct {
		tally
		Departments []struct {
			Name, Slug string
			tally
		}
		Inputs []struct {
			Kind                                   string
			Rows, Devices, Merged, Rejected, Other int
		}
	}
	text, err := os.ReadFile(filepath.Join(site, "data/summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &summary); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(*fleet, summary.tally); diff != "" {
		t.Errorf("summary.json (-devices.csv +summary):\n%s", diff)
	}
	if got, want := len(summary.Departments), len(departments); got < want {
		t.Errorf("summary.json has %d departments, want %d", got, want)
	}
	became := 0
	for _, input := range summary.Inputs {
		if input.Rows != input.Devices+input.Merged+input.Rejected+input.Other {
			t.Errorf("ledger does not balance: %+v", input)
		}
	}
	for _, input := range summary.Inputs {
		if input.Kind != "report" {
			continue
		}
		became += input.Devices
	}
	if became != fleet.Devices {
		t.Errorf("%d rows became a device, and there are %d devices", became, fleet.Devices)
	}

	index := parsePage(t, filepath.Join(site, "index.html"))
	for _, d := range summary.Departments {
		want := departments[d.Name]
		if want == nil {
			want = newTally()
		}
		if diff := cmp.Diff(*want, d.tally); diff != "" {
			t.Errorf("summary.json, department %s (-devices.csv +summary):\n%s", d.Name, diff)
		}
		row := index.rowOf(t, "departments/"+d.Slug+".html")
		figures := cells(row)[2:6] // after the name and the bar
		if diff := cmp.Diff([]string{strconv.Itoa(want.Open), strconv.Itoa(want.Waived), strconv.Itoa(want.Verdicts["check"]), strconv.Itoa(want.Devices)}, figures); diff != "" {
			t.Errorf("index.html, department %s: open, waived, to check, devices (-devices.csv +page):\n%s", d.Name, diff)
		}
		page := parsePage(t, filepath.Join(site, "departments", d.Slug+".html"))
		page.wantCounts(t, d.Slug+".html", want)
		page.wantRows(t, d.Slug+".html", listed[d.Name])
		wantList(t, site, d.Slug, listed[d.Name])
	}
	index.wantCounts(t, "index.html", fleet)
}

// wantList holds a department's files against its page's rows.
func wantList(t *testing.T, site, slug string, listed map[string][]string) {
	t.Helper()
	want := slices.Sorted(func(yield func(string) bool) {
		for _, guids := range listed {
			for _, guid := range guids {
				if !yield(guid) {
					return
				}
			}
		}
	})
	var fromCSV []string
	for _, row := range readCSV(t, filepath.Join(site, "data/departments", slug+".csv")) {
		fromCSV = append(fromCSV, row["device_guid"])
	}
	text, err := os.ReadFile(filepath.Join(site, "data/departments", slug+"-guids.txt"))
	if err != nil {
		t.Fatal(err)
	}
	fromText := strings.Fields(string(text))
	slices.Sort(fromCSV)
	slices.Sort(fromText)
	if diff := cmp.Diff(want, fromCSV); diff != "" {
		t.Errorf("%s.csv (-devices.csv +got):\n%s", slug, diff)
	}
	if diff := cmp.Diff(want, fromText); diff != "" {
		t.Errorf("%s-guids.txt (-devices.csv +got):\n%s", slug, diff)
	}
}

// page is a parsed HTML page.
type page struct{ root *html.Node }

func parsePage(t *testing.T, file string) page {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return page{fixture.Page(t, text)}
}

// with gives the elements that have an attribute.
func (p page) with(attribute string) []*html.Node {
	var found []*html.Node
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && hasAttribute(n, attribute) {
			found = append(found, n)
		}
	}
	return found
}

// rowOf gives the table row that has a link.
func (p page) rowOf(t *testing.T, href string) *html.Node {
	t.Helper()
	for _, link := range p.with("href") {
		for row := range link.Ancestors() {
			if row.Data == "tr" && fixture.Attribute(link, "href") == href {
				return row
			}
		}
	}
	t.Fatalf("found no row with a link to %s", href)
	return nil
}

// wantCounts holds the counts in a page's table of verdicts against devices.csv.
func (p page) wantCounts(t *testing.T, name string, want *tally) {
	t.Helper()
	got := make(map[string]int)
	for _, row := range p.with("data-count") {
		if row.Data != "tr" || !hasAttribute(row, "data-verdict") {
			continue
		}
		count, err := strconv.Atoi(fixture.Attribute(row, "data-count"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got[fixture.Attribute(row, "data-verdict")] = count
		if !strings.Contains(fixture.Text(row), strconv.Itoa(count)) {
			t.Errorf("%s: the row of %s reads %q, want the figure %d in it", name, fixture.Attribute(row, "data-verdict"), fixture.Text(row), count)
		}
	}
	if diff := cmp.Diff(want.Verdicts, got); diff != "" {
		t.Errorf("%s (-devices.csv +page):\n%s", name, diff)
	}
}

// wantRows holds the rows that a department's page lists against devices.csv.
func (p page) wantRows(t *testing.T, name string, want map[string][]string) {
	t.Helper()
	got := make(map[string][]string)
	for _, row := range p.with("data-guid") {
		verdict := fixture.Attribute(row, "data-verdict")
		for parent := row.Parent; verdict == "" && parent != nil; parent = parent.Parent {
			verdict = fixture.Attribute(parent, "data-verdict")
		}
		got[verdict] = append(got[verdict], fixture.Attribute(row, "data-guid"))
	}
	for _, lists := range []map[string][]string{got, want} {
		for _, guids := range lists {
			slices.Sort(guids)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: rows by verdict (-devices.csv +page):\n%s", name, diff)
	}
}

func hasAttribute(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// cells gives the text of a table row's cells.
func cells(row *html.Node) []string {
	var texts []string
	for cell := range row.ChildNodes() {
		if cell.Type == html.ElementNode {
			texts = append(texts, strings.TrimSpace(fixture.Text(cell)))
		}
	}
	return texts
}

// TestSameBytes builds the sample in other circumstances: with the inputs named
// backwards, on one processor, from another folder, in another year.
func TestSameBytes(t *testing.T) {
	want := contents(t, sampleSite(t))
	for name, vary := range map[string]func(t *testing.T, site string){
		"one processor": func(t *testing.T, site string) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			cutoff(t, "build", "--config", sampleConfig, "--out", site)
		},
		"from another folder": func(t *testing.T, site string) {
			config, err := filepath.Abs(sampleConfig)
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(t.TempDir())
			cutoff(t, "build", "--config", config, "--out", site)
		},
		"inputs named one by one, backwards": func(t *testing.T, site string) {
			args := []string{"build", "--config", sampleConfig, "--out", site}
			reports, err := filepath.Glob("../../sample-data/exports/*")
			if err != nil {
				t.Fatal(err)
			}
			slices.Reverse(reports)
			for _, report := range reports {
				args = append(args, "--report", report)
			}
			cutoff(t, args...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			site := filepath.Join(t.TempDir(), "site")
			vary(t, site)
			got := contents(t, site)
			if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
				t.Fatalf("files (-want +got):\n%s", diff)
			}
			for file, text := range got {
				if text != want[file] {
					t.Errorf("%s differs", file)
				}
			}
		})
	}
}

// TestNightsInAnyOrder builds the sample's nights with some of them twice, late
// or in another folder: site and memory are those of nights in order.
func TestNightsInAnyOrder(t *testing.T) {
	nights, err := filepath.Glob("../../sample-data/nights/*")
	if err != nil || len(nights) != 5 {
		t.Fatalf("found %d nights, want 5: %v", len(nights), err)
	}
	run := func(folder string, order string) (site, memory map[string]string) {
		for _, i := range order {
			args := []string{"build", "--config", sampleConfig, "--workbooks=false", "--out", filepath.Join(folder, "site")}
			if n := int(i - '1'); n < len(nights) {
				args = append(args, "--as-of", filepath.Base(nights[n]), "--report", nights[n]+"/device-status.csv",
					"--connections", nights[n]+"/firewall.csv", "--waivers", nights[n]+"/waivers.csv")
			}
			cutoff(t, args...)
		}
		return contents(t, filepath.Join(folder, "site")), contents(t, filepath.Join(folder, "site-memory"))
	}
	site, memory := run(t.TempDir(), "123456")
	for _, order := range []string{"1335426616", "65432116"} {
		t.Run(order, func(t *testing.T) {
			otherSite, otherMemory := run(t.TempDir(), order)
			if diff := cmp.Diff(memory, otherMemory); diff != "" {
				t.Errorf("memory (-in order +got):\n%s", diff)
			}
			for name, text := range site {
				if otherSite[name] != text {
					t.Errorf("%s differs", name)
				}
			}
		})
	}
}

// contents has every file of a folder by its name.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(folder, name))
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal(fmt.Errorf("%s: found no file", folder))
	}
	return files
}

// A list made by hand is enough: it becomes devices whose verdicts need no more
// than what it says, and gives no problem.
func TestListByHand(t *testing.T) {
	var found struct {
		Devices  int
		Problems int
		Verdicts map[string]int
	}
	out := cutoff(t, "check", "--json", "--report", "../../sample-data/list-by-hand.csv", "--as-of", "2020-01-15")
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatal(err)
	}
	// Reception connects without support, Till 1 is too old, nobody knows the
	// port of Workshop, and Office server is no destination of the vendor's.
	want := map[string]int{"upgrade-recommended": 1, "upgrade": 1, "verify-port": 1, "check": 1}
	if maps.DeleteFunc(found.Verdicts, func(_ string, n int) bool { return n == 0 }); found.Devices != 4 || found.Problems != 0 || !maps.Equal(found.Verdicts, want) {
		t.Errorf("found %+v, want 4 devices, no problem and %v", found, want)
	}
}
