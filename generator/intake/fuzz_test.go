package intake

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/txtar"

	"example.org/cutoff/generator/problem"
)

// addStories seeds a fuzz test with the files of one kind from the stories.
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

// checkRead reads inputs and checks what must hold for any bytes. There is a result
// whose ledgers balance (Read fails otherwise), or a refusal. Every problem has a
// file, and a message of one printable line.
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
			if d.LastSeen().After(day("2020-01-31").Over()) {
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
