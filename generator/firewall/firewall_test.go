package firewall

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

func TestText(t *testing.T) {
	rules := Rules([]fleet.Network{
		{Prefix: netip.MustParsePrefix("10.20.30.0/24"), Cloud: 12, LastSeen: calendar.New(2020, 1, 14)},
		{Prefix: netip.MustParsePrefix("10.20.31.0/24"), Cloud: 0, LastSeen: calendar.New(2020, 1, 14)},
		{Prefix: netip.MustParsePrefix("203.0.113.0/24"), Outside: true, Cloud: 1, LastSeen: calendar.New(2020, 1, 13)},
		{Cloud: 2},
	})
	request := Request{
		Title: "End of support for port 4282", Ports: "443 or 4287", By: "4 February 2020", Rules: rules, Confirm: "Backup desk desk@example.org or Network team",
		Destinations: Destinations(policy.CloudHosts{Domains: []string{"cloud.example"}, Networks: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}, []string{"more.example"}, nil),
	}
	want := `Firewall request: End of support for port 4282

Please allow this before 4 February 2020:

Protocol and port: TCP 443 or 4287, outbound, without TLS inspection
Sources:
  10.20.30.0/24        12 devices, last seen 2020-01-14
  203.0.113.0/24       1 device, last seen 2020-01-13 (outside address: open it in the network behind)
  not known            2 devices, undated (source not known: find out where these devices connect from)
Destinations:
  cloud.example
  *.cloud.example
  more.example
  *.more.example
  192.0.2.0/24

Please confirm to Backup desk desk@example.org or Network team when it is done: who, when, and for which sources.
`
	if diff := cmp.Diff(want, request.Text()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	request.By, request.Confirm, request.Rules = "", "", nil
	if diff := cmp.Diff("Firewall request: End of support for port 4282\n\nPlease allow this now: the old port is closed.\n\nProtocol and port: TCP 443 or 4287, outbound, without TLS inspection\nSources:\nDestinations:\n  cloud.example\n  *.cloud.example\n  more.example\n  *.more.example\n  192.0.2.0/24\n", request.Text()); diff != "" {
		t.Errorf("in force (-want +got):\n%s", diff)
	}
}
