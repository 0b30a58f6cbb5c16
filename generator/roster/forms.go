package roster

import (
	"fmt"
	"strings"
	"unicode"

	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/spelling"
)

// Forms shows how the reports and the roster write user names and addresses: up to
// three forms each, most frequent first. Letters and digits are replaced by X, x
// and 9, so that a message names nobody.
func Forms(devices []*device.Device, people []device.Person) string {
	reports, roster := map[string]int{}, map[string]int{}
	for _, d := range devices {
		countForms(reports, d.Username, d.Email)
	}
	for _, p := range people {
		countForms(roster, p.Username, p.Email)
	}
	return fmt.Sprintf("the reports have forms such as %s, the roster such as %s", commonest(reports), commonest(roster))
}

func countForms(counts map[string]int, texts ...string) {
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			counts[strings.Map(blank, text)]++
		}
	}
}

func blank(r rune) rune {
	switch {
	case unicode.IsDigit(r):
		return '9'
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return 'x'
	}
	return r
}

func commonest(counts map[string]int) string {
	forms := spelling.MostFirst(counts)
	if len(forms) == 0 {
		return "none"
	}
	for i, form := range forms {
		forms[i] = problem.Quote(form)
	}
	return strings.Join(forms[:min(3, len(forms))], ", ")
}
