package policy_test

import (
	"fmt"
	"math/rand"
	"net/netip"
	"testing"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

// madeUp gives a device with random facts. It picks from few values, so that
// networks, instants and ports often coincide.
func madeUp(random *rand.Rand, connections int) *device.Device {
	pick := func(words ...string) string { return words[random.Intn(len(words))] }
	d := &device.Device{
		Home: &device.Home{}, Software: &device.Software{Version: device.ParseVersion(pick("4.7.1", "4.8", "4.9.2", "4.10", "5.3.9", "5.4", "7.0.3.55", "?", "")), Status: device.Status(pick("", "Active", "Active", "Active", "Deactivated", "Active, Blocked"))},
	}
	places := []device.Destination{cloud, onPremises, unclassified, blank}
	for range random.Intn(4) {
		d.Destinations = append(d.Destinations, places[random.Intn(len(places))])
	}
	ports := []int{4282, 443, 4287, 4242}
	for range connections {
		c := device.Connection{Port: ports[random.Intn(len(ports))]}
		if random.Intn(4) > 0 {
			c.Time = today.Add(-random.Intn(40) + 2).Start().Add(time.Duration(random.Intn(3)) * time.Hour)
		}
		if n := random.Intn(12); n > 0 {
			c.Network = device.CutNetwork(netip.AddrFrom4([4]byte{198, 51, byte(n), 7}))
		}
		if random.Intn(4) == 0 {
			c.Destination = &places[random.Intn(len(places))]
		}
		c.Source = device.Source{File: "evidence.csv", Row: len(d.Connections) + 2}
		d.Connections = append(d.Connections, c)
	}
	return d
}

func madeUpRules(random *rand.Rand, p *policy.Policy) *policy.Rules {
	s := policy.DefaultSettings()
	s.OnPremisesDestinations = []string{"900123"}
	s.UnclassifiedIsCloud = random.Intn(2) == 0
	s.NetworkConfirmed = random.Intn(3) == 0
	return policy.New(p, s)
}

// The order in which files named destinations and connections changes nothing.
func TestOrderChangesNothing(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	p := named(t, "code42-port-4282")
	for range 5_000 {
		rules, d := madeUpRules(random, p), madeUp(random, random.Intn(40))
		before := rules.Assess(d, today)
		random.Shuffle(len(d.Destinations), func(i, j int) {
			d.Destinations[i], d.Destinations[j] = d.Destinations[j], d.Destinations[i]
		})
		random.Shuffle(len(d.Connections), func(i, j int) {
			d.Connections[i], d.Connections[j] = d.Connections[j], d.Connections[i]
		})
		if after := rules.Assess(d, today); after != before {
			t.Fatalf("found %+v, want %+v as in the other order, for %+v", after, before, d)
		}
	}
}

// Judging all at once gives what judging each gives, and equal assessments are
// shared.
func TestAssessAll(t *testing.T) {
	random := rand.New(rand.NewSource(3))
	rules := madeUpRules(random, named(t, "code42-port-4282"))
	var devices []*device.Device
	for range 2_000 {
		devices = append(devices, madeUp(random, random.Intn(3)))
	}
	shared := map[policy.Assessment]*policy.Assessment{}
	for i, got := range rules.AssessAll(devices, today) {
		if want := rules.Assess(devices[i], today); *got != want {
			t.Errorf("device %d: found %+v, want %+v", i, *got, want)
		}
		if earlier, known := shared[*got]; known && earlier != got {
			t.Errorf("device %d: found %+v a second time in memory", i, *got)
		}
		shared[*got] = got
	}
}

// The explanation, the observations and the verdict are one story.
func TestExplanationAgrees(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	p := named(t, "code42-port-4282")
	for range 5_000 {
		rules, d := madeUpRules(random, p), madeUp(random, random.Intn(40))
		a := rules.Assess(d, today)
		decided := 0
		for i, line := range rules.Explain(d, today) {
			if line.Number != i+1 {
				t.Fatalf("found line %d in place %d", line.Number, i+1)
			}
			if line.Decides {
				decided++
				if line.Verdict != a.Verdict || !line.Fits {
					t.Fatalf("found line %+v, want verdict %s", line, a.Verdict)
				}
			} else if decided == 0 && line.Fits {
				t.Fatalf("found line %d to fit and not to decide", line.Number)
			}
		}
		if decided != 1 {
			t.Fatalf("found %d lines that decide, want 1", decided)
		}
		status := policy.Unverified
		for _, o := range rules.Observations(d, today) {
			switch {
			case o.Decides && o.Weight != policy.Counts:
				t.Fatalf("found %+v to decide without counting", o)
			case o.Decides && o.Port == 4282:
				status = policy.Retired
			case o.Decides && status == policy.Unverified:
				status = policy.Allowed
			}
		}
		if status == policy.Unverified && rules.Settings().NetworkConfirmed {
			status = policy.Allowed
		}
		if status != a.PortStatus {
			t.Fatalf("found %s by the observations, %s by the assessment", status, a.PortStatus)
		}
	}
}

// benchmarkFleet is a fleet as exports give it: most devices with one cloud
// destination, a third with one observation.
func benchmarkFleet(n int) []*device.Device {
	random := rand.New(rand.NewSource(3))
	fleet := make([]*device.Device, n)
	for i := range fleet {
		d := &device.Device{
			GUID: fmt.Sprint(900000000000000000 + i),
			Home: &device.Home{Destinations: []device.Destination{{UID: "900321", Name: "PROe Cloud, US"}}}, Software: &device.Software{Version: device.Version{Major: 4 + random.Intn(4), Minor: random.Intn(10), Patch: random.Intn(3), Known: true}, Status: "Active"},
		}
		if i%3 == 0 {
			d.Connections = []device.Connection{{Port: []int{4282, 443, 4287}[random.Intn(3)], Time: today.Add(-random.Intn(40)).Start(), Network: office}}
		}
		fleet[i] = d
	}
	return fleet
}

func BenchmarkAssess(b *testing.B) {
	rules, fleet := policy.New(named(b, "code42-port-4282"), policy.DefaultSettings()), benchmarkFleet(100_000)
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range fleet {
			rules.Assess(d, today)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(fleet)), "ns/device")
}

