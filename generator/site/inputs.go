package site

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/paste"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/roster"
)

// Bounds of the inputs page. Like every page it stays below 500 KB, and its
// ledger may take most of that. What is beyond a bound is counted here; the
// files for download have it whole.
const (
	mostFileBytes      = 180_000
	mostProblemsOfKind = 200
	mostProblems       = 900
	mostProblemBytes   = 80_000
	fewProblems        = 40
	mostNotes          = 60
	mostExemptions     = 200
	mostExemptionBytes = 50_000
)

// inputsPage shows where the figures come from.
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
	// FewProblems unfolds the groups from the start.
	FewProblems bool

	Destinations      []destinationRow
	DestinationLines  string
	DestinationPlace  string // what to do with the lines
	BlankDestinations string
	// People says how many users are missing from the roster; PeopleLines are
	// rows for them, ready to paste.
	People        string
	PeopleLines   string
	Roster        bool
	Columns       []columnRow
	ColumnLines   string
	ColumnPlace   string
	Versions      []versionTextRow
	Exemptions    template.HTML
	ExemptionText string
}

type fileNote struct{ File, Note string }

type setting struct{ Name, Value string }

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
		FileCount:    s.words.Count(len(s.in.Files), "file", "files"),
		Settings:     s.settings(),
		ProblemCount: s.words.Count(len(s.in.Problems), "problem", "problems"),
		Problems:     s.problemGroups(),
		FewProblems:  len(s.in.Problems) <= fewProblems,
	}
	s.fillFiles(page)
	page.FileNotes = s.fileNotes()
	page.Notes = s.missing("")
	page.Roster = slices.ContainsFunc(s.in.Files, func(file intake.File) bool { return file.Kind == intake.Roster })
	if n := s.in.Joined + s.in.Unjoined; n > 0 {
		page.Evidence = fmt.Sprintf("Of %s of a port, %s could be tied to a device and %s could not.",
			s.words.Count(n, "observation", "observations"), s.words.Number(s.in.Joined), s.words.Number(s.in.Unjoined))
	}
	s.fillDestinations(page)
	s.fillPeople(page)
	s.fillColumns(page)
	page.Versions = s.unknownVersions()
	s.fillExemptions(page)
	return page
}

// fillFiles writes the ledger of as many files as there is room for.
func (s *Site) fillFiles(page *inputsPage) {
	r := s.newRows()
	for i, file := range s.in.Files {
		if len(r.buf) > mostFileBytes {
			page.MoreFiles = fmt.Sprintf("%s more are in data/summary.json.", s.words.Number(len(s.in.Files)-i))
			break
		}
		r.write(`<tr><th scope="row"><span class="file">{}</span><span class="hash">{}</span></th><td>{}</td>`, file.Path, file.SHA256, string(file.Kind))
		for _, n := range []int{file.Rows, file.Ledger.Devices, file.Merged, file.Rejected, file.Other} {
			r.write(`<td>{}</td>`, s.words.Number(n))
		}
		r.write("</tr>\n")
	}
	page.Files = r.html()
}

// fileNotes gives what was assumed about the files. A note that several files
// share is given once.
func (s *Site) fileNotes() []fileNote {
	var notes []fileNote
	for _, text := range s.in.Notes {
		notes = append(notes, fileNote{"All reports", prose.Shown(text)})
	}
	var texts []string
	files := make(map[string][]string)
	for _, file := range s.in.Files {
		for _, text := range file.Notes {
			if files[text] == nil {
				texts = append(texts, text)
			}
			files[text] = append(files[text], file.Path)
		}
	}
	for i, text := range texts {
		if len(notes) == mostNotes {
			return append(notes, fileNote{"Other files", fmt.Sprintf("%s more notes are left out.", s.words.Number(len(texts)-i))})
		}
		name := prose.Shown(files[text][0])
		if more := len(files[text]) - 1; more > 0 {
			name += fmt.Sprintf(" and %s", s.words.Count(more, "other file", "other files"))
		}
		notes = append(notes, fileNote{name, prose.Shown(text)})
	}
	return notes
}

// settings are the assumptions that the figures depend on.
func (s *Site) settings() []setting {
	rules := s.in.Config.Rules
	facts := prose.FactsOf(s.in.Matter)
	support := "not checked: the configuration names no supported versions"
	if list := rules.Supported; list != nil {
		support = prose.Visible(facts.SupportedVersions.String())
		if list.Source != "" {
			support += ", by " + prose.Visible(list.Source)
		}
		if !list.Checked.IsZero() {
			support += ", checked " + s.words.Day(list.Checked)
		}
	}
	unclassified := "are checked one by one; they count neither as cloud nor as on-premises"
	if rules.UnclassifiedIsCloud {
		unclassified = "are treated as the vendor’s cloud"
	}
	settings := []setting{
		{"Policy", prose.Visible(s.in.Policy.Title) + " (" + prose.Visible(s.in.Policy.ID) + ")"},
		{"Announced", cmp.Or(s.words.Day(s.in.Policy.Announced), "the vendor’s page names no day")},
		{"Effective", s.words.Day(s.in.Policy.Effective)},
		{"Versions that " + s.in.Policy.Pass(), facts.PassingVersions.String()},
		{"Supported versions", support},
		{"Unclassified destinations", unclassified},
		{"An observation of a port counts for", s.words.Count(rules.WindowDays, "day", "days")},
		{"A device is not seen lately after", s.words.Count(s.in.Config.StaleDays, "day", "days")},
	}
	possible := s.in.Fleet.Possible
	settings = slices.DeleteFunc(settings, func(s setting) bool {
		return s.Name == "Supported versions" && !possible.Support || s.Name == "Unclassified destinations" && !possible.Destinations ||
			s.Name == "An observation of a port counts for" && !possible.Ports
	})
	if overruled := s.in.Rules.Overruled(); len(overruled) > 0 {
		names := make([]string, len(overruled))
		for i, name := range overruled {
			names[i] = prose.Shown(name)
		}
		settings = append(settings, setting{"The configuration overrules the policy",
			"it calls on-premises what the policy knows as the vendor’s cloud: " + strings.Join(names, "; ") + ". Where that is wrong, devices are missing among the affected."})
	}
	if s.facts.Confirmation != "" {
		settings = append(settings, setting{"Network", s.facts.Confirmation})
	}
	return settings
}

