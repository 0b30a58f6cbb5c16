package main

// policyCommands look at the rules of a notice.
type policyCommands struct {
	Show policyShowCommand `cmd:"" help:"Show the rules as the file that they are: a start for the next notice."`
}

// policyShowCommand writes the policy's text, so that it can be kept as a file
// and changed.
type policyShowCommand struct {
	Name   string `arg:"" optional:"" help:"Built-in name or file; without it, the configuration's."`
	Config string `placeholder:"FILE" help:"Configuration; without it, cutoff.yaml in the current folder if it is there."`
	Policy string `placeholder:"NAME|FILE" help:"The same as the argument."`
}

func (c *policyShowCommand) Run(s *session) error {
	name := c.Name
	if name == "" {
		name = c.Policy
	}
	set, err := s.settle(ruleFlags{Config: c.Config, Policy: name})
	if err != nil {
		return err
	}
	_, err = s.stdout.Write(set.policy.Text)
	return err
}
