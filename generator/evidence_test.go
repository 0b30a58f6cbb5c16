package generator_test

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
)

// The evidence of a fleet comes from two firewalls and from twenty logs of the
// app. The fleet speaks for 15 January 2020; the window goes back to the 16th
// of December.
const (
	fleetSize  = 1000
	logsOfApp  = 20
	vendor     = "162.222.40.245"
	loginHost  = "162.222.40.218"
	elsewhere  = "198.18.0.9"
	oldApp     = "5.3.9.1"
	currentApp = "7.2.0.1641"
)

// seen is one line of evidence, in whatever file it stands.
type seen struct {
	at      string // 2020-01-14 09:00:00
	address string
	port    int
	to      string // the vendor's storage by default
	how     string // what a firewall did, or the role that a log names
	as      string // the name under which the evidence knows the device; the case's own by default
}

// evidenceCase is a device with the evidence about it.
type evidenceCase struct {
	name      string // the situation
	version   string // current by default
	address   string // inside address in the report; own one by default
	host      string // host name in the report
	device    string // device name; own one by default
	onPremise bool
	// a is a PAN-OS export that knows names and addresses, b one of FortiOS that
	// knows addresses alone, log a service.log of the device.
	a, b, log []seen
	// tied says by what the log is tied to the device.
	tied string
	want policy.Verdict
}

