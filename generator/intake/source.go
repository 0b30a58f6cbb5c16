package intake

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"example.org/cutoff/generator/intake/table"
	"example.org/cutoff/generator/problem"
)

// source is one input while it is read.
type source struct {
	run    *run
	file   *File
	faults *faults
	// used counts the rows that belong to a device, or to whatever the kind of
	// input is about.
	used int
}

// read opens the input, reads it whole, and notices when it changed meanwhile.
// An error refuses the input.
func (s *source) read(in Input) error {
	changed, err := watch(in)
	if err != nil {
		return err
	}
	r, err := in.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	commit, err := s.content(r)
	if err != nil {
		return err
	}
	if again, err := changed(s.file.Bytes); err != nil {
		return err
	} else if again {
		return s.refuse(problem.Damaged, "found a file that changes while it is read, want it complete: run again when it is")
	}
	if s.repeats() {
		return nil
	}
	commit()
	return nil
}

// content reads the input as its kind asks for. What commit does waits until
// the whole file is known to be sound and no repeat.
func (s *source) content(r io.Reader) (commit func(), err error) {
	switch {
	case s.file.Kind == Waivers && isYAML(s.file.Path):
		return s.waiversYAML(r)
	case s.file.Kind == Connections:
		head := bufio.NewReaderSize(r, headBytes)
		if isServiceLog(head) {
			return s.serviceLog(head)
		}
		r = head
	}
	t, err := table.Open(s.file.Path, r, s.run.opts.Limits)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	commit, err = s.tables(t)
	if err != nil {
		return nil, err
	}
	s.file.SHA256, s.file.Bytes = t.SHA256(), t.Bytes()
	s.faults.take(t.Problems())
	return commit, nil
}

// headBytes is how much of a file is looked at to know what it is.
const headBytes = 64 << 10

// repeats reports whether an earlier input of the kind has the same bytes. Such
// a file adds nothing: its rows are merged into those of the first.
func (s *source) repeats() bool {
	key := string(s.file.Kind) + " " + s.file.SHA256
	first, repeated := s.run.first[key]
	if !repeated {
		s.run.first[key] = s.file.Path
		return false
	}
	s.file.Merged = s.file.Rows - s.file.Other
	s.file.Rejected, s.used = 0, 0
	s.faults.clear()
	s.faults.add(problem.DuplicateFile, 0, 0, fmt.Sprintf("found the same bytes as in %s, want each export once", problem.Visible(first)))
	return true
}

// watch gives a function that says whether the input changed since.
func watch(in Input) (func(bytes int64) (bool, error), error) {
	if in.Stat == nil {
		return func(int64) (bool, error) { return false, nil }, nil
	}
	size, changed, err := in.Stat()
	if err != nil {
		return nil, err
	}
	return func(bytes int64) (bool, error) {
		nowSize, nowChanged, err := in.Stat()
		return nowSize != size || bytes != size || !nowChanged.Equal(changed), err
	}, nil
}

// refuse gives the error that refuses the whole input.
func (s *source) refuse(kind problem.Kind, message string) error {
	return s.refuseAt(problem.Position{}, kind, message)
}

// refuseAt is refuse with a place inside the file.
func (s *source) refuseAt(at problem.Position, kind problem.Kind, message string) error {
	at.File = s.file.Path
	return &table.Refusal{Problem: problem.Problem{Position: at, Kind: kind, Message: message}}
}

// refusal gives the problem that an error stands for. The machine's message is
// cut to its cause: the path in it is not the one that the user wrote.
func refusal(path string, err error) problem.Problem {
	if r := (*table.Refusal)(nil); errors.As(err, &r) {
		return r.Problem
	}
	p := problem.Problem{Position: problem.Position{File: path}, Kind: problem.Unrecognised}
	if errors.Is(err, fs.ErrNotExist) {
		p.Message = "found no such file, want one that can be read"
		return p
	}
	cause := err
	if inner := (*fs.PathError)(nil); errors.As(err, &inner) {
		cause = inner.Err
	}
	p.Message = "found a file that cannot be read (" + problem.Visible(cause.Error()) + "), want one that can"
	return p
}
