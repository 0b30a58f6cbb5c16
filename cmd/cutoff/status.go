package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/explain"
	"example.org/cutoff/generator/finished"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/problem"
)

// status is an exit status. Scripts and schedulers rely on the numbers.
type status int

const (
	done       status = 0
	failed     status = 1 // disk, lock, a foreign output folder
	wrongUsage status = 2 // flag, configuration or policy
	noInput    status = 3 // an input is missing or unusable; nothing was published
	failOnMet  status = 4 // done, and --fail-on was met
)

// ending is an error with its exit status.
type ending struct {
	error
	status status
}

func (e ending) Unwrap() error { return e.error }

// usageError is a wrong flag, configuration or policy.
func usageError(err error) error { return ending{err, wrongUsage} }

func usagef(format string, args ...any) error { return usageError(fmt.Errorf(format, args...)) }

// badSetting is a fault of the configuration that shows only when it is used.
func badSetting(c *config.Config, key, message string) error {
	return usageError(problem.List{c.Problem(key, message)})
}

// inputError is an input that is missing or cannot be opened.
func inputError(err error) error { return ending{err, noInput} }

// hinted is an error that knows the next thing to do or to type.
type hinted struct {
	error
	next string
}

func (e hinted) Unwrap() error { return e.error }

func (e hinted) Hint() string { return e.next }

// statusOf gives the exit status that an error asks for.
func statusOf(err error) status {
	if err == nil {
		return done
	}
	if own, ok := errors.AsType[ending](err); ok {
		return own.status
	}
	if is[*intake.Refused](err) || is[*generator.StopError](err) || is[*explain.UnknownError](err) || is[*generator.MemoryError](err) || is[*finished.Unusable](err) {
		return noInput
	}
	return failed
}

func is[kind error](err error) bool {
	_, ok := errors.AsType[kind](err)
	return ok
}

// report prints an error as messages, one for each fault that it holds.
func (s *session) report(err error) {
	if err == nil {
		return
	}
	if list, ok := errors.AsType[problem.List](err); ok {
		for _, p := range list {
			p.File = s.asNamed(p.File)
			s.error(errors.New(p.String()))
		}
	} else {
		for line := range strings.Lines(err.Error()) {
			s.error(errors.New(strings.TrimSuffix(line, "\n")))
		}
	}
	var hinted interface{ Hint() string }
	if errors.As(err, &hinted) {
		s.hint(hinted.Hint())
	}
}

// Messages go to standard error, one a line, each with the program's name so
// that a log of several programs can be read.

func (s *session) error(err error) { s.tell(red, "error", err.Error()) }

func (s *session) warn(text string) { s.tell(yellow, "warning", text) }

// hint names the next thing to do or to type.
func (s *session) hint(text string) { s.tell(cyan, "hint", text) }

const red, yellow, cyan = 31, 33, 36

// tell prints a message. On a terminal its kind has a colour, except on Windows, on
// a dumb terminal, or if NO_COLOR is set (https://no-color.org).
func (s *session) tell(colour int, kind, text string) {
	if isTerminal(s.stderr) && s.getenv("NO_COLOR") == "" && s.getenv("TERM") != "dumb" && runtime.GOOS != "windows" {
		kind = fmt.Sprintf("\x1b[%dm%s\x1b[0m", colour, kind)
	}
	fmt.Fprintf(s.stderr, "cutoff: %s: %s\n", kind, text)
}
