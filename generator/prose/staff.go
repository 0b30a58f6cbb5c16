package prose

import (
	"cmp"
	"strings"

	"example.org/cutoff/generator/config"
)

// StaffLine is a paragraph of the text that a manager passes on to the staff.
// The department's page shows it for copying, the manager's mail for
// forwarding.
type StaffLine struct {
	Text    string
	Address string // follows the text; "" for none
}

// String gives the paragraph as plain text.
func (l StaffLine) String() string { return strings.TrimSpace(l.Text + " " + l.Address) }

// StaffText gives the whole text; nil when nobody has anything to do. Find is
// the address where people look up their computer; "" for none.
func StaffText(f Facts, find string) []StaffLine {
	if f.Open+f.Check == 0 {
		return nil
	}
	subject := "Subject: Is your computer ready for " + f.Effective.String() + "?"
	if f.InForce {
		subject = "Subject: Your computer may need attention now"
	}
	some := "Some of our computers need attention."
	if f.Open+f.Check == 1 {
		some = "One of our computers needs attention."
	}
	lines := []StaffLine{{Text: subject}, {Text: "Dear all,"}, {Text: f.staffNews() + " " + some}, {Text: "Please do two things:"}}
	deadline := ""
	if !f.InForce {
		deadline = " by " + f.words.Day(f.Effective.Add(-1))
	}
	switch {
	case find != "":
		lines = append(lines, StaffLine{"1. See whether yours is one of them:", find},
			StaffLine{Text: "2. If it is, do what that page says" + deadline + ", or ask for help with it."})
	case f.NeedUpgrade+f.Check > 0:
		lines = append(lines, StaffLine{Text: "1. Ask me whether yours is one of them."},
			StaffLine{Text: "2. If it is, upgrade " + f.TheProduct + " to " + f.Aim + deadline + ", or ask for help with it."})
	default:
		lines = append(lines, StaffLine{Text: "1. Ask me whether yours is one of them."},
			StaffLine{Text: "2. If it is, ask for help" + deadline + ": the network has to change, not the computer."})
	}
	if ask := WhomToAsk(f.Contacts); ask != "" {
		lines = append(lines, StaffLine{Text: "Questions: " + ask + "."})
	}
	return lines
}

// staffNews says what the notice changes.
func (f Facts) staffNews() string {
	var versions, ports string
	if f.VersionRule {
		versions = "old versions of " + f.TheProduct
	}
	if len(f.RetiredPorts) > 0 {
		ports = "anything on " + f.RetiredPorts.NamedOr()
	}
	if f.CutOff && f.Possible.Destinations {
		turnedAway := Join(nonEmpty(versions, ports), "or")
		if f.InForce {
			return "The " + f.Vendor + " cloud no longer lets in " + turnedAway + "."
		}
		return "From " + f.Effective.String() + " on, the " + f.Vendor + " cloud will not let in " + turnedAway + "."
	}
	if f.VersionRule {
		versions = "with an old version of " + f.TheProduct
	}
	if len(f.RetiredPorts) > 0 {
		ports = "that uses " + f.RetiredPorts.NamedOr()
	}
	computer := strings.TrimSpace("a computer " + Join(nonEmpty(versions, ports), "or"))
	return f.Tense("From ", "Since ") + f.Effective.String() + f.Tense(" on", "") + ", " + computer + " " + f.Tense(f.Will, f.Does) + "."
}

func nonEmpty(texts ...string) (filled []string) {
	for _, text := range texts {
		if text != "" {
			filled = append(filled, text)
		}
	}
	return filled
}

// WhomToAsk names contacts in a sentence, each with one way to reach them; ""
// for none.
func WhomToAsk(contacts []config.Contact) string {
	var all []string
	for _, c := range contacts {
		all = append(all, strings.TrimSuffix(c.Name+" ("+cmp.Or(c.Email, c.Phone, c.URL)+")", " ()"))
	}
	return Join(all, "or")
}
