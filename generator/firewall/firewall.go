// Package firewall words what a network team is asked to allow: from which
// networks, to which places, on which ports. Rules come from the assessed fleet
// or from a file of a finished site. The result is plain text for people to
// paste into a ticket.
package firewall

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
)

// Rule is what has to be allowed from one network.
type Rule struct {
	// Source is the network; "" where nobody knows where the devices connect
	// from.
	Source  string
	Devices int
	// LastSeen is the day of the newest observation on a retired port, as
	// 2020-01-14; "" when none has a date.
	LastSeen string
	// Note says in a few words what else there is to know; "" for nothing.
	Note string
}

// Rules gives one rule for each network where a device uses a retired port and
// stores in the cloud, or may do so. They are in the order of the networks; nil
// for none.
func Rules(networks []fleet.Network) []Rule {
	var rules []Rule
	for _, n := range networks {
		if n.Cloud == 0 {
			continue
		}
		r := Rule{Devices: n.Cloud, LastSeen: n.LastSeen.String()}
		switch {
		case !n.Prefix.IsValid():
			r.Note = "source not known: find out where these devices connect from"
		case n.Outside:
			r.Source, r.Note = n.Prefix.String(), "outside address: open it in the network behind"
		default:
			r.Source = n.Prefix.String()
		}
		rules = append(rules, r)
	}
	return rules
}

// Destinations gives the places to allow, from the policy and the
// configuration: first the domains, each followed by everything below it, then
// the networks.
func Destinations(hosts policy.CloudHosts, domains []string, networks []netip.Prefix) []string {
	var all []string
	for _, domain := range slices.Concat(hosts.Domains, domains) {
		all = append(all, domain, "*."+domain)
	}
	for _, network := range slices.Concat(hosts.Networks, networks) {
		all = append(all, network.String())
	}
	return all
}

// Request is what the network team is asked for.
type Request struct {
	Title        string // the notice's
	Destinations []string
	Ports        string // "443 or 4287"
	By           string // the effective day in words; "" once it has come
	Rules        []Rule
	Confirm      string // who wants to know when it is done; "" for nobody
}

// Text gives the request as plain text, for a ticket or a mail.
func (r Request) Text() string {
	var out strings.Builder
	line := func(format string, values ...any) { fmt.Fprintf(&out, format+"\n", values...) }
	line("Firewall request: %s", r.Title)
	line("")
	if r.By != "" {
		line("Please allow this before %s:", r.By)
	} else {
		line("Please allow this now: the old port is closed.")
	}
	line("")
	line("Protocol and port: TCP %s, outbound, without TLS inspection", r.Ports)
	line("Sources:")
	for _, rule := range r.Rules {
		seen := "undated"
		if rule.LastSeen != "" {
			seen = "last seen " + rule.LastSeen
		}
		text := fmt.Sprintf("  %-20s %s, %s", cmp.Or(rule.Source, "not known"), plural.Count(rule.Devices, "device", "devices"), seen)
		if rule.Note != "" {
			text += " (" + rule.Note + ")"
		}
		line("%s", text)
	}
	line("Destinations:")
	for _, destination := range r.Destinations {
		line("  %s", destination)
	}
	if r.Confirm != "" {
		line("")
		line("Please confirm to %s when it is done: who, when, and for which sources.", r.Confirm)
	}
	return out.String()
}
