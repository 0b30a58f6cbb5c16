package site

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/roster"
	"example.org/cutoff/templates"
)

// made describes a synthetic fleet. Its devices run through versions,
// destinations, ports and states in fixed cycles of different lengths, so that
// a large fleet has every combination.
type made struct {
	devices, departments int
	asOf                 calendar.Day
	// change may change each device after it was made.
	change func(i int, d *device.Device)
	// configure may change the configuration after it was made.
	configure func(*config.Config)
}

var (
	midDecember = calendar.New(2019, time.December, 16)
	afterwards  = calendar.New(2020, time.March, 3)
)

func (m made) input(t testing.TB) Input {
	t.Helper()
	p, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	conf := config.Default()
	conf.Organization = "Northwind Traders"
	conf.Contacts = []config.Contact{{Name: "Endpoint team", Email: "endpoint@example.org", URL: "https://intranet.example.org/backup", Phone: "ext. 4287"}}
	conf.TestHosts = []string{"central.crashplan.com"}
	conf.Rules.OnPremisesDestinations = []string{"900123"}
	supported, err := policy.ParseRanges(">= 7.0")
	if err != nil {
		t.Fatal(err)
	}
	conf.Rules.Supported = &policy.SupportList{Versions: supported, Source: "the vendor's version policy", Checked: calendar.New(2019, time.December, 1)}
	if m.configure != nil {
		m.configure(conf)
	}
	if m.asOf.IsZero() {
		m.asOf = midDecember
	}
	rules := policy.New(p, conf.Rules)
	devices := m.make()
	people := m.people(devices)
	facts := fleet.Facts{
		AsOf: m.asOf, Devices: devices, StaleDays: conf.StaleDays,
		Assignment: roster.Assign(devices, people, nil),
	}
	for _, d := range devices {
		facts.Assessments = append(facts.Assessments, new(rules.Assess(d, m.asOf)))
	}
	affected := func(i int) bool { return facts.Assessments[i].Verdict.Affected() }
	facts.Waivers, facts.Exemptions, _ = roster.Waive(m.waivers(devices), devices, affected, m.asOf)
	f, err := fleet.Group(rules, facts)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := fs.Sub(templates.Files, "content/code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	return Input{
		Matter: prose.Matter{Fleet: f, Policy: p, Rules: rules, Config: conf},
		Files:  m.files(), Problems: m.problems(), Joined: m.devices / 2, Unjoined: m.devices / 20,
		Tool: publish.Tool{Name: "cutoff", Version: "v1.0.0"}, Texts: texts,
	}
}

// cycle picks the i-th value of a list that starts again at its end.
func cycle[T any](values []T, i int) T { return values[i%len(values)] }

