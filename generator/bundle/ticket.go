package bundle

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/templates"
)

// field is a field of a change request, as ServiceNow's table change_request
// has it.
type field struct{ key, title string }

// fields are the fields that the ticket's texts fill, in the order of the form.
// Each has a template, templates/ticket/<key>.txt.
func fields() []field {
	return []field{
		{"short_description", "Short description"},
		{"description", "Description"},
		{"justification", "Justification"},
		{"implementation_plan", "Implementation plan"},
		{"risk_impact_analysis", "Risk and impact analysis"},
		{"backout_plan", "Backout plan"},
		{"test_plan", "Test plan"},
		{"cmdb_ci", "Configuration item"},
		{"start_date", "Planned start date"},
		{"end_date", "Planned end date"},
	}
}

// shortLimit is how many characters ServiceNow takes for short_description.
const shortLimit = 160

// Ticket has the placeholders of the ticket's templates: those of announcement.md
// and faq.md, and these.
type Ticket struct {
	prose.Facts
	// Worst are the departments with open devices, most first.
	Worst []TicketDepartment
	// Archives are the zips, Lists the files with the affected devices.
	Archives, Lists []string
	// Start and End are the planned dates as ServiceNow writes them, 2020-02-03
	// 23:59:59. The work begins on the as-of date and ends the day before the
	// effective date. End is "" if the effective date is not after the as-of date.
	Start, End string
}

// TicketDepartment is a department's figures.
type TicketDepartment struct {
	Name                                   string
	Devices, Affected, Open, Waived, Check int
}

// ticketFiles gives the ticket's texts as Markdown, plain text and JSON.
func ticketFiles(s *source, own fs.FS, archives, lists []string) ([]file, error) {
	templates, err := readTemplates(own)
	if err != nil {
		return nil, err
	}
	facts := ticketFacts(s)
	facts.Archives, facts.Lists = archives, lists
	plain, err := fill(s, templates, facts, func(text string) string { return text })
	if err != nil {
		return nil, err
	}
	marked, err := fill(s, templates, facts, backslashed)
	if err != nil {
		return nil, err
	}
	text, err := asJSON(plain)
	return []file{
		{name: "ticket.md", content: asMarkdown(marked)},
		{name: "ticket.txt", content: asText(plain)},
		{name: "ticket.json", content: text},
	}, err
}

func ticketFacts(s *source) Ticket {
	t := Ticket{Facts: s.Texts.Facts}
	for _, d := range s.departments {
		if d.Open > 0 {
			t.Worst = append(t.Worst, TicketDepartment{d.Name, d.Devices, d.Affected, d.Open, d.Waived, d.Verdicts["check"]})
		}
	}
	slices.SortStableFunc(t.Worst, func(a, b TicketDepartment) int {
		return cmp.Or(cmp.Compare(b.Open, a.Open), strings.Compare(a.Name, b.Name))
	})
	t.Start = s.AsOf.String() + " 00:00:00"
	if last := t.Effective.Add(-1); !last.Before(s.AsOf) {
		t.End = last.String() + " 23:59:59"
	}
	return t
}

// readTemplates gives a template for each field: the organisation's own, else the
// program's. A file that replaces nothing is a fault. Otherwise nobody would
// notice a misspelt name.
func readTemplates(own fs.FS) (map[string]string, error) {
	read := map[string]string{}
	var known []string
	for _, f := range fields() {
		name := f.key + ".txt"
		known = append(known, name)
		text, err := fs.ReadFile(templates.Files, "ticket/"+name)
		if err != nil {
			return nil, fmt.Errorf("read a text of the ticket: %w", err)
		}
		if own != nil {
			replaced, err := fs.ReadFile(own, name)
			switch {
			case err == nil:
				text = replaced
			case !errors.Is(err, fs.ErrNotExist):
				return nil, problem.List{templateFault(name, "found "+problem.Cause(err).Error()+", want a template")}
			}
		}
		read[f.key] = strings.ReplaceAll(strings.TrimPrefix(string(text), "\ufeff"), "\r\n", "\n")
	}
	if own == nil {
		return read, nil
	}
	return read, strangers(own, known)
}

