package site

import (
	"cmp"
	"fmt"
	"slices"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/spelling"
)

// frame is embedded by every page struct. It has what surrounds the page's
// content.
type frame struct {
	*siteFacts
	// Title is the page's own title, for the browser's tab.
	Title string
	// Root leads to the top of the site: "" on a page at the top, "../" on one
	// below.
	Root string
	// Section names the entry of the navigation that the page belongs to.
	Section string
	// Scripts are the scripts that the page loads, below static/.
	Scripts []string
	// Alone is true on a page without a site around it. Nothing on it leads to
	// another file of the site.
	Alone bool
	// Notes are the assumptions and open problems behind the figures of this
	// page.
	Notes []note
}

// siteFacts are what every page has in common.
type siteFacts struct {
	Organization string // "" when the configuration names none
	Logo         string // path below the root; "" for none
	PolicyTitle  string
	NoticeLink   string // the vendor's page; "" for none
	Navigation   []navigationEntry
	AsOf         datedDay
	Newest       datedDay // zero Text when no device is dated
	DataAge      string   // "3 days before", "the same day"
	// OldData is shown at the top of every page when the newest row is old; ""
	// while it is not.
	OldData string
	// OldDays is after how many days without an update the pages themselves say
	// that they are old.
	OldDays  int
	Tool     publish.Tool
	Contacts []contact
	Forced   []string
	// Confirmation says who confirmed that the network is open; "" when nobody
	// did.
	Confirmation string
	Privacy      config.Privacy
	// Possible says what the policy makes possible. Parts of pages that are not
	// possible are left out.
	Possible policy.Possible
	// TheApp names the product inside a sentence, App at the beginning of one.
	TheApp, App string
}

// datedDay is a day as text for readers and as a datetime attribute.
type datedDay struct{ Text, ISO string }

type navigationEntry struct{ Section, Href, Text string }

// note is a sentence with a link to more; Href is "" for no link.
type note struct {
	Text, Href, Link string
	// Fleet is true when the sentence counts more than one department's
	// devices. A department's own file leaves it out.
	Fleet bool
}

type contact struct{ Name, Email, URL, Phone string }

func newSiteFacts(in Input, w prose.Words) *siteFacts {
	asOf, newest := in.Fleet.AsOf, in.Fleet.Newest
	facts := &siteFacts{
		Organization: prose.Visible(in.Config.Organization),
		Logo:         logoName(in.Config.Look.Logo),
		PolicyTitle:  prose.Visible(in.Policy.Title),
		NoticeLink:   cmp.Or(in.Policy.Links.Notice, in.Policy.Source),
		Navigation: []navigationEntry{
			{"index", "index.html", "Overview"},
			{"changes", "changes.html", "Changes"},
			{"find", "find.html", "Find a device"},
			{"announcement", "announcement.html", "Announcement"},
			{"faq", "faq.html", "Questions"},
			{"connection-test", "connection-test.html", "Test a network"},
			{"network", "network.html", "Firewall"},
			{"inputs", "inputs.html", "Inputs"},
		},
		AsOf:         datedDay{w.Day(asOf), asOf.String()},
		Newest:       datedDay{w.Day(newest), newest.String()},
		Tool:         in.Tool,
		Contacts:     contacts(in.Config.Contacts),
		Forced:       in.Forced,
		Confirmation: confirmation(in, w),
		Privacy:      in.Config.Privacy,
		Possible:     in.Fleet.Possible,
		TheApp:       prose.Visible(in.Policy.TheApp()),
		App:          spelling.Capitalised(prose.Visible(in.Policy.TheApp())),
	}
	if !in.Fleet.Possible.Ports {
		facts.Navigation = slices.DeleteFunc(facts.Navigation, func(e navigationEntry) bool { return e.Section == "connection-test" || e.Section == "network" })
	}
	facts.OldDays, facts.OldData = in.Config.OldDays, prose.OldData(in.Matter, w)
	if !newest.IsZero() {
		facts.DataAge = age(max(0, newest.Until(asOf)), w)
	}
	return facts
}

func contacts(configured []config.Contact) []contact {
	all := make([]contact, len(configured))
	for i, c := range configured {
		all[i] = contact{prose.Visible(c.Name), prose.Visible(c.Email), c.URL, prose.Visible(c.Phone)}
	}
	return all
}

