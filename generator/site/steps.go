package site

import (
	"fmt"
	"strings"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// stepsOf has everything that decides what two people do about a device: the
// one who uses it, and the administrator.
type stepsOf struct {
	verdict policy.Verdict
	task    string
	old     *policy.System
}

// steps words both people's steps, each as a sentence.
func (s *Site) steps(of stepsOf) (yours, its string) {
	upgrade := fmt.Sprintf("Upgrade %s to %s", s.theProduct(), prose.Visible(s.in.Rules.Aim()))
	port := fmt.Sprintf("allow it through the firewall on %s instead of %s", prose.Ports(s.in.Policy.Ports.Allowed).Or(), prose.Ports(s.in.Policy.Ports.Retired).Or())
	offer := "Send the upgrade to this computer, or help you install it"
	if of.old != nil {
		steps := s.systemSteps(of.old)
		return "Nothing yet: this computer needs a newer system first. Ask for it.", steps[0] + " " + steps[1]
	}
	switch of.verdict {
	case policy.UpgradeAndChangePort:
		return upgrade + ".", offer + ", then " + port + "."
	case policy.Upgrade:
		return upgrade + ".", offer + "."
	case policy.ChangePort:
		return "Nothing: this is done in the network.", of.task
	case policy.VerifyPort:
		return "Nothing: the network team looks into it.", fmt.Sprintf("Make sure that port %s to %s is open where this computer is used.",
			prose.Ports(s.in.Policy.Ports.Allowed).Or(), prose.Visible(s.in.Policy.Hosts()))
	case policy.Check:
		where := ""
		if s.in.Fleet.Possible.Destinations {
			where = ", and where it stores its backups"
		}
		return "Tell IT what you know: which version of " + s.theProduct() + " it has" + where + ".", of.task
	case policy.UpgradeRecommended:
		return upgrade + " when you can.", offer + "."
	}
	return "Nothing.", "Nothing."
}

// bareApp is the app's name in front of a version number: "app 4.3.x".
func (s *Site) bareApp() string { return strings.TrimPrefix(s.theApp(), "the ") }

func (s *Site) seeThatItWorks() string {
	if s.in.Fleet.Possible.Destinations {
		return "See that " + s.theApp() + " connects and that a backup finishes."
	}
	return "See that " + s.theApp() + " works."
}

// systemSteps gives the three steps for a computer whose operating system is
// too old for the app.
func (s *Site) systemSteps(old *policy.System) [3]string {
	has := "It has " + prose.Visible(old.Name)
	if old.LastApp != "" {
		has += ", which runs nothing newer than " + s.bareApp() + " " + prose.Visible(old.LastApp)
	}
	return [3]string{
		has + ". Find out whether this computer can run a newer system; if it cannot, replace it.",
		fmt.Sprintf("Install the newer system, then upgrade %s to %s.", s.theProduct(), prose.Visible(s.in.Rules.Aim())),
		s.seeThatItWorks(),
	}
}
