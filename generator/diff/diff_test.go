package diff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/roster"
)

func side(t *testing.T, settings policy.Settings, devices []*device.Device) Side {
	t.Helper()
	p, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	asOf := calendar.New(2020, 1, 15)
	rules := policy.New(p, settings)
	facts := fleet.Facts{AsOf: asOf, Devices: devices, Assignment: roster.Assign(devices, nil, nil), Waivers: make([]*device.Waiver, len(devices)), StaleDays: 90}
	for _, d := range devices {
		facts.Assessments = append(facts.Assessments, new(rules.Assess(d, asOf)))
	}
	grouped, err := fleet.Group(rules, facts)
	if err != nil {
		t.Fatal(err)
	}
	return Side{grouped, rules}
}

func of(guid, name, version, destination string) *device.Device {
	return &device.Device{GUID: guid, Name: name, Home: &device.Home{Destinations: []device.Destination{{Name: destination}}}, Software: &device.Software{Version: device.ParseVersion(version)}}
}

func TestCompare(t *testing.T) {
	devices := []*device.Device{
		of("1", "same", "6.8.8", "CrashPlan Central"),
		of("2", "vault", "4.7.9", "Vault"),
		of("3", "supported", "6.8.8", "CrashPlan Central"),
		of("", "nameless", "4.7.9", "Vault"),
	}
	from := side(t, policy.DefaultSettings(), append(devices, of("4", "gone", "4.7.9", "CrashPlan Central")))
	settings := policy.DefaultSettings()
	settings.UnclassifiedIsCloud = true
	settings.NetworkConfirmed = true
	to := side(t, settings, append(devices, of("5", "new", "null", "CrashPlan Central")))
	got := Compare(from, to)
	want := []Group{
		{policy.Check, policy.Upgrade, 2},
		{"", policy.Check, 1},
		{policy.VerifyPort, policy.Ready, 2},
		{policy.Upgrade, "", 1},
	}
	if diff := cmp.Diff(want, got.Groups); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	because := map[string][]string{}
	for _, d := range got.Devices {
		because[d.Name] = d.Because
	}
	if diff := cmp.Diff(map[string][]string{
		"vault":     {"port unverified, now allowed by confirmation", "unclassified is now taken as cloud"},
		"nameless":  {"port unverified, now allowed by confirmation", "unclassified is now taken as cloud"},
		"same":      {"port unverified, now allowed by confirmation"},
		"supported": {"port unverified, now allowed by confirmation"},
		"new":       {"only there"},
		"gone":      {"no longer there"},
	}, because); diff != "" {
		t.Errorf("because (-want +got):\n%s", diff)
	}
	if back := Compare(to, from); len(back.Devices) != len(got.Devices) {
		t.Errorf("%d devices change back, want %d", len(back.Devices), len(got.Devices))
	}
	if none := Compare(from, from); len(none.Devices) != 0 || none.Same != 5 {
		t.Errorf("compared with itself %d change and %d stay, want 0 and 5", len(none.Devices), none.Same)
	}
}

// TestSums checks that the changes add up to the totals, for random fleets.
func TestSums(t *testing.T) {
	random := rand.New(rand.NewPCG(42, 82))
	versions := []string{"4.7.9", "4.8", "5.4", "7.0.3", "null"}
	places := []string{"CrashPlan Central", "Vault", "Own"}
	fleetOf := func() []*device.Device {
		var devices []*device.Device
		for i := range 300 {
			if random.IntN(10) > 0 {
				devices = append(devices, of(fmt.Sprint(1000+i), fmt.Sprint("pc-", i), versions[random.IntN(len(versions))], places[random.IntN(len(places))]))
			}
		}
		return devices
	}
	for range 20 {
		settings := policy.DefaultSettings()
		settings.OnPremisesDestinations = []string{"Own"}
		settings.UnclassifiedIsCloud = random.IntN(2) == 0
		d := Compare(side(t, policy.DefaultSettings(), fleetOf()), side(t, settings, fleetOf()))
		sums := map[policy.Verdict]int{}
		changed, gone := 0, 0
		for _, v := range policy.Verdicts() {
			sums[v] = d.From.Verdicts[v]
		}
		for _, g := range d.Groups {
			sums[g.From] -= g.Devices
			sums[g.To] += g.Devices
			changed += g.Devices
			if g.To == "" {
				gone += g.Devices
			}
		}
		delete(sums, "")
		if diff := cmp.Diff(d.To.Verdicts, sums); diff != "" {
			t.Errorf("totals (-to +from with its changes):\n%s", diff)
		}
		if changed != len(d.Devices) || d.Same+changed != d.To.Devices+gone {
			t.Errorf("%d in groups, %d devices, %d the same, %d at the end and %d gone, which does not add up", changed, len(d.Devices), d.Same, d.To.Devices, gone)
		}
	}
}

func TestTextIsSafe(t *testing.T) {
	from := side(t, policy.DefaultSettings(), nil)
	to := side(t, policy.DefaultSettings(), []*device.Device{of("1", "a\x1b[31m\u202e\tb", "4.7.9", "CrashPlan Central")})
	var out strings.Builder
	if err := Compare(from, to).WriteText(&out); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\t\u202e") || !strings.Contains(out.String(), `a\x1b[31m\u202e\tb`) {
		t.Errorf("found characters that do not print in:\n%s", out.String())
	}
}
