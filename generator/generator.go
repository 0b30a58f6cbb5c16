// Package generator is the whole run on one screen. [Assess] reads the inputs,
// judges every device and groups the fleet; [Build] renders what was found as a
// site and publishes it. Each step is a package that knows nothing of its
// neighbours' insides, and data flows one way:
//
//	intake -> policy -> roster -> fleet -> memory -> site, download -> publish
//
// Inputs come in as values and readers; no clock, environment or network is
// touched below this package, so that the same inputs and day give the same
// bytes.
package generator

import (
	"errors"
	"io/fs"
	"slices"
	"sync"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/roster"
	"example.org/cutoff/generator/site"
)

// Run is everything that a run is given.
type Run struct {
	Config *config.Config
	Policy *policy.Policy
	Inputs []intake.Input
	AsOf   calendar.Day
	Tool   publish.Tool // as pages and manifests name it
	// Build tells builds of the program apart, for a night that is run again; ""
	// when nobody knows.
	Build string
	// Force publishes in spite of the bounds in Config.Stop.
	Force bool
	// Out is the site's folder; [Assess] looks there only for which nights the
	// site knows. Memory is the folder of what the nights found; "" remembers
	// nothing.
	Out, Memory string
	// Texts has the policy's own announcement.md and faq.md; nil for those that
	// come with the program. Overrides has templates, texts and styles that
	// replace the program's own one by one; nil for none.
	Texts, Overrides fs.FS
	// Logo is the picture that Config.Look.Logo names; nil for none.
	Logo []byte
	// Named gives the name by which [Explain] calls an input's file; nil calls it
	// as pages do.
	Named func(file string) string
	// Interrupted gives an error once the run is to end; nil never does.
	Interrupted func() error
	// Progress is told each step as it begins; it must not be nil.
	Progress func(step string)

	// trace wants everything that was read of some devices (see
	// [intake.Options.Trace]).
	trace func(intake.Identity) bool
	// everyone keeps people of the roster whom no device needs.
	everyone bool
}

// Outcome is what a run found.
type Outcome struct {
	Fleet    *fleet.Fleet
	Rules    *policy.Rules
	Files    []intake.File
	Problems []problem.Problem
	// Notes are worth knowing of all inputs together, one sentence each. Outdated
	// is the one of devices that only old reports know; "" for none.
	Notes    []string
	Outdated string
	// Joined and Unjoined count the evidence: tied to a device, and not.
	Joined, Unjoined int
	// Forced has the bounds that were passed and overridden, a sentence each.
	Forced []string
	// Memory is what earlier nights found; nil when nothing is remembered.
	Memory *memory.Account
	// Warnings are worth saying aloud, a sentence each.
	Warnings []string
	// Published says what [Build] did to the site's folder. Newer is the day of
	// the site there when it is a later one: then that site was left as it is.
	Published publish.Result
	Newer     calendar.Day

	run    *Run
	people []device.Person
	traces []intake.Trace
	wanted []*device.Device
}

// Build reads, assesses, renders and publishes: first the memory, then the site.
// When it fails, whatever stood in the site's folder is untouched; a run that is
// killed in between can simply be run again. Nothing is locked while inputs are
// read, since standard input may keep a run waiting.
func Build(run *Run) (*Outcome, error) {
	read, err := readInputs(run)
	if err != nil {
		return nil, err
	}
	stage, err := publish.Begin(run.Out, publish.Site)
	if err != nil {
		return nil, err
	}
	defer stage.Abort()
	night, err := beginNight(run)
	if err != nil {
		return nil, err
	}
	defer night.Abort()
	stage.Watch(run.Interrupted)
	outcome, err := recallAndAssess(run, read, night)
	if err != nil {
		return nil, err
	}
	run = outcome.run // with the configuration as it holds on the day
	if standing, stands := stage.Standing(); stands && standing.AsOf > run.AsOf.String() {
		run.Progress("remembering the night")
		outcome.Newer, err = calendar.Parse(standing.AsOf)
		return outcome, errors.Join(err, night.commit(run))
	}
	outcome.hide(run.Config.Privacy)
	made := about(run, outcome)
	if made.From, err = madeFrom(run, outcome, made); err != nil {
		return nil, err
	}
	if kept, same := stage.Keep(made.From); same {
		outcome.Published = kept
		return outcome, night.commit(run)
	}
	run.Progress("rendering the site")
	input, err := siteInput(run, outcome)
	if err != nil {
		return nil, err
	}
	pages, err := site.New(input)
	if err != nil {
		return nil, err
	}
	if err := pages.Write(stage); err != nil {
		return nil, err
	}
	if err := download.Write(downloadInput(run, outcome), stage); err != nil {
		return nil, err
	}
	run.Progress("publishing it")
	if err := night.commit(run); err != nil {
		return nil, err
	}
	outcome.Published, err = stage.Commit(made)
	return outcome, err
}

