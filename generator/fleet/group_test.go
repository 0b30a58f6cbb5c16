package fleet

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/roster"
)

var asOf = calendar.New(2020, 1, 15)

// entry is a device with its verdict and department, as the stages before
// would hand them over.
type entry struct {
	guid, name, department string
	verdict                policy.Verdict
	seen                   time.Time
	waived                 bool
}

func group(t *testing.T, names []string, entries ...entry) *Fleet {
	t.Helper()
	p, err := policy.Named("code42-port-4282")
	if err != nil {
		t.Fatal(err)
	}
	facts := Facts{AsOf: asOf, StaleDays: 90, Assignment: roster.Assignment{Names: names}}
	for _, e := range entries {
		facts.Devices = append(facts.Devices, &device.Device{GUID: e.guid, Name: e.name, Home: &device.Home{}, Software: &device.Software{}, LastConnected: device.InstantOf(e.seen)})
		facts.Assessments = append(facts.Assessments, &policy.Assessment{Verdict: e.verdict})
		facts.Assignment.Departments = append(facts.Assignment.Departments, e.department)
		var waiver *device.Waiver
		if e.waived {
			waiver = &device.Waiver{Expires: asOf.Add(30)}
		}
		facts.Waivers = append(facts.Waivers, waiver)
	}
	f, err := Group(policy.New(p, policy.DefaultSettings()), facts)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestGroupSumsAgree(t *testing.T) {
	verdicts := policy.Verdicts()
	var entries []entry
	for i := range 200 {
		entries = append(entries, entry{
			guid: fmt.Sprint(i), name: fmt.Sprint("pc", i%7), department: []string{"A", "B", "C"}[i%3],
			verdict: verdicts[i%len(verdicts)], waived: i%5 == 0,
			seen: asOf.Add(-i).Start(),
		})
	}
	f := group(t, []string{"A", "B", "C", "Empty"}, entries...)
	if got := len(f.Departments); got != 4 {
		t.Fatalf("%d departments, want 4, the empty one too", got)
	}
	sum := Counts{Verdicts: make(map[policy.Verdict]int)}
	for _, d := range f.Departments {
		if len(d.Devices) != d.Counts.Devices {
			t.Errorf("%s has %d devices and counts %d", d.Name, len(d.Devices), d.Counts.Devices)
		}
		sum.Devices += d.Counts.Devices
		sum.Affected += d.Affected
		sum.Open += d.Open
		sum.Waived += d.Waived
		sum.AffectedRecent += d.AffectedRecent
		sum.AffectedStale += d.AffectedStale
		sum.AffectedUnseen += d.AffectedUnseen
		for _, verdict := range verdicts {
			sum.Verdicts[verdict] += d.Verdicts[verdict]
		}
	}
	if diff := cmp.Diff(f.Counts, sum); diff != "" {
		t.Errorf("the departments' sums differ from the fleet's (-fleet +departments):\n%s", diff)
	}
	if f.Open+f.Waived != f.Affected || f.AffectedRecent+f.AffectedStale+f.AffectedUnseen != f.Affected {
		t.Errorf("affected %d, but open %d, waived %d, recent %d, stale %d, unseen %d", f.Affected, f.Open, f.Waived, f.AffectedRecent, f.AffectedStale, f.AffectedUnseen)
	}
	total := 0
	for _, n := range f.Verdicts {
		total += n
	}
	if total != len(entries) {
		t.Errorf("verdicts sum to %d, want %d", total, len(entries))
	}
}

func TestGroupOrdersDepartmentsWorstFirst(t *testing.T) {
	f := group(t, []string{"all waived", "b calm", "a calm", "checks", "one open", "two open", "none"},
		entry{guid: "1", department: "one open", verdict: policy.Upgrade},
		entry{guid: "2", department: "two open", verdict: policy.ChangePort},
		entry{guid: "3", department: "two open", verdict: policy.UpgradeAndChangePort},
		entry{guid: "4", department: "all waived", verdict: policy.Upgrade, waived: true},
		entry{guid: "5", department: "checks", verdict: policy.Check},
		entry{guid: "6", department: "a calm", verdict: policy.Ready},
		entry{guid: "7", department: "b calm", verdict: policy.Ready},
	)
	var got []string
	for _, d := range f.Departments {
		got = append(got, d.Name)
	}
	want := []string{"two open", "one open", "all waived", "checks", "a calm", "b calm", "none"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestGroupOrdersDevicesWorstFirst(t *testing.T) {
	f := group(t, []string{"A"},
		entry{guid: "5", name: "a", department: "A", verdict: policy.Ready},
		entry{guid: "4", name: "b", department: "A", verdict: policy.Check},
		entry{guid: "3", name: "b", department: "A", verdict: policy.Upgrade},
		entry{guid: "2", name: "a", department: "A", verdict: policy.Upgrade},
		entry{guid: "1", name: "z", department: "A", verdict: policy.UpgradeAndChangePort},
		entry{guid: "0", name: "b", department: "A", verdict: policy.Upgrade},
	)
	var got []string
	for _, d := range f.Departments[0].Devices {
		got = append(got, d.GUID)
	}
	if diff := cmp.Diff([]string{"1", "2", "0", "3", "4", "5"}, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestStaleness(t *testing.T) {
	for name, test := range map[string]struct {
		seen time.Time
		want Staleness
	}{
		"never":                      {time.Time{}, SeenNever},
		"on the day":                 {asOf.Start(), Recent},
		"ninety days ago":            {asOf.Add(-90).Start(), Recent},
		"ninety days ago, last hour": {asOf.Add(-89).Start().Add(-time.Second), Recent},
		"ninety-one days ago":        {asOf.Add(-90).Start().Add(-time.Second), Stale},
	} {
		t.Run(name, func(t *testing.T) {
			f := group(t, []string{"A"}, entry{guid: "1", department: "A", verdict: policy.Upgrade, seen: test.seen})
			if got := f.Devices[0].Stale; got != test.want {
				t.Errorf("stale = %s, want %s", got, test.want)
			}
		})
	}
}

func TestAffectedSince(t *testing.T) {
	f := group(t, []string{"A"},
		entry{guid: "1", department: "A", verdict: policy.Upgrade},
		entry{guid: "2", department: "A", verdict: policy.Ready},
	)
	if got := f.Devices[0].AffectedSince; got != asOf {
		t.Errorf("affected since %s, want %s", got, asOf)
	}
	if got := f.Devices[1].AffectedSince; !got.IsZero() {
		t.Errorf("a ready device is affected since %s, want no day", got)
	}
}
