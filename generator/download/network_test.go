package download

import (
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/policy"
)

func TestNetworks(t *testing.T) {
	in := small()
	in.Policy.Ports = policy.Ports{Retired: []int{4282}, Allowed: []int{443, 4287}}
	office := netip.MustParsePrefix("198.51.100.0/24")
	see := func(i, port int, network netip.Prefix) {
		d := in.Fleet.Devices[i].Device
		d.Connections = append(d.Connections, device.Connection{Port: port, Network: network, Time: time.Date(2020, 1, 10+i, 8, 0, 0, 0, time.UTC)})
	}
	see(0, 4282, office)
	see(1, 4282, office)
	see(2, 4287, office)
	see(3, 4282, netip.Prefix{})
	in.Fleet.Devices[3].RemoteNetwork = new(netip.MustParsePrefix("203.0.113.0/24"))
	see(4, 4282, netip.Prefix{})
	in.Fleet.Devices[0].Name = "=1"
	want := [][]string{
		{"network", "known_by", "devices", "affected", "last_seen", "retired_ports", "allowed_ports", "open", "departments",
			"device_guid", "device_name", "hostname", "department", "destination", "verdict"},
		{"198.51.100.0/24", "source", "2", "2", "2020-01-11", "4282", "4287", "443; 4287", "Büro/Süd; Sales",
			"839648314463407620", "'=1", "pc-00", "Sales", "Backup Server 1; 42", "upgrade-and-change-port"},
		{"198.51.100.0/24", "source", "2", "2", "2020-01-11", "4282", "4287", "443; 4287", "Büro/Süd; Sales",
			"839648314463407621", "PC-01", "pc-01", "Büro/Süd", "Backup Server 1; 42", "upgrade"},
		{"", "unknown", "1", "0", "2020-01-14", "4282", "", "443; 4287", "Sales",
			"839648314463407624", "PC-04", "pc-04", "Sales", "Backup Server 1; 42", "upgrade-recommended"},
		{"203.0.113.0/24", "outside", "1", "0", "2020-01-13", "4282", "", "443; 4287", "Büro/Süd",
			"839648314463407623", "PC-03", "pc-03", "Büro/Süd", "Backup Server 1; 42", "check"},
	}
	in.Fleet.Devices[4].DestinationKind = policy.OnPremises
	in.Policy.Cloud = policy.CloudHosts{Domains: []string{"cloud.example"}, Networks: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}
	in.Config.EvidenceDomains = []string{"more.example"}
	files := render(t, in)
	if diff := cmp.Diff(want, csvRows(t, files["data/network.csv"])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	places := "cloud.example; *.cloud.example; more.example; *.more.example; 192.0.2.0/24"
	rules := [][]string{
		{"source", "destinations", "protocol", "ports", "devices", "last_seen"},
		{"198.51.100.0/24", places, "TCP", "443; 4287", "2", "2020-01-11"},
		{"203.0.113.0/24", places, "TCP", "443; 4287", "1", "2020-01-13"},
	}
	if diff := cmp.Diff(rules, csvRows(t, files["data/firewall-rules.csv"])); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	in.Policy.Ports = policy.Ports{}
	files = render(t, in)
	for _, name := range []string{"data/network.csv", "data/firewall-rules.csv"} {
		if _, there := files[name]; there {
			t.Errorf("a policy without ports: found %s, want none", name)
		}
	}
}
