package policy

import (
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
)

// Turn is another fact and the verdict that would follow from it.
type Turn struct {
	// If is the fact, to follow "if" in a sentence: "its version were 5.4 or
	// later".
	If      string  `json:"if"`
	Verdict Verdict `json:"verdict"`
}

// Turns says what would change a device's verdict. It changes one fact at a time,
// leaves the others as they are, and gives each change that leads to another
// verdict. The list is never nil.
func (r *Rules) Turns(d *device.Device, asOf calendar.Day) []Turn {
	now := r.Assess(d, asOf)
	is := r.facts(d, now)
	turns := []Turn{}
	try := func(condition string, change func(*facts)) {
		then := is
		change(&then)
		if verdict := verdictOf(then); verdict != now.Verdict {
			turns = append(turns, Turn{condition, verdict})
		}
	}
	try("it were active", func(f *facts) { f.deactivated = false })
	try("it were deactivated", func(f *facts) { f.deactivated = true })
	try("it stored in "+r.policy.Hosts(), func(f *facts) { f.kind = Cloud })
	try("it stored on premises only", func(f *facts) { f.kind = OnPremises })
	if systems := r.policy.Scope.systems(); systems != "" {
		try("it ran "+systems, func(f *facts) { f.otherSystem = false })
		try("it ran another system than "+systems, func(f *facts) { f.otherSystem = true })
	}
	try("its version were "+r.aim, func(f *facts) { f.version = Connects })
	if r.tooOld != "" {
		try("its version were "+r.tooOld, func(f *facts) { f.version = TooOld })
	}
	if ports := r.policy.Ports; len(ports.Retired) > 0 {
		try("it were seen on "+r.allowed+" alone", func(f *facts) { f.port = Allowed })
		try("it were seen on "+portsInWords(ports.Retired), func(f *facts) { f.port = Retired })
	}
	return turns
}
