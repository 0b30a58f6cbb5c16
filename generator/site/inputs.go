package site

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/roster"
)

// Bounds of the inputs page. What goes beyond them is counted, and the files
// for download have it whole.
const (
	mostFiles           = 250
	mostProblemsOfKind  = 200
	mostProblems        = 900
	fewProblems         = 40
	mostLines           = 200
	mostNotes           = 100
	mostExemptionsShown = 200
)

// inputsPage says what the figures stand on.
type inputsPage struct {
	frame
	Files     template.HTML
	FileCount string
	MoreFiles string // "and 12 more, in data/summary.json"; ""
	FileNotes []fileNote
	Evidence  string
	Settings  []setting

	ProblemCount string
	Problems     []problemGroup
	// FewProblems opens the groups from the start.
	FewProblems bool

	Destinations      []destinationRow
	DestinationLines  string
	BlankDestinations string
	// People are missing from the roster; PeopleLines are ready to paste.
	People        string
	PeopleLines   string
	Roster        bool
	Columns       []columnRow
	ColumnLines   string
	Versions      []versionTextRow
	Exemptions    template.HTML
	ExemptionText string
	MoreLines     string
	FleetFiles    bool
}

type fileNote struct{ File, Note string }

type setting struct{ Name, Value string }

// problemGroup is the problems of one kind.
type problemGroup struct {
	Kind   string
	Count  int
	Number string
	Rows   template.HTML
	More   string // "the first 200 of 1,204"; ""
}

type destinationRow struct {
	Name, UID, Devices string
	Count              int
}

type columnRow struct{ File, Header string }

type versionTextRow struct {
	Text    string
	Devices string
	Count   int
}

func (s *Site) inputs() *inputsPage {
	page := &inputsPage{
		frame:        s.frame("Inputs", "inputs", "", "cutoff.js"),
		FileCount:    s.words.count(len(s.in.Files), "file", "files"),
		Files:        s.fileRows(),
		Settings:     s.settings(),
		ProblemCount: s.words.count(len(s.in.Problems), "problem", "problems"),
		Problems:     s.problemGroups(),
		FewProblems:  len(s.in.Problems) <= fewProblems,
		FleetFiles:   s.in.Config.Privacy.FleetFiles,
	}
	if more := len(s.in.Files) - mostFiles; more > 0 {
		page.MoreFiles = fmt.Sprintf("%s more are in data/summary.json.", s.words.number(more))
	}
	for _, file := range s.in.Files {
		for _, text := range file.Notes {
			if len(page.FileNotes) < mostNotes {
				page.FileNotes = append(page.FileNotes, fileNote{shown(file.Path), shown(text)})
			}
		}
		page.Roster = page.Roster || file.Kind == intake.Roster
	}
	if n := s.in.Joined + s.in.Unjoined; n > 0 {
		page.Evidence = fmt.Sprintf("Of %s of a port, %s could be tied to a device and %s could not.",
			s.words.count(n, "observation", "observations"), s.words.number(s.in.Joined), s.words.number(s.in.Unjoined))
	}
	s.fillDestinations(page)
	s.fillPeople(page)
	s.fillColumns(page)
	page.Versions = s.unknownVersions()
	s.fillExemptions(page)
	return page
}

func (s *Site) fileRows() template.HTML {
	r := &rows{}
	for _, file := range s.in.Files[:min(len(s.in.Files), mostFiles)] {
		r.markup(`<tr><th scope="row"><span class="file">`)
		r.text(file.Path)
		r.markup(`</span><span class="hash">`)
		r.text(file.SHA256)
		r.markup(`</span></th><td>`)
		r.text(string(file.Kind))
		r.markup(`</td>`)
		for _, n := range []int{file.Rows, file.Ledger.Devices, file.Merged, file.Rejected, file.Other} {
			r.markup(`<td>`)
			r.text(s.words.number(n))
			r.markup(`</td>`)
		}
		r.markup("</tr>\n")
	}
	return r.html()
}

