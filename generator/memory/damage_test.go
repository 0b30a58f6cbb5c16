package memory

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

// small is a memory of two nights with one device that changes and one that
// goes.
func small(t *testing.T) folder {
	t.Helper()
	f := folder{}
	w := company(2, day(t, "2020-01-10"))
	w.machines[0].Username, w.machines[1].Username = "anna", "DOMAIN\\bert"
	remember(t, f, w, day(t, "2020-01-10"))
	w = w.clone()
	w.machines[0].Version = device.ParseVersion("7.2.0")
	w.machines[1].missing = true
	remember(t, f, w, day(t, "2020-01-14"))
	return f
}

// The lines are written as the package's doc specifies them.
func TestLines(t *testing.T) {
	want := strings.ReplaceAll(`800000000000000000
|2020-01-10|verdict=upgrade-and-change-port|name=PC-000|user=anna|department=Department 0|version=5.3.1|is=too-old|port=4282 retired|kind=cloud|destination=42
|2020-01-14|verdict=change-port|version=7.2.0|is=connects
800000000000000037
|2020-01-10|verdict=upgrade|name=PC-001|user=DOMAIN\\bert|department=Department 1|version=4.7.9|is=too-old|port=unverified|kind=cloud|destination=42
|2020-01-14|gone
`, "|", "\t")
	if diff := cmp.Diff(want, small(t).text(devicesName)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A change by hand is found, even if the manifest agrees with it.
func TestDamage(t *testing.T) {
	whole := small(t)
	for name, c := range map[string]struct {
		file, old, new string
		place          string
		reason         Reason
	}{
		"another first line":          {nightsName, "cutoff memory, format 1", "notes of mine", "nights.txt:1", Damaged},
		"no number of a format":       {nightsName, "format 1", "format one", "nights.txt:1", Damaged},
		"an older format than any":    {nightsName, "format 1", "format 0", "nights.txt:1", Damaged},
		"a newer format":              {nightsName, "format 1", "format 2", "nights.txt", Newer},
		"an unknown word":             {nightsName, "policy p", "policies p", "nights.txt:3", Damaged},
		"no number":                   {nightsName, "devices 2", "devices two", "nights.txt:3", Damaged},
		"no date":                     {nightsName, "night 2020-01-14", "night later", "nights.txt:23", Damaged},
		"nights out of order":         {nightsName, "night 2020-01-14", "night 2020-01-09", "nights.txt:23", Damaged},
		"an earlier record changed":   {nightsName, "tool cutoff test\ndevices 2", "tool cutoff 9\ndevices 2", "nights.txt:23", Damaged},
		"other figures than devices":  {devicesName, "verdict=upgrade\t", "verdict=ready\t", "devices.txt", Damaged},
		"an unknown verdict":          {devicesName, "verdict=upgrade\t", "verdict=fine\t", "devices.txt:5", Damaged},
		"an unknown word of a device": {devicesName, "is=connects", "means=connects", "devices.txt:3", Damaged},
		"an unknown night":            {devicesName, "\t2020-01-14\tverdict", "\t2020-01-13\tverdict", "devices.txt:3", Damaged},
		"a night twice":               {devicesName, "\t2020-01-14\tgone", "\t2020-01-10\tgone", "devices.txt:6", Damaged},
		"gone before it came":         {devicesName, "\t2020-01-10\tverdict=upgrade\t", "\t2020-01-10\tgone\n\t2020-01-14\tverdict=upgrade\t", "devices.txt:5", Damaged},
		"devices out of order":        {devicesName, "800000000000000037", "700000000000000037", "devices.txt:4", Damaged},
		"a device twice":              {devicesName, "800000000000000037", "800000000000000000", "devices.txt:4", Damaged},
		"a line of no device":         {devicesName, "800000000000000000\n", "", "devices.txt:1", Damaged},
		"an empty line":               {devicesName, "800000000000000037", "\n800000000000000037", "devices.txt:4", Damaged},
		"a cut line":                  {devicesName, "gone\n", "gone", "devices.txt:6", Damaged},
		"a device without a line":     {devicesName, "\t2020-01-14\tgone\n", "\t2020-01-14\tgone\n900000000000000000\n", "devices.txt:8", Damaged},
		"a bad port":                  {devicesName, "port=4282 retired", "port=none retired", "devices.txt:2", Damaged},
	} {
		t.Run(name, func(t *testing.T) {
			f := maps.Clone(whole)
			text := whole.text(c.file)
			if strings.Count(text, c.old) == 0 {
				t.Fatalf("found no %q in %s:\n%s", c.old, c.file, text)
			}
			f[c.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, c.old, c.new, 1))}
			var fault *Fault
			if err := read(t, f); !errors.As(err, &fault) || fault.Place != c.place || fault.Reason != c.reason || fault.Found == "" || fault.Want == "" {
				t.Errorf("found %v, want a fault (%s) at %s", err, c.reason, c.place)
			}
		})
	}
	for _, name := range []string{nightsName, devicesName} {
		f := maps.Clone(whole)
		delete(f, name)
		var fault *Fault
		if err := read(t, f); !errors.As(err, &fault) || fault.Place != name {
			t.Errorf("%s is missing: found %v", name, err)
		}
	}
}