// Assess reads the inputs, judges every device, groups the fleet and says what
// changed. It writes nothing. When the inputs pass a bound of Config.Stop, the
// error is a [*StopError] and the outcome is there all the same, for people to
// look at.
func Assess(run *Run) (*Outcome, error) {
	read, err := readInputs(run)
	if err != nil {
		return nil, err
	}
	return recallAndAssess(run, read, nil)
}

// recallAndAssess reads the memory when its lock is held, and assesses.
func recallAndAssess(run *Run, read *intake.Result, night *night) (*Outcome, error) {
	past, err := recall(run)
	if err != nil {
		return nil, err
	}
	defer past.close()
	return assess(run, read, past, night)
}

// assess judges what was read and lays it beside the nights before; nil for none
// of them. It changes nothing of what was read.
func assess(run *Run, read *intake.Result, past *past, night *night) (*Outcome, error) {
	run, early := run.onDay()
	run.Progress("assessing the devices")
	rules := policy.New(run.Policy, run.Config.Rules)
	var assessments []*policy.Assessment
	var others []problem.Problem
	var responsible *roster.Managers
	var judging sync.WaitGroup // beside the roster, which takes as long
	judging.Go(func() {
		assessments = rules.AssessAll(read.Devices, run.AsOf)
		others = shared(rules, read.Devices, assessments, run.AsOf)
		responsible = roster.NewManagers(read.People, run.Config.DepartmentAliases)
	})
	assignment := roster.Assign(read.Devices, read.People, run.Config.DepartmentAliases)
	judging.Wait()
	affected := func(i int) bool { return assessments[i].Verdict.Affected() }
	waivers, exemptions, refused := roster.Waive(read.Waivers, read.Devices, affected, run.AsOf)
	problems := slices.Concat(read.Problems, early, refused, others)
	managers := managersOf(assignment.Names, responsible)
	outcome := &Outcome{
		Rules: rules, Files: read.Files, Notes: slices.Concat(read.Notes, assignment.Notes()),
		Joined: read.Joined, Unjoined: read.Unjoined, Outdated: outdated(run, read),
		run: run, traces: read.Traced, wanted: read.Wanted,
	}
	if outcome.Outdated != "" {
		outcome.Notes = append(outcome.Notes, outcome.Outdated)
	}
	if warning := fewJoined(read, assignment); warning != "" {
		outcome.Warnings = append(outcome.Warnings, warning)
	}
	outcome.Warnings = append(outcome.Warnings, uncounted(read)...)
	noRoster := unusable(read, assignment)
	if run.trace != nil {
		outcome.people = read.People
	}
	// Below here nobody needs the people any more: 13 MB of 69 with 100,000 devices.
	var err error
	outcome.Fleet, err = fleet.Group(rules, fleet.Facts{
		AsOf:        run.AsOf,
		Devices:     read.Devices,
		Assessments: assessments,
		Assignment:  assignment,
		Waivers:     waivers,
		Exemptions:  exemptions,
		StaleDays:   run.Config.StaleDays,
	})
	if err != nil {
		return nil, err
	}
	for _, d := range outcome.Fleet.Departments {
		d.Managers = managers[d.Name]
	}
	outcome.Problems = append(problems, fleet.Problems(outcome.Fleet)...)
	problem.Sort(outcome.Problems)
	var stop error
	outcome.Forced, stop = bounds(run, outcome.Files, len(outcome.Fleet.Devices), outcome.Fleet.Newest, past, noRoster)
	if outcome.Memory, err = past.with(run, outcome, night); err != nil {
		return nil, err
	}
	return outcome, stop
}
