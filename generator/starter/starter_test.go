package starter

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/intake/value"
	"example.org/cutoff/generator/paste"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

var hostile = []string{
	"plain", "no", "~", "- a", "a: b", "a # b", "#", "[x]", "{y}", "'", `"`, `\`, `C:\new`, "é", "日本", "🖥",
	"a\tb", "a\nout: /etc", "a\r\nb", "a\x1b[31m", "a\u202eb", "\xff", "&anchor", "*alias", "!tag", "%", "@", "`", "|", ">", "a\u2028b", "a\u0085b",
}

// foundIn makes the outcome of a run that has hostile texts wherever an input
// can have one.
func foundIn(t *testing.T, texts []string) *Found {
	t.Helper()
	rules, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	f := &Found{
		Policy: "code42-port-4282", Rules: policy.New(rules, policy.DefaultSettings()),
		Day:    calendar.New(2020, 1, 15),
		Inputs: map[intake.Kind][]Named{},
		Fleet:  &fleet.Fleet{},
	}
	for i, text := range texts {
		f.LeftOut = append(f.LeftOut, problem.Problem{Position: problem.Position{File: text}, Message: "found " + problem.Quote(text)})
		f.Files = append(f.Files,
			intake.File{Path: text, Kind: intake.Report, Unknown: []string{text}},
			intake.File{Path: text, Kind: intake.Connections})
		f.Fleet.Departments = append(f.Fleet.Departments, &fleet.Department{Name: text, Counts: fleet.Counts{Devices: len(texts) - i}})
		f.Fleet.Unclassified = append(f.Fleet.Unclassified, fleet.DestinationCount{Destination: device.Destination{Name: text}, Devices: 1})
		f.Fleet.Devices = append(f.Fleet.Devices, &fleet.Assessed{Device: &device.Device{Home: &device.Home{Destinations: []device.Destination{{UID: "42", Name: text}}}, Software: &device.Software{}}})
		if paste.Fits(text) {
			for _, kind := range []intake.Kind{intake.Report, intake.Connections, intake.Roster, intake.Waivers} {
				f.Inputs[kind] = append(f.Inputs[kind], Named{text, text})
			}
		}
	}
	f.Problems = []problem.Problem{{Kind: problem.UnreadableDate, Message: "set dates.order"}}
	return f
}

func TestConfigurationOfHostileNames(t *testing.T) {
	f := foundIn(t, hostile)
	text := Configuration(f)
	c, err := config.Parse("cutoff.yaml", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var want []string
	for _, name := range f.Inputs[intake.Report] {
		want = append(want, name.Name)
	}
	if diff := cmp.Diff(want, c.Reports); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, c.Waivers); diff != "" {
		t.Errorf("waivers (-want +got):\n%s", diff)
	}
	if c.Out != "site" {
		t.Errorf("out %q, want what the program wrote", c.Out)
	}
	if strings.ContainsAny(string(text), "\x1b\t\r\u202e\u2028\u0085") {
		t.Error("found characters that do not print")
	}
	for line := range strings.Lines(string(text)) {
		if strings.TrimRight(line, " \n")+"\n" != line {
			t.Errorf("line %q ends in blanks", line)
		}
	}
}

// TestRemarksAreLines uncomments every line that was left to decide.
func TestRemarksAreLines(t *testing.T) {
	f := foundIn(t, []string{"plain", "a: b", "- c"})
	f.Files[0].Unknown = []string{"Client Build"}
	text := string(Configuration(f))
	entry := regexp.MustCompile(`(?m)^  #   (- ".*)$`)
	var moved []string
	for _, match := range entry.FindAllStringSubmatch(text, -1) {
		moved = append(moved, "    "+match[1])
	}
	text = strings.Replace(text, "  on_premises:\n", "  on_premises:\n"+strings.Join(moved, "\n")+"\n", 1)
	text = strings.Replace(text, "# dates: ", "dates: ", 1)
	text = strings.Replace(text, "# columns:\n#   COLUMN: [\"Client Build\"]", "columns:\n  app_version: [\"Client Build\"]", 1)
	for _, block := range []string{"supported", "contacts"} {
		text = regexp.MustCompile(`(?m)^# `+block+`:\n(?:#   .*\n)+`).ReplaceAllStringFunc(text, func(lines string) string {
			return strings.ReplaceAll("\n"+lines, "\n# ", "\n")[1:]
		})
	}
	c, err := config.Parse("cutoff.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if diff := cmp.Diff([]string{"plain", "a: b", "- c"}, c.Rules.OnPremisesDestinations); diff != "" {
		t.Errorf("destinations (-want +got):\n%s", diff)
	}
	if c.DateOrder != value.DayFirst || c.Columns["app_version"] == nil || c.Rules.Supported == nil || len(c.Contacts) != 1 {
		t.Errorf("remarks were not read once they were lines:\n%s", text)
	}
}

func TestAlike(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"Research and Development", "R&D"}:                    true,
		{"Research & Development", "research and development"}: true,
		{"Finance", "Finance Dept."}:                           true,
		{"Human Resources", "HR"}:                              true,
		{"Human-Resources", "Human Resources"}:                 true,
		{"Engineering", "Enginering"}:                          true,
		{"Engineering", "Engineerign"}:                         true,
		{"Logistics", "Logistiks"}:                             true,
		{"Sales 1", "Sales 2"}:                                 false,
		{"Region 11", "Region 1"}:                              false,
		{"Sales", "Scales"}:                                    false, // too short to tell
		{"Marketing", "Manufacturing"}:                         false,
		{"IT", "Information Technology"}:                       true,
		{"Finance", "Unassigned"}:                              false,
		{"&", "and"}:                                           false,
		{"a\u202eb", "ab"}:                                     false, // no configuration can hold it
	} {
		got := Alike([]*fleet.Department{{Name: pair[0]}, {Name: pair[1]}})
		if (len(got) == 1) != want {
			t.Errorf("%q: %v, want %v", pair, got, want)
		}
	}
}
