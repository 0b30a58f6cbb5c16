package site

import (
	"os"
	"regexp"
	"testing"

	"example.org/cutoff/generator/problem"
)

// Every kind of problem has words and a next step of its own.
func TestEveryKindOfProblemHasWords(t *testing.T) {
	source, err := os.ReadFile("../problem/kind.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, found := range regexp.MustCompile(`Kind = "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1) {
		text, ok := kindTexts[problem.Kind(found[1])]
		if !ok || text.next == "" || seen[text.word] {
			t.Errorf("%s: found %+v, want words of its own and a next step", found[1], text)
		}
		seen[text.word] = true
	}
	if len(seen) < 30 || len(seen) != len(kindTexts) {
		t.Errorf("found %d kinds and words for %d", len(seen), len(kindTexts))
	}
}

// Equal findings are one row with their number, the first place, and its
// device.
func TestEqualFindingsAreOneRow(t *testing.T) {
	in := made{devices: 30, departments: 1}.input(t)
	in.Problems = nil
	for row := range 9 {
		message := "found \"x\", want a version"
		if row == 0 {
			message = "found \"y\", want a version"
		}
		in.Problems = append(in.Problems, problem.Problem{Position: problem.Position{File: "exports/devices.csv", Row: row + 2, Column: 4}, Kind: problem.UnreadableVersion, Message: message})
	}
	page := wordsOf(t, render(t, in).files["inputs.html"])
	contains(t, page, `Versions that cannot be read 9 The devices are to be checked. Look their version up in the console.`, "")
	contains(t, page, `found "x", want a version 8 exports/devices.csv:3:4 NW-WS-00001 found "y", want a version 1 exports/devices.csv:2:4 NW-LT-00000`, "")
}