func strangers(own fs.FS, known []string) error {
	entries, err := fs.ReadDir(own, ".")
	if err != nil {
		return problem.List{{Kind: problem.BadSetting, Message: "bundle.templates: found " + problem.Cause(err).Error() + ", want a folder with templates"}}
	}
	var faults problem.List
	for _, entry := range entries {
		if name := entry.Name(); !slices.Contains(known, name) && !strings.HasPrefix(name, ".") {
			faults = append(faults, templateFault(name, "found a template that replaces nothing, want one of "+strings.Join(known, ", ")))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return faults
}

func templateFault(name, message string) problem.Problem {
	return problem.Problem{Position: problem.Position{File: path.Join("bundle.templates", name)}, Kind: problem.BadSetting, Message: message}
}

// fill fills every field's template.
func fill(s *source, templates map[string]string, facts Ticket, escape func(string) string) (map[string]string, error) {
	filled := map[string]string{}
	var faults problem.List
	for _, f := range fields() {
		text, err := s.Texts.Fill("bundle.templates/"+f.key+".txt", templates[f.key], facts, escape, ticketFuncs())
		var list problem.List
		switch {
		case errors.As(err, &list):
			faults = append(faults, list...)
		case err != nil:
			return nil, err
		}
		filled[f.key] = strings.TrimSpace(text)
	}
	filled["short_description"] = strings.Join(strings.Fields(filled["short_description"]), " ")
	plain := filled["short_description"]
	if n := utf8.RuneCountInString(plain); n > shortLimit && escape("_") == "_" {
		faults = append(faults, templateFault("short_description.txt", fmt.Sprintf("found %d characters once it is filled, want at most %d", n, shortLimit)))
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return filled, nil
}

// ticketFuncs are the functions that templates may call besides those of texts.
//
//	top N LIST     the first N departments
//	beyond N LIST  those after them
func ticketFuncs() map[string]any {
	return map[string]any{
		"top":    func(n int, list []TicketDepartment) []TicketDepartment { return list[:min(max(0, n), len(list))] },
		"beyond": func(n int, list []TicketDepartment) []TicketDepartment { return list[min(max(0, n), len(list)):] },
	}
}

// asMarkdown gives the fields as sections of one document.
func asMarkdown(filled map[string]string) []byte {
	var out bytes.Buffer
	for i, f := range fields() {
		if i == 0 {
			fmt.Fprintf(&out, "# %s\n", filled[f.key])
			continue
		}
		fmt.Fprintf(&out, "\n## %s\n\n%s\n", f.title, cmp.Or(filled[f.key], "To be planned."))
	}
	return out.Bytes()
}

// asText gives the fields with their titles, to be pasted one by one.
func asText(filled map[string]string) []byte {
	var out bytes.Buffer
	for i, f := range fields() {
		if i > 0 {
			out.WriteString("\n\n")
		}
		title := strings.ToUpper(f.title)
		fmt.Fprintf(&out, "%s\n%s\n%s\n", title, strings.Repeat("-", len(title)), cmp.Or(filled[f.key], "To be planned."))
	}
	return out.Bytes()
}

// asJSON gives the fields under ServiceNow's names, as its Table API takes them.
func asJSON(filled map[string]string) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	separator := "{"
	for _, f := range fields() {
		fmt.Fprintf(&out, "%s\n  %q: ", separator, f.key)
		if err := encoder.Encode(filled[f.key]); err != nil {
			return nil, fmt.Errorf("write ticket.json: %w", err)
		}
		out.Truncate(out.Len() - 1) // the line's end
		separator = ","
	}
	out.WriteString("\n}\n")
	return out.Bytes(), nil
}

// backslashed escapes a value for Markdown, so that it shows as it is. A page's
// address becomes a link. People also read ticket.md as plain text, so it escapes
// with backslashes and not with character references as the site's texts do.
func backslashed(text string) string {
	if (strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")) && !strings.ContainsAny(text, " <>") {
		return "<" + text + ">"
	}
	var out strings.Builder
	for i, r := range text {
		if strings.ContainsRune("\\`*_[]<>&|~#!", r) || i == 0 && strings.ContainsRune("+-=", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