// settings are the assumptions that the figures depend on.
func (s *Site) settings() []setting {
	rules := s.in.Config.Rules
	facts := newFacts(s.in)
	support := "not checked: the configuration names no supported versions"
	if list := rules.Supported; list != nil {
		support = visible(facts.SupportedVersions.String())
		if list.Source != "" {
			support += ", by " + visible(list.Source)
		}
		if !list.Checked.IsZero() {
			support += ", checked " + s.words.day(list.Checked)
		}
	}
	unclassified := "are checked one by one; they count neither as cloud nor as on-premises"
	if rules.UnclassifiedIsCloud {
		unclassified = "are treated as the vendor’s cloud"
	}
	settings := []setting{
		{"Policy", visible(s.in.Policy.Title) + " (" + visible(s.in.Policy.ID) + ")"},
		{"Announced, effective", s.words.day(s.in.Policy.Announced) + ", " + s.words.day(s.in.Policy.Effective)},
		{"Versions that connect", facts.PassingVersions.String()},
		{"Supported versions", support},
		{"Destinations that nobody has classified", unclassified},
		{"An observation of a port counts for", s.words.count(rules.WindowDays, "day", "days")},
		{"A device is not seen lately after", s.words.count(s.in.Config.StaleDays, "day", "days")},
	}
	if s.facts.Confirmation != "" {
		settings = append(settings, setting{"Network", s.facts.Confirmation})
	}
	return settings
}

// problemGroups gives the problems by kind, most frequent first.
func (s *Site) problemGroups() []problemGroup {
	byKind := make(map[problem.Kind][]problem.Problem)
	var kinds []problem.Kind
	for _, p := range s.in.Problems {
		if _, known := byKind[p.Kind]; !known {
			kinds = append(kinds, p.Kind)
		}
		byKind[p.Kind] = append(byKind[p.Kind], p)
	}
	slices.SortFunc(kinds, func(a, b problem.Kind) int {
		return cmp.Or(cmp.Compare(len(byKind[b]), len(byKind[a])), cmp.Compare(a, b))
	})
	limit := mostProblemsOfKind
	if len(s.in.Problems) > mostProblems {
		limit = min(limit, max(10, mostProblems/len(kinds)))
	}
	groups := make([]problemGroup, len(kinds))
	for i, kind := range kinds {
		all := byKind[kind]
		groups[i] = problemGroup{Kind: string(kind), Count: len(all), Number: s.words.number(len(all)), Rows: problemRows(all[:min(len(all), limit)])}
		if len(all) > limit {
			groups[i].More = fmt.Sprintf("The first %s of %s.", s.words.number(limit), s.words.number(len(all)))
		}
	}
	return groups
}

func problemRows(problems []problem.Problem) template.HTML {
	r := &rows{}
	for _, p := range problems {
		r.markup(`<tr><th scope="row">`)
		place := p.Position.String()
		if place == "" {
			place = "the run"
		}
		r.text(place)
		r.markup(`</th><td>`)
		r.sentence(p.Message)
		r.markup("</td></tr>\n")
	}
	return r.html()
}

func (s *Site) fillDestinations(page *inputsPage) {
	var lines strings.Builder
	pasted := make(map[string]bool) // one UID may go by several names
	for _, d := range s.in.Fleet.Unclassified {
		if d.Name == "" && d.UID == "" {
			page.BlankDestinations = fmt.Sprintf("%s a blank destination cell, which no line of the configuration can classify: the report has to be exported again with its destinations.",
				s.words.count(d.Devices, "device has", "devices have"))
			continue
		}
		if len(page.Destinations) == mostLines {
			break
		}
		page.Destinations = append(page.Destinations, destinationRow{shown(d.Name), shown(d.UID), s.words.number(d.Devices), d.Devices})
		if key := cmp.Or(d.UID, d.Name); !pasted[key] {
			pasted[key] = true
			fmt.Fprintf(&lines, "    - %s  # %s\n", yamlText(key), yamlComment(d, s.words))
		}
	}
	if lines.Len() > 0 {
		page.DestinationLines = "destinations:\n  on_premises:  # or cloud:\n" + lines.String()
	}
}

// yamlText quotes text for the configuration; what does not print is escaped.
func yamlText(text string) string { return strconv.QuoteToGraphic(text) }

func yamlComment(d fleet.DestinationCount, w words) string {
	name := ""
	if d.UID != "" && d.Name != "" {
		name = shown(d.Name) + ", "
	}
	return name + w.count(d.Devices, "device", "devices")
}

