package site

import (
	"fmt"
	"html/template"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/spelling"
)

// group is the devices of one verdict on one page.
type group struct {
	Verdict policy.Verdict
	Word    string
	Meaning string // why these devices are here, one sentence
	Action  string
	// Count is the number of devices with this verdict in the whole department,
	// Here the number on this page.
	Count, Here int
	Number      string // Count with its noun
	Range       string // which of them are on this page; "" for all
	// Turns says how many of them were seen lately, and why the others come
	// later; "" when all were seen lately.
	Turns string
	Lists []list
}

// list is a table of devices that need the same thing.
type list struct {
	// Head is the heading of a folded list; "" for the devices whose turn it is
	// now.
	Head   string
	Number string
	Words  string   // what to do with them
	Steps  []string // the same in steps, for those that take several
	// Open unfolds the list. It is set where no other list comes before it.
	Open bool
	// Replaced, Waivers and Tasks each add a column: the device that replaced
	// this one, until when and why it is waived, and what to do where that
	// differs from Words.
	Replaced, Waivers, Tasks bool
	Rows                     template.HTML

	turn fleet.Turn
	task string
}

// group says what the devices of one verdict have in common.
func (s *Site) group(devices []*fleet.Assessed) group {
	verdict := devices[0].Verdict
	return group{
		Verdict: verdict,
		Word:    prose.Verdict(verdict),
		Meaning: s.verdictMeaning(verdict),
		Action:  s.groupAction(verdict),
		Count:   len(devices),
		Number:  s.words.Count(len(devices), "device", "devices"),
		Turns:   s.turns(devices),
	}
}

// turns counts devices by whether it is their turn now.
func (s *Site) turns(devices []*fleet.Assessed) string {
	counts := make(map[fleet.Turn]int)
	for _, a := range devices {
		counts[a.Turn()]++
	}
	if counts[fleet.Now] == len(devices) {
		return ""
	}
	var parts []string
	for _, turn := range fleet.Turns() {
		if n := counts[turn]; n > 0 {
			parts = append(parts, s.words.Number(n)+" "+s.turnWords(turn))
		}
	}
	return strings.Join(parts, ", ")
}

func (s *Site) turnWords(turn fleet.Turn) string {
	switch turn {
	case fleet.Later:
		return "not seen for more than " + s.words.Count(s.in.Config.StaleDays, "day", "days")
	case fleet.Replaced:
		return "probably replaced"
	case fleet.Exempt:
		return "waived"
	}
	return "seen lately"
}

// list says what has to be done to the devices of a list. Its rows are written
// later.
func (s *Site) list(devices []*fleet.Assessed) list {
	first := devices[0]
	l := list{turn: first.Turn(), task: usualTask(devices), Number: s.words.Count(len(devices), "device", "devices"), Words: usualTask(devices)}
	for _, a := range devices {
		l.Tasks = l.Tasks || a.Task != l.task
	}
	if l.turn == fleet.Now {
		if first.OldSystem != nil {
			steps := s.systemSteps(first.OldSystem)
			l.Words, l.Steps = plural.Of(len(devices), "This computer needs", "These computers need")+" a newer system first, in three steps:", steps[:]
		}
		return l
	}
	l.Head = spelling.Capitalised(s.turnWords(l.turn))
	switch l.turn {
	case fleet.Later:
		l.Words = fmt.Sprintf("Find out whether %s still in use. If so: %s", plural.Of(len(devices), "it is", "they are"), spelling.Lowered(l.Words))
	case fleet.Replaced:
		l.Words = "A computer of the same name and user was seen later, under another GUID. Confirm that, then " + s.retireOld() + "."
		l.Replaced, l.Tasks = true, false
	case fleet.Exempt:
		l.Words = "A waiver does not keep a device from being " + s.fate() + ". When it ends: " + spelling.Lowered(l.Words)
		l.Waivers = true
	}
	return l
}

// retireOld says what to do with a device that was replaced.
func (s *Site) retireOld() string {
	if s.in.Fleet.Possible.Destinations {
		return "deactivate the old one in the console"
	}
	return "take the old one off the list"
}

// usualTask is what most of the devices need; on a tie, the one that comes
// first among them.
func usualTask(devices []*fleet.Assessed) string {
	counts := make(map[string]int)
	usual := devices[0].Task
	for _, a := range devices {
		counts[a.Task]++
	}
	for _, a := range devices {
		if counts[a.Task] > counts[usual] {
			usual = a.Task
		}
	}
	return usual
}

// groupAction says what to do about all devices of a group.
func (s *Site) groupAction(v policy.Verdict) string {
	upgrade := fmt.Sprintf("Upgrade %s to %s", s.theProduct(), prose.Visible(s.in.Rules.Aim()))
	port := fmt.Sprintf("allow it through the firewall on %s instead of %s", prose.Ports(s.in.Policy.Ports.Allowed).Or(), prose.Ports(s.in.Policy.Ports.Retired).Or())
	switch v {
	case policy.UpgradeAndChangePort:
		return upgrade + ", then " + port + "."
	case policy.Upgrade:
		return upgrade + "."
	case policy.ChangePort:
		return spelling.Capitalised(s.theApp()) + " is new enough: " + port + "."
	case policy.Check:
		return "Look up what is missing; the list says what follows from the answer."
	case policy.UpgradeRecommended:
		if !s.in.Policy.CutOff() {
			return upgrade + " when you can."
		}
		return upgrade + " when you can. It will still connect if you don't."
	}
	return ""
}
