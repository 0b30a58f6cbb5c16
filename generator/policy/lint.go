package policy

import (
	"fmt"
	"slices"
	"strings"

	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
)

// Lint finds what is likely wrong in a policy that can be read: ranges that
// overlap, or that no version reaches; ports and destinations that contradict each
// other; what a page will miss. Problems are in the order of the file.
func Lint(p *Policy) []problem.Problem {
	l := &linter{policy: p}
	l.consequence()
	l.versions()
	l.ports()
	l.destinations()
	l.systems()
	l.links()
	problem.Sort(l.problems)
	return l.problems
}

type linter struct {
	policy   *Policy
	problems []problem.Problem
}

// add notes a problem at a value's place. If the value is missing, it takes the
// place of the nearest key above it.
func (l *linter) add(path, format string, values ...any) {
	at, ok := l.policy.positions[path]
	for above := path; !ok && above != ""; {
		above = above[:max(strings.LastIndexAny(above, ".["), 0)]
		at, ok = l.policy.positions[above]
	}
	l.problems = append(l.problems, problem.Problem{Position: at, Kind: problem.BadSetting, Message: path + ": " + fmt.Sprintf(format, values...)})
}

// consequence wants all of its words or none: some from the policy and some from
// the program would say two things.
func (l *linter) consequence() {
	c := l.policy.Consequence
	for _, words := range []struct{ key, text, want string }{
		{"title", c.Title, "what an affected device is from the effective date on"},
		{"before", c.Before, "what will happen to it"},
		{"after", c.After, "what happens to it from that day on"},
	} {
		if words.text == "" && !l.policy.CutOff() {
			l.add("consequence."+words.key, "found no words, want %s", words.want)
		}
	}
}

func (l *linter) versions() {
	rule, at := l.policy.Versions, l.policy.unsupportedAt
	l.overlaps(rule.Connects, l.policy.connectsAt)
	l.overlaps(rule.Unsupported, at)
	for i, r := range rule.Unsupported {
		switch one := []Range{r}; {
		case len(common(one, rule.Connects)) == 0:
			l.add(at[i], "found %s, which no device reaches since all its versions are too old, want versions that connect", problem.Quote(r.Text))
		case len(without(one, rule.Connects)) > 0:
			l.add(at[i], "found %s, some of whose versions are too old, want versions that connect", problem.Quote(r.Text))
		}
	}
	if len(without(rule.Connects, rule.Unsupported)) == 0 {
		l.add("versions.unsupported", "found every version that connects, want one left to upgrade to")
	}
	if len(without([]Range{{}}, rule.Connects)) == 0 && len(l.policy.Ports.Retired) == 0 {
		l.add("versions.connects", "found every version, and no retired port, want something that the notice cuts off")
	}
}

func (l *linter) overlaps(ranges []Range, at []string) {
	for i, r := range ranges {
		for _, earlier := range ranges[:i] {
			if len(common([]Range{r}, []Range{earlier})) > 0 {
				l.add(at[i], "found %s, which overlaps %s, want each version in one range", problem.Quote(r.Text), problem.Quote(earlier.Text))
			}
		}
	}
}

func (l *linter) ports() {
	ports := l.policy.Ports
	if len(ports.Retired) == 0 && len(ports.Allowed) > 0 {
		l.add("ports.allowed", "found allowed ports and no retired one, want both or neither")
	}
	l.once("ports.retired", ports.Retired, nil)
	l.once("ports.allowed", ports.Allowed, ports.Retired)
}

// once wants each port of a list once, and in no other.
func (l *linter) once(list string, ports, others []int) {
	for i, port := range ports {
		path := fmt.Sprintf("%s[%d]", list, i)
		switch {
		case slices.Contains(others, port):
			l.add(path, "found %d, which is retired too, want it in one list", port)
		case slices.Contains(ports[:i], port):
			l.add(path, "found %d again, want it once", port)
		}
	}
}

