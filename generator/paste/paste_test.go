package paste

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/roster"
)

// hostile are names that a report may hold.
var hostile = []string{
	"Backup Server 1", "900123", "no", "null", "~", "- a", "a: b", "a # b", "#", "[x]", "{y}", "'", `"`, `\`, `C:\new\x`,
	"é", "日本", "🖥", "a\tb", "a\nb", "a\x1b[31m", "a\u202eb", "\u200b", "\xff", "&anchor", "*alias", "!tag", "%", "@", "`", "|", ">", "a\u00a0b", "a\u2028b",
}

func TestDestinationsAreRead(t *testing.T) {
	var counts []fleet.DestinationCount
	var want []string
	for i, name := range hostile {
		counts = append(counts, fleet.DestinationCount{Destination: device.Destination{Name: name}, Devices: i + 1})
		if Fits(name) {
			want = append(want, name)
		}
	}
	counts = append(counts,
		fleet.DestinationCount{Destination: device.Destination{UID: "1001", Name: "a\nb: c"}, Devices: 3},
		fleet.DestinationCount{Destination: device.Destination{UID: "1001", Name: "again"}, Devices: 1},
		fleet.DestinationCount{Devices: 1})
	want = append(want, "1001")
	lines := Destinations(counts, config.Default())
	if c, err := config.Parse("cutoff.yaml", []byte("organization: X\n"+lines.Text)); err != nil || c.Has("destinations") {
		t.Fatalf("pasted as they are, the lines say something (%v):\n%s", err, lines.Text)
	}
	mark := regexp.MustCompile(`(?m)^( *)# `)
	// A destination may be in one list only, so each list is tried with all of
	// them.
	text := mark.ReplaceAllString(lines.Text, "$1")
	head, below, _ := strings.Cut(text, "  cloud:\n")
	cloud, onPremises, _ := strings.Cut(below, "  on_premises:\n")
	for list, entries := range map[string]string{"cloud": cloud, "on_premises": onPremises} {
		c, err := config.Parse("cutoff.yaml", []byte(head+"  "+list+":\n"+entries))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(want, append(c.Rules.CloudDestinations, c.Rules.OnPremisesDestinations...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", list, diff)
		}
	}
}

// A key that the configuration has is not written again, and the place names
// it.
func TestDestinationsGoBelowWhatIsThere(t *testing.T) {
	c, err := config.Parse("conf/cutoff.yaml", []byte("organization: X\n\ndestinations:\n  cloud: [A]\n"))
	if err != nil {
		t.Fatal(err)
	}
	lines := Destinations([]fleet.DestinationCount{{Destination: device.Destination{Name: "B"}, Devices: 2}}, c)
	want := "  # below your cloud:\n    # - \"B\"  # 2 devices\n  # on_premises:\n    # - \"B\"  # 2 devices\n"
	if diff := cmp.Diff(want, lines.Text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if place := DestinationsPlace(c); !strings.HasSuffix(place, "The lines go under your destinations: (cutoff.yaml line 3).") {
		t.Errorf("found %q", place)
	}
}

func TestColumnsAreRead(t *testing.T) {
	headers := Headers([]intake.File{{Path: "a.csv", Unknown: hostile}, {Path: "b.csv", Unknown: []string{"no", "", "New"}}})
	if len(headers) != len(hostile)+1 || headers[len(hostile)] != (Header{"New", "b.csv"}) {
		t.Errorf("headers %v, want each once", headers)
	}
	for _, h := range headers {
		lines := Columns([]Header{h}, config.Default())
		if lines.Text == "" {
			continue
		}
		c, err := config.Parse("cutoff.yaml", []byte(strings.Replace(lines.Text, "COLUMN", "app_version", 1)))
		if err != nil {
			t.Errorf("%q: %v", h.Text, err)
			continue
		}
		if diff := cmp.Diff([]string{h.Text}, c.Columns["app_version"]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestPeople(t *testing.T) {
	got := People([]roster.UserCount{{Username: "anna@example.com", Devices: 2}, {Devices: 4}, {Username: `=cmd|"x",1`}, {Username: "a\u202eb"}})
	want := "username,email,department,manager,manager_email\nanna@example.com,,,,\n\"'=cmd|\"\"x\"\",1\",,,,\na\\u202eb,,,,\n"
	if diff := cmp.Diff(Lines{Text: want}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := People([]roster.UserCount{{Devices: 4}}); got != (Lines{}) {
		t.Errorf("a device without a user name gave %q", got.Text)
	}
	var many []roster.UserCount
	for i := range Most + 7 {
		many = append(many, roster.UserCount{Username: fmt.Sprint("user", i)})
	}
	if got := People(many); got.More != 7 || strings.Count(got.Text, "\n") != Most+1 {
		t.Errorf("%d more and %d lines, want 7 and %d", got.More, strings.Count(got.Text, "\n"), Most+1)
	}
}

func TestUnlisted(t *testing.T) {
	names, nameless := Unlisted([]roster.UserCount{{Username: "anna", Devices: 2}, {Devices: 4}, {Username: "ben", Devices: 1}})
	if names != 2 || nameless != 4 {
		t.Errorf("%d names and %d devices without one, want 2 and 4", names, nameless)
	}
}

func TestVersions(t *testing.T) {
	of := func(text string) *fleet.Assessed {
		return &fleet.Assessed{Device: &device.Device{Home: &device.Home{}, Software: &device.Software{Version: device.ParseVersion(text)}}, Assessment: &policy.Assessment{}}
	}
	got := Versions([]*fleet.Assessed{of("5.x"), of("7.0"), of(""), of("unknown"), of("")})
	want := []Version{{"", 2}, {"5.x", 1}, {"unknown", 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
