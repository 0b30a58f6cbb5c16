package site

import (
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"strings"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// Text is an announcement or a FAQ, ready for a page.
type Text struct {
	// Title is the page's title, Summary one sentence about it ("" for none);
	// both are plain text.
	Title, Summary string
	// HTML is the text below the title. It holds no script, no raw HTML, no
	// style and no remote image; its links are relative or lead to http, https
	// or mailto.
	HTML template.HTML
	// Headings are the text's headings in order, for a table of contents.
	Headings []Heading
}

// Heading is one heading of a Text.
type Heading struct {
	Level int    // 2 to 6: the page has its own h1
	ID    string // the fragment that leads to it
	Text  string // plain text
}

// renderText reads a Markdown file, fills its placeholders from facts and
// renders it. The file begins with front matter between lines of three dashes:
//
//	title     the page's title; required
//	summary   one sentence about the page
//	phases    another title or summary for a phase: before, announced,
//	          approaching, imminent or in-force
//
// Then comes GitHub-flavoured Markdown (tables, strikethrough, plain links),
// which is a template first: {{.Effective}} is a placeholder of [Facts], and
// the functions of [templateFuncs] may be called. Faults come back as a
// [problem.List], each with file and line. The text is tried in every phase,
// so that a fault in the wording for the effective date is not found on it.
func renderText(fsys fs.FS, name string, facts Facts) (Text, error) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return Text{}, fmt.Errorf("read text: %w", err)
	}
	source, err := parseSource(name, string(raw))
	if err != nil {
		return Text{}, err
	}
	rendered, err := source.render(facts)
	if err != nil {
		return Text{}, err
	}
	for _, situation := range situations(facts) {
		if _, err := source.render(situation.facts); err != nil {
			return Text{}, inSituation(err, situation.name)
		}
	}
	return rendered, nil
}

// source is a text file, taken apart.
type source struct {
	name           string
	title, summary phrase
	phases         map[policy.Phase]phases
	// body is the Markdown with an empty line in place of each line of front
	// matter, so that lines count as in the file.
	body string
}

// phases is what one phase says in place of the title and the summary.
type phases struct{ title, summary phrase }

// phrase is a text of the front matter with its line.
type phrase struct {
	text string
	line int
}

const fence = "---"

func parseSource(name, raw string) (*source, error) {
	text := strings.TrimPrefix(raw, "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if line := unprintableLine(text); line > 0 {
		return nil, fault(name, line, "found a control character or a byte that is not UTF-8, want text")
	}
	lines := strings.Split(text, "\n")
	if strings.TrimRight(lines[0], " ") != fence {
		return nil, fault(name, 1, "found no front matter, want a first line of three dashes, then title and summary")
	}
	for i, line := range lines[1:] {
		if strings.TrimRight(line, " ") == fence {
			end := i + 1
			s := &source{name: name}
			err := s.readFrontMatter("\n" + strings.Join(lines[1:end], "\n"))
			s.body = strings.Repeat("\n", end+1) + strings.Join(lines[end+1:], "\n")
			return s, err
		}
	}
	return nil, fault(name, 1, "found front matter without an end, want a second line of three dashes")
}

func (s *source) readFrontMatter(text string) error {
	document := strictyaml.Read(s.name, []byte(text), problem.BadSetting)
	root := document.Root()
	s.title = newPhrase(root.Need("title", "the page's title"))
	s.summary = newPhrase(root.At("summary"))
	s.phases = map[policy.Phase]phases{}
	if value := root.At("phases"); value.IsSet() {
		mapping := value.Mapping()
		for _, phase := range allPhases() {
			if own := mapping.At(string(phase)); own.IsSet() {
				keys := own.Mapping()
				s.phases[phase] = phases{newPhrase(keys.At("title")), newPhrase(keys.At("summary"))}
			}
		}
	}
	return document.Err()
}

func newPhrase(value strictyaml.Value) phrase {
	if !value.IsSet() {
		return phrase{}
	}
	return phrase{value.Text(), value.Position().Row}
}

func (s *source) render(facts Facts) (Text, error) {
	title, summary := s.title, s.summary
	if own := s.phases[facts.Phase]; own.title.text != "" {
		title = own.title
	}
	if own := s.phases[facts.Phase]; own.summary.text != "" {
		summary = own.summary
	}
	var text Text
	var err error
	if text.Title, err = fillPhrase(s.name, title, facts); err != nil {
		return Text{}, err
	}
	if text.Summary, err = fillPhrase(s.name, summary, facts); err != nil {
		return Text{}, err
	}
	markdown, lines, err := fillMarkdown(s.name, s.body, facts)
	if err != nil {
		return Text{}, err
	}
	text.HTML, text.Headings, err = convert(s.name, markdown, lines)
	return text, err
}

func allPhases() []policy.Phase {
	return []policy.Phase{policy.Before, policy.Announced, policy.Approaching, policy.Imminent, policy.InForce}
}

// situation is a state of the fleet that a text must read right in.
type situation struct {
	name  string
	facts Facts
}

// situations gives every phase, with the fleet as it is and with nothing left
// to do.
func situations(facts Facts) []situation {
	var all []situation
	for _, phase := range allPhases() {
		moved := facts.in(phase)
		all = append(all,
			situation{"phase " + string(phase), moved},
			situation{"phase " + string(phase) + ", no device affected", moved.withoutAffected()})
	}
	return all
}

// inSituation says where a fault comes up that is not on today's page.
func inSituation(err error, name string) error {
	var faults problem.List
	if !errors.As(err, &faults) {
		return err
	}
	told := make(problem.List, len(faults))
	for i, p := range faults {
		p.Message += " (in " + name + ")"
		told[i] = p
	}
	return told
}

// fault is one problem with a text, at a line of its file.
func fault(name string, line int, message string) problem.List {
	return problem.List{newFault(name, line, 0, message)}
}

func newFault(name string, line, column int, message string) problem.Problem {
	at := problem.Position{File: name, Row: line, Column: column}
	return problem.Problem{Position: at, Kind: problem.BadSetting, Message: message}
}

// unprintableLine gives the line of the first control character or broken
// character, 0 for none.
func unprintableLine(text string) int {
	line := 1
	for i, r := range text {
		switch {
		case r == '\n':
			line++
		case r < ' ' && r != '\t', r == 0x7f, r == '\ufffd' && !strings.HasPrefix(text[i:], "\ufffd"):
			return line
		}
	}
	return 0
}
