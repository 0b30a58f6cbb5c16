package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

// configName is the configuration that is used without --config, if it is there.
const configName = "cutoff.yaml"

// ruleFlags say by what rules and for which day.
type ruleFlags struct {
	Config string `placeholder:"FILE" help:"Configuration; without it, cutoff.yaml in the current folder if it is there."`
	Policy string `placeholder:"NAME|FILE" help:"Rules of the notice: a built-in name or a file."`
	AsOf   string `placeholder:"YYYY-MM-DD" help:"Day for which the site speaks; else the configuration's, else SOURCE_DATE_EPOCH, else today."`
}

// inputFlags say what to read. A list given by flags replaces the
// configuration's.
type inputFlags struct {
	ruleFlags
	Report      []string `sep:"none" placeholder:"FILE|GLOB" help:"Device status report, CSV or XLSX; - for standard input. Repeatable."`
	Connections []string `sep:"none" placeholder:"FILE|GLOB" help:"Evidence of the ports that devices use. Repeatable."`
	Roster      []string `sep:"none" placeholder:"FILE|GLOB" help:"People with department and manager. Repeatable."`
	Waivers     []string `sep:"none" placeholder:"FILE|GLOB" help:"Dated exemptions. Repeatable."`
}

// forceFlag overrides what keeps a run from publishing.
type forceFlag struct {
	Force bool `help:"Publish in spite of too many rejected rows, old exports, too few devices or a memory that is gone; the pages say so."`
}

// settings is the configuration after the flags have changed it.
type settings struct {
	*config.Config
	// base is the absolute folder that relative paths and shown paths refer to.
	base   string
	policy *policy.Policy
	texts  fs.FS // the policy's own texts; nil if it has none
	asOf   calendar.Day
}

// settle reads the configuration and the policy, and decides the day.
func (s *session) settle(flags ruleFlags) (*settings, error) {
	found, err := readConfig(flags.Config)
	if err != nil {
		return nil, err
	}
	set := &settings{Config: found, base: absolute(found.Dir)}
	if err := set.loadPolicy(flags.Policy); err != nil {
		return nil, err
	}
	set.asOf, err = s.asOf(flags.AsOf, found.AsOf)
	return set, err
}

// readConfig reads the configuration: the file, else cutoff.yaml in the current
// folder, else the defaults.
func readConfig(file string) (*config.Config, error) {
	if file == "" {
		if _, err := os.Stat(configName); err != nil {
			return config.Default(), nil
		}
		file = configName
	}
	text, err := os.ReadFile(file)
	if err != nil {
		next := "cutoff init exports/*.csv writes one"
		if inside := filepath.Join(file, configName); exists(inside) {
			next = "--config " + shown(absolute(inside))
		}
		return nil, hinted{usagef("%s: found %w, want a configuration", problem.Visible(file), problem.Cause(err)), next}
	}
	found, err := config.Parse(filepath.ToSlash(file), text)
	if err != nil {
		if _, other := policy.Parse(file, text); other == nil {
			return nil, hinted{usagef("%s: found a policy, want a configuration", problem.Visible(file)), "--policy " + problem.Visible(file)}
		}
		if kind := strings.ToLower(filepath.Ext(file)); slices.Contains(tables, kind) {
			return nil, hinted{usagef("%s: found a %s file, want a configuration in YAML", problem.Visible(file), kind), "inputs have flags of their own: --report, --connections, --roster, --waivers"}
		}
		return nil, usageError(err)
	}
	return found, nil
}

// tables are the endings of files that are inputs and not configurations.
var tables = []string{".csv", ".tsv", ".xls", ".xlsx"}

