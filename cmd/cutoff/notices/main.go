// Command notices prints the licences of everything that is linked into the
// program, on any of the systems that it is released for.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// systems are the systems whose builds may have different libraries in them.
var systems = []string{"linux", "darwin", "windows"}

// component is a module with the licences of its packages that are linked.
type component struct {
	name, version string
	licences      []string // files, absolute
}

func main() {
	components, err := linked("./cmd/cutoff")
	if err == nil {
		err = write(os.Stdout, components)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

// linked gives the modules of a program's packages, ordered by name after Go's own
// library.
func linked(program string) ([]component, error) {
	root, err := output("", "go", "env", "GOROOT", "GOVERSION")
	if err != nil {
		return nil, err
	}
	folder, version, _ := strings.Cut(root, "\n")
	own, err := licences(folder, folder)
	if err != nil {
		return nil, err
	}
	byName := map[string]component{}
	for _, system := range systems {
		list, err := output(system, "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", program)
		if err != nil {
			return nil, err
		}
		for line := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == '\n' }) {
			part := strings.Split(line, "\t")
			found, err := licences(part[2], part[3])
			if err != nil {
				return nil, err
			}
			c := component{part[0], part[1], append(byName[part[0]].licences, found...)}
			slices.Sort(c.licences)
			c.licences = slices.Compact(c.licences)
			byName[c.name] = c
		}
	}
	all := []component{{"the Go standard library", version, own}}
	for _, c := range byName {
		all = append(all, c)
	}
	slices.SortFunc(all[1:], func(a, b component) int { return strings.Compare(a.name, b.name) })
	return all, nil
}

func output(system string, command ...string) (string, error) {
	run := exec.Command(command[0], command[1:]...)
	run.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
	run.Stderr = os.Stderr
	text, err := run.Output()
	return strings.TrimSpace(string(text)), err
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)(\.[a-z]+|-[a-z0-9.-]+)?$`)

// licences gives the licence files of a package: those in its folder and in the
// folders above, up to the module's.
func licences(module, folder string) (files []string, err error) {
	for {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			if licenceFile.MatchString(entry.Name()) && entry.Type().IsRegular() {
				files = append(files, filepath.Join(folder, entry.Name()))
			}
		}
		if folder == module || len(folder) < len(module) {
			return files, nil
		}
		folder = filepath.Dir(folder)
	}
}

// known matches the licences that only ask to be shown.
var known = regexp.MustCompile(`Permission is hereby granted, free of charge|Permission to use, copy, modify|Redistribution and use in source and binary forms|Apache License`)

// write prints every licence. A component without a known licence is an error,
// because somebody has to read its licence before a release.
func write(w io.Writer, components []component) error {
	fmt.Fprint(w, "The owner of cutoff has not chosen a licence for it yet. These are the licences of\nwhat is linked into it.\n")
	for _, c := range components {
		readable := false
		fmt.Fprintf(w, "\n%s\n%s %s\n", strings.Repeat("=", 80), c.name, c.version)
		for _, file := range c.licences {
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			readable = readable || known.Match(text)
			text = bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
			if _, err := fmt.Fprintf(w, "\n%s\n\n%s\n", filepath.Base(file), text); err != nil {
				return err
			}
		}
		if !readable {
			return errors.New(c.name + ": found no licence that is known to allow what a release does, want one; read it, then let notices know its words")
		}
	}
	return nil
}