// age says how old the newest row is on the as-of date.
func age(days int, w prose.Words) string {
	switch {
	case days <= 0:
		return "the same day"
	case days == 1:
		return "the day before"
	}
	return w.Number(days) + " days before"
}

func confirmation(in Input, w prose.Words) string {
	c := in.Config.Network
	if c == nil || len(in.Policy.Ports.Retired) == 0 {
		return ""
	}
	sentence := fmt.Sprintf("%s confirmed on %s that port %s is open everywhere, so a device without evidence of its port counts as allowed",
		prose.Visible(c.By), w.Day(c.On), prose.Ports(in.Policy.Ports.Allowed).Or())
	if c.Source != "" {
		sentence += " (" + prose.Visible(c.Source) + ")"
	}
	return sentence + "."
}

// frame gives what surrounds a page. root is "../" for a page below the top.
func (s *Site) frame(title, section, root string, scripts ...string) frame {
	return frame{
		siteFacts: s.facts,
		Title:     title,
		Root:      root,
		Section:   section,
		Scripts:   scripts,
	}
}

// assumptions are what a page takes for granted without evidence: somebody's
// word that the network is open, that every device is in the reports, and that
// unclassified destinations are the cloud.
func (s *Site) assumptions(root string) []note {
	var notes []note
	if s.facts.Confirmation != "" {
		notes = append(notes, note{s.facts.Confirmation, root + "network.html", "Firewall request", false})
	}
	notes = append(notes, s.missing(root)...)
	if s.in.Config.Rules.UnclassifiedIsCloud && s.in.Fleet.Possible.Destinations {
		notes = append(notes, note{"Unclassified destinations are treated as the vendor's cloud.", root + "inputs.html#destinations", "Which ones", false})
	}
	return notes
}

// missing says that rejected rows of reports may be devices that no page shows.
func (s *Site) missing(root string) []note {
	rejected := 0
	for _, file := range s.in.Files {
		if file.Kind == intake.Report {
			rejected += file.Rejected
		}
	}
	if rejected == 0 {
		return nil
	}
	return []note{{fmt.Sprintf("%s of the reports could not be used: %s may be missing here.",
		s.words.Count(rejected, "row", "rows"), plural.Of(rejected, "its device", "their devices")), root + "inputs.html#problems", "Which and why", false}}
}

// unclassifiedNotes count the unclassified destinations. Blank cells are
// counted apart, because no line of the configuration can classify them.
func (s *Site) unclassifiedNotes(href string) []note {
	named, blank := 0, 0
	for _, d := range s.in.Fleet.Unclassified {
		if d.Name == "" && d.UID == "" {
			blank += d.Devices
		} else {
			named++
		}
	}
	var notes []note
	if named > 0 {
		notes = append(notes, note{
			fmt.Sprintf("%s in neither list, cloud nor on-premises.", s.words.Count(named, "destination is", "destinations are")),
			href, "Lines to paste", true})
	}
	if blank > 0 {
		notes = append(notes, note{
			fmt.Sprintf("%s a blank destination cell.", s.words.Count(blank, "device has", "devices have")),
			href, "What to do about it", true})
	}
	return notes
}

// notes are the assumptions and problems behind the fleet's figures. Department
// pages show them too.
func (s *Site) notes(root string) []note {
	inputs := root + "inputs.html"
	counts := s.in.Fleet.Counts
	notes := s.assumptions(root)
	notes = append(notes, s.unclassifiedNotes(inputs+"#destinations")...)
	if s.in.Config.Rules.Supported == nil && s.in.Fleet.Possible.Support {
		notes = append(notes, note{"Support was not checked: the configuration has no list of supported versions. A version that " + s.in.Policy.Passes() + " may still be without support.", "", "", false})
	}
	if n := counts.Verdicts[policy.Check]; n > 0 {
		notes = append(notes, note{fmt.Sprintf("%s of the fleet cannot be judged yet and %s counted neither as affected nor as safe.",
			s.words.Count(n, "device", "devices"), plural.Of(n, "is", "are")), "", "", true})
	}
	if n := len(s.in.Problems); n > 0 {
		notes = append(notes, note{fmt.Sprintf("%s found in the inputs.", s.words.Count(n, "problem was", "problems were")), inputs + "#problems", "All problems", true})
	}
	return notes
}
