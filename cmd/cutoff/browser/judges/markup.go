package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// knownFalse matches warnings that the Nu HTML checker gives for every page that it
// reads from disk, because it never counts a file as of the page's own origin. The
// tests in the browser check that these files do load.
const knownFalse = `.*Resource violates Content Security Policy.*external (script|stylesheet) “(\.\./)?static/.*`

// nu asks the Nu HTML checker about pages and the style sheets of their sites.
// Warnings count.
func nu(tools string, pages []string) ([]string, error) {
	files := slices.Clone(pages)
	for _, p := range pages {
		for _, root := range []string{".", ".."} {
			sheet := filepath.Join(filepath.Dir(p), root, "static", "cutoff.css")
			if _, err := os.Stat(sheet); err == nil && !slices.Contains(files, sheet) {
				files = append(files, sheet)
			}
		}
	}
	jar := filepath.Join(tools, "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
	out, err := output("java", append([]string{"-jar", jar, "--format", "gnu", "--stdout", "--exit-zero-always", "--filterpattern", knownFalse, "--also-check-css"}, files...)...)
	found := lines(out)
	return slices.DeleteFunc(found, func(line string) bool { return strings.Contains(line, ": info: ") }), err
}

// htmlValidateRules are the recommended rules, except the one for the length of
// titles, because a title has the names of the department and the notice.
//
//go:embed htmlvalidate.json
var htmlValidateRules []byte

// htmlValidate asks html-validate about pages.
func htmlValidate(tools string, pages []string) ([]string, error) {
	rules := filepath.Join(tools, "htmlvalidate.json")
	// It writes to a file, because it ends before a pipe has taken a long report.
	written := filepath.Join(tools, "htmlvalidate-report.txt")
	if err := errors.Join(os.WriteFile(rules, htmlValidateRules, 0o644), os.RemoveAll(written)); err != nil {
		return nil, err
	}
	_, failure := output(filepath.Join(tools, "node_modules", ".bin", "html-validate"), append([]string{"--config", rules, "--formatter", "text=" + written}, pages...)...)
	out, err := os.ReadFile(written) // missing only if it could not run; it exits with 1 for violations too
	if err != nil {
		return nil, errors.Join(failure, err)
	}
	return lines(out), nil
}

// lines gives a report with a line for each violation.
func lines(report []byte) []string {
	return strings.FieldsFunc(string(report), func(r rune) bool { return r == '\n' })
}

// output runs a judge and gives its report. A judge with violations may exit with
// a status other than 0. One without a report has failed.
func output(name string, args ...string) ([]byte, error) {
	var said strings.Builder
	command := exec.Command(name, args...)
	command.Stderr = &said
	out, err := command.Output()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && (!exited || len(out) == 0) {
		return nil, fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, said.String())
	}
	return out, nil
}
