package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"example.org/cutoff/generator/bundle"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
)

// bundleCommand makes the files for a ticket from a finished site, or checks zips
// that it made.
type bundleCommand struct {
	Sites   []string `arg:"" optional:"" name:"site" help:"Folder of a finished site; beside --verify, further zips."`
	Out     string   `placeholder:"DIR" help:"Folder of the bundle."`
	Config  string   `placeholder:"FILE" help:"Configuration, for its key bundle; without it, cutoff.yaml in the current folder if it is there."`
	Profile []string `sep:"none" placeholder:"PROFILE" help:"Mail or ticket system that has to let the bundle through: gmail, m365, servicenow, jira or one of the configuration; without it, all are looked at. Repeatable."`
	Verify  []string `sep:"none" placeholder:"ZIP" help:"Check every byte of zips against the manifest inside. Repeatable."`
	progressFlag
}

func (c *bundleCommand) Run(s *session) error {
	if len(c.Verify) > 0 {
		if c.Out != "" || len(c.Profile) > 0 {
			return usagef("--verify: found --out or --profile beside it, want it alone")
		}
		return s.verify(append(c.Verify, c.Sites...)) // a shell puts all but the first zip there
	}
	if len(c.Sites) != 1 || c.Out == "" {
		return hinted{usagef("found %s, want one, and --out", plural.Count(len(c.Sites), "site", "sites")), "cutoff bundle site --out bundle"}
	}
	run, err := c.prepare(s)
	if err != nil {
		return err
	}
	result, err := bundle.Build(*run)
	if err != nil {
		if _, faulty := errors.AsType[problem.List](err); faulty {
			return usageError(err) // a template or a profile
		}
		return err
	}
	s.printBundle(result)
	return c.conclude(result)
}

func (c *bundleCommand) prepare(s *session) (*bundle.Run, error) {
	set, err := readConfig(c.Config)
	if err != nil && c.Config == "" && !holds(realPath(absolute(".")), realPath(absolute(c.Sites[0]))) {
		s.warn(fmt.Sprintf("%v; it is not used, since the site is elsewhere", err))
		set, err = config.Default(), nil
	}
	if err != nil {
		return nil, err
	}
	run := &bundle.Run{
		Settings: set.Bundle,
		Profiles: c.Profile,
		Tool:     tool(),
		Progress: s.progress(c.Progress),
	}
	if set.Bundle.Templates != "" {
		folder := within(set.Dir, set.Bundle.Templates)
		if stat, err := os.Stat(folder); err != nil || !stat.IsDir() {
			return nil, badSetting(set, "bundle.templates", "found no folder there, want one with templates")
		}
		run.Templates = os.DirFS(folder)
	}
	run.Site, run.Out = c.Sites[0], c.Out
	return run, mustBeOutside(c.Sites[0], c.Out)
}

// mustBeOutside refuses to write into a site.
func mustBeOutside(site, out string) error {
	if holds(realPath(absolute(site)), realPath(absolute(out))) {
		return usagef("--out: found a folder inside the site, want one outside it")
	}
	return nil
}

// most is how many faults of one kind are listed.
const most = 20

func (s *session) printBundle(result *bundle.Result) {
	state := "published"
	if result.Published.Untouched {
		state = "nothing changed"
	}
	fmt.Fprintf(s.stdout, "%s: %s\n", shown(result.Published.Path), state)
	for _, a := range result.Archives {
		fmt.Fprintf(s.stdout, "%s  %s, %s\n", a.Name, bundle.Size(a.Size), plural.Count(a.Files, "file", "files"))
	}
	fmt.Fprintf(s.stdout, "%s in departments/, the ticket's texts in ticket.md, .txt and .json\n", plural.Count(result.Departments, "department", "departments"))
	for _, p := range result.Profiles {
		name, verdict := problem.Visible(p.Name), "passes"
		faults, remarks := findings(result, p.Name)
		if len(faults) > 0 {
			verdict = "would not let all of it through"
		}
		fmt.Fprintf(s.stdout, "%s: %s\n", name, verdict)
		for _, f := range faults[:min(len(faults), most)] {
			s.warn(f.String())
		}
		if more := len(faults) - most; more > 0 {
			s.warn(fmt.Sprintf("%s: %d more of that kind", name, more))
		}
		if n := len(remarks); n > 0 {
			last := remarks[n-1]
			s.hint(fmt.Sprintf("%s: %s: %s is often held back; %s", name, plural.Count(n, "file", "files"), last.Found, last.Advice))
		}
	}
}

// findings gives what a system would refuse, and what it may hold back.
func findings(result *bundle.Result, profile string) (faults, remarks []bundle.Finding) {
	for _, f := range result.Findings {
		switch {
		case f.Profile != profile:
		case f.Remark:
			remarks = append(remarks, f)
		default:
			faults = append(faults, f)
		}
	}
	return faults, remarks
}

// conclude gives an error if a system named by --profile would refuse something.
func (c *bundleCommand) conclude(result *bundle.Result) error {
	for _, name := range c.Profile {
		if faults, _ := findings(result, name); len(faults) > 0 {
			return fmt.Errorf("--profile: found that %s would not let all of the bundle through, want it to; the bundle was written all the same", problem.Visible(name))
		}
	}
	return nil
}

// verify checks all zips, even if the first ones have faults.
func (s *session) verify(names []string) error {
	var faults []error
	for _, path := range zipsOf(names) {
		shown := problem.Visible(path)
		manifest, differences, err := verifyArchive(path)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: found %w, want a zip that cutoff bundle made", shown, problem.Cause(err)))
		} else if len(differences) == 0 {
			s.printVerified(shown, manifest)
		}
		for _, d := range differences[:min(len(differences), most)] {
			faults = append(faults, fmt.Errorf("%s: %s", shown, d))
		}
		if more := len(differences) - most; more > 0 {
			faults = append(faults, fmt.Errorf("%s: %d more differences", shown, more))
		}
	}
	if len(faults) > 0 {
		return inputError(errors.Join(faults...))
	}
	return nil
}

// zipsOf gives the files that names or globs mean. A name that means no file stays
// as it is, so that opening it gives the error.
func zipsOf(names []string) []string {
	var paths []string
	for _, name := range names {
		found, err := glob(".", name)
		if _, exists := os.Stat(name); exists == nil || err != nil || len(found) == 0 {
			found = []string{name}
		}
		slices.Sort(found)
		paths = append(paths, found...)
	}
	return paths
}

func verifyArchive(path string) (bundle.Manifest, []string, error) {
	stat, err := os.Stat(path)
	switch {
	case err != nil:
		return bundle.Manifest{}, nil, err
	case stat.IsDir():
		return bundle.Manifest{}, nil, errors.New("a folder")
	case !stat.Mode().IsRegular():
		return bundle.Manifest{}, nil, errors.New("a pipe or a device")
	}
	file, err := os.Open(path)
	if err != nil {
		return bundle.Manifest{}, nil, err
	}
	defer file.Close()
	manifest, differences := bundle.VerifyArchive(file, stat.Size())
	return manifest, differences, nil
}

func (s *session) printVerified(path string, m bundle.Manifest) {
	part := ""
	if n := len(m.Archive.Contents); n > 1 {
		part = fmt.Sprintf("part %d of %d, ", m.Archive.Part, n)
	}
	fmt.Fprintf(s.stdout, "%s: %s%d %s as its manifest says, site of %s, %s %s\n",
		path, part, len(m.Files), plural.Of(len(m.Files), "file", "files"), problem.Visible(m.AsOf), problem.Visible(m.Tool.Name), problem.Visible(m.Tool.Version))
}
