package memory

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/publish"
)

// benchSize gives the number of devices or nights of the benchmark. Each device
// changes three times in these nights. The size to judge by is 100,000 devices and
// 180 nights, set by CUTOFF_BENCH_DEVICES and CUTOFF_BENCH_NIGHTS.
func benchSize(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// turns are the states that a device goes through, in this order.
var turns = []policy.Assessment{
	{Verdict: policy.UpgradeAndChangePort, VersionStatus: policy.TooOld, PortStatus: policy.Retired, Port: 4282, DestinationKind: policy.Cloud},
	{Verdict: policy.ChangePort, VersionStatus: policy.Connects, PortStatus: policy.Retired, Port: 4282, DestinationKind: policy.Cloud},
	{Verdict: policy.VerifyPort, VersionStatus: policy.Connects, PortStatus: policy.Unverified, DestinationKind: policy.Cloud},
	{Verdict: policy.Ready, VersionStatus: policy.Connects, PortStatus: policy.Allowed, Port: 4287, DestinationKind: policy.Cloud},
}

// benchFleet gives a fleet on a night: device i takes its turn k on a night of
// its own in the k-th third of the time.
func benchFleet(devices, nights, night int, asOf calendar.Day) *fleet.Fleet {
	f := &fleet.Fleet{AsOf: asOf}
	f.Verdicts = make(map[policy.Verdict]int)
	versions := []device.Version{device.ParseVersion("5.3.1.12"), device.ParseVersion("7.0.3.55"), device.ParseVersion("7.0.3.55"), device.ParseVersion("7.2.0.1641")}
	places := []device.Destination{{UID: "632540230984925185", Name: "PROe Cloud, US - West"}}
	for i := range devices {
		turn := 0
		for turn < 3 && night >= nights*turn/3+1+i%max(1, nights/3) {
			turn++
		}
		a := &fleet.Assessed{Assessment: &turns[turn], Department: fmt.Sprintf("Department of things no. %d", i%40), Device: &device.Device{
			GUID: strconv.Itoa(600000000000000000 + i*3_000_000_007), Name: fmt.Sprintf("LAPTOP-%06d", i),
			Username: fmt.Sprintf("firstname.lastname%d@example.org", i), Home: &device.Home{Destinations: places}, Software: &device.Software{Version: versions[turn], Status: "Active"},
		}}
		f.Devices = append(f.Devices, a)
		f.Counts.Devices++
		f.Verdicts[a.Verdict]++
		if a.Verdict.Affected() {
			f.Affected++
			f.Open++
		}
	}
	return f
}

// BenchmarkNight adds one more night to a log of many: what the memory costs a
// run. It says how long the log is.
func BenchmarkNight(b *testing.B) {
	devices, nights := benchSize("CUTOFF_BENCH_DEVICES", 2_000), benchSize("CUTOFF_BENCH_NIGHTS", 60)
	f := folder{}
	start := day(b, "2019-10-03")
	for night := range nights {
		mustLay(b, f, benchFleet(devices, nights, night, start.Add(night)), f)
	}
	tonight := benchFleet(devices, nights, nights, start.Add(nights))
	b.ReportAllocs()
	for b.Loop() {
		mustLay(b, f, tonight, nil)
	}
	b.ReportMetric(float64(len(f.text(devicesName))+len(f.text(nightsName)))/1e6, "log-MB")
}

func mustLay(b *testing.B, f folder, tonight *fleet.Fleet, sink publish.Sink) {
	b.Helper()
	if _, err := lay(b, f, tonight, "", sink); err != nil {
		b.Fatal(err)
	}
}