func evidenceCases() []evidenceCase {
	const (
		yesterday = "2020-01-14 17:00:00"
		noon      = "2020-01-10 12:00:00"
	)
	home, office := "192.168.77.5", "10.9.1.5"
	return []evidenceCase{
		// joins
		{name: "joined by name", a: []seen{{at: noon, port: 4282}}, want: policy.ChangePort},
		{name: "joined by name in other case", device: "Case-Device", a: []seen{{at: noon, port: 4282, as: "CASE-DEVICE"}}, want: policy.ChangePort},
		{name: "joined by host name", host: "unlike-its-name.corp.example", a: []seen{{at: noon, port: 4287, as: "unlike-its-name.corp.example"}}, want: policy.Ready},
		{name: "joined by GUID", a: []seen{{at: noon, port: 443, as: "GUID"}}, want: policy.Ready},
		{name: "joined by inside address", address: "10.8.0.1", b: []seen{{at: noon, address: "10.8.0.1", port: 4282}}, want: policy.ChangePort},
		{name: "inside address of two, the one", address: "10.8.0.2", b: []seen{{at: noon, address: "10.8.0.2", port: 4282}}, want: policy.VerifyPort},
		{name: "inside address of two, the other", address: "10.8.0.2", want: policy.VerifyPort},
		{name: "name of two, the one", device: "TWIN", a: []seen{{at: noon, address: "10.250.0.1", port: 4282, as: "TWIN"}}, want: policy.VerifyPort},
		{name: "name of two, the other", device: "twin", want: policy.VerifyPort},
		{name: "name of two, told apart by the address", device: "twin", address: "10.8.0.3", a: []seen{{at: noon, address: "10.8.0.3", port: 4282, as: "twin"}}, want: policy.ChangePort},
		{name: "a name that no report has", a: []seen{{at: noon, address: "10.250.0.2", port: 4282, as: "NOBODY"}}, want: policy.VerifyPort},

		// the window
		{name: "last day of the window", a: []seen{{at: "2019-12-16 00:00:00", port: 4282}}, want: policy.ChangePort},
		{name: "day before the window", a: []seen{{at: "2019-12-15 23:59:59", port: 4282}}, want: policy.VerifyPort},
		{name: "last second of the day itself", a: []seen{{at: "2020-01-15 23:59:59", port: 4282}}, want: policy.ChangePort},
		{name: "the day's evening in the west", a: []seen{{at: "2020-01-16 11:59:59", port: 4282}}, want: policy.ChangePort},
		{name: "tomorrow", a: []seen{{at: "2020-01-16 12:00:00", port: 4282}}, want: policy.VerifyPort},
		{name: "old on the retired port, new on none", a: []seen{{at: "2019-11-30 10:00:00", port: 4282}}, b: nil, want: policy.VerifyPort},

		// one network: the newest decides
		{name: "port fixed yesterday", a: []seen{
			{at: "2020-01-02 09:00:00", port: 4282}, {at: "2020-01-13 09:00:00", port: 4282}, {at: yesterday, port: 4287}}, want: policy.Ready},
		{name: "port fixed yesterday, as the other firewall saw", address: "10.8.0.4",
			a: []seen{{at: "2020-01-13 09:00:00", address: "10.8.0.4", port: 4282}}, b: []seen{{at: yesterday, address: "10.8.0.4", port: 443}}, want: policy.Ready},
		{name: "fell back yesterday", a: []seen{{at: noon, port: 4287}, {at: yesterday, port: 4282}}, want: policy.ChangePort},
		{name: "tie", a: []seen{{at: noon, port: 4287}, {at: noon, port: 4282}}, want: policy.ChangePort},
		{name: "tie between the firewalls", address: "10.8.0.5",
			a: []seen{{at: noon, address: "10.8.0.5", port: 4282}}, b: []seen{{at: noon, address: "10.8.0.5", port: 4287}}, want: policy.ChangePort},
		{name: "a second after the tie", a: []seen{{at: "2020-01-10 12:00:01", port: 4287}, {at: noon, port: 4282}}, want: policy.Ready},
		{name: "another address of one network", a: []seen{
			{at: noon, address: "10.9.2.7", port: 4282}, {at: yesterday, address: "10.9.2.200", port: 4287}}, want: policy.Ready},

		// roaming
		{name: "roams, home on the retired port", a: []seen{
			{at: yesterday, address: office, port: 4287}, {at: noon, address: home, port: 4282}}, want: policy.ChangePort},
		{name: "roams, both fixed", a: []seen{
			{at: noon, address: home, port: 4282}, {at: yesterday, address: home, port: 443},
			{at: noon, address: office, port: 4282}, {at: yesterday, address: office, port: 4287}}, want: policy.Ready},
		{name: "roams, the retired port before the window", a: []seen{
			{at: yesterday, address: office, port: 4287}, {at: "2019-12-01 10:00:00", address: home, port: 4282}}, want: policy.Ready},
		{name: "roams, each firewall one network", address: "10.8.0.6",
			a: []seen{{at: yesterday, address: home, port: 4287}}, b: []seen{{at: noon, address: "10.8.0.6", port: 4282}}, want: policy.ChangePort},

		// what does not count
		{name: "denied attempt", a: []seen{{at: yesterday, port: 4282, how: "deny"}, {at: noon, port: 4287}}, want: policy.Ready},
		{name: "led elsewhere", a: []seen{{at: yesterday, port: 4282, to: elsewhere}}, want: policy.VerifyPort},
		{name: "another port is newer", a: []seen{{at: yesterday, port: 8443}, {at: noon, port: 4282}}, want: policy.ChangePort},
		{name: "on-premises", onPremise: true, a: []seen{{at: noon, port: 4282}}, want: policy.NotAffected},

		// both effects
		{name: "too old and on the retired port", version: oldApp, a: []seen{{at: noon, port: 4282}}, want: policy.UpgradeAndChangePort},
		{name: "too old, port fixed yesterday", version: oldApp, a: []seen{{at: noon, port: 4282}, {at: yesterday, port: 4287}}, want: policy.Upgrade},

		// logs of the app
		{name: "log tied by its path", tied: "path", log: []seen{{at: noon, port: 4282}}, want: policy.ChangePort},
		{name: "log tied by the GUID in it", tied: "guid", log: []seen{{at: noon, port: 4282}}, want: policy.ChangePort},
		{name: "log tied by the configuration", tied: "configuration", log: []seen{{at: noon, port: 4287}}, want: policy.Ready},
		{name: "log tied by nothing", tied: "nothing", log: []seen{{at: noon, port: 4282}}, want: policy.VerifyPort},
		{name: "login on the retired port, storage not", tied: "path", log: []seen{
			{at: yesterday, port: 4282, to: loginHost, how: "AUTHORITY"}, {at: yesterday, port: 4287}}, want: policy.Ready},
		{name: "login alone", tied: "path", log: []seen{{at: noon, port: 4287, to: loginHost, how: "AUTHORITY"}}, want: policy.VerifyPort},
		{name: "log fixed yesterday", tied: "path", log: []seen{{at: noon, port: 4282}, {at: yesterday, port: 4287}}, want: policy.Ready},
		{name: "log newer than the firewall", tied: "path", a: []seen{{at: noon, address: "10.9.3.1", port: 4282}}, log: []seen{{at: yesterday, address: "10.9.3.2", port: 4287}}, want: policy.Ready},
		{name: "log of home, firewall of the office", tied: "path", a: []seen{{at: yesterday, address: office, port: 4287}}, log: []seen{{at: noon, address: home, port: 4282}}, want: policy.ChangePort},
	}
}

