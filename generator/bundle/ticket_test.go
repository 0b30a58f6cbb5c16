package bundle_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/bundle"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

func ticket(t *testing.T, run bundle.Run) map[string]string {
	t.Helper()
	mustBundle(t, run)
	fields := map[string]string{}
	if err := json.Unmarshal(read(t, run.Out, "ticket.json"), &fields); err != nil {
		t.Fatal(err)
	}
	return fields
}

// The three forms have the same fields, and the fields have the site's figures.
func TestTicket(t *testing.T) {
	run := newRun(t, grove(t, nil))
	fields := ticket(t, run)
	for _, key := range []string{"short_description", "description", "justification", "implementation_plan", "risk_impact_analysis", "backout_plan", "test_plan", "cmdb_ci", "start_date", "end_date"} {
		if fields[key] == "" {
			t.Errorf("%s: found nothing", key)
		}
	}
	if want := "Code42 app: 2 devices to change before 4 February 2020 (Acorn & Sons)"; fields["short_description"] != want {
		t.Errorf("found %q, want %q", fields["short_description"], want)
	}
	if fields["start_date"] != "2020-01-15 00:00:00" || fields["end_date"] != "2020-02-03 23:59:59" {
		t.Errorf("found %s to %s", fields["start_date"], fields["end_date"])
	}
	for _, want := range []string{"2 of 3 devices are affected, 2 of them open", "port 4282 stops working", "4.8, 4.9 and 5.4 or later", "- @Sum(1): 1 of 1 device", "affected-devices.csv"} {
		if !strings.Contains(fields["description"], want) {
			t.Errorf("found no %q in the description:\n%s", want, fields["description"])
		}
	}
	text := string(read(t, run.Out, "ticket.txt"))
	for key, value := range fields {
		if !strings.Contains(text, value) {
			t.Errorf("ticket.txt: found another %s", key)
		}
	}
	marked := string(read(t, run.Out, "ticket.md"))
	if !strings.Contains(marked, `(Acorn \& Sons)`) || !strings.Contains(marked, "\n## Backout plan\n") {
		t.Errorf("ticket.md: found\n%s", marked)
	}
}

// The texts read right for another notice and when the date has passed.
func TestTicketInOtherSituations(t *testing.T) {
	tests := []struct {
		name   string
		change func(*generator.Run)
		want   map[string]string
	}{
		{"the day before", func(run *generator.Run) { run.AsOf = calendar.New(2020, 2, 3) },
			map[string]string{"end_date": "2020-02-03 23:59:59", "justification": "1 day is left"}},
		{"the day itself", func(run *generator.Run) { run.AsOf = calendar.New(2020, 2, 4) },
			map[string]string{"short_description": "2 devices cut off since 4 February 2020", "backout_plan": "is no way back", "end_date": ""}},
		{"no ports", func(run *generator.Run) {
			rules, err := policy.Parse("p.yaml", []byte(`
id: other
title: Other
vendor: Acme
product: Acme app
announced: 2019-10-03
effective: 2020-02-04
source: https://acme.example.org/notice
versions: {connects: ">= 5.0"}
destinations: [{names: [CrashPlan Central]}]
`))
			if err != nil {
				panic(err)
			}
			run.Policy = rules
		}, map[string]string{"cmdb_ci": "Acme app", "short_description": "Acme app: 1 device"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fields := ticket(t, newRun(t, grove(t, test.change)))
			for key, want := range test.want {
				if want == "" && fields[key] != "" || !strings.Contains(fields[key], want) {
					t.Errorf("%s: found %q, want %q", key, fields[key], want)
				}
			}
			for key, value := range fields {
				if strings.Contains(value, "<no value>") || strings.Contains(value, "  ") || test.name == "no ports" && strings.Contains(value, " port ") {
					t.Errorf("%s: found %q", key, value)
				}
			}
		})
	}
}