func BenchmarkAction(b *testing.B) {
	rules, fleet := policy.New(named(b, "code42-port-4282"), policy.DefaultSettings()), benchmarkFleet(100_000)
	assessed := make([]policy.Assessment, len(fleet))
	for i, d := range fleet {
		assessed[i] = rules.Assess(d, today)
	}
	b.ReportAllocs()
	for b.Loop() {
		for i, d := range fleet {
			rules.Action(d, assessed[i])
			rules.Why(d, assessed[i], today)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(fleet)), "ns/device")
}

// The usual device is judged without an allocation.
func TestAssessAllocatesNothing(t *testing.T) {
	rules, fleet := policy.New(named(t, "code42-port-4282"), policy.DefaultSettings()), benchmarkFleet(30)
	for _, d := range fleet {
		if n := testing.AllocsPerRun(10, func() { rules.Assess(d, today) }); n > 0 {
			t.Errorf("%+v: found %.0f allocations, want none", d, n)
		}
	}
}

func TestPhases(t *testing.T) {
	rules := policy.New(named(t, "code42-port-4282"), policy.DefaultSettings())
	tests := []struct {
		day  calendar.Day
		want policy.Phase
	}{
		{calendar.New(2019, 10, 2), policy.Before},
		{calendar.New(2019, 10, 3), policy.Announced},
		{calendar.New(2019, 12, 5), policy.Announced},
		{calendar.New(2019, 12, 6), policy.Approaching},
		{calendar.New(2020, 1, 20), policy.Approaching},
		{calendar.New(2020, 1, 21), policy.Imminent},
		{calendar.New(2020, 2, 3), policy.Imminent},
		{calendar.New(2020, 2, 4), policy.InForce},
		{calendar.New(2020, 2, 5), policy.InForce},
		{calendar.New(2021, 2, 4), policy.InForce},
	}
	for _, test := range tests {
		if got := rules.Phase(test.day); got != test.want {
			t.Errorf("%s: found phase %s, want %s", test.day, got, test.want)
		}
	}
}
