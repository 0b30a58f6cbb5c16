package policy_test

import (
	"net/netip"
	"os"
	"testing"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

func named(t testing.TB, name string) *policy.Policy {
	t.Helper()
	p, err := policy.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func fromFile(t testing.TB, file string) *policy.Policy {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p, err := policy.Parse(file, text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func ranges(t testing.TB, text string) []policy.Range {
	t.Helper()
	found, err := policy.ParseRanges(text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// today is the as-of day of the tests: 30 days back is 16 December 2019.
var today = calendar.New(2020, time.January, 15)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

var (
	cloud        = device.Destination{UID: "43", Name: "PROe Cloud, US"}
	onPremises   = device.Destination{UID: "900123", Name: "Backup Server 1"}
	unclassified = device.Destination{UID: "900999", Name: "Somewhere"}
	blank        = device.Destination{}
	office       = netip.MustParsePrefix("198.51.100.0/24")
	branch       = netip.MustParsePrefix("203.0.113.0/24")
)

func in(destinations ...device.Destination) []device.Destination { return destinations }

// seen is an observation of evidence; when is "" for an undated one.
func seen(port int, when string, network netip.Prefix) device.Connection {
	c := device.Connection{Port: port, Network: network}
	if when != "" {
		c.Time = at(when)
	}
	return c
}

// row is the port column of a report's own row.
func row(port int, when string, destination device.Destination) device.Connection {
	c := seen(port, when, netip.Prefix{})
	c.Destination = &destination
	return c
}

var none netip.Prefix

func TestAssess(t *testing.T) {
	tests := []struct {
		name         string
		version      string
		status       device.Status
		destinations []device.Destination
		connections  []device.Connection
		settings     func(*policy.Settings)
		asOf         calendar.Day

		verdict policy.Verdict
		axes    [3]string // version status, port status, destination kind
		port    int
	}{
		// Boundary versions, in the cloud, without evidence.
		{name: "4.7.9", version: "4.7.9", verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "4.7.9 of four parts", version: "4.7.9.1234", verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "1.0", version: "1.0", verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "4.8", version: "4.8", verdict: policy.UpgradeRecommended, axes: [3]string{"unsupported", "unverified", "cloud"}},
		{name: "4.8.0", version: "4.8.0", verdict: policy.UpgradeRecommended, axes: [3]string{"unsupported", "unverified", "cloud"}},
		{name: "4.9.9", version: "4.9.9", verdict: policy.UpgradeRecommended, axes: [3]string{"unsupported", "unverified", "cloud"}},
		{name: "4.10", version: "4.10", verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "4.80", version: "4.80", verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "5.3.99", version: "5.3.99", verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "5.4", version: "5.4", verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "5.04.1", version: "5.04.1", verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "5.40", version: "5.40", verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "10.0", version: "10.0", verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "6.6.0 with its build", version: "6.6.0 (Build: 4347)", verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "long 4.8.2", version: "1436674800482", verdict: policy.UpgradeRecommended, axes: [3]string{"unsupported", "unverified", "cloud"}},
		{name: "long 4.6.0", version: "1435813200460", verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "long 5.4.3", version: "1465571600543", verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "long 10.0.0", version: "15252000061000", verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "long on an unknown base", version: "1268066820719", verdict: policy.Check, axes: [3]string{"unknown", "unverified", "cloud"}},
		{name: "empty version", version: "", verdict: policy.Check, axes: [3]string{"unknown", "unverified", "cloud"}},
		{name: "version null", version: "null", verdict: policy.Check, axes: [3]string{"unknown", "unverified", "cloud"}},
		{name: "version unknown", version: "unknown", verdict: policy.Check, axes: [3]string{"unknown", "unverified", "cloud"}},

		// The supported list.
		{name: "on the supported list", version: "7.0.0", settings: supports(t, ">= 7.0"), verdict: policy.VerifyPort, axes: [3]string{"supported", "unverified", "cloud"}},
		{name: "below the supported list", version: "6.9.9", settings: supports(t, ">= 7.0"), verdict: policy.UpgradeRecommended, axes: [3]string{"unsupported", "unverified", "cloud"}},
		{name: "too old though listed", version: "4.7.0", settings: supports(t, ">= 4.0"), verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "4.8 though listed", version: "4.8.4", settings: supports(t, ">= 4.0"), verdict: policy.UpgradeRecommended, axes: [3]string{"unsupported", "unverified", "cloud"}},

		// Destinations.
		{name: "known by UID, under a name of their own", version: "4.7", destinations: in(device.Destination{UID: "42", Name: "Our vault"}), verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "known by name in another case", version: "4.7", destinations: in(device.Destination{UID: "1", Name: "proe CLOUD, us"}), verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "part of a name is no name", version: "4.7", destinations: in(device.Destination{Name: "PROe Cloud"}), verdict: policy.Check, axes: [3]string{"too-old", "unverified", "unclassified"}},
		{name: "the UID goes before the name", version: "4.7", destinations: in(device.Destination{UID: "900123", Name: "CrashPlan Central"}), verdict: policy.NotAffected, axes: [3]string{"too-old", "unverified", "on-premises"}},
		{name: "on-premises", version: "4.7", destinations: in(onPremises), verdict: policy.NotAffected, axes: [3]string{"too-old", "unverified", "on-premises"}},
		{name: "on-premises with an unknown version", version: "", destinations: in(onPremises), verdict: policy.NotAffected, axes: [3]string{"unknown", "unverified", "on-premises"}},
		{name: "cloud and on-premises", version: "4.7", destinations: in(onPremises, cloud), verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "mixed"}},
		{name: "cloud, on-premises and unclassified", version: "5.4", destinations: in(onPremises, unclassified, cloud), verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "mixed"}},
		{name: "cloud and unclassified", version: "4.7", destinations: in(unclassified, cloud), verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "on-premises and unclassified", version: "4.7", destinations: in(onPremises, unclassified), verdict: policy.Check, axes: [3]string{"too-old", "unverified", "unclassified"}},
		{name: "on-premises and a blank cell", version: "4.7", destinations: in(onPremises, blank), verdict: policy.Check, axes: [3]string{"too-old", "unverified", "unclassified"}},
		{name: "a blank cell alone", version: "4.7", destinations: in(blank), verdict: policy.Check, axes: [3]string{"too-old", "unverified", "unclassified"}},
		{name: "no destination column at all", version: "4.7", destinations: []device.Destination{}, verdict: policy.Check, axes: [3]string{"too-old", "unverified", "unclassified"}},
		{name: "unclassified, too old", version: "4.7", destinations: in(unclassified), verdict: policy.Check, axes: [3]string{"too-old", "unverified", "unclassified"}},
		{name: "unclassified, connects", version: "6.0", destinations: in(unclassified), verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "unclassified"}},
		{name: "unclassified, 4.9", version: "4.9", destinations: in(unclassified), verdict: policy.UpgradeRecommended, axes: [3]string{"unsupported", "unverified", "unclassified"}},
		{name: "unclassified on the retired port", version: "6.0", destinations: in(unclassified), connections: []device.Connection{seen(4282, "", none)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "unclassified"}, port: 4282},
		{name: "unclassified as cloud, too old", version: "4.7", destinations: in(unclassified), settings: unclassifiedIsCloud, verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "unclassified"}},
		{name: "unclassified as cloud, too old, retired port", version: "4.7", destinations: in(unclassified), connections: []device.Connection{seen(4282, "", none)}, settings: unclassifiedIsCloud, verdict: policy.UpgradeAndChangePort, axes: [3]string{"too-old", "retired", "unclassified"}, port: 4282},
		{name: "unclassified as cloud, unknown version", version: "?", destinations: in(unclassified), settings: unclassifiedIsCloud, verdict: policy.Check, axes: [3]string{"unknown", "unverified", "unclassified"}},
		{name: "unclassified as cloud, connects", version: "6.0", destinations: in(unclassified), settings: unclassifiedIsCloud, verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "unclassified"}},
		{name: "on-premises and unclassified as cloud", version: "4.7", destinations: in(onPremises, unclassified), settings: unclassifiedIsCloud, verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "unclassified"}},
		{name: "cloud by the configuration's name", version: "4.7", destinations: in(unclassified), settings: func(s *policy.Settings) { s.CloudDestinations = []string{"SOMEWHERE"} }, verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "cloud by the configuration's UID", version: "4.7", destinations: in(unclassified), settings: func(s *policy.Settings) { s.CloudDestinations = []string{"900999"} }, verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "a name beyond ASCII, in another case", version: "4.7", destinations: in(device.Destination{Name: "SICHERUNG GROSSE STRASSE"}), settings: func(s *policy.Settings) { s.OnPremisesDestinations = []string{"Sicherung Große Straße"} }, verdict: policy.NotAffected, axes: [3]string{"too-old", "unverified", "on-premises"}},

		// Ports.
		{name: "retired port", version: "6.8", connections: []device.Connection{seen(4282, "2020-01-10T08:00:00Z", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "retired port, too old", version: "4.7", connections: []device.Connection{seen(4282, "2020-01-10T08:00:00Z", office)}, verdict: policy.UpgradeAndChangePort, axes: [3]string{"too-old", "retired", "cloud"}, port: 4282},
		{name: "retired port, 4.8", version: "4.8", connections: []device.Connection{seen(4282, "", none)}, verdict: policy.ChangePort, axes: [3]string{"unsupported", "retired", "cloud"}, port: 4282},
		{name: "retired port, unknown version", version: "", connections: []device.Connection{seen(4282, "", none)}, verdict: policy.Check, axes: [3]string{"unknown", "retired", "cloud"}, port: 4282},
		{name: "allowed port", version: "6.8", connections: []device.Connection{seen(4287, "2020-01-10T08:00:00Z", office)}, verdict: policy.Ready, axes: [3]string{"connects", "allowed", "cloud"}, port: 4287},
		{name: "allowed port, too old", version: "4.7", connections: []device.Connection{seen(443, "", none)}, verdict: policy.Upgrade, axes: [3]string{"too-old", "allowed", "cloud"}, port: 443},
		{name: "another port", version: "6.8", connections: []device.Connection{seen(4242, "2020-01-10T08:00:00Z", office)}, verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "another port is no dated observation", version: "6.8", connections: []device.Connection{seen(4242, "2020-01-10T08:00:00Z", office), seen(443, "", office)}, verdict: policy.Ready, axes: [3]string{"connects", "allowed", "cloud"}, port: 443},
		{name: "both, the retired one newer", version: "6.8", connections: []device.Connection{seen(443, "2020-01-09T08:00:00Z", office), seen(4282, "2020-01-10T08:00:00Z", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "both, fixed yesterday", version: "6.8", connections: []device.Connection{seen(4282, "2020-01-13T08:00:00Z", office), seen(443, "2020-01-14T08:00:00Z", office)}, verdict: policy.Ready, axes: [3]string{"connects", "allowed", "cloud"}, port: 443},
		{name: "both at one instant", version: "6.8", connections: []device.Connection{seen(443, "2020-01-10T08:00:00Z", office), seen(4282, "2020-01-10T08:00:00Z", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "both at one instant in two zones", version: "6.8", connections: []device.Connection{seen(443, "2020-01-10T08:00:00Z", office), seen(4282, "2020-01-10T02:00:00-06:00", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "both undated", version: "6.8", connections: []device.Connection{seen(443, "", office), seen(4282, "", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "an undated retired one beside a dated allowed one", version: "6.8", connections: []device.Connection{seen(4282, "", office), seen(443, "2019-12-20T08:00:00Z", office)}, verdict: policy.Ready, axes: [3]string{"connects", "allowed", "cloud"}, port: 443},
		{name: "an undated retired one, the dated one elsewhere", version: "6.8", connections: []device.Connection{seen(4282, "", branch), seen(443, "2020-01-10T08:00:00Z", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "an undated retired one, the dated one outside the window", version: "6.8", connections: []device.Connection{seen(4282, "", office), seen(443, "2019-10-01T08:00:00Z", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "two networks, one still retired", version: "6.8", connections: []device.Connection{seen(443, "2020-01-14T08:00:00Z", office), seen(4282, "2019-12-20T08:00:00Z", branch)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "two networks, both fixed", version: "6.8", connections: []device.Connection{seen(443, "2020-01-14T08:00:00Z", office), seen(4282, "2019-12-20T08:00:00Z", branch), seen(4287, "2019-12-21T08:00:00Z", branch)}, verdict: policy.Ready, axes: [3]string{"connects", "allowed", "cloud"}, port: 443},
		{name: "without an address all are one network", version: "6.8", connections: []device.Connection{seen(4282, "2020-01-10T08:00:00Z", none), seen(443, "2020-01-11T08:00:00Z", none)}, verdict: policy.Ready, axes: [3]string{"connects", "allowed", "cloud"}, port: 443},
		{name: "first instant of the window", version: "6.8", connections: []device.Connection{seen(4282, "2019-12-16T00:00:00Z", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "just before the window", version: "6.8", connections: []device.Connection{seen(4282, "2019-12-15T23:59:59Z", office)}, verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "last instant of the as-of day", version: "6.8", connections: []device.Connection{seen(4282, "2020-01-15T23:59:59Z", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "when the as-of day has ended everywhere", version: "6.8", connections: []device.Connection{seen(4282, "2020-01-16T11:59:59Z", office)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "after the as-of day", version: "6.8", connections: []device.Connection{seen(4282, "2020-01-16T12:00:00Z", office)}, verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "a shorter window", version: "6.8", connections: []device.Connection{seen(4282, "2020-01-12T08:00:00Z", office)}, settings: func(s *policy.Settings) { s.WindowDays = 2 }, verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "cloud"}},
		{name: "a window of the day alone", version: "6.8", connections: []device.Connection{seen(4282, "2020-01-15T00:00:00Z", office)}, settings: func(s *policy.Settings) { s.WindowDays = 0 }, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},

		// A report's own port column.
		{name: "port column on a cloud row", version: "6.8", connections: []device.Connection{row(4282, "2020-01-10T08:00:00Z", cloud)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "port column on an unclassified row", version: "6.8", destinations: in(unclassified), connections: []device.Connection{row(4282, "2020-01-10T08:00:00Z", unclassified)}, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "unclassified"}, port: 4282},
		{name: "port column on an on-premises row", version: "6.8", destinations: in(cloud, onPremises), connections: []device.Connection{row(4282, "2020-01-10T08:00:00Z", onPremises)}, verdict: policy.VerifyPort, axes: [3]string{"connects", "unverified", "mixed"}},
		{name: "port columns on both rows", version: "6.8", destinations: in(cloud, onPremises), connections: []device.Connection{row(4282, "2020-01-10T08:00:00Z", onPremises), row(4287, "2020-01-02T08:00:00Z", cloud)}, verdict: policy.Ready, axes: [3]string{"connects", "allowed", "mixed"}, port: 4287},
		{name: "on-premises on 4282 at its own server", version: "6.8", destinations: in(onPremises), connections: []device.Connection{row(4282, "2020-01-10T08:00:00Z", onPremises)}, verdict: policy.NotAffected, axes: [3]string{"connects", "unverified", "on-premises"}},

		// Confirmation.
		{name: "confirmed network, no evidence", version: "6.8", settings: confirmed, verdict: policy.Ready, axes: [3]string{"connects", "allowed", "cloud"}},
		{name: "confirmed network, evidence against it", version: "6.8", connections: []device.Connection{seen(4282, "", none)}, settings: confirmed, verdict: policy.ChangePort, axes: [3]string{"connects", "retired", "cloud"}, port: 4282},
		{name: "confirmed network, too old", version: "4.7", settings: confirmed, verdict: policy.Upgrade, axes: [3]string{"too-old", "allowed", "cloud"}},

		// Status.
		{name: "deactivated", version: "4.7", status: "Deactivated", verdict: policy.Inactive, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "deactivated on premises", version: "4.7", status: "Deactivated, Blocked", destinations: in(onPremises), verdict: policy.Inactive, axes: [3]string{"too-old", "unverified", "on-premises"}},
		{name: "blocked", version: "4.7", status: "Active, Blocked", verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "deauthorized", version: "4.7", status: "Active, Deauthorized", verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},

		// The verdict is the same before, on and after the effective date.
		{name: "the day before", version: "4.7", asOf: calendar.New(2020, 2, 3), verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "on the day", version: "4.7", asOf: calendar.New(2020, 2, 4), verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "the day after", version: "4.7", asOf: calendar.New(2020, 2, 5), verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
		{name: "before the announcement", version: "4.7", asOf: calendar.New(2019, 10, 2), verdict: policy.Upgrade, axes: [3]string{"too-old", "unverified", "cloud"}},
	}
	p := named(t, "code42-port-4282")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := policy.DefaultSettings()
			s.OnPremisesDestinations = []string{"Backup Server 1", "900123"}
			if test.settings != nil {
				test.settings(&s)
			}
			asOf := test.asOf
			if asOf.IsZero() {
				asOf = today
			}
			destinations := test.destinations
			if destinations == nil {
				destinations = in(cloud)
			}
			d := &device.Device{
				Home: &device.Home{Destinations: destinations}, Software: &device.Software{Version: device.ParseVersion(test.version), Status: test.status},
				Connections: test.connections,
			}
			got := policy.New(p, s).Assess(d, asOf)
			if got.Verdict != test.verdict {
				t.Errorf("verdict: found %s, want %s", got.Verdict, test.verdict)
			}
			if axes := [3]string{string(got.VersionStatus), string(got.PortStatus), string(got.DestinationKind)}; axes != test.axes {
				t.Errorf("version status, port status, destination kind: found %v, want %v", axes, test.axes)
			}
			if got.Port != test.port {
				t.Errorf("port: found %d, want %d", got.Port, test.port)
			}
		})
	}
}

func supports(t *testing.T, text string) func(*policy.Settings) {
	list := &policy.SupportList{Versions: ranges(t, text)}
	return func(s *policy.Settings) { s.Supported = list }
}

func unclassifiedIsCloud(s *policy.Settings) { s.UnclassifiedIsCloud = true }

func confirmed(s *policy.Settings) { s.NetworkConfirmed = true }

// The marks that an assessment has beside its verdict.
func TestAssessMarks(t *testing.T) {
	p, s := named(t, "code42-port-4282"), policy.DefaultSettings()
	s.OnPremisesDestinations = []string{"900123"}
	tests := []struct {
		name        string
		destination device.Destination
		connections []device.Connection
		confirmed   bool
		cloudPort   bool
		byWord      bool
	}{
		{"on-premises on 4282 at the vendor's cloud", onPremises, []device.Connection{seen(4282, "2020-01-10T08:00:00Z", office)}, false, true, false},
		{"on-premises on 4282, later fixed", onPremises, []device.Connection{seen(4282, "2020-01-10T08:00:00Z", office), seen(443, "2020-01-11T08:00:00Z", office)}, false, true, false},
		{"on-premises on 4282 long ago", onPremises, []device.Connection{seen(4282, "2019-01-10T08:00:00Z", office)}, false, false, false},
		{"on-premises on 443 at the vendor's cloud", onPremises, []device.Connection{seen(443, "2020-01-10T08:00:00Z", office)}, false, false, false},
		{"on-premises on 4282 at its own server", onPremises, []device.Connection{row(4282, "2020-01-10T08:00:00Z", onPremises)}, false, false, false},
		{"cloud on 4282", cloud, []device.Connection{seen(4282, "2020-01-10T08:00:00Z", office)}, false, false, false},
		{"allowed by the confirmation alone", cloud, nil, true, false, true},
		{"allowed by evidence under a confirmation", cloud, []device.Connection{seen(443, "", none)}, true, false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s.NetworkConfirmed = test.confirmed
			got := policy.New(p, s).Assess(&device.Device{Home: &device.Home{Destinations: in(test.destination)}, Software: &device.Software{Version: device.ParseVersion("6.8")}, Connections: test.connections}, today)
			if got.CloudPortOnPremises != test.cloudPort {
				t.Errorf("retired port at the cloud, on-premises: found %t, want %t", got.CloudPortOnPremises, test.cloudPort)
			}
			if got.ConfirmedPort != test.byWord {
				t.Errorf("allowed by confirmation: found %t, want %t", got.ConfirmedPort, test.byWord)
			}
			if test.cloudPort && got.Verdict != policy.NotAffected {
				t.Errorf("verdict: found %s, want it to stand", got.Verdict)
			}
		})
	}
}

// Another notice is judged by its own versions and ports alone.
func TestAssessAnotherPolicy(t *testing.T) {
	p := fromFile(t, "testdata/harbor-tls.yaml")
	asOf := calendar.New(2031, 9, 1)
	north, south := device.Destination{Name: "harbor north"}, device.Destination{UID: "7", Name: "HAFEN SÜD"}
	tests := []struct {
		name        string
		version     string
		destination device.Destination
		port        int
		want        policy.Verdict
	}{
		{"before the exception", "2.1.3", north, 8443, policy.Upgrade},
		{"the exception", "2.1.4", north, 8443, policy.Ready},
		{"after the exception", "2.1.5", north, 8443, policy.Upgrade},
		{"4.8 is nothing special", "4.8", south, 8443, policy.Ready},
		{"just below the floor", "3.1.99", south, 8443, policy.Upgrade},
		{"the floor", "3.2", south, 8443, policy.Ready},
		{"the last below the ceiling", "12.99.99", south, 8443, policy.Ready},
		{"the ceiling", "13.0", south, 8443, policy.Upgrade},
		{"one retired port", "3.2", north, 8080, policy.ChangePort},
		{"the other retired port, too old", "3.1", north, 9000, policy.UpgradeAndChangePort},
		{"4282 means nothing here", "3.2", north, 4282, policy.VerifyPort},
		{"443 means nothing here", "3.2", north, 443, policy.VerifyPort},
		{"the other vendor's cloud is unclassified", "3.1", cloud, 8443, policy.Check},
	}
	rules := policy.New(p, policy.DefaultSettings())
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := &device.Device{
				Home: &device.Home{Destinations: in(test.destination)}, Software: &device.Software{Version: device.ParseVersion(test.version)},
				Connections: []device.Connection{seen(test.port, "2031-08-20T00:00:00Z", office)},
			}
			if got := rules.Assess(d, asOf).Verdict; got != test.want {
				t.Errorf("found %s, want %s", got, test.want)
			}
		})
	}
}

// A policy that retires no port leaves ports out: all count as allowed.
func TestAssessWithoutPorts(t *testing.T) {
	p := *fromFile(t, "testdata/harbor-tls.yaml")
	p.Ports = policy.Ports{}
	rules := policy.New(&p, policy.DefaultSettings())
	for _, port := range []int{0, 8080, 8443} {
		d := &device.Device{Home: &device.Home{Destinations: in(device.Destination{Name: "Harbor North"})}, Software: &device.Software{Version: device.ParseVersion("3.2")}}
		if port != 0 {
			d.Connections = []device.Connection{seen(port, "", none)}
		}
		want := policy.Assessment{Verdict: policy.Ready, VersionStatus: policy.Connects, PortStatus: policy.Allowed, DestinationKind: policy.Cloud}
		if got := rules.Assess(d, calendar.New(2031, 9, 1)); got != want {
			t.Errorf("port %d: found %+v, want %+v", port, got, want)
		}
	}
}
