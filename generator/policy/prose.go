package policy

import (
	"bytes"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/problem"
)

// LintProse finds versions, dates and ports that a text names and the policy does
// not, so that text and rules cannot say different things. It skips template
// placeholders, because they come from the policy. It also skips code, comments
// and the addresses of links, which have to be written exactly so. Problems are in
// the order of the text.
func LintProse(p *Policy, file string, text []byte) []problem.Problem {
	prose := proseOnly(text)
	facts := factsOf(p)
	var problems []problem.Problem
	// What one form has matched is blanked out before the next: a date in numbers
	// is not a version, the 8 of "4.8 May" is not a day, and a year is not a port.
	for _, look := range []struct {
		form   *regexp.Regexp
		named  func(context, string) bool // by the policy, or of no interest
		what   string
		wanted string
	}{
		{addressForm, facts.address, "version", facts.versionText},
		{numericDateForm, facts.date, "date", facts.dayText},
		{versionForm, facts.version, "version", facts.versionText},
		{portForm, facts.ports, "port", facts.portText},
		{dateForm, facts.date, "date", facts.dayText},
		{numberForm, facts.number, "port", facts.portText},
	} {
		for _, at := range look.form.FindAllIndex(prose, -1) {
			found := string(prose[at[0]:at[1]])
			if !look.named(context{prose, at[0], at[1]}, found) {
				message := fmt.Sprintf("found %s %s, want a placeholder, or what the policy says", look.what, problem.Quote(strings.Join(strings.Fields(found), " ")))
				if look.wanted != "" {
					message += ": " + look.wanted
				}
				problems = append(problems, problem.Problem{Position: positionIn(file, text, at[0]), Kind: problem.BadSetting, Message: message})
			}
			blank(prose[at[0]:at[1]])
		}
	}
	problem.Sort(problems)
	return problems
}

// proseOnly blanks out what is not prose, byte for byte, so that positions stay.
func proseOnly(text []byte) []byte {
	prose := bytes.Clone(text)
	for _, form := range notProse {
		for _, at := range form.FindAllIndex(prose, -1) {
			blank(prose[at[0]:at[1]])
		}
	}
	return prose
}

// notProse is tried in this order, because a fence may hold anything and a link
// may hold a placeholder.
var notProse = []*regexp.Regexp{
	regexp.MustCompile("(?ms)^ {0,3}```.*?(?:^ {0,3}```[ \t]*$|\\z)"),
	regexp.MustCompile(`(?ms)^ {0,3}~~~.*?(?:^ {0,3}~~~[ \t]*$|\z)`),
	regexp.MustCompile(`(?s)\{\{.*?\}\}`),
	regexp.MustCompile(`(?s)<!--.*?-->`),
	regexp.MustCompile("(?s)``.+?``|`[^`]+`"),
	regexp.MustCompile(`\]\([^)]*\)`),
	regexp.MustCompile(`(?m)^ {0,3}\[[^\]]+\]:.*$`),
	regexp.MustCompile(`<[^<>\s]+>`),
	regexp.MustCompile(`(?i)\b(?:https?://|mailto:)[^\s)>\]]+`),
	regexp.MustCompile(`&#[0-9]+;`),
}

// blank keeps the lines.
func blank(part []byte) {
	for i, c := range part {
		if c != '\n' {
			part[i] = ' '
		}
	}
}

func positionIn(file string, text []byte, offset int) problem.Position {
	line := 1 + bytes.Count(text[:offset], []byte("\n"))
	start := bytes.LastIndexByte(text[:offset], '\n') + 1
	return problem.Position{File: file, Row: line, Column: 1 + utf8.RuneCount(text[start:offset])}
}

const (
	months  = `(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?`
	dayForm = `\d{1,2}(?:st|nd|rd|th)?\b`
	year    = `(?:19|20)\d\d\b`
)

var (
	addressForm     = regexp.MustCompile(`\b\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?\b`)
	numericDateForm = regexp.MustCompile(`\b(?:` + year + `-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]` + year + `)\b`)
	dateForm        = regexp.MustCompile(`\b(?:` +
		dayForm + `(?:\s+of)?\s+` + months + `(?:,?\s+` + year + `)?|` +
		months + `\s+` + dayForm + `(?:,?\s+` + year + `)?|` +
		months + `\s+` + year + `|` +
		year + `)`)
	versionForm = regexp.MustCompile(`(?i)\bv?\d{1,4}\.\d{1,4}(?:\.\d{1,9}){0,2}(?:\.x\b)?\b`)
	portForm    = regexp.MustCompile(`(?i)\bports?\s+\d{1,5}\b(?:(?:\s*,\s*|\s*/\s*|\s+)(?:(?:and|or|and/or)\s+)?\d{1,5}\b)*`)
	numberForm  = regexp.MustCompile(`\b\d{4,5}\b`)
	digitsForm  = regexp.MustCompile(`\d+`)
	monthForm   = regexp.MustCompile(`[A-Z][a-z]{2}`)
)

