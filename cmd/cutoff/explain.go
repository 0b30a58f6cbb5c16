package main

import (
	"bytes"
	"io"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/explain"
	"example.org/cutoff/generator/intake"
)

// explainCommand shows why one device has its verdict.
type explainCommand struct {
	Device string `arg:"" help:"GUID, device name, host name or user name; ignoring case. The start of one does, where none is the same."`
	inputFlags
	JSON bool `name:"json" help:"Write the result as one line of JSON."`
	progressFlag
}

// explained is the result as JSON. Device is null unless exactly one device fits.
// Matches has every device that fits.
type explained struct {
	Status  status               `json:"status"`
	AsOf    string               `json:"as_of"`
	Policy  string               `json:"policy"`
	Matches []explain.Match      `json:"matches"`
	Device  *explain.Explanation `json:"device"`
}

func (c *explainCommand) Run(s *session) error {
	refuse := resultFlags{JSON: c.JSON}.refuse
	run, _, err := s.prepare(c.inputFlags)
	if err != nil {
		return refuse(s, err)
	}
	if err := s.reopen(run.Inputs); err != nil {
		return refuse(s, err)
	}
	run.Progress = s.progress(c.Progress)
	if !c.JSON { // programs get the path that devices.csv has
		run.Named = s.asNamed
	}
	matches, explanation, err := generator.Explain(run, c.Device)
	switch {
	case err != nil:
		return refuse(s, err)
	case c.JSON:
		return writeJSON(s.stdout, explained{done, run.AsOf.String(), run.Policy.ID, matches, explanation})
	case explanation == nil:
		s.hint("several devices have this name, or one that begins so; cutoff explain GUID tells of one")
		return explain.WriteMatches(s.stdout, matches)
	}
	return explanation.WriteText(s.stdout)
}

// reopen keeps standard input in memory, so that it can be read twice like a file.
func (s *session) reopen(lists ...[]intake.Input) error {
	var whole []byte
	for _, inputs := range lists {
		for i := range inputs {
			if inputs[i].Path != "-" {
				continue
			}
			if whole == nil {
				text, err := io.ReadAll(s.stdin)
				if err != nil {
					return inputError(err)
				}
				whole = append([]byte{}, text...)
			}
			inputs[i].Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(whole)), nil }
		}
	}
	return nil
}
