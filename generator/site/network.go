package site

import (
	"fmt"
	"html/template"

	"example.org/cutoff/generator/firewall"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// networkPage tells the network team where the retired port was seen last and
// what to open. No other page lists network addresses.
type networkPage struct {
	frame
	Retired, Allowed string
	Lead             string
	Count            int
	// Request is the firewall request as text; "" when there is nothing to
	// open.
	Request  string
	Networks template.HTML
	More     string
	// Unverified is the task for the devices whose port nobody has seen.
	Unverified string
	Evidence   string
	Window     string
}

// Bounds of the network page. The file for download has the rest.
const (
	mostNetworks     = 400
	mostPerNetwork   = 25
	mostOnNetworks   = 1_500
	departmentsNamed = 4
)

func (s *Site) network() *networkPage {
	page := &networkPage{
		frame:      s.frame("Firewall request", "network", "", "cutoff.js"),
		Retired:    prose.Ports(s.in.Policy.Ports.Retired).Or(),
		Allowed:    prose.Ports(s.in.Policy.Ports.Allowed).Or(),
		Window:     s.words.Count(s.in.Config.Rules.WindowDays, "day", "days"),
		Unverified: s.networkTask(s.in.Fleet.Verdicts[policy.VerifyPort]),
	}
	page.Notes = s.notes("")
	networks := s.networks
	page.Count = len(networks)
	devices, affected := make(map[*fleet.Assessed]bool), 0
	for _, n := range networks {
		for _, a := range n.Devices {
			if !devices[a] && a.Verdict.Affected() {
				affected++
			}
			devices[a] = true
		}
	}
	if len(networks) > 0 {
		page.Lead = fmt.Sprintf("%s last seen on port %s, from %s.", s.words.Count(len(devices), "device was", "devices were"),
			page.Retired, s.words.Count(len(networks), "network", "networks"))
		switch {
		case affected < len(devices) && !s.in.Fleet.Possible.Destinations:
			page.Lead += fmt.Sprintf(" %s of them %s affected; of the others the version is still to be checked, or their system is out of scope.", s.words.Number(affected), plural.Of(affected, "is", "are"))
		case affected == 0:
			page.Lead += " None of these is affected: each stores on-premises only or is still to be checked."
		case affected < len(devices):
			page.Lead += fmt.Sprintf(" %s of them %s affected; %s on-premises only or %s still to be checked.",
				s.words.Number(affected), plural.Of(affected, "is", "are"),
				plural.Of(len(devices)-affected, "the other one stores", "the others store"), plural.Of(len(devices)-affected, "is", "are"))
		}
	} else {
		page.Lead = fmt.Sprintf("No device was seen on port %s in the last %s.", page.Retired, page.Window)
	}
	if n := s.in.Joined + s.in.Unjoined; n > 0 {
		page.Evidence = fmt.Sprintf("%s of a port, %s of them tied to a device.", s.words.Count(n, "observation", "observations"), s.words.Number(s.in.Joined))
	}
	if rules := firewall.Rules(networks); len(rules) > 0 {
		page.Request = s.firewallRequest(rules).Text()
	}
	r := s.newRows()
	named := 0
	for _, n := range networks[:min(len(networks), mostNetworks)] {
		s.networkRow(r, n, &named)
	}
	page.Networks = r.html()
	if more := len(networks) - mostNetworks; more > 0 {
		page.More = fmt.Sprintf("%s more networks are in data/network.csv.", s.words.Number(more))
	}
	return page
}

// firewallRequest gives what the network team is asked for.
func (s *Site) firewallRequest(rules []firewall.Rule) firewall.Request {
	p, c := s.in.Policy, s.in.Config
	request := firewall.Request{
		Title: prose.Visible(p.Title), Ports: prose.Ports(p.Ports.Allowed).Or(), Rules: rules,
		Destinations: firewall.Destinations(p.Cloud, c.EvidenceDomains, c.EvidenceNetworks),
	}
	if s.in.Fleet.Phase != policy.InForce {
		request.By = s.words.Day(p.Effective)
	}
	request.Confirm = prose.Visible(prose.WhomToAsk(c.Contacts))
	return request
}

func (s *Site) networkRow(r *rows, n fleet.Network, named *int) {
	from := "not known"
	if n.Prefix.IsValid() {
		from = n.Prefix.String()
	}
	r.write(`<tr data-devices="{}"><th scope="row">{}`, len(n.Devices), from)
	if n.Outside {
		r.write(`<span class="guid">outside address</span>`)
	}
	r.write(`</th><td>{}</td><td>`, s.words.Number(len(n.Devices)))
	if n.LastSeen.IsZero() {
		r.write(`undated`)
	} else {
		r.day(n.LastSeen)
	}
	r.write(`</td><td>`)
	s.names(r, n.Departments)
	r.write(`</td><td>{}`, sentence(s.openSentence(n)))
	if others := len(n.Devices) - n.Cloud; n.Cloud > 0 && others > 0 {
		r.write(` Not counted in the request: {} on-premises only.`, s.words.Count(others, "device that stores", "devices that store"))
	}
	r.write(`</td><td><details><summary>{}</summary><ul class="names">`, s.words.Count(len(n.Devices), "device", "devices"))
	here := min(len(n.Devices), mostPerNetwork, max(0, mostOnNetworks-*named))
	for _, a := range n.Devices[:here] {
		r.write(`<li>{}</li>`, a.Called())
	}
	*named += here
	if more := len(n.Devices) - here; more > 0 {
		r.write(`<li>{} more in data/network.csv</li>`, s.words.Number(more))
	}
	r.write("</ul></details></td></tr>\n")
}

// names writes the first few names and says how many follow.
func (s *Site) names(r *rows, names []string) {
	if len(names) == 0 {
		r.write(`none`)
	}
	for i, name := range names {
		if i == departmentsNamed {
			r.write(` and {} more`, s.words.Number(len(names)-i))
			return
		}
		if i > 0 {
			r.write(`; `)
		}
		r.text(name)
	}
}

// openSentence says what to know before a network is opened; "" for nothing
// special.
func (s *Site) openSentence(n fleet.Network) string {
	allowed := prose.Ports(n.Allowed)
	switch {
	case n.Cloud == 0:
		return "Nothing to open: these devices store on-premises only."
	case len(n.Allowed) > 0 && n.Prefix.IsValid():
		return fmt.Sprintf("Port %s is open for some devices already: let all of them use it.", allowed.Or())
	case !n.Prefix.IsValid():
		return "Find out where these devices connect from, and open it there."
	case n.Outside:
		return "Open it in the network behind this outside address."
	}
	return ""
}
