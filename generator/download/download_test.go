package download

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/roster"
)

// memorySink keeps files by name.
type memorySink struct {
	mutex sync.Mutex
	files map[string]string
	fail  string // the file that cannot be closed
}

func (s *memorySink) Create(name string) (io.WriteCloser, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if _, twice := s.files[name]; twice {
		return nil, fmt.Errorf("%s: created twice", name)
	}
	if s.files == nil {
		s.files = map[string]string{}
	}
	s.files[name] = ""
	return &memoryFile{sink: s, name: name}, nil
}

type memoryFile struct {
	bytes.Buffer
	sink *memorySink
	name string
}

func (f *memoryFile) Close() error {
	f.sink.mutex.Lock()
	defer f.sink.mutex.Unlock()
	f.sink.files[f.name] = f.String()
	if f.name == f.sink.fail {
		return errors.New("disk full")
	}
	return nil
}

func render(t testing.TB, in Input) map[string]string {
	t.Helper()
	var sink memorySink
	if err := Write(in, &sink); err != nil {
		t.Fatal(err)
	}
	return sink.files
}

var asOf = calendar.New(2020, 1, 15)

// small is a fleet with one device of each verdict in two departments, and
// another department without a device.
func small() Input {
	var devices []*fleet.Assessed
	for i, verdict := range policy.Verdicts() {
		a := &fleet.Assessed{
			Device: &device.Device{
				GUID: "83964831446340762" + strconv.Itoa(i), Name: fmt.Sprintf("PC-%02d", i), Hostname: fmt.Sprintf("pc-%02d", i),
				Username: fmt.Sprintf("user%d@example.org", i), Email: "never.shown@example.org", Home: &device.Home{Organization: "Example", Destinations: []device.Destination{{UID: "900123", Name: "Backup Server 1"}, {UID: "42"}}}, Software: &device.Software{OS: "win", Version: device.ParseVersion("6.8.8.12"), Status: "Active, Deauthorized"},
				LastActivity:  device.InstantOf(time.Date(2020, 1, 14, 8, 0, 0, 0, time.UTC)),
				LastConnected: device.InstantOf(time.Date(2020, 1, 12, 3, 34, 28, 640e6, time.FixedZone("", -6*3600))),
				Source:        device.Source{File: "exports/a.csv", Row: i + 2},
			},
			Assessment: &policy.Assessment{Verdict: verdict, VersionStatus: policy.Connects, PortStatus: policy.Retired, DestinationKind: policy.Mixed, Port: 4282},
			Department: "Sales", Stale: fleet.Recent, Words: &fleet.Words{Action: "Upgrade it, then let it out on 443 or 4287."},
		}
		if verdict.Affected() {
			a.AffectedSince = asOf.Add(-3)
		}
		if i%2 == 1 {
			a.Department = "Büro/Süd"
		}
		devices = append(devices, a)
	}
	devices[0].Waiver = &device.Waiver{Expires: asOf.Add(30), Reason: "Lab", Owner: "lab@example.org"}
	devices[1].Version = device.ParseVersion("null")
	devices[1].VersionStatus = policy.UnknownVersion
	devices[1].Port, devices[1].PortStatus = 0, policy.Unverified
	devices[1].LastConnected = 0
	devices[1].Stale = fleet.SeenNever
	return Input{
		Fleet: grouped(devices, "Büro/Süd", "Sales", "Empty"),
		Policy: &policy.Policy{Scope: policy.Scope{Destinations: true}, Ports: policy.Ports{Retired: []int{4282}, Allowed: []int{443, 4287}},
			ID: "code42-port-4282", Title: "End of support for port 4282", Vendor: "Code42", Source: "https://example.org/notice",
			Announced: calendar.New(2019, 10, 3), Effective: calendar.New(2020, 2, 4), Links: policy.Links{Notice: "https://example.org/notice?a=1;b=2"}},
		Config: &config.Config{Organization: "Example", Workbooks: true, Privacy: config.Privacy{UserNames: true, FleetFiles: true},
			Rules: policy.Settings{WindowDays: 30}},
		Files: []intake.File{{Path: "exports/a.csv", Kind: intake.Report, SHA256: strings.Repeat("ab", 32), Bytes: 4711,
			Ledger: intake.Ledger{Rows: 12, Devices: 9, Merged: 1, Rejected: 1, Other: 1}}},
		Problems: []problem.Problem{
			{Position: problem.Position{File: "exports/a.csv", Row: 7, Column: 3}, Kind: problem.UnreadableVersion, Message: `found "null", want a version like 6.8.8`},
			{Position: problem.Position{File: "exports/b.xlsx", Sheet: "Sheet1", Row: 9}, Kind: problem.MissingGUID, Message: "found no GUID, want one"},
			{Position: problem.Position{File: "=cmd.csv"}, Kind: problem.Suspicious, Message: "found exactly 1000 rows, want all"},
		},
		Joined: 5, Unjoined: 2,
		Tool: publish.Tool{Name: "cutoff", Version: "1.2.3"},
	}
}

// grouped puts devices into departments and counts them, as package fleet
// would.
func grouped(devices []*fleet.Assessed, names ...string) *fleet.Fleet {
	f := &fleet.Fleet{AsOf: asOf, Phase: policy.Approaching, Devices: devices, Counts: counts(devices), Newest: asOf.Add(-1),
		Exemptions: []roster.Exemption{{Standing: roster.Holds}, {Standing: roster.Expired}}}
	for i, name := range names {
		department := &fleet.Department{Name: name, Slug: fmt.Sprintf("slug-%d", i)}
		for _, a := range devices {
			if a.Department == name {
				department.Devices = append(department.Devices, a)
			}
		}
		department.Counts = counts(department.Devices)
		f.Departments = append(f.Departments, department)
	}
	return f
}