func (l *linter) destinations() {
	p := l.policy
	switch {
	case !p.Scope.Destinations && len(p.Destinations) > 0:
		l.add("scope", "found destinations in the policy, which decide nothing in this scope, want the scope destinations or none of them")
	case p.Scope.Destinations && len(p.Destinations) == 0:
		l.add("destinations", "found none, want the vendor's cloud destinations, or every device is unclassified")
	}
	uids, names := map[string]int{}, map[string]int{}
	for i, d := range p.Destinations {
		if first, again := uids[d.UID]; again {
			l.add(fmt.Sprintf("destinations[%d].uid", i), "found %s again (first in destinations[%d]), want each UID once", problem.Quote(d.UID), first)
		} else if d.UID != "" {
			uids[d.UID] = i
		}
		for n, name := range d.Names {
			folded := spelling.Fold(name)
			if first, again := names[folded]; again {
				l.add(fmt.Sprintf("destinations[%d].names[%d]", i, n), "found %s again (first in destinations[%d]), want each name for one destination", problem.Quote(name), first)
			} else {
				names[folded] = i
			}
		}
	}
	if len(p.Ports.Retired) > 0 && len(p.Cloud.Domains)+len(p.Cloud.Networks) == 0 {
		l.add("cloud", "found neither domains nor networks, want the vendor's hosts, or no evidence counts")
	}
	for i, domain := range p.Cloud.Domains {
		for n, other := range p.Cloud.Domains {
			if i != n && (strings.HasSuffix(domain, "."+other) || domain == other && n < i) {
				l.add(fmt.Sprintf("cloud.domains[%d]", i), "found %s, which is part of %s, want the wider one alone", problem.Quote(domain), problem.Quote(other))
			}
		}
	}
	for i, network := range p.Cloud.Networks {
		for _, other := range p.Cloud.Networks[:i] {
			if network.Overlaps(other) {
				l.add(fmt.Sprintf("cloud.networks[%d]", i), "found %s, which overlaps %s, want the wider one alone", network, other)
			}
		}
	}
}

func (l *linter) systems() {
	for i, system := range l.policy.Systems {
		path := fmt.Sprintf("systems[%d]", i)
		last, err := ParseRange(system.LastApp)
		if err == nil && len(without([]Range{last}, l.policy.Versions.Connects)) == 0 {
			l.add(path+".last_app", "found %s, which connects, want a system that cannot run a version that connects", problem.Quote(system.LastApp))
		}
		for _, other := range l.policy.Systems[:i] {
			if strings.EqualFold(system.OS, other.OS) && len(common([]Range{system.Versions}, []Range{other.Versions})) > 0 {
				l.add(path+".versions", "found %s, which overlaps %s of %s, want each system once", problem.Quote(system.Versions.Text), problem.Quote(other.Versions.Text), problem.Quote(other.Name))
			}
		}
	}
}

// links wants the pages that a notice of this kind has. A notice about a vendor's
// cloud has nearly all of them. Any other needs a page on supported versions only
// if it names unsupported ones. A test page is needed where a port retires.
func (l *linter) links() {
	links, service := l.policy.Links, l.policy.Scope.Destinations
	for _, link := range []struct {
		key, address, want string
		wanted             bool
	}{
		{"notice", links.Notice, "the notice itself", service},
		{"version_policy", links.VersionPolicy, "the page on supported versions", service || len(l.policy.Versions.Unsupported) > 0},
		{"lifecycle_policy", links.LifecyclePolicy, "the page on the products' life cycle", service},
		{"connection_test", links.ConnectionTest, "the page on testing a connection", len(l.policy.Ports.Retired) > 0},
		{"device_report", links.DeviceReport, "the page on the device status report", service},
		{"help", links.Help, "the page with the vendor's help", service},
	} {
		if link.address == "" && link.wanted {
			l.add("links."+link.key, "found no link, want %s", link.want)
		}
	}
}
