package download

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"example.org/cutoff/generator/csvcell"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// writeNetworks writes the network page as a file, with the page's addresses
// and in its order. It has a line for each device in each network where the
// device used a retired port. Each line repeats the facts of its network, so
// that people can filter the file.
func writeNetworks(w io.Writer, in Input) error {
	rules := policy.New(in.Policy, in.Config.Rules)
	lines := &csvcell.Lines{To: w}
	lines.Add("network", "known_by", "devices", "affected", "last_seen", "retired_ports", "allowed_ports", "open", "departments",
		"device_guid", "device_name", "hostname", "department", "destination", "verdict")
	for _, network := range fleet.Networks(in.Fleet, rules) {
		shared := []string{
			prefix(network), knownBy(network), strconv.Itoa(len(network.Devices)), strconv.Itoa(network.Affected), network.LastSeen.String(),
			ports(network.Ports), ports(network.Allowed), ports(in.Policy.Ports.Allowed), strings.Join(network.Departments, "; "),
		}
		for _, a := range network.Devices {
			lines.Add(slices.Concat(shared, []string{a.GUID, a.Name, a.Hostname, a.Department, string(appendDestinations(nil, a)), string(a.Verdict)})...)
		}
	}
	return lines.Err
}

func prefix(n fleet.Network) string {
	if !n.Prefix.IsValid() {
		return ""
	}
	return n.Prefix.String()
}

// knownBy says how the network is known: by the source address of observations,
// by the devices' outside address, or not at all.
func knownBy(n fleet.Network) string {
	switch {
	case !n.Prefix.IsValid():
		return "unknown"
	case n.Outside:
		return "outside"
	}
	return "source"
}

func ports(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, number := range numbers {
		texts[i] = strconv.Itoa(number)
	}
	return strings.Join(texts, "; ")
}
