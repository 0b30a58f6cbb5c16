package prose

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strings"
	texttemplate "text/template"

	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/strictyaml"
)

// Text is an announcement or a FAQ, ready for a page.
type Text struct {
	// Title is the page's title, Summary a sentence about it ("" for none).
	// Both are plain text.
	Title, Summary string
	// HTML is the text below the title. It has no script, no raw HTML, no style
	// and no picture from elsewhere. Its links are relative or use http, https
	// or mailto.
	HTML template.HTML
	// Brief has the sections of HTML that replace it where room is short; ""
	// when the text names none.
	Brief template.HTML
	// Headings are the text's headings in order, for a table of contents.
	Headings []Heading
}

// Heading is one heading of a Text.
type Heading struct {
	Level int    // 2 to 6: the page has its own h1
	ID    string // the fragment that leads to it
	Text  string // plain text
}

// Load reads a Markdown file; faults use its name. The file begins with front
// matter between two lines of three dashes:
//
//	title     the page's title; required
//	summary   one sentence about the page
//	brief     the ids of the sections that replace the whole text where room is
//	          short
//	phases    another title or summary for a phase: before, announced,
//	          approaching, imminent or in-force
//
// GitHub-flavoured Markdown follows (tables, strikethrough, plain links). It is
// a template first: {{.Effective}} is a placeholder of [Facts], and the
// functions of [Funcs] may be called. The error is a [problem.List] with file
// and line. The text is tried in every phase, so that a fault in the wording
// for the effective date shows before that day comes.
func Load(name string, raw []byte, facts Facts) (*Source, error) {
	source, err := parseSource(name, string(raw), Funcs(facts.words.look))
	if err != nil {
		return nil, err
	}
	if _, err := source.Render(facts, Place{}); err != nil {
		return nil, err
	}
	for _, situation := range situations(facts) {
		if _, err := source.Render(situation.facts, Place{}); err != nil {
			return nil, inSituation(err, situation.name)
		}
	}
	return source, nil
}

// Source is a text file that was parsed and is ready to be filled.
type Source struct {
	name string
	// heads has the title and the summary for each phase.
	heads map[policy.Phase]head
	// brief has the ids of the sections of [Text.Brief]; the front matter names
	// them at line briefLine.
	brief     []string
	briefLine int
	body      *texttemplate.Template
}

// head is a title and a summary, as templates.
type head struct{ title, summary *texttemplate.Template }

const fence = "---"

func parseSource(name, raw string, funcs texttemplate.FuncMap) (*Source, error) {
	text := strings.TrimPrefix(raw, "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if line := unprintableLine(text); line > 0 {
		return nil, fault(name, line, "found a control character or a byte that is not UTF-8, want text")
	}
	lines := strings.Split(text, "\n")
	if strings.TrimRight(lines[0], " ") != fence {
		return nil, fault(name, 1, "found no front matter, want a first line of three dashes, then title and summary")
	}
	end := 1 + slices.IndexFunc(lines[1:], func(line string) bool { return strings.TrimRight(line, " ") == fence })
	if end == 0 {
		return nil, fault(name, 1, "found front matter without an end, want a second line of three dashes")
	}
	// Empty lines take the place of what is cut away, so that line numbers are
	// those of the file.
	s := &Source{name: name}
	if err := s.parseFront("\n"+strings.Join(lines[1:end], "\n"), funcs); err != nil {
		return nil, err
	}
	var err error
	s.body, err = parseBody(name, strings.Repeat("\n", end+1)+strings.Join(lines[end+1:], "\n"), funcs)
	return s, err
}

// parseFront reads the front matter.
func (s *Source) parseFront(text string, funcs texttemplate.FuncMap) error {
	name := s.name
	document := strictyaml.Read(name, []byte(text), problem.BadSetting)
	root := document.Root()
	title, summary := newPhrase(root.Need("title", "the page's title")), newPhrase(root.At("summary"))
	s.brief, s.briefLine = root.At("brief").Texts(), root.At("brief").Position().Row
	phases := root.At("phases").Mapping()
	own := map[policy.Phase]*strictyaml.Mapping{}
	for _, phase := range allPhases() {
		own[phase] = phases.At(string(phase)).Mapping()
	}
	s.heads = map[policy.Phase]head{}
	var faults error
	for _, phase := range allPhases() {
		title, titleErr := newPhrase(own[phase].At("title")).or(title).parse(name, funcs)
		summary, summaryErr := newPhrase(own[phase].At("summary")).or(summary).parse(name, funcs)
		s.heads[phase] = head{title, summary}
		faults = cmp.Or(faults, titleErr, summaryErr)
	}
	return cmp.Or(document.Err(), faults)
}

// phrase is a text of the front matter and its line.
type phrase struct {
	text string
	line int
}

func newPhrase(value strictyaml.Value) phrase {
	if !value.IsSet() {
		return phrase{}
	}
	return phrase{value.Text(), value.Position().Row}
}

func (p phrase) or(other phrase) phrase {
	if p.text == "" {
		return other
	}
	return p
}

func (p phrase) parse(name string, funcs texttemplate.FuncMap) (*texttemplate.Template, error) {
	tree, err := parseText(name, strings.Repeat("\n", max(0, p.line-1))+p.text, funcs)
	return tree, wholeLine(err)
}

// Render fills a text from facts and converts it. The error is a [problem.List]
// with file and line.
func (s *Source) Render(facts Facts, at Place) (Text, error) {
	var text Text
	var err error
	head := s.heads[facts.Phase]
	if text.Title, err = fillPhrase(s.name, head.title, facts); err != nil {
		return Text{}, err
	}
	if text.Summary, err = fillPhrase(s.name, head.summary, facts); err != nil {
		return Text{}, err
	}
	markdown, lines, err := fillBody(s.name, s.body, facts)
	if err != nil {
		return Text{}, err
	}
	if text.HTML, text.Headings, err = convert(s.name, markdown, lines, at); err != nil {
		return Text{}, err
	}
	if at.Section != "" {
		return text, nil // a section has the whole text, and other ids
	}
	for _, id := range s.brief {
		section := sectionOf(text.HTML, id)
		if section == "" {
			return Text{}, fault(s.name, s.briefLine, fmt.Sprintf("brief: found %s, want the id of a section's heading", problem.Quote(id)))
		}
		text.Brief += section
	}
	return text, nil
}

// sectionOf gives the section of a rendered text under the heading with an id,
// up to the next heading of level 2; "" for none.
func sectionOf(text template.HTML, id string) template.HTML {
	const heading = template.HTML("<h2 id=\"")
	start := strings.Index(string(text), string(heading)+template.HTMLEscapeString(id)+`">`)
	if start < 0 {
		return ""
	}
	section := text[start:]
	if end := strings.Index(string(section[1:]), string(heading)); end >= 0 {
		section = section[:end+1]
	}
	return section
}

func allPhases() []policy.Phase {
	return []policy.Phase{policy.Before, policy.Announced, policy.Approaching, policy.Imminent, policy.InForce}
}

// situation is a state of the fleet in which a text must read right.
type situation struct {
	name  string
	facts Facts
}

// situations gives every phase, once with the fleet as it is and once with
// nothing left to do.
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

// inSituation adds to a fault the situation where it comes up, because today's
// page does not show it.
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

// fault gives one problem with a text, at a line of its file.
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
