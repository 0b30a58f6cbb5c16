package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/policy"
)

// What the scripts of the shells are told, by what stands before the cursor.
func TestComplete(t *testing.T) {
	var verdicts []string
	for _, verdict := range policy.Verdicts() {
		verdicts = append(verdicts, string(verdict))
	}
	for line, want := range map[string][]string{
		"bu":                       {"build", "bundle"},
		"build --pr":               {"--progress"},
		"build --progress ":        {"auto", "plain", "off"},
		"build --progress=p":       {"--progress=plain"},
		"build --quiet --fail-on ": verdicts,
		"build --as-of ":           nil,
		"build --report ":          {":files"},
		"build --report=exports/":  {":files"},
		"build --out site --pol":   {"--policy"},
		"build --policy code":      {"code42-port-4282", ":files"},
		"bundle --profile g":       {"gmail"},
		"bundle ":                  {":files"},
		"policy l":                 {"lint"},
		"policy show code":         {"code42-port-4282", ":files"},
		"explain ":                 nil,
		"init --column device_n":   {"device_name="},
		"help conf":                {"config"},
		"help config stop.f":       {"stop.fewer"},
		"completion ":              {"bash", "zsh", "fish", "powershell"},
		"compl":                    {"completion"},
		"nonsense --nonsense --nonsense=x nonsense": nil,
	} {
		t.Run(line, func(t *testing.T) {
			words := strings.Split(line, " ")
			words[len(words)-1] = ":" + words[len(words)-1]
			var found []string
			for word := range strings.Lines(output(t, append([]string{"complete"}, words...)...)) {
				word, _, _ = strings.Cut(strings.TrimSuffix(word, "\n"), "\t")
				found = append(found, word)
			}
			if diff := cmp.Diff(want, found); diff != "" {
				t.Errorf("words (-want +found):\n%s", diff)
			}
		})
	}
}

// output runs a command that must succeed, and gives what it prints.
func output(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	s := &session{stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }}
	if code := s.run(args); code != 0 {
		t.Fatalf("cutoff %s: exit status %d: %s", strings.Join(args, " "), code, stderr.String())
	}
	return stdout.String()
}

// The help of every command ends with examples; the manual page has them, every
// command and every flag too, in lines that troff takes for text.
func TestManualPage(t *testing.T) {
	page := strings.ReplaceAll(output(t, "man"), `\-`, "-")
	for _, leaf := range newParser().Model.Leaves(true) {
		name := commandName(leaf)
		if len(examples[name]) == 0 || !strings.Contains(output(t, append(strings.Fields(name), "--help")...), "Examples:") {
			t.Errorf("cutoff %s --help shows no examples", name)
		}
		_, section, found := strings.Cut(page, "\n.SS "+name)
		section, _, _ = strings.Cut(section, "\n.S")
		if !found {
			t.Errorf("the manual page has no command %s", name)
		}
		for _, flag := range leaf.Flags {
			if !flag.Hidden && !strings.Contains(section, "\n.B --"+flag.Name) {
				t.Errorf("the manual page has no flag --%s of %s", flag.Name, name)
			}
		}
		for _, e := range examples[name] {
			if line := strings.ReplaceAll(escapeRoff(e.line), `\-`, "-"); !strings.Contains(section, "\n"+line+"\n") {
				t.Errorf("the manual page of %s has no example %s", name, e.line)
			}
		}
	}
	for line := range strings.Lines(page) {
		if len(line) > 90 || strings.HasPrefix(line, "'") {
			t.Errorf("found the line %q, want a shorter one that begins with no quote", line)
		}
	}
}
