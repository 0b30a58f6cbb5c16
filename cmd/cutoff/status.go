package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/explain"
	"example.org/cutoff/generator/finished"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/problem"
)

// status is an exit status; scripts and schedulers rely on the numbers.
type status int

const (
	done       status = 0
	failed     status = 1 // disk, lock, a foreign output folder
	wrongUsage status = 2 // flag, configuration or policy
	noInput    status = 3 // input wanting; nothing was published
	failOnMet  status = 4 // done, and --fail-on was met
)

// usageError is a wrong flag, configuration or policy.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// inputError is an input that is missing or cannot be opened.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

// failOnError ends a run that is done, and met --fail-on.
type failOnError struct{ message string }

func (e failOnError) Error() string { return e.message }

// statusOf gives the exit status that an error asks for.
func statusOf(err error) status {
	var (
		usage   usageError
		input   inputError
		failOn  failOnError
		refused *intake.Refused
		stopped *generator.StopError
		unknown *explain.UnknownError
		memory  *generator.MemoryError
		folder  *finished.Unusable
	)
	switch {
	case err == nil:
		return done
	case errors.As(err, &failOn):
		return failOnMet
	case errors.As(err, &usage):
		return wrongUsage
	case errors.As(err, &input), errors.As(err, &refused), errors.As(err, &stopped), errors.As(err, &unknown), errors.As(err, &memory), errors.As(err, &folder):
		return noInput
	}
	return failed
}

// report prints an error as messages, one for each fault that it holds.
func (s *session) report(err error) {
	if err == nil {
		return
	}
	var list problem.List
	if errors.As(err, &list) {
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

// tell prints a message; its kind has a colour on a terminal that shows colours
// without being asked, unless NO_COLOR is set (https://no-color.org).
func (s *session) tell(colour int, kind, text string) {
	if isTerminal(s.stderr) && s.getenv("NO_COLOR") == "" && s.getenv("TERM") != "dumb" && runtime.GOOS != "windows" {
		kind = fmt.Sprintf("\x1b[%dm%s\x1b[0m", colour, kind)
	}
	fmt.Fprintf(s.stderr, "cutoff: %s: %s\n", kind, text)
}
