package main

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// knownFalse are warnings of the Nu HTML checker that every page has that it
// reads from disk: to it no file is of the page's own origin, whatever the
// policy says. The tests in the browser see that these files do load.
const knownFalse = `.*Resource violates Content Security Policy.*external (script|stylesheet) “(\.\./)?static/.*`

// nu asks the Nu HTML checker about pages and the style sheets beside them.
// Warnings count.
func nu(tools string, pages []page) ([]string, error) {
	jar := filepath.Join(tools, "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
	var violations []string
	for some := range batches(pages) {
		found, err := nuOver(jar, files(some), "--html")
		if err != nil {
			return violations, err
		}
		violations = append(violations, found...)
	}
	var sheets []string
	for _, p := range pages {
		sheet := filepath.Join(p.folder, "static", "cutoff.css")
		if _, err := os.Stat(sheet); err == nil && !slices.Contains(sheets, sheet) {
			sheets = append(sheets, sheet)
		}
	}
	if len(sheets) == 0 {
		return violations, nil
	}
	more, err := nuOver(jar, sheets, "--css")
	return append(violations, more...), err
}

// nuOver runs the checker once over files of one type.
func nuOver(jar string, files []string, kind string) ([]string, error) {
	args := append([]string{"-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--filterpattern", knownFalse, kind}, files...)
	out, err := output("java", args...)
	if err != nil {
		return nil, err
	}
	var report struct {
		Messages []struct {
			Type, Subtype, URL, Message string
			LastLine                    int
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("read its report: %w", err)
	}
	var violations []string
	for _, m := range report.Messages {
		if m.Type == "info" && m.Subtype != "warning" {
			continue
		}
		violations = append(violations, fmt.Sprintf("%s:%d: %s", strings.TrimPrefix(m.URL, "file:"), m.LastLine, m.Message))
	}
	return violations, nil
}

// htmlValidateRules are the recommended ones but for the length of titles: they
// hold the department's name and the notice's, which are as long as they are.
//
//go:embed htmlvalidate.json
var htmlValidateRules []byte

// htmlValidate asks html-validate about pages.
func htmlValidate(tools string, pages []page) ([]string, error) {
	rules := filepath.Join(tools, "htmlvalidate.json")
	if err := os.WriteFile(rules, htmlValidateRules, 0o644); err != nil {
		return nil, err
	}
	var violations []string
	for some := range batches(pages) {
		found, err := htmlValidateOver(tools, rules, files(some))
		if err != nil {
			return violations, err
		}
		violations = append(violations, found...)
	}
	return violations, nil
}

// htmlValidateOver runs the checker once.
func htmlValidateOver(tools, rules string, files []string) ([]string, error) {
	// Into a file: it ends without waiting for a pipe to take a long report.
	written := filepath.Join(tools, "htmlvalidate-report.json")
	args := append([]string{"--config", rules, "--formatter", "json=" + written}, files...)
	if err := os.RemoveAll(written); err != nil {
		return nil, err
	}
	_, failure := output(filepath.Join(tools, "node_modules", ".bin", "html-validate"), args...)
	out, err := os.ReadFile(written) // there unless it could not run: it exits with 1 for a violation too
	if err != nil {
		return nil, cmp.Or(failure, err)
	}
	var report []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line, Column    int
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("read its report: %w", err)
	}
	var violations []string
	for _, file := range report {
		for _, m := range file.Messages {
			violations = append(violations, fmt.Sprintf("%s:%d:%d: %s (%s)", file.FilePath, m.Line, m.Column, m.Message, m.RuleID))
		}
	}
	return violations, nil
}

// batches are as many pages each as a command line takes: Linux refuses one of
// more than 2 MiB.
func batches(pages []page) iter.Seq[[]page] { return slices.Chunk(pages, 2000) }

func files(pages []page) []string {
	names := make([]string, len(pages))
	for i, p := range pages {
		names[i] = p.file()
	}
	return names
}

// output runs a judge and gives its report. A judge that found something may
// end with 1; one that gave no report has failed.
func output(name string, args ...string) ([]byte, error) {
	var said strings.Builder
	command := exec.Command(name, args...)
	command.Stderr = &said
	out, err := command.Output()
	if exited := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exited) || len(out) == 0) {
		return nil, fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, said.String())
	}
	return out, nil
}