func (m made) make() []*device.Device {
	versions := []string{"7.2.0.55", "6.8.8.12", "7.0.3.55", "4.7.1", "5.4.0", "7.4.0.12", "4.8.2", "6.7.1", "7.2.0.55", "5.3.9", "6.5.2", "4.9.0", "7.4.0.12", "4.10.1", "6.8.3", "7.2.1", "", "7.4.0.11", "3.8.2"}
	stores := [][]device.Destination{
		{{UID: "42", Name: "CrashPlan Central"}}, {{UID: "42", Name: "CrashPlan Central"}},
		{{UID: "632540230984925185", Name: "Code42 Cloud USA West"}}, {{UID: "42", Name: "CrashPlan Central"}},
		{{UID: "900123", Name: "Backup Server 1"}, {UID: "42", Name: "CrashPlan Central"}},
		{{UID: "42", Name: "CrashPlan Central"}}, {{UID: "700700", Name: "Vault Lab"}},
	}
	systems := []string{"win", "mac", "win", "linux", "win64"}
	names := []string{"ada.lin", "b.okafor", "carla.m", "dmitri.v", "e.santos", "farid.h", "greta.s", "hiro.t", "ines.q", "jonas.w", "k.mbeki"}
	seen := m.lastDay()
	devices := make([]*device.Device, m.devices)
	for i := range devices {
		age := cycle([]int{0, 1, 0, 2, 5, 1, 12, 0, 30, 140}, i/3)
		d := &device.Device{
			GUID:     fmt.Sprint(830000000000000000 + int64(i)*7919),
			Name:     fmt.Sprintf("%s-%05d", cycle([]string{"NW-LT", "NW-WS", "MAC", "SRV"}, i), i),
			Hostname: fmt.Sprintf("host%05d.northwind.example", i),
			Username: fmt.Sprintf("%s%d@northwind.example", cycle(names, i), i/11),
			Home:     &device.Home{Department: m.department(i), Destinations: cycle(stores, i/2)}, Software: &device.Software{OS: cycle(systems, i), OSVersion: "10.0.18362", Version: device.ParseVersion(cycle(versions, i)), Status: "Active"},
			LastActivity:  device.InstantOf(seen.AddDate(0, 0, -age)),
			RemoteNetwork: new(netip.MustParsePrefix("203.0.113.0/24")),
			Source:        device.Source{File: "exports/devices.csv", Row: i + 2},
		}
		switch {
		case i%13 == 5:
			d.Connections = []device.Connection{m.connection(4282, "10.20.4.0/24", d.LastSeen())}
		case i%17 == 6:
			d.Connections = []device.Connection{m.connection(4282, "", d.LastSeen())}
		case i%4 < 3:
			d.Connections = []device.Connection{m.connection(4287, fmt.Sprintf("10.20.%d.0/24", i%5), d.LastSeen())}
		}
		if i%29 == 11 {
			d.Status = "Deactivated"
		}
		if i%23 == 7 {
			d.Destinations = []device.Destination{{UID: "900123", Name: "PROe Backup Server 1"}}
		}
		if i%97 == 31 {
			d.LastActivity = 0
		}
		if m.change != nil {
			m.change(i, d)
		}
		devices[i] = d
	}
	return devices
}

func (m made) lastDay() time.Time {
	if m.asOf.IsZero() {
		return midDecember.Start().Add(7 * time.Hour)
	}
	return m.asOf.Start().Add(7 * time.Hour)
}

func (m made) connection(port int, network string, at time.Time) device.Connection {
	c := device.Connection{Port: port, Time: at, Source: device.Source{File: "evidence/firewall.csv", Row: 9}}
	if network != "" {
		c.Network = netip.MustParsePrefix(network)
	}
	return c
}

func (m made) department(i int) string {
	names := []string{"Sales", "Research and Development", "Finance", "Warehouse", "Legal", "Marketing", "Facilities", "IT Operations", "Executive Office"}
	n := i * 31 % 1009 % max(1, m.departments)
	if n < len(names) {
		return names[n]
	}
	return fmt.Sprintf("Department of %03d Affairs", n)
}

func (m made) people(devices []*device.Device) []device.Person {
	var people []device.Person
	for i, d := range devices {
		if i%40 != 3 {
			people = append(people, device.Person{Username: d.Username, Department: d.Department})
		}
	}
	return people
}

func (m made) waivers(devices []*device.Device) []device.Waiver {
	var waivers []device.Waiver
	for i, d := range devices {
		if i%60 == 3 {
			waivers = append(waivers, device.Waiver{
				Device: d.GUID, Reason: "runs a press that is replaced in March", Owner: "R. Ames", Approver: "J. Doe",
				Expires: m.asOfDay().Add(40 + i%3*-60), Source: device.Source{File: "waivers.csv", Row: i/60 + 2},
			})
		}
	}
	return waivers
}

func (m made) asOfDay() calendar.Day { return calendar.Of(m.lastDay()) }

