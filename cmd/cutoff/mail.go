package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/deliver"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/roster"
	"example.org/cutoff/generator/spelling"
)

// mailCommand tells each manager about the devices of his or her own people.
type mailCommand struct {
	Site   string   `arg:"" help:"Folder of a finished site."`
	Config string   `placeholder:"FILE" help:"Configuration, for its keys mail, roster and memory; without it, cutoff.yaml in the current folder if it is there."`
	Roster []string `sep:"none" placeholder:"FILE|GLOB" help:"People with department and manager. Repeatable."`
	DryRun bool     `help:"Send nothing and look at no log: one mail for each manager with open devices."`
	Out    string   `placeholder:"DIR" help:"With --dry-run, the folder into which the mails are written as .eml files."`
	Only   []string `sep:"none" placeholder:"DEPARTMENT" help:"Mails about this department alone. Repeatable."`
	To     string   `placeholder:"ADDRESS" help:"Send the mails here, marked as a trial, and not to the managers; none of them counts as sent."`
	Memory string   `placeholder:"DIR" help:"Folder of the memory, which knows what was sent; default the site's folder with -memory at its end."`
	Force  bool     `help:"Send also about a site that is older than yesterday."`
	progressFlag
}

func (c *mailCommand) Run(s *session) error {
	if c.Out != "" && !c.DryRun {
		return hinted{usagef("--out: found no --dry-run beside it, want both: only a dry run writes files"), "cutoff mail site --dry-run --out mails"}
	}
	round, err := c.prepare(s)
	if err != nil {
		return err
	}
	defer round.site.Close()
	switch {
	case c.DryRun:
		return c.dryRun(s, round)
	case c.To != "":
		return c.trial(s, round)
	}
	return c.send(s, round)
}

// mailRound is what one call of cutoff mail works with.
type mailRound struct {
	set        *settings
	site       *deliver.Site
	composer   *deliver.Composer
	owners     []deliver.Owner
	unanswered []deliver.Unanswered
}

func (c *mailCommand) prepare(s *session) (*mailRound, error) {
	found, err := readConfig(c.Config)
	if err != nil {
		return nil, err
	}
	round := &mailRound{set: &settings{Config: found, base: absolute(found.Dir)}}
	var trial address.Address
	if c.To != "" {
		if trial, err = address.Parse(c.To); err != nil {
			return nil, usagef("--to: %w", err)
		}
	}
	progress := s.progress(c.Progress)
	progress("checking the site")
	if round.site, err = deliver.Open(c.Site); err != nil {
		return nil, err
	}
	departments, err := c.departments(round.site)
	if err != nil {
		return nil, err
	}
	progress("reading the roster")
	people, err := c.managers(s, round)
	if err != nil {
		return nil, err
	}
	round.owners, round.unanswered = deliver.Assign(departments, people, &found.Mail)
	round.composer = &deliver.Composer{Site: round.site, Mail: &found.Mail, SiteURL: found.SiteURL, Log: &deliver.Log{}, Trial: trial}
	return round, nil
}

// departments gives those that --only names, or all without it.
func (c *mailCommand) departments(site *deliver.Site) ([]*deliver.Department, error) {
	if len(c.Only) == 0 {
		return site.Departments, nil
	}
	var picked []*deliver.Department
	for _, name := range c.Only {
		place := slices.IndexFunc(site.Departments, func(d *deliver.Department) bool {
			return d.Slug == name || spelling.Same(d.Name, name)
		})
		if place < 0 {
			return nil, usagef("--only: found %s, want a department of the site: %s", problem.Quote(name), firstNames(site.Departments))
		}
		if !slices.Contains(picked, site.Departments[place]) {
			picked = append(picked, site.Departments[place])
		}
	}
	return picked, nil
}

// firstNames gives some of the departments' names, as examples.
func firstNames(departments []*deliver.Department) string {
	var names []string
	for _, d := range departments[:min(len(departments), 5)] {
		names = append(names, problem.Visible(d.Name))
	}
	if more := len(departments) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}

// managers reads the managers from the roster that the flags name, else from the
// configuration's.
func (c *mailCommand) managers(s *session, round *mailRound) (*roster.Managers, error) {
	set := round.set
	names := patterns{intake.Roster, set.base, set.Config.Roster}
	if len(c.Roster) > 0 {
		names.folder, names.names = absolute("."), c.Roster
	}
	inputs, err := s.resolve(set.base, names)
	if err != nil {
		return nil, err
	}
	people, _, err := generator.People(&generator.Run{
		Config: set.Config, Inputs: inputs, AsOf: round.site.AsOf, Progress: func(string) {},
	})
	if err != nil {
		return nil, err
	}
	return roster.NewManagers(people, set.DepartmentAliases), nil
}

// everybody composes a mail for each owner with open devices, whatever was sent
// before.
func (round *mailRound) everybody() ([]*deliver.Message, []deliver.Due, error) {
	var all []deliver.Due
	for _, owner := range round.owners {
		if owner.Open() > 0 {
			all = append(all, deliver.Due{Owner: owner, Kind: deliver.Todo})
		}
	}
	messages, err := round.compose(all)
	return messages, all, err
}

func (round *mailRound) compose(all []deliver.Due) (messages []*deliver.Message, err error) {
	for _, due := range all {
		m, err := round.composer.Compose(due)
		if err != nil {
			return nil, err
		}
		messages = append(messages, m)
	}
	return messages, nil
}

// dryRun lists everybody's mail, and with --out writes the mails to look at.
func (c *mailCommand) dryRun(s *session, round *mailRound) error {
	s.warnStrangers(round)
	messages, open, err := round.everybody()
	if err != nil {
		return err
	}
	var names []string
	if c.Out != "" {
		if err := mustBeOutside(c.Site, c.Out); err != nil {
			return err
		}
		if names, err = deliver.WriteFiles(absolute(c.Out), messages, round.site, tool()); err != nil {
			return err
		}
	}
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	for i, owner := range open {
		where := problem.Visible(owner.Address.Mailbox)
		if len(names) > 0 {
			where = problem.Visible(filepath.ToSlash(filepath.Join(c.Out, names[i])))
		}
		fmt.Fprintf(table, "%s\t%d open\t%s\n", where, owner.Open(), problem.Visible(owner.Names()))
	}
	table.Flush()
	fmt.Fprintf(s.stdout, "%s, none sent\n", plural.Count(len(messages), "mail", "mails"))
	s.warnUnanswered(round.unanswered)
	return nil
}

// warnUnanswered warns about departments with open devices and nobody to tell.
func (s *session) warnUnanswered(all []deliver.Unanswered) {
	for _, u := range all {
		s.warn(fmt.Sprintf("%s: %d open %s and nobody to tell: %s", problem.Visible(u.Department), u.Open, plural.Of(u.Open, "device", "devices"), u.Why))
	}
	if len(all) > 0 {
		s.hint("name managers with addresses in the roster, departments under mail.managers, or one owner for the rest as mail.fallback")
	}
}