// evidenceFleet writes the inputs: the cases first, then devices of which every
// third was seen on the retired port, every third on an allowed one, and the
// rest nowhere.
type evidenceFleet struct {
	report, a, b strings.Builder
	logs         map[string]string
	config       *config.Config
	want         map[string]policy.Verdict // by GUID
	caseOf       map[string]string
}

func guidOf(i int) string { return fmt.Sprint(839648314463400001 + i*10) }

func newEvidenceFleet(cases []evidenceCase) *evidenceFleet {
	f := &evidenceFleet{logs: map[string]string{}, config: config.Default(), want: map[string]policy.Verdict{}, caseOf: map[string]string{}}
	f.config.Rules.OnPremisesDestinations = []string{"Backup Server 1"}
	f.report.WriteString("deviceUid,deviceName,deviceOsHostname,version,status,destinationUid,destinationName,address,lastConnectedDate\n")
	f.a.WriteString("Receive Time,Serial #,Source address,Destination address,Source Hostname,Destination Port,Action\n")
	f.b.WriteString("date\ttime\tdevname\tsrcip\tdstip\tdstport\taction\n")
	for i, c := range cases {
		f.add(i, c)
	}
	for i := len(cases); i < fleetSize; i++ {
		c := evidenceCase{name: "one of many", want: policy.VerifyPort}
		at := fmt.Sprintf("2020-01-%02d 08:00:00", 1+i%14)
		switch i % 3 {
		case 0:
			c.a, c.want = []seen{{at: at, port: 4282}}, policy.ChangePort
		case 1:
			c.b, c.want = []seen{{at: at, port: []int{443, 4287}[i%2]}}, policy.Ready
		}
		f.add(i, c)
	}
	for i := len(f.logs); i < logsOfApp; i++ {
		guid := guidOf(fleetSize - 1 - i*3) // of the devices that were seen on the retired port or nowhere
		f.logs[fmt.Sprintf("logs/%d/service.log", i)] = logLines(i, guid, []seen{{at: "2020-01-15 06:00:00", address: "192.168.1.9", port: 4282}})
		f.want[guid] = policy.ChangePort
	}
	return f
}

func (f *evidenceFleet) add(i int, c evidenceCase) {
	guid := guidOf(i)
	device := c.device
	if device == "" {
		device = fmt.Sprintf("PC-%04d", i)
	}
	own := fmt.Sprintf("10.%d.%d.7", i/250, i%250)
	if c.address != "" {
		own = c.address
	}
	version := c.version
	if version == "" {
		version = currentApp
	}
	uid, place := "42", "CrashPlan Central"
	if c.onPremise {
		uid, place = "", "Backup Server 1"
	}
	fmt.Fprintf(&f.report, "%s,%s,%s,%s,Active,%s,%s,%s:4242,2020-01-15T07:00:00.000Z\n", guid, device, c.host, version, uid, place, own)
	for _, s := range c.a {
		name := device
		switch {
		case s.as == "GUID":
			name = guid
		case s.as != "":
			name = s.as
		}
		fmt.Fprintf(&f.a, "%s,0123,%s,%s,%s,%d,%s\n", strings.ReplaceAll(s.at, "-", "/"), or(s.address, own), or(s.to, vendor), name, s.port, or(s.how, "allow"))
	}
	for _, s := range c.b {
		day, clock, _ := strings.Cut(s.at, " ")
		fmt.Fprintf(&f.b, "%s\t%s\tfw-2\t%s\t%s\t%d\taccept\n", day, clock, or(s.address, own), or(s.to, vendor), s.port)
	}
	if c.log != nil {
		file, inside := fmt.Sprintf("logs/%s/service.log", device), ""
		switch c.tied {
		case "guid":
			file, inside = fmt.Sprintf("logs/somewhere-%d/service.log", i), guid
		case "configuration":
			file = fmt.Sprintf("logs/pool-%d/service.log", i)
			f.config.EvidenceDevices[file] = device
		case "nothing":
			file = fmt.Sprintf("logs/lost-%d/service.log", i)
		}
		f.logs[file] = logLines(i, inside, c.log)
	}
	f.want[guid], f.caseOf[guid] = c.want, c.name
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// logLines writes what the app's log has for connections; the GUID is the
// device's own, "" in a log that does not say it.
func logLines(i int, guid string, lines []seen) string {
	var log strings.Builder
	if guid != "" {
		guid = "BC[" + guid + ">42] "
	}
	for _, s := range lines {
		day, clock, _ := strings.Cut(s.at, " ")
		fmt.Fprintf(&log, "[%s.%s.%s %s.000 INFO  DefaultGroup peer.SessionImpl] %sSession-[remoteIdentity=%s, local=%s:%d, remote=%s:%d]\n",
			day[5:7], day[8:10], day[2:4], clock, guid, or(s.how, "STORAGE"), or(s.address, "172.20.0.9"), 50000+i, or(s.to, vendor), s.port)
	}
	return log.String()
}

func (f *evidenceFleet) run(t *testing.T) *generator.Run {
	t.Helper()
	rules, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	run := &generator.Run{
		Config: f.config, Policy: rules, AsOf: calendar.New(2020, 1, 15),
		Tool: publish.Tool{Name: "cutoff", Version: "test"}, Progress: func(string) {},
	}
	input := func(kind intake.Kind, name, text string) {
		run.Inputs = append(run.Inputs, intake.Input{Path: name, Kind: kind, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(text)), nil
		}})
	}
	input(intake.Report, "devices.csv", f.report.String())
	input(intake.Connections, "firewall-1.csv", f.a.String())
	input(intake.Connections, "firewall-2.tsv", f.b.String())
	for name, text := range f.logs {
		input(intake.Connections, name, text)
	}
	return run
}

