package memory

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/roster"
)

// folder is a memory's folder in a map.
type folder map[string]*fstest.MapFile

func (f folder) Create(name string) (io.WriteCloser, error) {
	f[name] = &fstest.MapFile{}
	return mapFile{f[name]}, nil
}

type mapFile struct{ *fstest.MapFile }

func (m mapFile) Write(p []byte) (int, error) {
	m.Data = append(m.Data, p...)
	return len(p), nil
}

func (mapFile) Close() error { return nil }

func (f folder) text(name string) string {
	if f[name] == nil {
		return ""
	}
	return string(f[name].Data)
}

// machine is a device as the test's world has it.
type machine struct {
	device.Device
	department string
	until      calendar.Day // of its waiver
	missing    bool
}

// world is a company on one night.
type world struct {
	machines []machine
	settings policy.Settings
}

func (w *world) clone() *world {
	return &world{slices.Clone(w.machines), w.settings}
}

// fleetOf assesses a world by the built-in policy.
func fleetOf(t testing.TB, w *world, asOf calendar.Day) *fleet.Fleet {
	t.Helper()
	p, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	rules := policy.New(p, w.settings)
	facts := fleet.Facts{AsOf: asOf, StaleDays: 90, Assignment: roster.Assignment{Names: []string{"Nobody's"}}}
	for i := range w.machines {
		m := w.machines[i]
		if m.missing {
			continue
		}
		d := m.Device
		facts.Devices = append(facts.Devices, &d)
		facts.Assessments = append(facts.Assessments, new(rules.Assess(&d, asOf)))
		facts.Assignment.Departments = append(facts.Assignment.Departments, m.department)
		if !slices.Contains(facts.Assignment.Names, m.department) {
			facts.Assignment.Names = append(facts.Assignment.Names, m.department)
		}
		var waiver *device.Waiver
		if !m.until.IsZero() && !m.until.Before(asOf) {
			waiver = &device.Waiver{Expires: m.until}
		}
		facts.Waivers = append(facts.Waivers, waiver)
	}
	f, err := fleet.Group(rules, facts)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// company makes a world of n devices.
func company(n int, start calendar.Day) *world {
	w := &world{settings: policy.DefaultSettings()}
	for i := range n {
		m := machine{department: fmt.Sprintf("Department %d", i%4)}
		m.GUID = fmt.Sprint(800000000000000000 + i*37)
		m.Name, m.Username = fmt.Sprintf("PC-%03d", i), fmt.Sprintf("user%d\ttab\\", i)
		if i%10 == 9 {
			m.GUID = "" // known by name and user
		}
		version := []string{"5.3.1", "4.7.9", "7.0.3.55", "4.8.2", "null", "6.8.3"}[i%6]
		m.Software = &device.Software{Version: device.ParseVersion(version), Status: "Active"}
		m.Home = &device.Home{Destinations: []device.Destination{{UID: "42", Name: "CrashPlan Central"}}}
		if i%7 == 6 {
			m.Destinations = []device.Destination{{Name: "Basement"}}
		}
		if i%3 == 0 {
			m.Connections = []device.Connection{{Port: 4282, Time: start.Start()}}
		}
		w.machines = append(w.machines, m)
	}
	return w
}

// pass changes a few devices at random.
func (w *world) pass(random *rand.Rand, asOf calendar.Day) {
	for range 1 + random.IntN(6) {
		m := &w.machines[random.IntN(len(w.machines))]
		switch random.IntN(11) {
		case 0, 1:
			m.Version = device.ParseVersion("7.2.0")
		case 2:
			m.Version = device.ParseVersion("5.2.4") // rolled back
		case 3:
			m.Name += "x"
		case 4:
			m.missing = !m.missing
		case 5:
			m.department = fmt.Sprintf("Department %d", random.IntN(6))
		case 6:
			m.until = asOf.Add(random.IntN(10) - 1)
		case 7:
			m.Connections = []device.Connection{{Port: 4287, Time: asOf.Start()}}
		case 8:
			m.Connections = []device.Connection{{Port: 4282, Time: asOf.Start().Add(-20 * 24 * time.Hour)}}
		case 9:
			m.Status = []device.Status{"Active", "Deactivated"}[random.IntN(2)]
		case 10:
			m.Destinations = []device.Destination{{Name: []string{"Basement", "PROe Cloud, US"}[random.IntN(2)]}}
		}
	}
}

// snapshot is a night as the test's own calculation sees it: only what the night's
// devices.csv would say, by device.
type snapshot map[string]Facts

func snapshotOf(f *fleet.Fleet) snapshot {
	s := snapshot{}
	for _, a := range f.Devices {
		name := a.GUID
		if name == "" {
			name = a.Name + "/" + a.Username
		}
		s[name] = FactsOf(a)
	}
	return s
}

// reckon computes in the plainest way what changed between two nights, one line a
// device.
func reckon(nights map[string]snapshot, then, now string, against bool) []string {
	var lines []string
	was, is := nights[then], nights[now]
	names := map[string]bool{}
	for name := range was {
		names[name] = true
	}
	for name := range is {
		names[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		var seen, had bool
		for date, night := range nights {
			if f, there := night[name]; there && date < now && against {
				seen = true
				had = had || f.Verdict.Affected()
			}
		}
		a, wasThere := was[name]
		b, isThere := is[name]
		x, y := a.Verdict.Affected(), b.Verdict.Affected()
		change := ""
		switch {
		case !wasThere && seen:
			change = "back"
		case !wasThere:
			change = "new"
		case !isThere:
			change = "gone"
		case y && !x && had:
			change = "returned"
		case y && !x:
			change = "newly-affected"
		case x && b.Verdict == "check", x && a.PortStatus == "retired" && b.PortStatus == "unverified" && (b.Verdict == "verify-port" || b.Verdict == "upgrade-recommended"):
			change = "unclear"
		case x && !y:
			v := a.VersionStatus == "too-old" && b.VersionStatus != "too-old" && a.Version != b.Version
			p := a.PortStatus == "retired" && b.PortStatus == "allowed" && a.Port != b.Port
			change = "fixed rules"
			for _, how := range []struct {
				fits bool
				word string
			}{{p, "port-changed"}, {v, "upgraded"}, {v && p, "upgraded-and-port-changed"}, {b.DestinationKind == "on-premises" && a.Destination != b.Destination, "on-premises"}, {b.Verdict == "inactive", "deactivated"}} {
				if how.fits {
					change = "fixed " + how.word
				}
			}
		case x && y && a.WaivedUntil == "" && b.WaivedUntil != "":
			change = "waived"
		case x && y && a.WaivedUntil != "" && b.WaivedUntil == "":
			change = "waiver-ended"
		case a.Verdict != b.Verdict:
			change = "changed"
		}
		if change != "" {
			lines = append(lines, name+" "+change)
		}
	}
	return lines
}

func linesOf(c *Comparison) []string {
	var lines []string
	for _, change := range c.Changes {
		name := change.GUID
		if name == "" {
			name = change.Shown().Name + "/" + change.Shown().Username
		}
		line := name + " " + string(change.Kind)
		if change.How != "" {
			line += " " + string(change.How)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

// TestNinetyNights records ninety nights in which everything happens: devices are
// upgraded, rolled back, renamed, missing, back, moved and deactivated, waivers
// begin and end, evidence ages, rules change. Some nights are missed and filled in
// later, some are recorded twice. Each night's account is compared with the test's
// own calculation, and the final log with one that was recorded in order.
func TestNinetyNights(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			start := day(t, "2019-09-20")
			worlds := []*world{company(60, start)}
			for i := 1; i < 90; i++ {
				w := worlds[i-1].clone()
				w.pass(random, start.Add(i))
				switch i {
				case 30:
					w.settings.OnPremisesDestinations = []string{"Basement"}
				case 40:
					w.settings.UnclassifiedIsCloud = true
				case 50:
					w.settings.NetworkConfirmed = true
				}
				worlds = append(worlds, w)
			}
			inOrder := folder{}
			for i, w := range worlds {
				remember(t, inOrder, w, start.Add(i))
			}
			anyOrder := folder{}
			known := map[string]snapshot{}
			for _, i := range shuffled(random, len(worlds)) {
				asOf := start.Add(i)
				f := fleetOf(t, worlds[i], asOf)
				known[asOf.String()] = snapshotOf(f)
				account, err := try(t, anyOrder, f, worlds[i])
				if err != nil {
					t.Fatal(err)
				}
				checkAccount(t, account, f, known)
			}
			for _, name := range []string{nightsName, devicesName} {
				if diff := cmp.Diff(inOrder.text(name), anyOrder.text(name)); diff != "" {
					t.Errorf("%s depends on the order of recording (-in order +any order):\n%s", name, diff)
				}
			}
		})
	}
}

// shuffled gives nights mostly in order, with gaps that are filled in late, and
// nights that come twice.
func shuffled(random *rand.Rand, nights int) []int {
	var order, late []int
	for i := range nights {
		if random.IntN(6) == 0 {
			late = append(late, i)
			continue
		}
		order = append(order, i)
		if random.IntN(5) == 0 {
			order = append(order, i)
		}
		if len(late) > 0 && random.IntN(3) == 0 {
			order, late = append(order, late[len(late)-1]), late[:len(late)-1]
		}
	}
	random.Shuffle(len(late), func(i, j int) { late[i], late[j] = late[j], late[i] })
	return append(order, late...)
}

// remember adds a night to a memory that is read from its folder, as a run does.
func remember(t testing.TB, f folder, w *world, asOf calendar.Day) *Account {
	t.Helper()
	account, err := try(t, f, fleetOf(t, w, asOf), w)
	if err != nil {
		t.Fatal(err)
	}
	return account
}

func try(t testing.TB, f folder, tonight *fleet.Fleet, w *world) (*Account, error) {
	t.Helper()
	return lay(t, f, tonight, fmt.Sprint(w.settings), f)
}

// lay reads a memory from its folder and adds a night to it.
func lay(t testing.TB, f folder, tonight *fleet.Fleet, settings string, sink publish.Sink) (*Account, error) {
	t.Helper()
	log := &Log{}
	if len(f) > 0 {
		var err error
		if log, err = Open(fstest.MapFS(maps.Clone(f))); err != nil {
			t.Fatal(err)
		}
	}
	defer log.Close()
	return log.Add(Tonight{
		Fleet: tonight, Record: Record{Tool: "cutoff test", Policy: "p", Settings: settings},
		Announced: day(t, "2019-10-03"), Effective: day(t, "2020-02-04"), PaceWindow: 14,
	}, sink)
}

func checkAccount(t *testing.T, account *Account, f *fleet.Fleet, known map[string]snapshot) {
	t.Helper()
	tonight := f.AsOf.String()
	var nights []string
	for _, date := range slices.Sorted(maps.Keys(known)) {
		if date <= tonight {
			nights = append(nights, date)
		}
	}
	checkHistory(t, account.History, nights, known)
	checkSince(t, f, nights, known)
	if len(nights) == 1 {
		if account.Last != nil || account.Announcement != nil || account.Pace != nil {
			t.Errorf("%s: found something to compare with on the first night", tonight)
		}
		return
	}
	last := nights[len(nights)-2]
	announced := nights[0]
	for _, date := range nights[:len(nights)-1] {
		if date <= "2019-10-03" {
			announced = date
		}
	}
	if got := account.Last.Against.String(); got != last {
		t.Fatalf("%s is compared with %s, want %s", tonight, got, last)
	}
	if got := account.Announcement.Against.String(); got != announced {
		t.Fatalf("%s: the announcement's night is %s, want %s", tonight, got, announced)
	}
	if diff := cmp.Diff(reckon(known, last, tonight, true), linesOf(account.Last)); diff != "" {
		t.Fatalf("%s against %s (-want +got):\n%s", tonight, last, diff)
	}
	if announced != last {
		if diff := cmp.Diff(reckon(known, announced, tonight, false), linesOf(account.Announcement)); diff != "" {
			t.Fatalf("%s against %s (-want +got):\n%s", tonight, announced, diff)
		}
	} else if account.Announcement != account.Last {
		t.Errorf("%s: two comparisons with one night", tonight)
	}
	for _, c := range []*Comparison{account.Last, account.Announcement} {
		checkSum(t, c, f, known[c.Against.String()])
	}
}

func checkSum(t *testing.T, c *Comparison, f *fleet.Fleet, then snapshot) {
	t.Helper()
	was := 0
	for _, facts := range then {
		if facts.Verdict.Affected() {
			was++
		}
	}
	s := c.Sum
	sum := s.AffectedThen + s.NewlyAffected + s.Returned + s.New + s.Back - s.Fixed - s.Unclear - s.Gone
	if s.AffectedThen != was || s.AffectedNow != f.Affected || sum != f.Affected {
		t.Fatalf("%s against %s: found %+v, want %d then and %d now", f.AsOf, c.Against, s, was, f.Affected)
	}
	counted, alone := map[Kind]int{}, 0
	for _, change := range c.Changes {
		counted[change.Kind]++
		if change.RulesAlone {
			alone++
		}
		if change.Now == nil && change.Then == nil {
			t.Fatalf("found %+v", change)
		}
	}
	for _, kind := range Kinds() {
		if n, listed := c.Counts[kind]; n != counted[kind] || !listed {
			t.Errorf("%s: counted %d, listed %d", kind, n, counted[kind])
		}
	}
	if alone != c.RulesAlone {
		t.Errorf("by the rules alone: counted %d, listed %d", c.RulesAlone, alone)
	}
}

func checkHistory(t *testing.T, h History, nights []string, known map[string]snapshot) {
	t.Helper()
	var got []string
	for _, night := range h.Nights {
		got = append(got, night.String())
	}
	if diff := cmp.Diff(nights, got); diff != "" {
		t.Fatalf("nights (-want +got):\n%s", diff)
	}
	total := func(date, department string) (n [4]int) {
		for _, f := range known[date] {
			if department != "" && f.Department != department {
				continue
			}
			n[0]++
			if f.Verdict.Affected() {
				n[1]++
				if f.WaivedUntil == "" {
					n[2]++
				} else {
					n[3]++
				}
			}
		}
		return n
	}
	departments := []string{"Nobody's"}
	for _, date := range nights {
		for _, f := range known[date] {
			if !slices.Contains(departments, f.Department) {
				departments = append(departments, f.Department)
			}
		}
	}
	slices.Sort(departments)
	var named []string
	for _, d := range h.Departments {
		named = append(named, d.Name)
		if h.Department(d.Slug) == nil || d.Slug != fleet.Slug(d.Name) {
			t.Errorf("found the slug %q of %q", d.Slug, d.Name)
		}
	}
	if diff := cmp.Diff(departments, named); diff != "" {
		t.Fatalf("departments (-want +got):\n%s", diff)
	}
	for i, date := range nights {
		all := append([]DepartmentSeries{{Series: h.Fleet}}, h.Departments...)
		for _, d := range all {
			got := [4]int{d.Devices[i], d.Affected[i], d.Open[i], d.Waived[i]}
			if want := total(date, d.Name); got != want {
				t.Fatalf("%s, %q: found %v, want %v", date, d.Name, got, want)
			}
		}
		for _, verdict := range policy.Verdicts() {
			want := 0
			for _, f := range known[date] {
				if f.Verdict == verdict {
					want++
				}
			}
			if got := h.Verdicts[verdict][i]; got != want {
				t.Fatalf("%s, %s: found %d, want %d", date, verdict, got, want)
			}
		}
	}
}

// checkSince goes back night by night for every device.
func checkSince(t *testing.T, f *fleet.Fleet, nights []string, known map[string]snapshot) {
	t.Helper()
	for _, a := range f.Devices {
		name := a.GUID
		if name == "" {
			name = a.Name + "/" + a.Username
		}
		want := ""
		for i := len(nights) - 1; i >= 0; i-- {
			facts, there := known[nights[i]][name]
			if there && !facts.Verdict.Affected() {
				break
			}
			if there {
				want = nights[i]
			}
		}
		if got := a.AffectedSince.String(); got != want {
			t.Fatalf("%s, %s: affected since %q, want %q", f.AsOf, name, got, want)
		}
	}
}