// read opens a memory and adds a night to it.
func read(t *testing.T, f folder) error {
	t.Helper()
	log, err := Open(fstest.MapFS(f))
	if err != nil {
		return err
	}
	defer log.Close()
	_, err = log.Add(Tonight{Fleet: fleetOf(t, company(2, day(t, "2020-01-10")), day(t, "2020-01-15")), PaceWindow: 14, Effective: day(t, "2020-02-04")}, nil)
	return err
}

// A record comes back as it was written.
func TestRecord(t *testing.T) {
	r := Record{
		Night: day(t, "2020-01-15"), Tool: "cutoff 1.2.3", Devices: 9, Affected: 4, Open: 3, Waived: 1,
		Verdicts: map[policy.Verdict]int{}, Policy: "aa", PolicyID: "next notice", Configuration: "bb", Settings: "cc",
		Inputs: []Input{{"report", "dd", "a b.csv"}, {"roster", "ee", "tab\there.csv"}}, Empty: []string{"R\\D", "Sales and\nmore"}, Forced: true, facts: "ff",
	}
	for i, verdict := range policy.Verdicts() {
		r.Verdicts[verdict] = i
	}
	next := r
	next.Night, next.Forced, next.Configuration, next.Inputs, next.Empty = day(t, "2020-01-16"), false, "", nil, nil
	all := []Record{r, next}
	got, err := parseNights(formatNights(all))
	if err != nil {
		t.Fatal(err)
	}
	if got[1].before != got[0].hash() || got[0].before != "" {
		t.Errorf("found the records not chained: %q, %q", got[0].before, got[1].before)
	}
	if string(formatNights(got)) != string(formatNights(all)) || len(got) != 2 || len(got[0].Inputs) != 2 || got[0].Empty[1] != "Sales and\nmore" || !got[0].Forced || got[1].Forced {
		t.Errorf("found %+v", got)
	}
}

// A comparison says that the rules changed, and counts the devices whose verdict
// only the rules changed.
func TestRulesChanged(t *testing.T) {
	f := folder{}
	w := company(12, day(t, "2020-01-10"))
	remember(t, f, w, day(t, "2020-01-10"))
	w = w.clone()
	w.settings.OnPremisesDestinations = []string{"Basement"}
	account := remember(t, f, w, day(t, "2020-01-11"))
	if last := account.Last; !last.SettingsChanged || last.PolicyChanged || last.RulesAlone == 0 || last.RulesAlone != len(last.Changes) {
		t.Errorf("found %+v", last)
	}
	if last := remember(t, f, w, day(t, "2020-01-12")).Last; last.SettingsChanged || last.RulesAlone != 0 || len(last.Changes) != 0 {
		t.Errorf("the night after: found %+v", last)
	}
}
