package main

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"example.org/cutoff/generator/problem"
)

// misunderstood adds what to type to the error of a command line that could not be
// parsed: the line that was most likely meant, an example if something is missing,
// else the help of the command.
func misunderstood(err error, args []string) error {
	message := err.Error()
	word, unexpected := strings.CutPrefix(message, "unexpected argument ")
	var command *kong.Node
	if wrong, ok := errors.AsType[*kong.ParseError](err); ok {
		command = wrong.Context.Selected()
	}
	if command == nil {
		next := "cutoff help"
		at := slices.IndexFunc(args, func(arg string) bool {
			return slices.ContainsFunc(newParser().Model.Children, func(n *kong.Node) bool { return n.Name == arg && !n.Hidden })
		})
		if at > 0 && strings.HasPrefix(message, "unknown flag ") {
			next = "the command goes first: cutoff " + args[at] + " " + problem.Visible(strings.Join(slices.Delete(slices.Clone(args), at, at+1), " "))
		}
		return hinted{usageError(err), next}
	}
	name := commandName(command)
	next := "cutoff help " + name
	has := func(flag string) bool { return flagOf(command, "--"+flag) != nil }
	at := slices.Index(args, word)
	dash := slices.IndexFunc(args, func(arg string) bool { return oneDash.MatchString(arg) && has(oneDash.FindStringSubmatch(arg)[1]) })
	switch {
	case dash >= 0 && strings.HasPrefix(message, "unknown flag -"):
		message, _, _ = strings.Cut(message, ", did you mean")
		next = "a flag has two dashes: -" + problem.Visible(args[dash])
	case unexpected && has(word):
		next = "cutoff " + name + " --" + word + " ..."
	case at > 0 && slices.Contains([]string{"true", "false", "yes", "no"}, word) && strings.HasPrefix(args[at-1], "--"):
		next = "cutoff " + name + " " + problem.Visible(args[at-1]) + "=" + word
	case at > 0 && name == "explain":
		next = fmt.Sprintf("a name with blanks is quoted: cutoff explain %q", args[at-1]+" "+word)
	case unexpected && len(command.Positional) == 0 && strings.ContainsAny(word, ".*") && has("report"):
		next = "cutoff " + name + " --report " + word
	case strings.HasPrefix(message, "expected ") && len(examples[name]) > 0:
		next = examples[name][0].line
	}
	return hinted{usagef("%s", message), next}
}

// oneDash is a long flag that somebody wrote with one dash.
var oneDash = regexp.MustCompile(`^-([a-z][a-z-]+)(=.*)?$`)

// given checks the values of a command line that was parsed. An empty one is an
// error, because it is most likely a script's variable that is not set. A flag for
// one value that was given twice gets a warning.
func (s *session) given(path []*kong.Path) error {
	times := map[*kong.Value]int{}
	for _, part := range path {
		value, name := part.Positional, ""
		if part.Flag != nil {
			value, name = part.Flag.Value, "--"+part.Flag.Name
		}
		if value == nil {
			continue
		}
		times[value]++
		only, single := value.Target.Interface().(string)
		all, _ := value.Target.Interface().([]string)
		switch {
		case single && only == "", slices.Contains(all, ""):
			return usagef("%s: found nothing, want %s; is a variable not set?", cmp.Or(name, placeholder(value)), placeholder(value))
		case single && times[value] == 2:
			s.warn(fmt.Sprintf("%s: found it again, want it once: the last one counts, %s", name, problem.Quote(only)))
		}
	}
	return nil
}