func (s *Site) fillDestinations(page *inputsPage) {
	for _, d := range s.in.Fleet.Unclassified {
		if d.Name == "" && d.UID == "" {
			page.BlankDestinations = fmt.Sprintf("%s a blank destination cell, which no line of the configuration can classify: the report has to be exported again with its destinations.",
				s.words.Count(d.Devices, "device has", "devices have"))
			continue
		}
		if len(page.Destinations) == paste.Most {
			break
		}
		page.Destinations = append(page.Destinations, destinationRow{prose.Shown(d.Name), prose.Shown(d.UID), s.words.Number(d.Devices), d.Devices})
	}
	page.DestinationLines = paste.Destinations(s.in.Fleet.Unclassified, s.in.Config).Text
	page.DestinationPlace = paste.DestinationsPlace(s.in.Config)
}

func (s *Site) fillPeople(page *inputsPage) {
	unlisted := s.in.Fleet.Unlisted
	if len(unlisted) == 0 {
		return
	}
	names, nameless := paste.Unlisted(unlisted)
	page.People = fmt.Sprintf("%s of the reports %s not on the roster.", s.words.Count(names, "user name", "user names"), plural.Of(names, "is", "are"))
	if nameless > 0 {
		page.People += fmt.Sprintf(" %s no user name at all.", s.words.Count(nameless, "device has", "devices have"))
	}
	// When a setting shortens user names, a pasted line would match nobody, so
	// no lines are given.
	cut := func(user roster.UserCount) bool { return s.in.Config.Privacy.User(user.Username) != user.Username }
	if !slices.ContainsFunc(unlisted, cut) {
		page.PeopleLines = paste.People(unlisted).Text
	}
}

func (s *Site) fillColumns(page *inputsPage) {
	headers := paste.Headers(s.in.Files)
	for _, h := range headers[:min(len(headers), paste.Most)] {
		page.Columns = append(page.Columns, columnRow{prose.Shown(h.File), prose.Shown(h.Text)})
	}
	page.ColumnLines = paste.Columns(headers, s.in.Config).Text
	page.ColumnPlace = paste.ColumnsPlace(s.in.Config)
}

// unknownVersions gives the version texts that could not be read, most devices
// first.
func (s *Site) unknownVersions() []versionTextRow {
	var found []versionTextRow
	for _, v := range paste.Versions(s.in.Fleet.Devices) {
		if len(found) == paste.Most {
			break
		}
		found = append(found, versionTextRow{Text: prose.Shown(v.Text), Devices: s.words.Number(v.Devices), Count: v.Devices})
	}
	return found
}

func (s *Site) fillExemptions(page *inputsPage) {
	exemptions := s.in.Fleet.Exemptions
	if len(exemptions) == 0 {
		return
	}
	page.ExemptionText = s.words.Count(len(exemptions), "waiver", "waivers")
	r := s.newRows()
	for i, e := range exemptions {
		if i == mostExemptions || len(r.buf) > mostExemptionBytes {
			page.ExemptionText += fmt.Sprintf(", of which the first %s are listed", s.words.Number(i))
			break
		}
		r.write(`<tr data-standing="{}"><th scope="row">`, attr(e.Standing))
		if e.Named != nil {
			r.write(`{}<span class="guid">{}</span></th>`, e.Named.Called(), e.Named.GUID)
		} else {
			r.write(`{}</th>`, e.Device)
		}
		r.write(`<td>{}</td><td>`, standingWords[e.Standing])
		if e.Expires.IsZero() {
			r.write(`no day`)
		} else {
			r.day(e.Expires)
		}
		r.write("</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", e.Reason, e.Owner, e.Approver, e.Source.String())
	}
	page.Exemptions = r.html()
}

// standingWords say what a waiver is worth today.
var standingWords = map[roster.Standing]string{
	roster.Holds:     "holds",
	roster.Expires:   "holds, and expires soon",
	roster.Expired:   "expired: the device counts",
	roster.Refused:   "refused: the device counts",
	roster.Ambiguous: "names several devices: they count",
	roster.Unused:    "fits no affected device",
}
