package generator

import (
	"fmt"

	"example.org/cutoff/generator/problem"
)

// onDay gives the run with the configuration as it holds on the as-of date. A
// confirmation of the network that is later than it does not count yet, and is
// a problem: a site for an earlier day must not know what came after.
func (run *Run) onDay() (*Run, []problem.Problem) {
	said := run.Config.Network
	if said == nil || !said.On.After(run.AsOf) {
		return run, nil
	}
	config := *run.Config
	config.Network, config.Rules.NetworkConfirmed = nil, false
	then := *run
	then.Config = &config
	return &then, []problem.Problem{run.Config.Problem("network.confirmed_on",
		fmt.Sprintf("found %s, want a day not later than the as-of date %s: the confirmation does not count yet", said.On, run.AsOf))}
}
