package main

import (
	"cmp"
	"fmt"
	"os"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// policyCommands look at the rules of a notice.
type policyCommands struct {
	New  policyNewCommand  `cmd:"" help:"Write a policy for the next notice, with blanks to fill in."`
	Keys policyKeysCommand `cmd:"" help:"Explain the keys of a policy."`
	Show policyShowCommand `cmd:"" help:"Show the rules as the file that they are."`
	Lint policyLintCommand `cmd:"" help:"Find what contradicts itself in the rules, and what the texts say otherwise."`
}

// policyArgument names a policy.
type policyArgument struct {
	Name   string `arg:"" optional:"" placeholder:"NAME|FILE" help:"Built-in name or file; without it, the configuration's."`
	Config string `placeholder:"FILE" help:"Configuration; without it, cutoff.yaml in the current folder if it is there."`
	Policy string `placeholder:"NAME|FILE" help:"The same as the argument."`
}

func (a policyArgument) settle(s *session) (*settings, error) {
	return s.settle(ruleFlags{Config: a.Config, Policy: cmp.Or(a.Name, a.Policy)})
}

// policyNewCommand writes a policy to be filled in.
type policyNewCommand struct {
	System string `placeholder:"FAMILY" enum:",windows,mac,linux" default:"" help:"The notice is about an operating system: windows, mac or linux."`
	Port   bool   `help:"A port stops, too."`
}

func (c *policyNewCommand) Run(s *session) error {
	return policy.Skeleton{System: c.System, Port: c.Port}.Write(s.stdout)
}

// policyKeysCommand explains what a policy may say.
type policyKeysCommand struct {
	Key string `arg:"" optional:"" help:"The key to explain, with those below it; without one, all."`
}

func (c *policyKeysCommand) Run(s *session) error {
	if found, err := printKeys(s.stdout, policy.Keys(), c.Key); found || err != nil {
		return err
	}
	return hinted{usagef("policy keys: found no key %s, want one of a policy's", problem.Quote(c.Key)), "cutoff policy keys"}
}

// policyShowCommand writes the policy's text, so that it can be kept as a file
// and changed.
type policyShowCommand struct {
	policyArgument
}

func (c *policyShowCommand) Run(s *session) error {
	set, err := c.settle(s)
	if err != nil {
		return err
	}
	_, err = s.stdout.Write(set.policy.Text)
	return err
}

// policyLintCommand says what is likely wrong with a policy that can be read.
type policyLintCommand struct {
	policyArgument
	JSON bool `name:"json" help:"Write the result as one line of JSON."`
}

// finding is a problem in the JSON form.
type finding struct {
	File    string `json:"file"`
	Line    int    `json:"line"` // 0: the whole file
	Column  int    `json:"column"`
	Message string `json:"message"`
}

func (c *policyLintCommand) Run(s *session) error {
	problems, err := c.lint(s)
	if err != nil {
		return resultFlags{JSON: c.JSON}.refuse(s, err)
	}
	if len(problems) > 0 {
		err = usagef("found %s, want none", plural.Count(len(problems), "thing to correct", "things to correct"))
	}
	if !c.JSON {
		for _, p := range problems {
			fmt.Fprintln(s.stdout, p)
		}
		return err
	}
	result := struct {
		Status   status    `json:"status"`
		Findings []finding `json:"findings"`
	}{statusOf(err), []finding{}}
	for _, p := range problems {
		result.Findings = append(result.Findings, finding{p.File, p.Row, p.Column, p.Message})
	}
	if failure := writeJSON(s.stdout, result); failure != nil {
		return failure
	}
	return err
}

func (c *policyLintCommand) lint(s *session) ([]problem.Problem, error) {
	set, err := c.settle(s)
	if err != nil {
		return nil, err
	}
	run := &generator.Run{Config: set.Config, Policy: set.policy, Texts: set.texts}
	if set.Look.Overrides != "" {
		run.Overrides = os.DirFS(within(set.base, set.Look.Overrides))
	}
	return generator.Lint(run)
}
