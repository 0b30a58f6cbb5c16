package site

import (
	"cmp"
	"fmt"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// kit is what a manager passes on: a text for the staff, and the files that go
// with it.
type kit struct {
	// Text is plain text to forward; "" where nobody has anything to do, and then
	// there is no kit.
	Text string
	// Calendar is whether there is a day left to put in a calendar.
	Calendar bool
}

func (s *Site) kit(d *fleet.Department) kit {
	needing := d.Open + d.Verdicts[policy.Check]
	if needing == 0 {
		return kit{}
	}
	inForce := s.in.Fleet.Phase == policy.InForce
	effective := s.words.Day(s.in.Policy.Effective)
	product, cloud := s.theProduct(), prose.Visible(s.in.Policy.Vendor)+" cloud"
	var out strings.Builder
	line := func(format string, values ...any) { fmt.Fprintf(&out, format+"\n", values...) }
	if inForce {
		line("Subject: Your computer may need an upgrade now")
	} else {
		line("Subject: Your computer may need an upgrade before %s", effective)
	}
	line("\nDear all,\n")
	some := s.words.Count(needing, "of our computers needs", "of our computers need") + " attention."
	if needing == 1 {
		some = "One of our computers needs attention."
	}
	stores := s.in.Fleet.Possible.Destinations && s.in.Policy.CutOff()
	switch {
	case stores && inForce:
		line("The %s no longer lets in old versions of %s%s. %s", cloud, product, s.oldPort(), some)
	case stores:
		line("From %s on, the %s will not let in old versions of %s%s. %s", effective, cloud, product, s.oldPort(), some)
	case inForce:
		line("Since %s, a computer with an old version of %s%s %s. %s", effective, product, s.oldPort(), s.does(1), some)
	default:
		line("From %s on, a computer with an old version of %s%s %s. %s", effective, product, s.oldPort(), s.will(1), some)
	}
	line("\nPlease do two things:\n")
	look := "1. Ask me whether yours is one of them."
	how := "2. If it is: upgrade " + product + " to " + prose.Visible(s.in.Rules.Aim()) + ", or ask for help with it."
	if address := s.in.Config.SiteURL; address != "" && s.in.Config.Privacy.FleetFiles {
		look = "1. See whether yours is one of them: " + address + "find.html"
		how += "\n   How: " + address + "find.html#how-to-upgrade"
	}
	line("%s\n%s", look, how)
	if ask := s.whomToAsk(); ask != "" {
		line("\nQuestions: %s", ask)
	}
	return kit{Text: out.String(), Calendar: !inForce}
}

// oldPort goes on with the retired port; "" for a notice about versions.
func (s *Site) oldPort() string {
	if len(s.in.Policy.Ports.Retired) == 0 {
		return ""
	}
	if !s.in.Fleet.Possible.Destinations || !s.in.Policy.CutOff() {
		return ", or on " + prose.Ports(s.in.Policy.Ports.Retired).NamedOr() + ","
	}
	return ", nor anything on " + prose.Ports(s.in.Policy.Ports.Retired).NamedOr()
}

func (s *Site) whomToAsk() string {
	var all []string
	for _, c := range s.facts.Contacts {
		all = append(all, strings.TrimSpace(c.Name+" "+cmp.Or(c.Email, c.Phone, c.URL)))
	}
	return prose.Join(all, "or")
}
