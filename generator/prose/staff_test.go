package prose

import (
	"strings"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/policy"
)

// The text asks for what the devices need, and for nothing else.
func TestStaffText(t *testing.T) {
	cutoff := Facts{
		Vendor: "Code42", TheProduct: "the Code42 app", Aim: "7.0 or later", CutOff: true, VersionRule: true, RetiredPorts: Ports{4282},
		Possible: policy.Possible{Destinations: true, Ports: true}, words: NewWords(config.Look{}),
	}
	cutoff.Effective = newDate(cutoff.words, calendar.New(2020, 2, 4))
	with := func(change func(f *Facts)) Facts {
		f := cutoff
		change(&f)
		return f
	}
	for name, test := range map[string]struct {
		facts  Facts
		find   string
		wanted []string
	}{
		"nothing to do": {with(func(f *Facts) { f.Waived, f.Affected = 1, 1 }), "https://example.org/find.html", nil},
		"one device":    {with(func(f *Facts) { f.Open, f.NeedUpgrade = 1, 1 }), "", []string{"One of our computers needs attention.", "upgrade the Code42 app to 7.0 or later by 3 February 2020"}},
		"with a page":   {with(func(f *Facts) { f.Open = 2 }), "https://example.org/find.html", []string{"one of them: https://example.org/find.html", "do what that page says by 3 February 2020"}},
		"ports alone":   {with(func(f *Facts) { f.Open, f.NeedPort = 2, 2 }), "", []string{"ask for help by 3 February 2020: the network has to change, not the computer."}},
		"no versions":   {with(func(f *Facts) { f.Open, f.VersionRule = 2, false }), "", []string{"the Code42 cloud will not let in anything on port 4282."}},
		"afterwards":    {with(func(f *Facts) { f.Check, f.InForce = 2, true }), "", []string{"The Code42 cloud no longer lets in", "upgrade the Code42 app to 7.0 or later, or ask"}},
		"another fate": {with(func(f *Facts) {
			f.Open, f.NeedUpgrade, f.CutOff, f.RetiredPorts, f.TheProduct, f.Will = 2, 2, false, nil, "Windows", "will get no updates"
		}), "", []string{"From 4 February 2020 on, a computer with an old version of Windows will get no updates."}},
	} {
		t.Run(name, func(t *testing.T) {
			lines := StaffText(test.facts, test.find)
			if test.wanted == nil && lines != nil {
				t.Errorf("found %v, want no text", lines)
			}
			var text strings.Builder
			for _, line := range lines {
				text.WriteString(line.String() + "\n")
			}
			for _, wanted := range test.wanted {
				if !strings.Contains(text.String(), wanted) {
					t.Errorf("found no %q in\n%s", wanted, text.String())
				}
			}
		})
	}
}
