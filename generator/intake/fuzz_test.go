package intake

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/tools/txtar"

	"example.org/cutoff/generator/problem"
)

// addStories seeds a fuzz test with the stories' files of one kind.
func addStories(f *testing.F, folder string) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(content).Files {
			if strings.HasPrefix(file.Name, folder+"/") {
				f.Add(storyBytes(file))
			}
		}
	}
}

// checkRead reads inputs and checks what holds for any bytes: a result with
// ledgers that balance (Read fails otherwise), or a refusal; every problem with
// a file, and one line that prints.
func checkRead(t *testing.T, inputs ...Input) *Result {
	t.Helper()
	result, err := Read(inputs, storyOptions())
	var problems []problem.Problem
	if refused := (*Refused)(nil); errors.As(err, &refused) {
		problems = refused.Problems
		if len(problems) == 0 {
			t.Fatal("found a refusal without a problem")
		}
	} else if err != nil {
		t.Fatal(err)
	} else {
		problems = result.Problems
	}
	for _, p := range problems {
		line := p.String()
		if p.File == "" || p.Kind == "" || p.Message == "" || p.Row < 0 || p.Column < 0 {
			t.Errorf("found the problem %+v, want a file, a kind, a message and a place", p)
		}
		if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 {
			t.Errorf("found %q at %d in a message, want what prints", line[i:], i)
		}
	}
	return result
}

func FuzzReport(f *testing.F) {
	addStories(f, "reports")
	f.Fuzz(func(t *testing.T, content []byte) {
		result := checkRead(t, bytesInput(Report, "a.csv", content))
		if result == nil {
			return
		}
		devices := 0
		for _, d := range result.Devices {
			if d.GUID == "" && d.Name == "" {
				t.Errorf("found the device %+v, want one with an identity", d)
			}
			if d.LastSeen().After(day("2020-01-31").End()) {
				t.Errorf("found a device seen at %s, want none later than the as-of date", d.LastSeen())
			}
		}
		for _, file := range result.Files {
			devices += file.Devices
		}
		if devices != len(result.Devices) {
			t.Errorf("found %d rows that became devices, want %d", devices, len(result.Devices))
		}
	})
}

func FuzzConnections(f *testing.F) {
	addStories(f, "connections")
	report := []byte("guid,name,address,version\n101,lt-0001,10.1.1.5,7.0\n778086757704962606,lt-0002,10.1.1.6,7.0\n")
	f.Fuzz(func(t *testing.T, content []byte) {
		result := checkRead(t, bytesInput(Report, "a.csv", report), bytesInput(Connections, "b.csv", content))
		if result == nil {
			return
		}
		seen := 0
		for _, d := range result.Devices {
			seen += len(d.Connections)
		}
		if seen > result.Files[1].Devices {
			t.Errorf("found %d observations from %d rows", seen, result.Files[1].Devices)
		}
	})
}

func FuzzRoster(f *testing.F) {
	addStories(f, "rosters")
	f.Fuzz(func(t *testing.T, content []byte) {
		if result := checkRead(t, bytesInput(Roster, "a.csv", content)); result != nil && len(result.People) != result.Files[0].Devices {
			t.Errorf("found %d people from %d rows", len(result.People), result.Files[0].Devices)
		}
	})
}

func FuzzWaivers(f *testing.F) {
	addStories(f, "waivers")
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, path := range []string{"a.csv", "a.yaml"} {
			if result := checkRead(t, bytesInput(Waivers, path, content)); result != nil && len(result.Waivers) != result.Files[0].Devices {
				t.Errorf("%s: found %d waivers from %d rows", path, len(result.Waivers), result.Files[0].Devices)
			}
		}
	})
}

func FuzzInstant(f *testing.F) {
	for _, text := range []string{
		"2020-10-12T16:55:40.632Z", "2019-12-02T09:34:28.364-06:00", "2020-02-29", "Mar 01, 2014 03:00:00 PM", "15.01.2020 09:30",
		"1/15/20 9:30 AM", "03/04/2020", "1579514400.5", "43845.25", "Wed, 15 Jan 2020 10:00:00 GMT", "24:00", "12/31/1999 12:00 AM",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, order := range []DateOrder{Auto, DayFirst, MonthFirst} {
			for _, workbook := range []bool{false, true} {
				c := clock{order: order, workbook: workbook}
				at, how := c.read(text)
				if how != readable {
					continue
				}
				again, how := c.read(at.Format(time.RFC3339Nano))
				if how != readable || !again.Equal(at) {
					t.Errorf("found %s for %q and %s for what it prints as, want the same", at, text, again)
				}
				if at.Location() != time.UTC {
					t.Errorf("found the zone %s, want UTC", at.Location())
				}
			}
		}
	})
}

func FuzzGUID(f *testing.F) {
	for _, text := range []string{"839648314463407622", "'839648314463407622", "8.39648E+17", "8,39648E+17", "1.2E3", "a1-b2", "dev_1", `="7"`, " 12 ", "null", "12345678901234567890"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, workbook := range []bool{false, true} {
			guid, how := readGUID(text, workbook)
			if (guid != "") != (how == soundGUID || how == roundedGUID || how == wordGUID) {
				t.Errorf("found the GUID %q with %d", guid, how)
			}
			if guid == "" {
				continue
			}
			if again, _ := readGUID(guid, workbook); again != guid {
				t.Errorf("found %q for %q and %q for that, want the same", guid, text, again)
			}
		}
	})
}
