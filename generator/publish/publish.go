// Package publish is the last stage and the only one that writes to disk. Rendered
// files come in one by one, and a finished folder comes out, all of it or nothing.
// The folder is built beside its target on the same file system and swapped in.
// So whoever reads the target sees yesterday's site or today's, never a mixture.
// A run that fails or is killed leaves yesterday's.
//
// [Begin] checks the target and takes its lock, [Stage.Create] takes the files,
// [Stage.Commit] adds the manifest and swaps, [Stage.Abort] leaves everything
// as it was. [Verify] compares a finished folder with its manifest, which is
// also how a folder is known to be ours: nothing else is ever replaced.
//
// Names beside a target "site" that begin with .site.cutoff- belong to this
// package. A run holds .site.cutoff-lock. What is being built or thrown away is
// in .site.cutoff-new. If the file system cannot exchange two folders in one step,
// .site.cutoff-old has yesterday's whole site between two renames. The next run
// clears up what a killed one left. .site.cutoff-journal, with a lock of its own,
// is a [Journal].
package publish

import (
	"errors"
	"io"
	"io/fs"
	"strings"

	"example.org/cutoff/generator/problem"
)

// Kind is the marker in a manifest that says what a folder is. A folder is
// replaced only by one of its own kind.
type Kind string

// The kinds of folder.
const (
	Site   Kind = "cutoff-site"
	Bundle Kind = "cutoff-bundle"
	Mail   Kind = "cutoff-mail" // mails as .eml files, to look at
	// Memory is for its owner's eyes alone: its folder always has the mode 0700.
	Memory Kind = "cutoff-memory"
)

// private is the mode of a folder that nobody but its owner may look into.
const private fs.FileMode = 0o700

// words gives the kind for a message: "cutoff site". It may come from a file.
func (k Kind) words() string { return visible(strings.ReplaceAll(string(k), "-", " ")) }

// article gives the kind with the article before it.
func (k Kind) article() string {
	words := k.words()
	if strings.IndexAny(strings.ToLower(words), "aeiou") == 0 {
		return "an " + words
	}
	return "a " + words
}

// ErrLocked is the reason when another run is at work on the same target.
var ErrLocked = errors.New("another run is at work")

// ErrForeign is the reason when the target holds something that is not ours to
// replace: a file, a mount point, a folder of somebody else's, or a folder of
// ours into which somebody put files of their own.
var ErrForeign = errors.New("not ours to replace")

// Sink takes the files of a folder: a [Stage], or memory in tests. Names are
// relative to the folder, with slashes. Create is safe for concurrent use with
// different names. Closing a file reports an error of writing it.
type Sink interface {
	Create(name string) (io.WriteCloser, error)
}

// Refusal is the error of a target that cannot be replaced. It wraps
// [ErrLocked] or [ErrForeign].
type Refusal struct {
	Path        string // as the caller gave it; "" when the caller knows it better
	Found, Want string
	Reason      error
}

// Error gives "site: found a file, want a folder".
func (r *Refusal) Error() string {
	if r.Path == "" {
		return "found " + r.Found + ", want " + r.Want
	}
	return visible(r.Path) + ": found " + r.Found + ", want " + r.Want
}

// Unwrap gives the reason.
func (r *Refusal) Unwrap() error { return r.Reason }

func foreign(path, found, want string) error {
	return &Refusal{path, found, want, ErrForeign}
}

func visible(text string) string { return problem.Visible(text) }
