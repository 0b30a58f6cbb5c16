package generator

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/intake/evidence"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/roster"
	"example.org/cutoff/generator/site"
	"example.org/cutoff/templates"
)

// What each stage is given, taken from the run and from what the stages before
// it found.

func intakeOptions(run *Run) intake.Options {
	c, p := run.Config, run.Policy
	options := intake.Options{
		AsOf:       run.AsOf,
		Columns:    c.Columns,
		Show:       c.Show,
		AnyProduct: !p.Scope.Destinations,
		System:     p.Subject == policy.SystemVersion,
		DateOrder:  c.DateOrder,
		Limits:     c.Limits,
		Encoding:   c.Encoding,
		Evidence: evidence.Options{
			WindowDays:    c.Rules.WindowDays,
			CloudDomains:  slices.Concat(p.Cloud.Domains, c.EvidenceDomains),
			CloudNetworks: slices.Concat(p.Cloud.Networks, c.EvidenceNetworks),
			Ports:         slices.Concat(p.Ports.Retired, p.Ports.Allowed),
			Retired:       p.Ports.Retired,
			Successes:     c.EvidenceSuccesses,
			Failures:      c.EvidenceFailures,
			Devices:       evidenceDevices(run),
		},
	}
	if run.trace != nil {
		// What decides nothing is kept too, so that it can be said why.
		options.Trace, options.Evidence.Ports, options.Evidence.WindowDays = run.trace, nil, 0
	} else if !run.everyone {
		options.Needed = roster.Needed
	}
	return options
}

// evidenceDevices ties files to devices by their paths, where the
// configuration may name a file by its name alone.
func evidenceDevices(run *Run) map[string]string {
	tied := make(map[string]string)
	for _, input := range run.Inputs {
		named := run.Config.EvidenceDevices
		if name := cmp.Or(named[input.Path], named[path.Base(input.Path)]); name != "" && input.Kind == intake.Connections {
			tied[input.Path] = name
		}
	}
	return tied
}

func siteInput(run *Run, o *Outcome) (site.Input, error) {
	texts, err := texts(run)
	return site.Input{
		Matter: prose.Matter{Fleet: o.Fleet, Policy: run.Policy, Rules: o.Rules, Config: run.Config},
		Files:  o.Files, Problems: o.Problems, Notes: o.Notes, Joined: o.Joined, Unjoined: o.Unjoined,
		Forced: o.Forced, Memory: o.Memory, Tool: run.Tool,
		Texts: texts, Overrides: run.Overrides, Logo: run.Logo,
	}, err
}

// texts gives the announcement and the FAQ: the policy's own, else those that
// come with the program for this policy, else those that fit any.
func texts(run *Run) (fs.FS, error) {
	if run.Texts != nil {
		return run.Texts, nil
	}
	found, err := fs.Sub(templates.Files, textsFolder(run.Policy))
	if err != nil {
		return nil, fmt.Errorf("texts of %s: %w", run.Policy.ID, err)
	}
	return found, nil
}

// textsFolder is the folder of the program's texts that fit a policy best.
func textsFolder(p *policy.Policy) string {
	folder := "content/" + p.ID
	if _, err := fs.Stat(templates.Files, folder); err != nil {
		return "content/default"
	}
	return folder
}

func downloadInput(run *Run, o *Outcome) download.Input {
	return download.Input{
		Fleet: o.Fleet, Policy: run.Policy, Config: run.Config,
		Files: o.Files, Problems: o.Problems, Joined: o.Joined, Unjoined: o.Unjoined,
		Forced: o.Forced, Memory: o.Memory, Tool: run.Tool,
	}
}

// about says in the manifest what the site was made from.
func about(run *Run, o *Outcome) publish.About {
	a := publish.About{
		Tool:   run.Tool,
		AsOf:   run.AsOf.String(),
		Policy: &publish.Input{File: cmp.Or(run.Policy.File, run.Policy.ID), SHA256: digest(run.Policy.Text)},
	}
	if run.Config.Text != nil {
		a.Configuration = &publish.Input{File: "cutoff.yaml", SHA256: digest(run.Config.Text)}
	}
	for _, file := range o.Files {
		a.Inputs = append(a.Inputs, publish.Input{File: file.Path, SHA256: file.SHA256})
	}
	return a
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Config is the configuration as it holds on the as-of day.
func (o *Outcome) Config() *config.Config { return o.run.Config }

// Result gives the outcome for programs: what summary.json says, and the exit
// status.
func (o *Outcome) Result(status int) download.ResultJSON {
	result := download.ResultJSON{Status: status, SummaryJSON: download.Summary(downloadInput(o.run, o))}
	if sentence := o.Pace(); sentence != "" {
		result.Pace = &sentence
	}
	return result
}