// An organisation replaces texts one by one, and a slip in one is named.
func TestOwnTemplates(t *testing.T) {
	site := grove(t, nil)
	tests := []struct {
		name  string
		files fstest.MapFS
		want  []string // of the problems; nil for none
	}{
		{"one replaced", fstest.MapFS{"cmdb_ci.txt": {Data: []byte("\ufeffBackup of {{.Vendor}}\r\n")}}, nil},
		{"a misspelt name", fstest.MapFS{"cmdbci.txt": {Data: []byte("x")}},
			[]string{"bundle.templates/cmdbci.txt: found a template that replaces nothing, want one of short_description.txt, "}},
		{"an unknown placeholder and a slip", fstest.MapFS{"test_plan.txt": {Data: []byte("a\n{{.Nothing}}")}, "backout_plan.txt": {Data: []byte("{{if}}")}},
			[]string{"bundle.templates/backout_plan.txt:1: found a fault", `bundle.templates/test_plan.txt:2:3: found "{{.Nothing}}", want a placeholder that exists`}},
		{"too long", fstest.MapFS{"short_description.txt": {Data: []byte(strings.Repeat("é", 161))}},
			[]string{"bundle.templates/short_description.txt: found 161 characters once it is filled, want at most 160"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			run := newRun(t, site)
			run.Templates = test.files
			_, err := bundle.Build(run)
			if test.want == nil {
				if err != nil {
					t.Fatal(err)
				}
				if fields := ticket(t, run); fields["cmdb_ci"] != "Backup of Code42" || fields["test_plan"] == "" {
					t.Errorf("found %v", fields)
				}
				return
			}
			var faults problem.List
			if !errors.As(err, &faults) || len(faults) != len(test.want) {
				t.Fatalf("found %v, want %d problems", err, len(test.want))
			}
			for i, fault := range faults {
				if !strings.HasPrefix(fault.String(), test.want[i]) {
					t.Errorf("found %q, want %q", fault, test.want[i])
				}
			}
		})
	}
}

// A title of any length fits the field, and no name can bring in Markdown.
func TestTicketWithHostileNames(t *testing.T) {
	run := newRun(t, grove(t, func(run *generator.Run) {
		run.Config.Organization = strings.Repeat("[Ü](x)\n# ", 80)
	}))
	fields := ticket(t, run)
	if n := utf8.RuneCountInString(fields["short_description"]); n > 160 || strings.Contains(fields["short_description"], "\n") {
		t.Errorf("found %d characters", n)
	}
	if marked := string(read(t, run.Out, "ticket.md")); strings.Contains(marked, "[Ü](") {
		t.Errorf("found a link in\n%s", marked)
	}
}

// The list for the configuration items has the affected devices and no other,
// with and without the whole-fleet files, and nothing in it is a formula.
func TestAffectedDevices(t *testing.T) {
	for _, fleetFiles := range []bool{true, false} {
		run := newRun(t, grove(t, func(run *generator.Run) { run.Config.Privacy.FleetFiles = fleetFiles }))
		mustBundle(t, run)
		rows, err := csv.NewReader(strings.NewReader(string(read(t, run.Out, "affected-devices.csv")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var short [][]string
		for _, row := range rows {
			short = append(short, row[:5])
		}
		want := [][]string{
			{"device_guid", "device_name", "hostname", "username", "department"},
			{"900000000000000003", "PC-3", "", "sorrel", "'@Sum(1)"},
			{"900000000000000001", "'=cmd|' /C calc'!A0", "", "willow", "Willow"},
		}
		if diff := cmp.Diff(want, short); diff != "" {
			t.Errorf("fleet files %v: rows differ (-want +found):\n%s", fleetFiles, diff)
		}
	}
}

// A long list goes on in further files within the budget.
func TestLongListOfAffectedDevices(t *testing.T) {
	run := newRun(t, forest(t))
	run.Settings.Budget = 300_000
	fields := ticket(t, run)
	if !strings.Contains(fields["description"], "affected-devices-part-1-of-") {
		t.Error("found no numbered list in the description")
	}
	total, want := 0, 0
	for d := range trees {
		want += open(d)
	}
	for part := 1; ; part++ {
		names := glob(t, run.Out, "affected-devices-part-"+string(rune('0'+part))+"-of-*.csv")
		if len(names) == 0 {
			break
		}
		content := read(t, names[0])
		if len(content) > 300_000 {
			t.Errorf("found %d bytes", len(content))
		}
		total += strings.Count(string(content), "\n") - 1
	}
	if total != want {
		t.Errorf("found %d devices, want %d", total, want)
	}
}