func counts(devices []*fleet.Assessed) fleet.Counts {
	c := fleet.Counts{Devices: len(devices), Verdicts: map[policy.Verdict]int{}}
	for _, verdict := range policy.Verdicts() {
		c.Verdicts[verdict] = 0
	}
	for _, a := range devices {
		c.Verdicts[a.Verdict]++
		if a.Verdict.Affected() {
			c.Affected++
		}
		if a.Open() {
			c.Open++
		}
	}
	c.Waived = c.Affected - c.Open
	return c
}

func TestFiles(t *testing.T) {
	want := []string{
		"cutoff.ics", "data/departments/slug-0-guids.txt", "data/departments/slug-0.csv", "data/departments/slug-0.xlsx",
		"data/departments/slug-1-guids.txt", "data/departments/slug-1.csv", "data/departments/slug-1.xlsx",
		"data/departments/slug-2-guids.txt", "data/departments/slug-2.csv", "data/departments/slug-2.xlsx",
		"data/devices.csv", "data/firewall-rules.csv", "data/network.csv", "data/problems.csv", "data/summary.json", "data/summary.schema.json",
	}
	in := small()
	names := func() []string { return slices.Sorted(maps.Keys(render(t, in))) }
	if diff := cmp.Diff(want, names()); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	in.Config.Workbooks = false
	in.Config.Privacy.FleetFiles = false
	want = slices.DeleteFunc(want, func(name string) bool { return strings.HasSuffix(name, ".xlsx") || name == "data/devices.csv" })
	if diff := cmp.Diff(want, names()); diff != "" {
		t.Errorf("without workbooks and the fleet's files (-want +got):\n%s", diff)
	}
}

func TestFailure(t *testing.T) {
	for name := range render(t, small()) {
		err := Write(small(), &memorySink{fail: name})
		if err == nil || err.Error() != "disk full" {
			t.Errorf("%s cannot be written: %v", name, err)
		}
	}
	if err := Write(small(), &memorySink{files: map[string]string{"cutoff.ics": ""}}); err == nil {
		t.Error("a file that cannot be created: no error")
	}
}

func TestPrivacy(t *testing.T) {
	in := small()
	in.Config.Privacy.UserNames = false
	for name, content := range render(t, in) {
		if strings.HasSuffix(name, ".xlsx") {
			content = fmt.Sprint(sheetRows(t, content))
		}
		if strings.Contains(content, "user0") || strings.Contains(content, "@example.org") {
			t.Errorf("%s names people:\n%s", name, content)
		}
	}
	in.Config.Privacy.UserNames = true
	for name, content := range render(t, in) {
		if strings.Contains(content, "never.shown") || strings.Contains(content, "@example.org") {
			t.Errorf("%s has an e-mail address:\n%s", name, content)
		}
	}
}

func TestSameBytes(t *testing.T) {
	first := render(t, large(2000, 9))
	for _, processors := range []int{1, 2, 7} {
		before := runtime.GOMAXPROCS(processors)
		again := render(t, large(2000, 9))
		runtime.GOMAXPROCS(before)
		for name := range first {
			if first[name] != again[name] {
				t.Errorf("%s differs with %d processors", name, processors)
			}
		}
	}
}

// large is a fleet with 30% of its devices listed.
func large(n, departments int) Input {
	in := small()
	devices := make([]*fleet.Assessed, n)
	names := make([]string, departments)
	for i := range names {
		names[i] = fmt.Sprintf("Department %d", i)
	}
	for i := range devices {
		a := *in.Fleet.Devices[0]
		d := *a.Device
		d.GUID = strconv.Itoa(839648314463400000 + i)
		d.Name = fmt.Sprintf("PC-%06d", i)
		d.Hostname = strings.ToLower(d.Name)
		d.Username = fmt.Sprintf("user%d@example.org", i)
		d.LastConnected += device.Instant(time.Duration(i) * time.Second)
		d.Source.Row = i
		a.Device = &d
		a.Assessment = new(*a.Assessment)
		a.Department = names[i%departments]
		a.Waiver = nil
		a.Verdict = policy.Ready
		a.Words = &fleet.Words{}
		if i%10 < 3 {
			a.Verdict = policy.UpgradeAndChangePort
			a.Action = "Upgrade the Code42 app from 4.7.1 to 5.4 or later, then let it out on 443 or 4287 instead of 4282."
		}
		devices[i] = &a
	}
	in.Fleet = grouped(devices, names...)
	return in
}

// nothing accepts every file and keeps none.
type nothing struct{}

func (nothing) Write(p []byte) (int, error)             { return len(p), nil }
func (nothing) Close() error                            { return nil }
func (n nothing) Create(string) (io.WriteCloser, error) { return n, nil }

func BenchmarkWrite(b *testing.B) {
	for _, departments := range []int{40, 400} {
		for _, workbooks := range []bool{false, true} {
			in := large(100_000, departments)
			in.Config.Workbooks = workbooks
			b.Run(fmt.Sprintf("devices=100000/departments=%d/workbooks=%v", departments, workbooks), func(b *testing.B) {
				for b.Loop() {
					if err := Write(in, nothing{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkDevices(b *testing.B) {
	in := large(100_000, 40)
	for b.Loop() {
		if err := writeDevices(io.Discard, in); err != nil {
			b.Fatal(err)
		}
	}
}
