package site

import (
	"fmt"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// findPage answers "is my computer affected?". The search index is in scripts
// below static/find/. They are scripts because a page that was opened from a
// disk may load those but may not fetch data. The configuration may leave the
// index out.
type findPage struct {
	frame
	Devices string
	Words   []findWord
	// HowTo is the text on how to upgrade.
	HowTo prose.Text
}

// findWord tells the script the words for a verdict. A verdict's place in the
// list is its number in the index.
type findWord struct {
	Verdict policy.Verdict
	Word    string
	Tone    string // affected, unclear or fine
	Answer  string // answers the page's question
	Upgrade bool   // an upgrade is part of what to do
}

func (s *Site) find(howTo prose.Text) *findPage {
	page := &findPage{
		frame:   s.frame("Find a device", "find", "", "cutoff.js"),
		HowTo:   howTo,
		Devices: s.words.Count(s.in.Fleet.Counts.Devices, "device", "devices"),
	}
	page.Notes = s.assumptions("")
	if page.Privacy.FleetFiles {
		page.Scripts = []string{"find.js", findFolder + "/" + findDirectory}
	}
	for _, verdict := range s.in.Fleet.Possible.Verdicts() {
		page.Words = append(page.Words, findWord{
			verdict, prose.Verdict(verdict), tone(verdict), s.findAnswer(verdict),
			verdict == policy.UpgradeAndChangePort || verdict == policy.Upgrade || verdict == policy.UpgradeRecommended,
		})
	}
	return page
}

// findAnswer answers the page's question for a device with this verdict. What
// to do follows on the page.
func (s *Site) findAnswer(v policy.Verdict) string {
	effective := s.words.Day(s.in.Policy.Effective)
	inForce := s.in.Fleet.Phase == policy.InForce
	switch {
	case v.Affected() && inForce && s.in.Fleet.AsOf == s.in.Policy.Effective:
		return fmt.Sprintf("Yes, affected: from today, %s, it %s.", effective, s.does(1))
	case v.Affected() && inForce && s.in.Policy.CutOff():
		return fmt.Sprintf("Yes, affected: it has been cut off since %s.", effective)
	case v.Affected() && inForce:
		return fmt.Sprintf("Yes, affected: since %s it %s.", effective, s.does(1))
	case v.Affected():
		return fmt.Sprintf("Yes, affected: from %s on it %s, unless somebody acts.", effective, s.fromTheDayOn(1))
	}
	switch v {
	case policy.Check:
		return "Perhaps: we know too little about it."
	case policy.UpgradeRecommended:
		return "No: it " + s.keepsOn() + ", but without the vendor’s support."
	case policy.VerifyPort:
		return "No, as far as we know: nobody has seen yet which port it uses."
	case policy.NotAffected:
		if s.in.Fleet.Possible.Families {
			return "No: it runs another system. There is nothing to do."
		}
		return "No: it stores on-premises only. There is nothing to do."
	case policy.Inactive:
		return "No: it is deactivated. There is nothing to do."
	}
	return "No: it " + s.keepsOn() + ". There is nothing to do."
}

// fromTheDayOn says what will happen to devices if nobody does anything about
// them.
func (s *Site) fromTheDayOn(devices int) string {
	if s.in.Policy.CutOff() {
		return s.does(devices)
	}
	return s.will(devices)
}

func (s *Site) keepsOn() string {
	if s.in.Policy.CutOff() {
		return "keeps connecting"
	}
	return "passes"
}

// tone sorts verdicts into three answers.
func tone(v policy.Verdict) string {
	switch {
	case v.Affected():
		return "affected"
	case v == policy.Check || v == policy.VerifyPort || v == policy.UpgradeRecommended:
		return "unclear"
	}
	return "fine"
}
