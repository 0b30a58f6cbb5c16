package prose

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"
	"text/template/parse"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/policy"
)

// TextsName is a site's file with the facts that filled its texts. A ticket's
// texts are filled from this file, without the reports, the policy or the
// configuration.
const TextsName = "data/texts.json"

// Texts is what [TextsName] holds.
type Texts struct {
	Facts Facts `json:"facts"`
	// Dates is the form of days, Thousands the mark between thousands.
	Dates     string `json:"dates"`
	Thousands string `json:"thousands"`
}

// TextsOf gives the facts and forms of a site.
func TextsOf(in Matter) *Texts {
	w := NewWords(in.Config.Look)
	return &Texts{Facts: FactsOf(in), Dates: w.days, Thousands: w.look.Thousands}
}

// ReadTexts reads [TextsName]. The error says that it is no such file, or that
// an older version of the program wrote it.
func ReadTexts(text []byte) (*Texts, error) {
	var t Texts
	if err := json.Unmarshal(text, &t); err != nil {
		return nil, fmt.Errorf("found no texts (%w), want those of a finished site", err)
	}
	if t.Facts.TheProduct == "" {
		return nil, errors.New("those of an older version")
	}
	t.Facts.speak(NewWords(t.look()))
	return &t, nil
}

func (t *Texts) look() config.Look { return config.Look{Dates: t.Dates, Thousands: t.Thousands} }

// speak restores the organisation's form of numbers and days, which JSON does
// not carry.
func (f *Facts) speak(w Words) {
	f.words = w
	for _, day := range []*Date{&f.Announced, &f.Effective, &f.AsOf, &f.Newest, &f.SupportedChecked, &f.ConfirmedOn} {
		day.words = w
	}
	for i := range f.Dates {
		f.Dates[i].Day.words = w
	}
}

// UnmarshalText reads a day that [calendar.Day.MarshalText] wrote; empty text
// is no day.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) > 0 {
		d.Day, err = calendar.Parse(string(text))
	}
	return err
}

// DepartmentFacts gives the facts with one department's counts in place of the
// fleet's. The department's name goes before the organisation's. All pages are
// empty, because a department's own file has no site around it.
func DepartmentFacts(f Facts, d *fleet.Department) Facts {
	name := Visible(d.Name)
	if f.Organization == "" {
		f.Organization = name
	} else {
		f.Organization = name + ", " + f.Organization
	}
	f.Pages = Pages{}
	f.Departments, f.DepartmentsOpen = 1, min(1, d.Open)
	f.countOf(d.Counts)
	return f
}

func (f *Facts) countOf(counts fleet.Counts) {
	of := func(v policy.Verdict) int { return counts.Verdicts[v] }
	f.Devices = counts.Devices
	f.UpgradeAndChangePort, f.Upgrade, f.ChangePort = of(policy.UpgradeAndChangePort), of(policy.Upgrade), of(policy.ChangePort)
	f.Check, f.UpgradeRecommended, f.VerifyPort = of(policy.Check), of(policy.UpgradeRecommended), of(policy.VerifyPort)
	f.Ready, f.NotAffected, f.Inactive = of(policy.Ready), of(policy.NotAffected), of(policy.Inactive)
	f.Affected, f.Open, f.Waived = counts.Affected, counts.Open, counts.Waived
	f.AffectedRecent, f.AffectedStale, f.AffectedUnseen = counts.AffectedRecent, counts.AffectedStale, counts.AffectedUnseen
	f.NeedUpgrade = f.UpgradeAndChangePort + f.Upgrade
	f.NeedPort = f.UpgradeAndChangePort + f.ChangePort
}

// Counting gives the facts with other counts in place of the fleet's. All pages
// are empty, because this is for what leaves the site.
func (t *Texts) Counting(counts fleet.Counts) Facts {
	f := t.Facts
	f.Pages = Pages{}
	f.countOf(counts)
	return f
}

// Funcs gives the functions that page templates may call, with days and numbers
// in the site's form, and these:
//
//	verdict V  "Upgrade and change port"
//	shown T    text from a report, cut where it is long, with nothing hidden in it
//	whole T    the same but never cut: an instruction needs its end
func (t *Texts) Funcs() map[string]any {
	funcs := Funcs(t.look())
	funcs["verdict"], funcs["shown"], funcs["whole"] = Verdict, Shown, Visible
	return funcs
}

// Shown gives text from an input as pages show it: on one line, cut where it is
// long, with nothing hidden in it.
func (t *Texts) Shown(text string) string { return Shown(oneLine(text)) }

// Day gives a day in the site's form; "" for no day.
func (t *Texts) Day(d calendar.Day) string { return NewWords(t.look()).Day(d) }

// Count gives a number with its noun: "1 device", "1,204 devices".
func (t *Texts) Count(n int, one, many string) string { return NewWords(t.look()).Count(n, one, many) }

// Fill fills a template of plain text from facts. These are the caller's own
// struct, which embeds [Facts]. Each value that the template prints becomes one
// line and goes through escape. The error is a [problem.List] with the
// template's line.
func (t *Texts) Fill(name, source string, facts any, escape func(string) string, funcs map[string]any) (string, error) {
	escaped := func(value any) (string, error) {
		if value == nil {
			return "", errors.New("found no value, want one")
		}
		return escape(oneLine(fmt.Sprint(value))), nil
	}
	tree, err := template.New(name).Option("missingkey=error").
		Funcs(Funcs(t.look())).Funcs(funcs).Funcs(template.FuncMap{escapeFunc: escaped}).Parse(source)
	if err != nil {
		return "", textFault(name, err)
	}
	for _, defined := range tree.Templates() {
		if defined.Tree != nil {
			instrument(defined.Root, func(*parse.TextNode) {})
		}
	}
	var out strings.Builder
	if err := tree.Execute(&out, facts); err != nil {
		return "", textFault(name, err)
	}
	return out.String(), nil
}