// context is a place in the prose.
type context struct {
	prose      []byte
	start, end int
}

// notVersions are words after which a number with a point is not an app's version.
var notVersions = []string{"tls", "ssl", "http", "section", "chapter", "wcag", "rfc"}

// measured is what follows a number that measures something.
var measured = regexp.MustCompile(`^\s?(?:%|[kKMGT]i?B\b|percent\b|times\b|seconds?\b|minutes?\b|hours?\b|days?\b|weeks?\b|rows?\b|lines?\b|devices?\b|computers?\b|people\b|characters?\b|bytes?\b)`)

func (c context) measures() bool { return measured.Match(c.prose[c.end:]) }

func (c context) follows(words []string) bool {
	before := strings.Fields(string(c.prose[max(0, c.start-40):c.start]))
	return len(before) > 0 && slices.Contains(words, strings.ToLower(strings.Trim(before[len(before)-1], "(*_")))
}

// proseFacts are the facts that a text may name.
type proseFacts struct {
	days     []calendar.Day
	versions []device.Version
	allPorts []int
	// in words, for the message
	dayText, versionText, portText string
}

func factsOf(p *Policy) proseFacts {
	f := proseFacts{days: []calendar.Day{p.Effective}, dayText: p.Effective.String()}
	if !p.Announced.IsZero() {
		f.days = append(f.days, p.Announced)
		f.dayText = p.Announced.String() + " or " + f.dayText
	}
	for _, d := range p.Dates {
		f.days = append(f.days, d.Day)
		f.dayText += " or " + d.Day.String()
	}
	var written []string
	list := func(text string) {
		for _, found := range versionForm.FindAllString(text, -1) {
			if first, _, err := bounds(found); err == nil && !slices.Contains(f.versions, first) {
				f.versions = append(f.versions, first)
				written = append(written, strings.TrimSuffix(found, ".x"))
			}
		}
	}
	ranges := slices.Concat(p.Versions.Connects, p.Versions.Unsupported)
	for _, r := range ranges {
		list(r.Text)
	}
	for _, system := range p.Systems {
		list(system.Versions.Text + " " + system.LastApp + " " + system.Name)
	}
	list(p.Versions.Target)
	f.versionText = either(written)
	for _, r := range ranges {
		for _, bound := range []*device.Version{r.From, r.Below} { // 4.10 for "4.9"
			if bound != nil {
				f.versions = append(f.versions, *bound)
			}
		}
	}
	f.allPorts = slices.Concat(p.Ports.Allowed, p.Ports.Retired)
	f.portText = oneOf(f.allPorts)
	return f
}

// address accepts addresses, because they are not facts of a notice. Four numbers
// of which the first is as low as in versions are taken for a version.
func (f proseFacts) address(c context, text string) bool {
	first, _, _ := strings.Cut(text, ".")
	n, _ := strconv.Atoi(first)
	_, err := netip.ParseAddr(text)
	return n > 20 || err != nil || f.version(c, text)
}

func (f proseFacts) date(c context, text string) bool {
	if len(text) == 4 && c.measures() {
		return true // no year: 2000 devices
	}
	return slices.ContainsFunc(f.days, func(day calendar.Day) bool { return sameDay(text, day) })
}

// sameDay compares as much of a day as the text gives. When a date is all numbers,
// day and month may come in either order.
func sameDay(text string, day calendar.Day) bool {
	at := day.Start()
	var numbers []int
	for _, digits := range digitsForm.FindAllString(text, -1) {
		n, _ := strconv.Atoi(digits)
		numbers = append(numbers, n)
	}
	if month := monthForm.FindString(text); month != "" {
		return strings.EqualFold(month, at.Month().String()[:3]) &&
			!slices.ContainsFunc(numbers, func(n int) bool { return n != at.Day() && n != at.Year() })
	}
	want := []int{at.Year(), int(at.Month()), at.Day()}
	if len(numbers) == 1 {
		want = want[:1]
	}
	slices.Sort(want)
	slices.Sort(numbers)
	return slices.Equal(want, numbers)
}

func (f proseFacts) version(c context, text string) bool {
	if c.follows(notVersions) || c.measures() {
		return true
	}
	numbers := strings.Split(strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(text), "v"), ".x"), ".")
	first, _, err := bounds(strings.Join(numbers[:min(3, len(numbers))], "."))
	return err == nil && slices.Contains(f.versions, first)
}

func (f proseFacts) ports(_ context, text string) bool {
	for _, digits := range digitsForm.FindAllString(text, -1) {
		if n, _ := strconv.Atoi(digits); !slices.Contains(f.allPorts, n) {
			return false
		}
	}
	return true
}

// number takes a number of four or five digits for a port, even without the word
// before it: such a text has few other numbers of that length.
func (f proseFacts) number(c context, text string) bool {
	n, _ := strconv.Atoi(text)
	return slices.Contains(f.allPorts, n) || n > 65535 || c.measures()
}
