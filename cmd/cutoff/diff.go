package main

import (
	"cmp"
	"slices"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/diff"
	"example.org/cutoff/generator/intake"
)

// diffCommand compares two assessments of one fleet.
type diffCommand struct {
	inputFlags
	ToConfig string `placeholder:"FILE" help:"Compare with what this configuration gives."`
	ToPolicy string `placeholder:"NAME|FILE" help:"Compare with what this policy gives."`
	ToAsOf   string `placeholder:"YYYY-MM-DD" help:"Compare with what holds on this day."`
	JSON     bool   `name:"json" help:"Write the result as one line of JSON."`
	progressFlag
}

func (c *diffCommand) Run(s *session) error {
	refuse := resultFlags{JSON: c.JSON}.refuse
	difference, err := c.compare(s)
	if err != nil {
		return refuse(s, err)
	}
	if c.JSON {
		return writeJSON(s.stdout, struct {
			Status status `json:"status"`
			*diff.Difference
		}{done, difference})
	}
	return difference.WriteText(s.stdout)
}

func (c *diffCommand) compare(s *session) (*diff.Difference, error) {
	if c.ToConfig == "" && c.ToPolicy == "" && c.ToAsOf == "" {
		return nil, hinted{usagef("found nothing to compare with, want --to-config FILE, --to-policy NAME|FILE or --to-as-of YYYY-MM-DD"), "cutoff diff --to-policy next.yaml"}
	}
	if c.ToAsOf != "" {
		if _, err := calendar.Parse(c.ToAsOf); err != nil {
			return nil, usagef("--to-as-of: %w", err)
		}
	}
	from, set, err := s.prepare(c.inputFlags)
	if err != nil {
		return nil, err
	}
	to, other, err := s.prepare(c.other())
	if err != nil {
		return nil, err
	}
	if err := s.reopen(from.Inputs, to.Inputs); err != nil {
		return nil, err
	}
	from.Progress = s.progress(c.Progress)
	to.Progress = from.Progress
	sameInputs := set.base == other.base && slices.EqualFunc(from.Inputs, to.Inputs, func(a, b intake.Input) bool {
		return a.Path == b.Path && a.Kind == b.Kind
	})
	return generator.Diff(from, to, sameInputs)
}

// other gives the flags of the second side: those of the first, except where a --to
// flag says otherwise.
func (c *diffCommand) other() inputFlags {
	flags := c.inputFlags
	flags.ruleFlags = ruleFlags{cmp.Or(c.ToConfig, c.Config), cmp.Or(c.ToPolicy, c.Policy), cmp.Or(c.ToAsOf, c.AsOf)}
	return flags
}
