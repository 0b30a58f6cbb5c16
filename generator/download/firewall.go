package download

import (
	"io"
	"strconv"
	"strings"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/firewall"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// writeFirewallRules writes what the network team has to allow, a line for each
// network. A device needs only one of the ports.
func writeFirewallRules(w io.Writer, in Input) error {
	p := in.Policy
	places := strings.Join(firewall.Destinations(p.Cloud, in.Config.EvidenceDomains, in.Config.EvidenceNetworks), "; ")
	lines := &csvcell.Lines{To: w}
	lines.Add("source", "destinations", "protocol", "ports", "devices", "last_seen")
	for _, r := range firewall.Rules(fleet.Networks(in.Fleet, policy.New(p, in.Config.Rules))) {
		lines.Add(r.Source, places, "TCP", ports(p.Ports.Allowed), strconv.Itoa(r.Devices), r.LastSeen)
	}
	return lines.Err
}