func (s *Site) fillPeople(page *inputsPage) {
	unlisted := s.in.Fleet.Unlisted
	nameless := 0
	var lines strings.Builder
	for i, user := range unlisted {
		if user.Username == "" {
			nameless += user.Devices
			continue
		}
		if i < mostLines {
			lines.WriteString(csvCell(s.in.Config.Privacy.User(user.Username)) + ",,,,\n")
		}
	}
	if len(unlisted) == 0 {
		return
	}
	page.People = fmt.Sprintf("%s of the reports %s not on the roster.", s.words.count(len(unlisted), "user name", "user names"), plural("is", "are", len(unlisted)))
	if nameless > 0 {
		page.People += fmt.Sprintf(" %s no user name at all.", s.words.count(nameless, "device has", "devices have"))
	}
	if s.in.Config.Privacy.UserNames && lines.Len() > 0 {
		page.PeopleLines = "username,email,department,manager,manager_email\n" + lines.String()
	}
}

// csvCell gives a cell of a line to paste: quoted where it must be, and with an
// apostrophe where a spreadsheet would run it.
func csvCell(text string) string {
	text = visible(text)
	if text != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(text)[0]) {
		text = "'" + text
	}
	if strings.ContainsAny(text, ",\";\n") {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

func (s *Site) fillColumns(page *inputsPage) {
	var lines strings.Builder
	seen := make(map[string]bool)
	for _, file := range s.in.Files {
		for _, header := range file.Unknown {
			if seen[header] || header == "" || len(page.Columns) == mostLines {
				continue
			}
			seen[header] = true
			page.Columns = append(page.Columns, columnRow{shown(file.Path), shown(header)})
			fmt.Fprintf(&lines, "  COLUMN: [%s]\n", yamlText(cut(header, longestText)))
		}
	}
	if lines.Len() > 0 {
		page.ColumnLines = "columns:\n" + lines.String()
	}
}

// unknownVersions gives the version texts that could not be read, those with
// most devices first.
func (s *Site) unknownVersions() []versionTextRow {
	counts := make(map[string]int)
	for _, d := range s.in.Fleet.Devices {
		if !d.Version.Known && d.Verdict != policy.Inactive {
			counts[d.Version.Text]++
		}
	}
	var found []versionTextRow
	for text, n := range counts {
		found = append(found, versionTextRow{Text: text, Devices: s.words.number(n), Count: n})
	}
	slices.SortFunc(found, func(a, b versionTextRow) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text))
	})
	found = found[:min(len(found), mostLines)]
	for i := range found {
		found[i].Text = shown(found[i].Text)
	}
	return found
}

func (s *Site) fillExemptions(page *inputsPage) {
	exemptions := s.in.Fleet.Exemptions
	if len(exemptions) == 0 {
		return
	}
	page.ExemptionText = s.words.count(len(exemptions), "waiver", "waivers")
	r := &rows{}
	for _, e := range exemptions[:min(len(exemptions), mostExemptionsShown)] {
		r.markup(`<tr data-standing="`)
		r.attr(string(e.Standing))
		r.markup(`"><th scope="row">`)
		if e.Named != nil {
			r.text(deviceName(e.Named))
			r.markup(`<span class="guid">`)
			r.text(e.Named.GUID)
			r.markup(`</span>`)
		} else {
			r.text(e.Device)
		}
		r.markup(`</th><td>`)
		r.text(standingWord(e.Standing))
		r.markup(`</td><td>`)
		if e.Expires.IsZero() {
			r.markup(`no day`)
		} else {
			r.day(e.Expires, s.words)
		}
		for _, text := range []string{e.Reason, e.Owner, e.Approver, e.Source.String()} {
			r.markup(`</td><td>`)
			r.text(text)
		}
		r.markup("</td></tr>\n")
	}
	page.Exemptions = r.html()
}

func standingWord(standing roster.Standing) string {
	switch standing {
	case roster.Holds:
		return "holds"
	case roster.Expires:
		return "holds, and expires soon"
	case roster.Expired:
		return "expired: the device counts"
	case roster.Refused:
		return "refused: the device counts"
	case roster.Ambiguous:
		return "names several devices: they count"
	case roster.Unused:
		return "fits no affected device"
	}
	return string(standing)
}
