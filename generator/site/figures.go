package site

import (
	"fmt"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
)

// figure is a number that readers see first.
type figure struct {
	Number string
	Text   string
	// More is a second line for a number that needs one: "63 still to fix, 1
	// waived (cut off too)".
	More  string
	Tone  string // alarm, calm or plain
	Count string // the number as digits, for programs
}

// fleetFigure says how many of the fleet's devices are, or will be, cut off.
func (s *Site) fleetFigure() figure {
	counts := s.in.Fleet.Counts
	text := "of " + s.words.Count(counts.Devices, "device", "devices")
	if s.facts.Organization != "" {
		text += " at " + s.facts.Organization
	}
	return s.affectedFigure(counts, text+" "+s.cutOff(counts)+s.asLastSeen(s.in.Fleet.Devices))
}

func (s *Site) departmentFigure(d *fleet.Department) figure {
	return s.affectedFigure(d.Counts, plural.Of(d.Affected, "device", "devices")+" "+s.cutOff(d.Counts)+s.asLastSeen(d.Devices))
}

// asLastSeen follows a sentence that says that devices are cut off. It says how
// many of them have not been seen for so long that nobody knows what they are
// like now; "" before the effective date, and when there are none.
func (s *Site) asLastSeen(devices []*fleet.Assessed) string {
	if s.in.Fleet.Phase != policy.InForce {
		return ""
	}
	old, affected := 0, 0
	for _, a := range devices {
		if !a.Verdict.Affected() {
			continue
		}
		affected++
		if seen := calendar.Of(a.LastSeen()); seen.IsZero() || seen.Until(s.in.Fleet.AsOf) > s.in.Config.OldDays {
			old++
		}
	}
	judging := "judging by data more than " + s.words.Count(s.in.Config.OldDays, "day", "days") + " old"
	switch old {
	case 0:
		return ""
	case affected:
		return ", " + judging
	}
	return fmt.Sprintf(", %s of them %s", s.words.Number(old), judging)
}

// cutOff ends a sentence about affected devices: they will be cut off, or they
// are.
func (s *Site) cutOff(counts fleet.Counts) string {
	text := "will be " + s.fate() + " on " + s.words.Day(s.in.Policy.Effective)
	if s.in.Fleet.Phase == policy.InForce {
		text = plural.Of(counts.Affected, "is", "are") + " " + s.fate()
	}
	switch {
	case counts.Affected == 0:
		text += ", as far as is known"
	case counts.Open > 0 && s.in.Fleet.Phase != policy.InForce:
		text += " unless somebody acts"
	}
	return text
}

// affectedFigure is the number of affected devices. When some are waived, it
// adds how many are still to fix.
func (s *Site) affectedFigure(counts fleet.Counts, text string) figure {
	f := figure{Number: s.words.Number(counts.Affected), Text: text, Tone: "alarm", Count: fmt.Sprint(counts.Affected)}
	if counts.Affected == 0 {
		f.Tone = "calm"
		if check := counts.Verdicts[policy.Check]; check > 0 {
			f.More = s.words.Number(check) + " still to be checked"
		}
		return f
	}
	if counts.Waived > 0 {
		f.More = s.words.Number(counts.Open) + " still to fix, " + s.words.Number(counts.Waived) + " waived (" + s.fate() + " too)"
	}
	return f
}

func (s *Site) daysFigure() figure {
	effective := s.words.Day(s.in.Policy.Effective)
	days := s.in.Fleet.AsOf.Until(s.in.Policy.Effective)
	figure := figure{Number: s.words.Number(max(days, -days)), Count: fmt.Sprint(days), Tone: "plain"}
	switch {
	case days > 0:
		figure.Text = fmt.Sprintf("%s left until %s", plural.Of(days, "day", "days"), effective)
	case days == 0:
		figure.Text = fmt.Sprintf("days left: %s is today, %s", theDate(s.in.Policy), effective)
	default:
		figure.Text = fmt.Sprintf("%s since %s", plural.Of(-days, "day", "days"), s.sinceWhat(effective))
	}
	return figure
}

// sinceWhat names the effective date once it has passed: "the cutoff on 4
// February 2020".
func (s *Site) sinceWhat(effective string) string {
	if s.in.Policy.CutOff() {
		return "the cutoff on " + effective
	}
	return effective
}
