package company

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The committed files are what this program makes. Workbooks are compared part
// by part, because another release of Go may compress the same bytes otherwise.
func TestCommittedFilesAreWhatTheProgramMakes(t *testing.T) {
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		t.Run(f.Name, func(t *testing.T) {
			committed, err := os.ReadFile(filepath.Join("../../../sample-data", filepath.FromSlash(f.Name)))
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(f.Name, ".xlsx") {
				if diff := cmp.Diff(parts(t, committed), parts(t, f.Content)); diff != "" {
					t.Errorf("run go run ./sample-data/make; parts differ (-committed +made):\n%s", diff)
				}
				return
			}
			if diff := cmp.Diff(lines(committed), lines(f.Content)); diff != "" {
				t.Errorf("run go run ./sample-data/make; lines differ (-committed +made):\n%s", diff)
			}
		})
	}
}

func TestTwoRunsGiveTheSameBytes(t *testing.T) {
	first, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	second, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range first {
		if !bytes.Equal(f.Content, second[i].Content) {
			t.Errorf("%s: found other bytes in the second run, want the same", f.Name)
		}
	}
}

// The sample has about 400 devices in 9 departments, every verdict and every boundary
// version, and no trap that is there only by accident.
func TestFleet(t *testing.T) {
	c := newCompany()
	verdicts, affected, versions := make(map[string]int), make(map[string]int), make(map[string]bool)
	statuses, guids := make(map[string]bool), make(map[string]bool)
	for _, m := range c.machines {
		if guids[m.guid] {
			t.Errorf("%s: found GUID %s twice, want it once", m.name, m.guid)
		}
		guids[m.guid] = true
		verdicts[m.verdict]++
		versions[m.version], statuses[m.status] = true, true
		if slices.Contains([]string{upgradeAndChangePort, upgrade, changePort}, m.verdict) {
			affected[m.dept.name]++
		}
		if len(m.guid) != 18 || strings.HasSuffix(m.guid, "000") {
			t.Errorf("%s: found GUID %s, want 18 digits that do not look rounded", m.name, m.guid)
		}
	}
	if n := len(c.machines); n < 380 || n > 430 {
		t.Errorf("found %d devices, want about 400", n)
	}
	if len(departments) != 9 {
		t.Errorf("found %d departments, want 9", len(departments))
	}
	for _, v := range []string{inactive, notAffected, upgradeAndChangePort, upgrade, check, changePort, upgradeRecommended, verifyPort, ready} {
		if verdicts[v] < 5 {
			t.Errorf("%s: found %d devices, want at least 5", v, verdicts[v])
		}
	}
	for _, v := range []string{
		"4.7.9", "4.8", "4.9.9", "4.10", "5.3.99", "5.4", "5.40", "10.0", "10.0.0", "6.6.0 (Build: 4347)", "1268066820719", "unknown", "null",
	} {
		if !versions[v] {
			t.Errorf("found no device with version %s, want one", v)
		}
	}
	for _, s := range []string{"Active", "Active, Deauthorized", "Active, Blocked", "Active, Blocked, Deauthorized", "Deactivated"} {
		if !statuses[s] {
			t.Errorf("found no device with status %s, want one", s)
		}
	}
	if affected[people.name] != 0 || affected[calibration.name] < 8 {
		t.Errorf("found %d and %d affected devices in %s and %s, want none and most", affected[people.name], affected[calibration.name], people.name, calibration.name)
	}
	total := 0
	for _, n := range affected {
		total += n
	}
	if total < 55 || total > 70 {
		t.Errorf("found %d affected devices, want around 60", total)
	}
	var unlisted []*person
	users := make(map[string]bool)
	for _, p := range c.people {
		if users[p.username] {
			t.Errorf("found user name %s twice, want it once", p.username)
		}
		users[p.username] = true
		if p.unlisted {
			unlisted = append(unlisted, p)
		}
	}
	if len(unlisted) != 2 {
		t.Errorf("found %d people whom the roster lacks, want 2", len(unlisted))
	}
	for _, p := range unlisted {
		if !slices.ContainsFunc(c.machines, func(m *machine) bool { return m.user == p && m.exports&inStatus != 0 }) {
			t.Errorf("found no device of %s in the status report, want one that names the organisation", p.username)
		}
	}
}

func TestStatusExport(t *testing.T) {
	c := newCompany()
	rows, err := csv.NewReader(bytes.NewReader(statusExport(c.machines))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows[0]) != 34 {
		t.Errorf("found %d columns, want 34", len(rows[0]))
	}
	data := rows[1:]
	if len(data) == 1000 {
		t.Error("found exactly 1,000 rows, which looks like a cut export; want more or fewer")
	}
	column := func(name string) int { return slices.Index(rows[0], name) }
	has := func(name, part string) int {
		n := 0
		for _, row := range data {
			if strings.Contains(row[column(name)], part) {
				n++
			}
		}
		return n
	}
	for _, want := range []struct {
		column, part string
		least        int
	}{
		{"address", ":4242", 300}, {"address", ":4282", 10}, {"remoteAddress", ":0", 50},
		{"lastActivity", "-06:00", 50}, {"lastActivity", "Z", 300}, {"lastActivity", "null", 1},
		{"destinationUid", "900123", 20}, {"destinationUid", "632540230984925185", 200}, {"destinationName", "Vault B", 2},
		{"selectedBytes", "null", 10}, {"os", "win64", 10}, {"status", "Active, Deauthorized", 10}, {"email", "None", 1},
	} {
		if n := has(want.column, want.part); n < want.least {
			t.Errorf("%s: found %q in %d rows, want at least %d", want.column, want.part, n, want.least)
		}
	}
}

func parts(t *testing.T, workbook []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	texts := make(map[string]string)
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name] = string(text)
	}
	return texts
}

// lines drops carriage returns, which a checkout on Windows may have added.
func lines(content []byte) []string {
	return strings.Split(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n")
}
