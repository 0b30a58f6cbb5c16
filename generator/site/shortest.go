package site

import (
	"fmt"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/spelling"
)

// shortestWay lists the few steps that fix most devices. Each is done once.
type shortestWay struct {
	Sentence string // "" when nothing is left to fix
	Steps    []shortestStep
	Hint     string // "" when no device needs more than one step
}

// shortestStep is one thing to do; Href is "" when no list goes with it.
type shortestStep struct {
	Text, Href string
	// Devices is how many need this step; Fixed is how many are done after it
	// and the steps before it.
	Devices, Fixed string
}

// shortest words a way. networks is the address of the list of networks to
// open, upgrades that of the devices to upgrade; either may be "". With own
// set, as on a department's page, no department is named.
func (s *Site) shortest(way fleet.Way, networks, upgrades string, own bool) shortestWay {
	if len(way.Steps) == 0 {
		return shortestWay{}
	}
	rules, apps, systems, needs := 0, 0, 0, 0
	var w shortestWay
	for _, step := range way.Steps {
		shown := shortestStep{Text: s.stepText(step, own), Href: upgrades, Devices: s.words.Number(step.Devices), Fixed: s.words.Number(step.Fixed)}
		switch {
		case step.Network != nil:
			rules++
			shown.Href = networks
		case step.System != "":
			systems++
		default:
			apps++
		}
		w.Steps = append(w.Steps, shown)
		needs += step.Devices
	}
	var parts []string
	for _, part := range []struct {
		n         int
		one, many string
	}{{rules, "firewall rule", "firewall rules"}, {apps, "upgrade", "upgrades"}, {systems, "new operating system", "new operating systems"}} {
		if part.n > 0 {
			parts = append(parts, s.words.Count(part.n, part.one, part.many))
		}
	}
	last := way.Steps[len(way.Steps)-1].Fixed
	of := fmt.Sprintf("%s of the %s devices", s.words.Number(last), s.words.Number(way.Open))
	if last == way.Open {
		of = plural.Of(last, "the one device", fmt.Sprintf("all %s devices", s.words.Number(last)))
	}
	w.Sentence = fmt.Sprintf("%s %s %s still to fix.", prose.Join(parts, "and"), plural.Of(len(way.Steps), "fixes", "fix"), of)
	if needs > last {
		w.Hint = "A device that needs several of these steps is fixed with the last of them."
	}
	return w
}

// stepText says what to do. It names a network by the departments behind it,
// because network addresses are only on the page for the network team.
func (s *Site) stepText(step fleet.Step, own bool) string {
	upgrade := "Upgrade " + s.theProduct()
	switch {
	case step.Network != nil:
		where := "a network"
		if !step.Network.Prefix.IsValid() {
			where = "a network still to be found"
		}
		if !own {
			where += " of " + s.someNames(step.Network.Departments, departmentsNamed)
		}
		return fmt.Sprintf("Allow %s through the firewall on %s in %s.", s.theApp(), prose.Ports(s.in.Policy.Ports.Allowed).Or(), where)
	case step.System != "":
		return fmt.Sprintf("Replace %s, which runs no %s that passes, then %s.", step.System, s.bareApp(), spelling.Lowered(upgrade))
	case s.in.Fleet.Possible.System:
		return upgrade + "."
	case step.Family == "":
		return upgrade + " on computers whose system is not known."
	}
	return upgrade + " on " + prose.Visible(step.Family) + " computers."
}
