// Command cutoff reads exported device status reports, applies the rules of a
// cutoff notice, and writes a static site that says for every department which
// devices need an upgrade or a port change.
//
// Everything that touches the outside is in this package: flags, the clock, the
// environment, the terminal and the exit status. Package generator does the work.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"example.org/cutoff/generator/publish"
)

// memoryPercent is how much garbage there may be, in percent of the memory in use.
// At Go's own 100, a run peaks a fifth higher and takes a twentieth less processor
// time. At 30, a million devices take a sixth less memory and a tenth more time.
// GOGC in the environment goes before it.
const memoryPercent = 50

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(memoryPercent)
	}
	s := &session{
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		getenv: os.Getenv,
		now:    time.Now(),

		interrupts: &interrupts{},
	}
	s.interrupts.watch(s.stderr)
	os.Exit(int(s.run(os.Args[1:])))
}

// session is one call of the program, with everything that it uses from outside.
type session struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	now            time.Time
	interrupts     *interrupts
	// named maps the path that pages show to the absolute path by which the user
	// named the input.
	named map[string]string
}

// cli is the grammar of the command line.
type cli struct {
	Build      buildCommand      `cmd:"" help:"Read the reports, assess every device, render the site and publish it."`
	Check      checkCommand      `cmd:"" help:"Read and assess as build does, write nothing: show problems and totals."`
	Init       initCommand       `cmd:"" help:"Look at exports and write a first configuration, with what is left to decide."`
	Explain    explainCommand    `cmd:"" help:"Show every fact, rule and source line behind the verdict on one device."`
	Bundle     bundleCommand     `cmd:"" help:"Make what goes into a ticket from a finished site: a zip, a file for each department, the ticket's texts; or check such a zip."`
	Mail       mailCommand       `cmd:"" help:"Send each manager a mail about the devices of his or her own people; or write the mails to look at."`
	Diff       diffCommand       `cmd:"" help:"Show which devices change verdict under another policy, configuration or as-of date."`
	Sample     sampleCommand     `cmd:"" help:"Write a fleet that does not exist, to try the program with: exports of many devices over many nights."`
	Policy     policyCommands    `cmd:"" help:"Show the rules of a cutoff notice, or find faults in them."`
	Completion completionCommand `cmd:"" help:"Write the script with which a shell completes command lines."`
	Complete   completeCommand   `cmd:"" hidden:"" passthrough:""`
	Man        manCommand        `cmd:"" help:"Write the manual page."`
	Version    versionCommand    `cmd:"" help:"Show the program's version."`
	Help       helpCommand       `cmd:"" help:"Show help for a command, or for a key of the configuration."`

	ShowVersion kong.VersionFlag `name:"version" help:"Show the program's version."`
}

// run parses the arguments, runs one command, and gives the exit status.
func (s *session) run(args []string) (code int) {
	parser := newParser(
		kong.Writers(s.stdout, s.stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
	)
	defer func() {
		switch left := recover().(type) {
		case nil:
		case exit:
			code = int(left)
		default:
			panic(left)
		}
	}()
	command, err := parser.Parse(helpArguments(args))
	if err != nil {
		err = misunderstood(err, args)
	} else if err = s.given(command.Path); err == nil {
		err = command.Run(s)
	}
	s.report(err)
	return int(statusOf(err))
}

// newParser gives the parser of the command line.
func newParser(options ...kong.Option) *kong.Kong {
	parser := kong.Must(&cli{}, append(options,
		kong.Name("cutoff"),
		kong.Description("Find out which devices a cutoff notice hits, department by department, and publish a site that says so."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true, NoExpandSubcommands: true}),
		kong.Vars{"version": "cutoff " + toolVersion()},
	)...)
	addExamples(parser.Model.Node)
	return parser
}

// exit is what kong panics with after it has printed help or the version.
type exit int

// helpArguments turns "cutoff" and "cutoff help build" into --help, which kong
// answers.
func helpArguments(args []string) []string {
	if len(args) == 0 {
		return []string{"--help"}
	}
	if args[0] == "help" && (len(args) < 2 || args[1] != "config" && !strings.HasPrefix(args[1], "-")) {
		return append(append([]string{}, args[1:]...), "--help")
	}
	return args
}

type versionCommand struct{}

func (versionCommand) Run(s *session) error {
	_, err := io.WriteString(s.stdout, "cutoff "+toolVersion()+"\n")
	return err
}

// tool is the program as pages and manifests name it.
func tool() publish.Tool { return publish.Tool{Name: "cutoff", Version: toolVersion()} }

// buildID tells builds of the program apart: by the version if that names the exact
// source, else by the SHA-256 of the program; "" if that cannot be read.
func buildID() string {
	if version := toolVersion(); version != "devel" && !strings.HasSuffix(version, "+dirty") {
		return version
	}
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	program, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer program.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, program); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// toolVersion is the program's version as Go records it in every build: the tag,
// else the commit with its time, with +dirty if files differ from the commit. It is
// "devel" for a build without a repository.
func toolVersion() string {
	if build, ok := debug.ReadBuildInfo(); ok && build.Main.Version != "" && build.Main.Version != "(devel)" {
		return build.Main.Version
	}
	return "devel"
}
