package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"path"
	"regexp"
	"strings"
	texttemplate "text/template"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/prose"
)

// Every page of the site has the same frame. A department's own file has
// another one, because it has no site around it.
const (
	frameFile      = "templates/frame.html"
	standaloneFile = "templates/standalone.html"
)

// parseTemplates parses the frames, the parts and every page. Each page is a
// set of its own, so that all can call their content "main".
func parseTemplates(files siteFiles, look config.Look) (map[string]*template.Template, error) {
	funcs := prose.Funcs(look)
	maps.Copy(funcs, pageFuncs())
	shared := template.New("templates").Funcs(funcs).Option("missingkey=error")
	for _, name := range append([]string{frameFile, standaloneFile}, files.below("templates/parts")...) {
		if err := parseTemplate(shared, files, name); err != nil {
			return nil, err
		}
	}
	parsed := make(map[string]*template.Template)
	for _, name := range files.below("templates/pages") {
		set, err := shared.Clone()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := parseTemplate(set, files, name); err != nil {
			return nil, err
		}
		parsed[strings.TrimSuffix(path.Base(name), ".html")] = set
	}
	return parsed, nil
}

func parseTemplate(set *template.Template, files siteFiles, name string) error {
	_, err := set.New(name).Parse(files.text(name))
	return templateFault(err)
}

// pageFuncs are the functions that the frame and the parts need in addition to
// those of texts.
func pageFuncs() template.FuncMap {
	return template.FuncMap{"visible": prose.Visible, "verdict": prose.Verdict}
}

// render runs a page's template inside its frame.
func (s *Site) render(out io.Writer, name string, content any) error {
	frame := "frame"
	if name == standalone {
		name, frame = "department", standalone
	}
	set, ok := s.templates[name]
	if !ok {
		return fmt.Errorf("templates/pages/%s.html: found no such template", name)
	}
	return templateFault(set.ExecuteTemplate(out, frame, content))
}

// tryTemplates runs every template with nothing in it, and those of the plain
// pages with their content too. It finds a fault, also in an override, before
// anything is written.
func (s *Site) tryTemplates() error {
	for _, p := range append(s.emptyPages(), s.pages...) {
		if err := s.render(io.Discard, p.template, p.content); err != nil {
			return err
		}
	}
	return nil
}

// emptyPages gives every kind of page without content.
func (s *Site) emptyPages() []page {
	bare := frame{siteFacts: &siteFacts{}}
	return []page{
		{"", "index", &indexPage{frame: bare}},
		{"", "announcement", &announcementPage{frame: bare}},
		{"", "faq", &faqPage{frame: bare}},
		{"", "connection-test", &connectionPage{frame: bare}},
		{"", "network", &networkPage{frame: bare}},
		{"", "inputs", &inputsPage{frame: bare}},
		{"", "find", &findPage{frame: bare}},
		{"", "changes", &changesPage{frame: bare}},
		{"", "departments", &departmentsPage{frame: bare}},
		{"", "department", &departmentPage{frame: bare}},
		{"", standalone, &standalonePage{departmentPage: &departmentPage{frame: bare}, alone: &alone{}}},
	}
}

// located finds the place in an error of the template packages:
// "html/template:templates/pages/index.html:12:7: ..."
var located = regexp.MustCompile(`(templates/[^:\s]+\.html):(\d+)(?::(\d+))?:?\s*(.*)`)

// templateFault turns a template's error into a problem at its file and line.
func templateFault(err error) error {
	if err == nil {
		return nil
	}
	var execution texttemplate.ExecError
	text := err.Error()
	if errors.As(err, &execution) {
		text = execution.Err.Error()
	}
	found := located.FindStringSubmatch(text)
	if found == nil {
		return err
	}
	at := problem.Position{File: found[1]}
	fmt.Sscan(found[2], &at.Row)
	if found[3] != "" {
		fmt.Sscan(found[3], &at.Column)
	}
	message := "found " + strings.TrimSpace(found[4]) + ", want a template that fits its page"
	return problem.List{{Position: at, Kind: problem.BadSetting, Message: message}}
}

// renderPage gives a page's bytes. They are valid until out is used again.
func (s *Site) renderPage(out *bytes.Buffer, name string, content any) ([]byte, error) {
	out.Reset()
	if list, ok := content.(interface{ size() int }); ok {
		out.Grow(list.size())
	}
	if err := s.render(out, name, content); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