// loadPolicy reads the policy that the flag names, else the configuration's.
func (set *settings) loadPolicy(flag string) (err error) {
	name, folder := set.Policy, set.base
	if flag != "" {
		name, folder = flag, "."
	}
	path := within(folder, name)
	if !isFile(name, path) {
		if set.policy, err = policy.Named(name); err != nil {
			return usageError(err)
		}
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		next := "cutoff policy show writes the built-in one, to change"
		if plain := strings.TrimSuffix(name, filepath.Ext(name)); slices.Contains(policy.BuiltIn(), plain) {
			next = plain + " is built in: name it without an ending"
		}
		return hinted{usagef("%s: found %w, want a policy", problem.Visible(name), problem.Cause(err)), next}
	}
	path = absolute(path)
	base := set.base
	if isRoot(base) {
		base = filepath.Dir(path) // else pages would show the whole path
	}
	if set.policy, err = policy.Parse(shownPath(base, path), text); err != nil {
		if _, other := config.Parse(name, text); other == nil {
			return hinted{usagef("%s: found a configuration, want a policy", problem.Visible(name)), "--config " + problem.Visible(name)}
		}
		return usageError(err)
	}
	if set.policy.Content != "" {
		set.texts = os.DirFS(within(filepath.Dir(path), set.policy.Content))
	}
	return nil
}

// isFile reports whether a policy's name means a file and not a built-in policy: it
// looks like a path, or there is such a file.
func isFile(name, path string) bool {
	if slices.Contains(policy.BuiltIn(), name) {
		return false
	}
	_, err := os.Stat(path)
	return err == nil || strings.ContainsAny(name, `/\`) || slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(name))
}

// absolute gives the absolute path. If the current folder is gone, the path stays as
// it is.
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// within resolves a path that may be relative to a folder.
func within(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

// lastSecond is the end of the year 9999, the last year of four digits.
const lastSecond = 253_402_300_799

// asOf gives the day: the flag's, else the configuration's, else that of
// SOURCE_DATE_EPOCH, else today in the machine's time zone.
func (s *session) asOf(flag string, configured calendar.Day) (calendar.Day, error) {
	if flag != "" {
		day, err := calendar.Parse(flag)
		if err != nil {
			return calendar.Day{}, usagef("--as-of: %w", err)
		}
		return day, nil
	}
	if !configured.IsZero() {
		return configured, nil
	}
	if epoch := s.getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil || seconds < 0 || seconds > lastSecond {
			return calendar.Day{}, usagef("SOURCE_DATE_EPOCH: found %s, want seconds since 1970", problem.Quote(epoch))
		}
		return calendar.Of(time.Unix(seconds, 0)), nil
	}
	return calendar.New(s.now.Date()), nil
}

// prepare reads the settings and finds the inputs: everything that a run needs
// except where to publish.
func (s *session) prepare(flags inputFlags) (*generator.Run, *settings, error) {
	set, err := s.settle(flags.ruleFlags)
	if err != nil {
		return nil, nil, err
	}
	pick := func(kind intake.Kind, flag, configured []string) patterns {
		if len(flag) > 0 {
			return patterns{kind, absolute("."), flag}
		}
		return patterns{kind, set.base, configured}
	}
	reports := pick(intake.Report, flags.Report, set.Reports)
	if len(reports.names) == 0 {
		return nil, nil, hinted{usagef("found no report to read, want --report FILE, or reports in %s", configName), "cutoff build --report devices.csv --out site"}
	}
	inputs, err := s.resolve(set.base,
		reports,
		pick(intake.Connections, flags.Connections, set.Connections),
		pick(intake.Roster, flags.Roster, set.Roster),
		pick(intake.Waivers, flags.Waivers, set.Waivers),
	)
	if err != nil {
		return nil, nil, err
	}
	s.interrupts.inputs(inputs)
	run := &generator.Run{
		Config: set.Config,
		Policy: set.policy,
		Texts:  set.texts,
		Inputs: inputs,
		AsOf:   set.asOf,
		Tool:   tool(),

		Interrupted: s.interrupts.err,
	}
	if set.Look.Overrides != "" {
		folder := within(set.base, set.Look.Overrides)
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, nil, badSetting(set.Config, "look.overrides", "found no folder there, want one with pages, texts or styles")
		}
		run.Overrides = os.DirFS(folder)
	}
	if set.Look.Logo != "" {
		if run.Logo, err = os.ReadFile(within(set.base, set.Look.Logo)); err != nil {
			return nil, nil, badSetting(set.Config, "look.logo", "found "+problem.Cause(err).Error()+", want a picture")
		}
	}
	return run, set, nil
}
