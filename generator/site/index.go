package site

import (
	"fmt"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// indexPage is the first page. It is in the order of a reader who comes back:
// how the fleet is doing, which departments, what to do, then the announcement.
type indexPage struct {
	frame
	Heading string // what happens and when
	Summary string
	// Figures say how many of this fleet's devices will be cut off, and how many
	// days are left.
	Figures []figure
	// Question is what the burn-down answers, Answer the answer in a few words.
	Question, Answer string
	Burndown         burndown
	Shortest         shortestWay
	Timeline         []step
	Announcement     prose.Text // in brief once the date is near
	Onwards          []link     // what goes with the announcement
	Bar              bar
	Split            []splitRow // the affected devices by when they were last seen
	NetworkTask      string     // the one task for verify-port; "" when no device has it
	Departments      departmentTable
	Versions         versionsPart
}

// splitRow is one part of the affected devices.
type splitRow struct {
	Key, Text, Number string
	Count             int
}

func (s *Site) index(announcement prose.Text, departments departmentTable) *indexPage {
	f := s.in.Fleet
	onIndex, onwards := s.onIndex(announcement)
	page := &indexPage{
		frame:        s.frame("Overview", "index", "", "cutoff.js"),
		Heading:      announcement.Title,
		Summary:      announcement.Summary,
		Figures:      []figure{s.fleetFigure(), s.daysFigure()},
		Question:     s.question(),
		Answer:       s.shortAnswer(),
		Burndown:     s.fleetBurndown(),
		Shortest:     s.shortest(s.ways.Shortest(f.Devices), "network.html", "#systems", false),
		Timeline:     s.timeline(),
		Announcement: onIndex,
		Onwards:      onwards,
		Bar:          s.bar("fleet", "Verdicts of the whole fleet", f.Counts, func(policy.Verdict) string { return "" }),
		Split:        s.split(f.Counts),
		NetworkTask:  s.networkTask(f.Verdicts[policy.VerifyPort]),
		Departments:  departments,
		Versions:     s.versions(),
	}
	page.Notes = s.notes("")
	return page
}

// split divides the affected devices by when they were last seen.
func (s *Site) split(counts fleet.Counts) []splitRow {
	days := s.words.Count(s.in.Config.StaleDays, "day", "days")
	var rows []splitRow
	for _, row := range []splitRow{
		{Key: "recent", Text: plural.Of(counts.AffectedRecent, "was", "were") + " seen in the last " + days, Count: counts.AffectedRecent},
		{Key: "stale", Text: plural.Of(counts.AffectedStale, "was", "were") + " not", Count: counts.AffectedStale},
		{Key: "unseen", Text: plural.Of(counts.AffectedUnseen, "has", "have") + " no date", Count: counts.AffectedUnseen},
	} {
		if row.Count > 0 {
			row.Number = s.words.Number(row.Count)
			rows = append(rows, row)
		}
	}
	return rows
}

// networkTask is one sentence for all devices whose port nobody has seen.
func (s *Site) networkTask(devices int) string {
	if devices == 0 {
		return ""
	}
	return fmt.Sprintf("We have no port evidence for %s. %s nothing else. It is one task for the network: make sure that the firewall allows %s everywhere, and record who confirmed it.",
		s.words.Count(devices, "device", "devices"), plural.Of(devices, "It needs", "They need"), prose.Ports(s.in.Policy.Ports.Allowed).Or())
}

// question is what a reader who comes back asks first.
func (s *Site) question() string {
	switch {
	case s.in.Fleet.Open == 0:
		return "Are we done?"
	case s.in.Fleet.Phase == policy.InForce:
		return "When will we be done?"
	}
	return "Will we make it?"
}

// shortAnswer answers that question in a few words.
func (s *Site) shortAnswer() string {
	counts, inForce := s.in.Fleet.Counts, s.in.Fleet.Phase == policy.InForce
	if check := counts.Verdicts[policy.Check]; counts.Open == 0 && check > 0 {
		return "Not yet: " + s.words.Count(check, "device is", "devices are") + " still to be checked."
	}
	if counts.Open == 0 && counts.Waived > 0 {
		cut := "will be " + s.fate()
		if inForce {
			cut = plural.Of(counts.Waived, "is", "are") + " " + s.fate()
		}
		return fmt.Sprintf("Yes, but for %s, which %s.", s.words.Count(counts.Waived, "waived device", "waived devices"), cut)
	}
	if counts.Open == 0 {
		return "Yes, as far as is known."
	}
	if s.in.Memory == nil || s.in.Memory.Pace == nil {
		return "Too early to say."
	}
	pace := s.in.Memory.Pace
	switch {
	case inForce && pace.DoneOn != nil:
		return "At this pace, on " + s.words.Day(*pace.DoneOn) + "."
	case !inForce && pace.OpenOnEffective == 0:
		return "Yes, at this pace."
	}
	return "Not at this pace."
}