func (m made) files() []intake.File {
	return []intake.File{
		{
			Path: "exports/devices.csv", Kind: intake.Report, SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Bytes: 1000,
			Ledger:  intake.Ledger{Rows: m.devices + 5, Devices: m.devices, Merged: 3, Rejected: 1, Other: 1},
			Unknown: []string{"Client-Version", "archiveBytes"},
			Notes:   []string{"has no department column"},
		},
		{Path: "roster.xlsx", Kind: intake.Roster, SHA256: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", Bytes: 900, Ledger: intake.Ledger{Rows: 40, Devices: 38, Other: 2}},
	}
}

func (m made) problems() []problem.Problem {
	return []problem.Problem{
		{Position: problem.Position{File: "exports/devices.csv", Row: 17, Column: 9}, Kind: problem.FutureDate, Message: "found \"2031-01-01\", want a date up to 2019-12-16"},
		{Position: problem.Position{File: "exports/devices.csv", Row: 40, Column: 9}, Kind: problem.DamagedGUID, Message: "found a number that a spreadsheet rounded, want a GUID"},
	}
}

// empty is a fleet without a device.
func emptyInput(t testing.TB) Input {
	in := made{}.input(t)
	in.Files, in.Problems, in.Joined, in.Unjoined = nil, nil, 0, 0
	return in
}

// folder is a sink that keeps what is written to it.
type folder struct {
	mu    sync.Mutex
	files map[string][]byte
	// full makes every write fail.
	full bool
}

func newFolder() *folder { return &folder{files: map[string][]byte{}} }

type folderFile struct {
	bytes.Buffer
	name string
	to   *folder
}

func (m *folder) Create(name string) (io.WriteCloser, error) {
	return &folderFile{name: name, to: m}, nil
}

var errFull = errors.New("disk full")

func (f *folderFile) Close() error {
	f.to.mu.Lock()
	defer f.to.mu.Unlock()
	if f.to.full {
		return errFull
	}
	if _, twice := f.to.files[f.name]; twice {
		return fmt.Errorf("%s: written twice", f.name)
	}
	f.to.files[f.name] = f.Bytes()
	return nil
}

// render gives the whole site of an input.
func render(t testing.TB, in Input) *folder {
	t.Helper()
	s, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	out := newFolder()
	if err := s.Write(out); err != nil {
		t.Fatal(err)
	}
	return out
}

// rendered is an input and the site made from it.
type rendered struct {
	name  string
	input Input
	out   *folder
}

var (
	manyOnce sync.Once
	manyKept []rendered
)

// many renders manyInputs once, for all tests that only look at pages.
func many(t testing.TB) []rendered {
	t.Helper()
	manyOnce.Do(func() {
		inputs := manyInputs(t)
		for _, name := range slices.Sorted(maps.Keys(inputs)) {
			manyKept = append(manyKept, rendered{name, inputs[name], render(t, inputs[name])})
		}
	})
	if len(manyKept) == 0 {
		t.Fatal("the sites could not be rendered")
	}
	return manyKept
}

// manyInputs are fleets and settings that together show everything a page can
// show.
func manyInputs(t testing.TB) map[string]Input {
	t.Helper()
	forced := made{devices: 60, departments: 2, configure: func(c *config.Config) { c.Look.Logo = "logo.svg" }}.input(t)
	forced.Logo = []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)
	forced.Forced = []string{"Of exports/devices.csv, 7% of the rows were rejected; 5% are allowed."}
	return map[string]Input{
		"usual":      remember(made{devices: 412, departments: 20}.input(t), 40),
		"afterwards": remember(made{devices: 412, departments: 9, asOf: afterwards}.input(t), 120),
		"long":       made{devices: 11_000, departments: 1}.input(t),
		"empty":      emptyInput(t),
		"forced":     remember(forced, 12),
		"closed": made{devices: 200, departments: 4, configure: func(c *config.Config) {
			c.Privacy.UserNames, c.Privacy.FleetFiles, c.Workbooks = false, false, false
			c.Contacts, c.TestHosts, c.Rules.Supported = nil, nil, nil
			c.Rules.UnclassifiedIsCloud, c.Rules.NetworkConfirmed = true, true
			c.Network = &config.Confirmation{By: "Network team", On: midDecember, Source: "CHG-1234"}
		}}.input(t),
		"hostile": made{devices: 300, departments: 3, change: func(i int, d *device.Device) {
			text := cycle(nasty, i)
			d.Name, d.Hostname, d.Username, d.Version.Text = text, text, text, text
			d.Destinations = append(slices.Clone(d.Destinations), device.Destination{Name: text})
			if i%3 == 0 {
				d.Department = text
			}
		}}.input(t),
	}
}
