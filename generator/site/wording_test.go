package site

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

func onDay(t *testing.T, asOf calendar.Day, change func(int, *device.Device)) *Site {
	t.Helper()
	s, err := New(made{devices: 6, asOf: asOf, change: change}.input(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func contains(t *testing.T, page, wanted, unwanted string) {
	t.Helper()
	page = strings.Join(strings.Fields(page), " ")
	if !strings.Contains(page, wanted) {
		t.Errorf("found no %q", wanted)
	}
	if unwanted != "" && strings.Contains(page, unwanted) {
		t.Errorf("found %q, want it in another phase only", unwanted)
	}
}

func TestWordsFitThePhase(t *testing.T) {
	onTheDay := calendar.New(2020, time.February, 4)
	for _, c := range []struct {
		name                           string
		asOf                           calendar.Day
		stops, test, answer, otherwise string
	}{
		{"before", onTheDay.Add(-1), "port 4282 stops working there on 4 February 2020.",
			"from 4 February 2020 on, the app can still connect from this network",
			"Yes, affected: from 4 February 2020 on it cannot connect to the Code42 cloud, unless somebody acts.",
			"Otherwise they cannot connect to the Code42 cloud from that day on."},
		{"on the day", onTheDay, "port 4282 no longer works there.", "the app can connect from this network, if",
			"Yes, affected: from today, 4 February 2020, it cannot connect to the Code42 cloud.",
			"Until that is put right, they cannot connect to the Code42 cloud."},
		{"afterwards", onTheDay.Add(1), "port 4282 no longer works there.", "the app can connect from this network, if",
			"Yes, affected: it has been cut off since 4 February 2020.",
			"Until that is put right, they cannot connect to the Code42 cloud."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := onDay(t, c.asOf, only("4.7.1", 443))
			out := newFolder()
			if err := s.Write(out); err != nil {
				t.Fatal(err)
			}
			page := string(out.files["connection-test.html"])
			contains(t, page, c.stops, "after 4 February 2020")
			contains(t, page, c.test, "")
			contains(t, page, "Either port is enough.", "")
			contains(t, string(out.files["find.html"]), c.answer, "")
			contains(t, string(out.files["departments/"+s.in.Fleet.Departments[0].Slug+".html"]), c.otherwise, "")
		})
	}
}

func TestNobodyIsCutOffOnTheDay(t *testing.T) {
	s := onDay(t, calendar.New(2020, time.February, 4), only("7.0.1", 443))
	want := "None of its 6 devices is known to be cut off from today, 4 February 2020."
	if got := s.departmentLead(s.in.Fleet.Departments[0]); got != want {
		t.Errorf("found %q, want %q", got, want)
	}
	if got := s.otherwise(s.in.Fleet.Departments[0].Counts); got != "" {
		t.Errorf("found the consequence %q where nobody is affected", got)
	}
}

// A device may use the retired port without being affected, because it stores
// on-premises only.
func TestNetworksCountTheAffectedApart(t *testing.T) {
	source := netip.MustParsePrefix("192.0.2.0/24")
	for _, c := range []struct {
		name, want, unwanted string
		change               func(int, *device.Device)
	}{
		{"all affected", "6 devices were last seen on port 4282, from 1 network.<", "are affected", func(i int, d *device.Device) {
			only("7.0.1", 4282)(i, d)
			d.Connections[0].Network = source
		}},
		{"one on-premises", "6 devices were last seen on port 4282, from 1 network. 5 of them are affected; the other one stores on-premises only or is still to be checked.", "", func(i int, d *device.Device) {
			only("7.0.1", 4282)(i, d)
			d.Connections[0].Network = source
			if i == 0 {
				d.Destinations = []device.Destination{{UID: "900123", Name: "Backup Server 1"}}
			}
		}},
		{"all on-premises", "6 devices were last seen on port 4282, from 1 network. None of these is affected", "", func(i int, d *device.Device) {
			only("7.0.1", 4282)(i, d)
			d.Connections[0].Network = source
			d.Destinations = []device.Destination{{UID: "900123", Name: "Backup Server 1"}}
		}},
		{"undated", "undated", "never", func(i int, d *device.Device) {
			only("7.0.1", 4282)(i, d)
			d.Connections[0].Time, d.Connections[0].Network = time.Time{}, source
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := newFolder()
			if err := onDay(t, midDecember, c.change).Write(out); err != nil {
				t.Fatal(err)
			}
			contains(t, string(out.files["network.html"]), c.want, c.unwanted)
		})
	}
}

// The note promises lines to paste only for destinations that have a line.
func TestBlankDestinationsAreCountedApart(t *testing.T) {
	for _, c := range []struct {
		name  string
		found []fleet.DestinationCount
		want  []string
	}{
		{"none", nil, nil},
		{"named", []fleet.DestinationCount{{Destination: device.Destination{Name: "Cellar"}, Devices: 3}}, []string{"1 destination is in neither list, cloud nor on-premises."}},
		{"blank", []fleet.DestinationCount{{Devices: 1}}, []string{"1 device has a blank destination cell."}},
		{"both", []fleet.DestinationCount{{Destination: device.Destination{Name: "Cellar"}}, {Destination: device.Destination{UID: "7"}}, {Devices: 4}}, []string{
			"2 destinations are in neither list, cloud nor on-premises.", "4 devices have a blank destination cell."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := onDay(t, midDecember, nil)
			s.in.Fleet.Unclassified = c.found
			var got []string
			for _, n := range s.unclassifiedNotes("") {
				got = append(got, n.Text)
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

func TestFindSaysWhomToAsk(t *testing.T) {
	for _, c := range []struct {
		name     string
		contacts []config.Contact
		want     string
	}{
		{"nobody configured", nil, "Ask the people who sent you here."},
		{"an address", []config.Contact{{Name: "Desk", Email: "desk@example.org"}}, `Ask Desk (<a href="mailto:desk@example.org?subject=Find%20a%20device">desk@example.org</a>).`},
		{"two, one by phone", []config.Contact{{Name: "Desk"}, {Name: "Night desk", Phone: "ext. 7"}}, "Ask Desk or Night desk (ext. 7)."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := New(made{devices: 3, configure: func(conf *config.Config) { conf.Contacts = c.contacts }}.input(t))
			if err != nil {
				t.Fatal(err)
			}
			out := newFolder()
			if err := s.Write(out); err != nil {
				t.Fatal(err)
			}
			contains(t, string(out.files["find.html"]), c.want, "")
		})
	}
}

func TestFindAnswersForEveryVerdict(t *testing.T) {
	s := onDay(t, midDecember, nil)
	for _, v := range policy.Verdicts() {
		answer := s.findAnswer(v)
		if yes := strings.HasPrefix(answer, "Yes, affected"); yes != v.Affected() {
			t.Errorf("%s is answered %q, want yes for affected ones and for no other", v, answer)
		}
	}
}
