package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/problem"
)

// patterns are the files of one kind as somebody named them: paths or globs,
// relative to folder.
type patterns struct {
	kind   intake.Kind
	folder string
	names  []string
}

// resolve finds the files, each once. Their shown paths are relative to base, the
// configuration's folder. If that is the top of the file system, a shown path would
// be the whole path, so the deepest folder that holds all of them is used. Names
// that find nothing are one error together.
func (s *session) resolve(base string, all ...patterns) ([]intake.Input, error) {
	type file struct {
		kind intake.Kind
		path string
	}
	var files []file
	var faults []error
	whole := map[string]bool{} // named by an absolute path
	for _, of := range all {
		for _, name := range of.names {
			if name == "-" {
				files = append(files, file{of.kind, name})
				continue
			}
			paths, err := expand(of.folder, name)
			if err != nil {
				faults = append(faults, err)
			}
			for _, path := range paths {
				files = append(files, file{of.kind, path})
				whole[path] = whole[path] || filepath.IsAbs(name)
			}
		}
	}
	if len(faults) > 0 {
		return nil, inputError(errors.Join(faults...))
	}
	if isRoot(base) && len(whole) > 0 {
		base = commonFolder(slices.Sorted(maps.Keys(whole)))
	}
	if s.named == nil {
		s.named = map[string]string{}
	}
	var inputs []intake.Input
	var piped intake.Kind
	seen := map[file]bool{}
	for _, f := range files {
		in := input(f.kind, base, f.path)
		if f.path == "-" {
			if piped != "" && piped != f.kind {
				return nil, usagef("-: found standard input as %s and as %s, want it once: it can be read only once", piped, f.kind)
			}
			piped = f.kind
			in = intake.Input{Path: "-", Kind: f.kind, Open: s.openStdin}
		}
		if !seen[f] {
			inputs = append(inputs, in)
		}
		seen[f] = true
		if whole[f.path] {
			s.named[in.Path] = f.path
		}
	}
	return inputs, nil
}

// commonFolder gives the deepest folder that all files are in.
func commonFolder(paths []string) string {
	folder := filepath.Dir(paths[0])
	for _, path := range paths {
		for !holds(folder, path) && !isRoot(folder) {
			folder = filepath.Dir(folder)
		}
	}
	return folder
}

func isRoot(folder string) bool { return filepath.Dir(folder) == folder }

func holds(folder, path string) bool {
	relative, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(relative)
}

func (s *session) openStdin() (io.ReadCloser, error) { return io.NopCloser(s.stdin), nil }

func input(kind intake.Kind, base, path string) intake.Input {
	return intake.Input{
		Path: shownPath(base, path),
		Kind: kind,
		Open: func() (io.ReadCloser, error) {
			file, err := os.Open(path)
			if err != nil {
				return nil, inputError(err)
			}
			return file, nil
		},
		Stat: func() (int64, time.Time, error) {
			stat, err := os.Stat(path)
			if err != nil {
				return 0, time.Time{}, err
			}
			return stat.Size(), stat.ModTime(), nil
		},
	}
}

// asNamed gives a file as the user named it, for messages. Pages show a relative
// path even if the user gave an absolute one.
func (s *session) asNamed(file string) string { return cmp.Or(s.named[file], file) }

// shownPath is the name of a file on pages and in messages: relative to the
// configuration, with forward slashes. A file on another drive has only its own
// name.
func shownPath(base, path string) string {
	relative, err := filepath.Rel(base, path)
	if err != nil {
		return filepath.Base(path)
	}
	return filepath.ToSlash(relative)
}

// expand gives the files that a path or glob means, in byte order. A name that
// exists means itself, even if it has brackets.
func expand(folder, name string) ([]string, error) {
	pattern := within(folder, name)
	if stat, err := os.Stat(pattern); err == nil {
		switch {
		case stat.IsDir():
			return nil, fmt.Errorf("%s: found a folder, want a file or a glob such as %s", problem.Visible(name), problem.Visible(filepath.ToSlash(filepath.Join(name, "*.csv"))))
		case !stat.Mode().IsRegular():
			// Reading it could wait for ever.
			return nil, fmt.Errorf("%s: found a pipe or a device, want a file; for what another program writes, name - and pipe it in", problem.Visible(name))
		}
		return []string{pattern}, nil
	} else if filepath.Separator == '/' && strings.Contains(name, `\`) {
		return nil, fmt.Errorf("%s: found a path with \\ that finds nothing, want / between folders on this system", problem.Visible(name))
	} else if !strings.ContainsAny(name, "*?[{") {
		return nil, fmt.Errorf("%s: found %w, want a file%s", problem.Visible(name), problem.Cause(err), instead(folder, name))
	}
	paths, err := glob(folder, name)
	if err != nil {
		return nil, fmt.Errorf("%s: found a glob that cannot be read, want one such as exports/*.csv", problem.Visible(name))
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return isLitter(path) || !isRegular(path) })
	if len(paths) == 0 {
		return nil, fmt.Errorf("%s: found no file of this glob, want at least one%s", problem.Visible(name), instead(folder, name))
	}
	slices.Sort(paths)
	return paths, nil
}

// instead says which files the folder of a name has, for a name that finds nothing.
func instead(folder, name string) string {
	start, _ := doublestar.SplitPattern(filepath.ToSlash(name))
	entries, err := os.ReadDir(within(folder, filepath.FromSlash(start)))
	if err != nil {
		return "; there is no folder " + problem.Visible(start)
	}
	var names []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && !isLitter(entry.Name()) {
			names = append(names, problem.Visible(entry.Name()))
		}
	}
	if start == "." || len(names) == 0 {
		return ""
	}
	const most = 3
	list := strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return "; " + problem.Visible(start) + " has " + list
}

// glob gives the files that a pattern finds. Characters such as * have a meaning
// only in the pattern, not in the folder that it is relative to.
func glob(folder, pattern string) ([]string, error) {
	start, rest := doublestar.SplitPattern(filepath.ToSlash(pattern))
	start = within(folder, filepath.FromSlash(start))
	paths, err := doublestar.Glob(os.DirFS(start), rest, globOptions()...)
	for i, path := range paths {
		paths[i] = filepath.Join(start, filepath.FromSlash(path))
	}
	return paths, err
}

// globOptions makes every glob find only files, and ignore case on Windows.
func globOptions() []doublestar.GlobOption {
	options := []doublestar.GlobOption{doublestar.WithFilesOnly()}
	if runtime.GOOS == "windows" {
		options = append(options, doublestar.WithCaseInsensitive())
	}
	return options
}

// isLitter recognises files that a glob finds and nobody means: hidden files, and
// the lock of a workbook that is open in a spreadsheet.
func isLitter(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

// isRegular is false for pipes, sockets and devices, which a glob may find too.
func isRegular(path string) bool {
	stat, err := os.Stat(path)
	return err != nil || stat.Mode().IsRegular() // opening the file gives the error
}
