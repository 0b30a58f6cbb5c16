// Package site renders the pages that people read. It takes a fleet that is
// grouped and counted, the texts, and the organisation's settings. It gives
// HTML pages, the style sheet, the scripts and the search index to a
// [publish.Sink]. Verdicts and sums are the fleet's own, so that pages and
// files for download cannot disagree. [New] renders the texts and tries every
// template before anything is written; [Site.Write] then renders and writes the
// pages.
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
	// Notes are remarks about all inputs together, one sentence each.
	Notes []string
	// Joined counts the observations of a port that were tied to a device,
	// Unjoined those that were not.
	Joined, Unjoined int
	// Forced has a sentence for each bound that was passed and overridden.
	// Every page shows them.
	Forced []string
	// Memory is what earlier nights found; nil when nothing is remembered.
	Memory *memory.Account
	Tool   publish.Tool
	// Texts holds announcement.md, faq.md and, where the policy has its own,
	// how-to-upgrade.md.
	Texts fs.FS
	// Overrides has files that replace those of the same path in templates/,
	// static/ and content/. New files may be added in static/ and
	// templates/parts/; nil for no overrides.
	Overrides fs.FS
	// Logo is the picture that Config.Look.Logo names; nil for none.
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
	// pages have their content already. Department pages are made while they
	// are written.
	pages  []page
	assets []asset
	// texts are kept because each department's own file is filled with them
	// too. alone has the style and the pictures of these files.
	texts struct{ announcement, questions, howTo *prose.Source }
	alone *alone

	buffers pageBuffers
}

// page is one HTML file.
type page struct {
	name, template string
	content        any
}

// New prepares the site. It parses every template, renders every text, and
// tries each template without content and each plain page's template with its
// own. The error names the file and line of the first fault. It writes nothing.
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

// plainPages builds the pages at the top of the site.
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