func TestEvidenceOfAFleet(t *testing.T) {
	cases := evidenceCases()
	f := newEvidenceFleet(cases)
	if len(f.logs) != logsOfApp {
		t.Fatalf("%d logs, want %d", len(f.logs), logsOfApp)
	}
	run := f.run(t)
	outcome, err := generator.Assess(run)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(outcome.Fleet.Devices); n != fleetSize {
		t.Fatalf("%d devices, want %d", n, fleetSize)
	}
	counts := map[policy.Verdict]int{}
	for _, a := range outcome.Fleet.Devices {
		want := f.want[a.GUID]
		counts[want]++
		if a.Verdict != want {
			t.Errorf("%s (%s, %s): verdict %s, want %s: %s", f.caseOf[a.GUID], a.GUID, a.Name, a.Verdict, want, a.Why)
		}
	}
	for _, verdict := range policy.Verdicts() {
		if got := outcome.Fleet.Verdicts[verdict]; got != counts[verdict] {
			t.Errorf("%d devices %s, want %d", got, verdict, counts[verdict])
		}
	}
	problems := map[problem.Kind]int{}
	for _, p := range outcome.Problems {
		problems[p.Kind]++
	}
	// Of two addresses and of two names, of a name that no report has, and of a
	// log that nothing ties: four that join nothing. A thousand rows are all that
	// the console shows.
	want := map[problem.Kind]int{problem.Suspicious: 1, problem.UnjoinedConnection: 4, problem.FutureDate: 1, problem.CloudPortOnPremises: 1}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if outcome.Unjoined != 4 {
		t.Errorf("%d observations tied to no device, want 4", outcome.Unjoined)
	}
	for _, file := range outcome.Files {
		if !file.Balanced() {
			t.Errorf("%s: the ledger does not balance: %+v", file.Path, file.Ledger)
		}
	}
}

// TestExplainAgrees asks for an explanation of every case: the line that
// decides has the verdict that the site shows, although everything that was read
// is kept for it.
func TestExplainAgrees(t *testing.T) {
	cases := evidenceCases()
	f := newEvidenceFleet(cases)
	run := f.run(t)
	for i, c := range cases {
		_, e, err := generator.Explain(run, guidOf(i))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		decides := slices.IndexFunc(e.Lines, func(l policy.Line) bool { return l.Decides })
		if e.Verdict != c.want || decides < 0 || e.Lines[decides].Verdict != c.want {
			t.Errorf("%s: verdict %s by line %d, want %s", c.name, e.Verdict, decides+1, c.want)
		}
		deciding := 0
		for _, o := range e.Observations {
			if o.Decides {
				deciding++
			}
			if o.Source == "" || path.Ext(o.Source) == "" {
				t.Errorf("%s: an observation without its source: %+v", c.name, o)
			}
		}
		if seen := c.want == policy.Ready || c.want == policy.ChangePort || c.want == policy.UpgradeAndChangePort; seen && deciding == 0 {
			t.Errorf("%s: no observation decides, want one", c.name)
		}
	}
}
