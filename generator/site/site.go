// Package site renders the pages that people read. A fleet that is grouped and
// counted comes in, with the texts and the organisation's settings; HTML pages,
// the style sheet, the scripts and the search index go out to a [publish.Sink]. Nothing
// is judged or counted anew here: pages show the fleet's own sums, so that they
// cannot disagree with the files for download. [New] builds every page struct
// and runs every template, so that a fault in one is found before anything is
// written; [Site.Write] then only renders and writes.
package site

import (
	"html/template"
	"io/fs"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/publish"
)

// Input is everything that pages show.
type Input struct {
	prose.Matter
	Files    []intake.File
	Problems []problem.Problem
	// Notes are worth knowing of all inputs together, one sentence each.
	Notes []string
	// Joined and Unjoined count the observations of the evidence that were
	// tied to a device, and those that were not.
	Joined, Unjoined int
	// Forced has what would have kept the run from publishing, one sentence
	// each; every page says it.
	Forced []string
	// Memory is what earlier nights found; nil when nothing is remembered.
	Memory *memory.Account
	Tool   publish.Tool
	// Texts holds announcement.md, faq.md and, if the policy has its own,
	// how-to-upgrade.md.
	Texts fs.FS
	// Overrides replaces files of templates/, static/ and content/ by the same
	// path, one by one; nil for none.
	Overrides fs.FS
	// Logo is the picture that Config.Look.Logo names; nil without one.
	Logo []byte
}

// Site is a set of pages, checked and ready to be written.
type Site struct {
	in        Input
	words     prose.Words
	facts     *siteFacts
	changed   changedDevices
	networks  []fleet.Network
	ways      *fleet.Ways
	templates map[string]*template.Template
	// pages are complete; departments are rendered as they are written.
	pages  []page
	assets []asset
	// texts fill each department's own file too, whose style and pictures are in
	// alone.
	texts struct{ announcement, questions, howTo *prose.Source }
	alone *alone

	buffers pageBuffers
}

// page is one HTML file but for the lists.
type page struct {
	name, template string
	content        any
}

// New prepares the site: parses every template, renders every text, and runs
// each page's template with its own content and with none. The error names
// the file and line of the first fault. Nothing is written.
func New(in Input) (*Site, error) {
	s := &Site{in: in, words: prose.NewWords(in.Config.Look)}
	if err := checkHosts(in.Config.TestHosts); err != nil {
		return nil, err
	}
	files, err := overlay(in.Texts, in.Overrides)
	if err != nil {
		return nil, err
	}
	if s.assets, err = assets(files, in); err != nil {
		return nil, err
	}
	if s.templates, err = parseTemplates(files, in.Config.Look); err != nil {
		return nil, err
	}
	s.facts = newSiteFacts(in, s.words)
	s.changed = s.countChanges()
	s.networks = fleet.Networks(in.Fleet, in.Rules)
	s.ways = fleet.NewWays(in.Fleet, s.networks)
	s.alone = newAlone(s.assets)
	if s.pages, err = s.plainPages(files); err != nil {
		return nil, err
	}
	return s, s.tryTemplates()
}

// plainPages builds the pages that stand at the top of the site.
func (s *Site) plainPages(files siteFiles) ([]page, error) {
	facts := prose.FactsOf(s.in.Matter)
	load := func(source **prose.Source, name string) (text prose.Text, err error) {
		if *source, err = prose.Load("content/"+name, files["content/"+name], facts); err == nil {
			text, err = (*source).Render(facts, prose.Place{})
		}
		return text, err
	}
	announcement, err := load(&s.texts.announcement, "announcement.md")
	if err != nil {
		return nil, err
	}
	questions, err := load(&s.texts.questions, "faq.md")
	if err != nil {
		return nil, err
	}
	upgrading, err := load(&s.texts.howTo, howToName)
	if err != nil {
		return nil, err
	}
	departments := s.departmentTables()
	pages := []page{
		{"index.html", "index", s.index(announcement, departments[0])},
		{"announcement.html", "announcement", s.announcement(announcement)},
		{"faq.html", "faq", s.faq(questions)},
		{"inputs.html", "inputs", s.inputs()},
		{"find.html", "find", s.find(upgrading)},
	}
	if s.in.Fleet.Possible.Ports {
		pages = append(pages, page{"connection-test.html", "connection-test", s.connectionTest()}, page{"network.html", "network", s.network()})
	}
	pages = append(pages, s.changesPages()...)
	return append(pages, s.furtherDepartments(departments)...), nil
}
