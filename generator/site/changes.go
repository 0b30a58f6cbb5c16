package site

import (
	"cmp"
	"fmt"
	"html/template"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/spelling"
)

// changesPage says what changed: first since the last night, then since the
// announcement. Long lists continue on further pages.
type changesPage struct {
	frame
	pager
	First bool // false on the second page and those after it
	Lead  string
	// Sums explain the number of affected devices. They are on the first page.
	Sums   []changeSum
	Groups []changeGroup
}

// changeSum is one comparison: how the number of affected devices came about,
// and what else to know about it.
type changeSum struct {
	ID, Head string
	Lines    []sumLine
	Notes    []string
	Counts   []changeCount
}

// sumLine is a line of the sum. Sign is +, − or =; "" on the first line.
type sumLine struct{ Sign, Text, Number string }

// changeCount is a number of devices with a link to their list; Href is "" for
// no list.
type changeCount struct{ Word, Number, Href string }

// changeGroup is the devices with one kind of change, or those of them that are
// on one page.
type changeGroup struct {
	ID      string
	Label   string // names the table among all those of the page
	Since   string // set on the first group of a comparison on each page
	Word    string
	Number  string
	Meaning string
	Range   string
	// Open unfolds the list from the start.
	Open bool
	Rows template.HTML
}

// mostOpenChanges is how many devices a list of the last night may have to be
// unfolded from the start. On further pages every list is unfolded.
const mostOpenChanges = 10

// mostChangeBytes bounds the rows of one page.
const mostChangeBytes = 420_000

// kindOfChange has the words for one kind of change.
type kindOfChange struct {
	kind memory.Kind
	word string // heads their list
	noun string // follows their number in a sentence
	// meaning says what happened to the devices; "" for unclear, see
	// [Site.kindMeaning].
	meaning string
}

// kindsOfChange are in the order of the page: first the kinds that somebody
// should look at.
var kindsOfChange = []kindOfChange{
	{memory.NewlyAffected, "Newly affected", "newly affected", "They are affected, and were not before."},
	{memory.Returned, "Affected again", "affected again", "They are affected again. They had been so on an earlier night, too."},
	{memory.WaiverEnded, "Waiver ended", "whose waiver ended", "They are affected as before, and their waiver has ended."},
	{memory.Unclear, "Unclear", "unclear", ""},
	{memory.Gone, "Gone", "gone from the reports", "No report has them any more. That does not mean that they are fixed."},
	{memory.Fixed, "Fixed", "fixed", "They were affected, and are not any more."},
	{memory.Waived, "Waived", "waived", "They are affected as before, and now have a waiver."},
	{memory.New, "New", "new", "No report had them before."},
	{memory.Back, "Back", "back in the reports", "The reports have them again. They had been missing."},
	{memory.Changed, "Another verdict", "with another verdict", "They have another verdict. They are affected as before, or as little as before."},
}

// changesPages gives all pages about changes. There is always one.
func (s *Site) changesPages() []page {
	w := &changeWriter{site: s, rows: s.newRows(), where: map[string]string{}}
	for _, c := range s.comparisons() {
		w.comparison(c)
	}
	w.endPage()
	names := pageFiles("changes", len(w.pages))
	pages := make([]page, len(names))
	for i, groups := range w.pages {
		title, here := "Changes", fmt.Sprintf("page %d of %d", i+1, len(names))
		if i > 0 {
			title += ", " + here
		}
		content := &changesPage{
			frame: s.frame(title, "changes", "", "cutoff.js"), pager: s.pager(names, i, here),
			First: i == 0, Lead: s.changesLead(), Groups: groups,
		}
		if i == 0 {
			content.Sums = s.changeSums(w.where)
		}
		pages[i] = page{names[i], "changes", content}
	}
	return pages
}

// comparison is one of the memory's comparisons, with its name on pages.
type comparison struct {
	*memory.Comparison
	id, since string
}

// comparisons gives the comparisons with different nights, the last night's
// first; nil on the first night, one on the second.
func (s *Site) comparisons() []comparison {
	m := s.in.Memory
	if m == nil || m.Last == nil {
		return nil
	}
	last := comparison{m.Last, "last", "Since the last night, " + s.words.Day(m.Last.Against)}
	if m.Announcement == nil || m.Announcement.Against == m.Last.Against {
		return []comparison{last}
	}
	since := "Since the announcement: since " + s.words.Day(m.Announcement.Against)
	switch announced := s.in.Policy.Announced; {
	case m.Announcement.Against == announced:
		since = "Since the announcement, " + s.words.Day(announced)
	case announced.IsZero() || m.Announcement.Against.After(announced):
		since = "Since the first night on record, " + s.words.Day(m.Announcement.Against)
	}
	return []comparison{last, {m.Announcement, "announcement", since}}
}

func (s *Site) changesLead() string {
	m := s.in.Memory
	if m == nil || m.Last == nil {
		return "This is the first night on record: there is nothing yet to compare it with."
	}
	now, then := m.Last.Sum.AffectedNow, m.Last.Sum.AffectedThen
	return fmt.Sprintf("%s %s affected on %s, %s on %s.", s.words.Count(now, "device", "devices"), plural.Of(now, "is", "are"),
		s.words.Day(m.AsOf), s.words.Number(then), s.words.Day(m.Last.Against))
}

// changeSums gives the sum of each comparison. where has the link to each list.
func (s *Site) changeSums(where map[string]string) []changeSum {
	var sums []changeSum
	for _, c := range s.comparisons() {
		sum := changeSum{ID: c.id, Head: c.since, Lines: s.sumLines(c), Notes: s.changeNotes(c)}
		for _, k := range kindsOfChange {
			if n := c.Counts[k.kind]; n > 0 {
				sum.Counts = append(sum.Counts, changeCount{k.word, s.words.Number(n), where[c.id+"-"+string(k.kind)]})
			}
		}
		sums = append(sums, sum)
	}
	return sums
}

// sumLines adds up what changed the number of affected devices. Of the devices
// that are new, back or gone, only the affected ones count.
func (s *Site) sumLines(c comparison) []sumLine {
	lines := []sumLine{{"", "affected on " + s.words.Day(c.Against), s.words.Number(c.Sum.AffectedThen)}}
	for _, part := range []struct {
		sign, text string
		n          int
	}{
		{"+", "newly affected", c.Sum.NewlyAffected},
		{"+", "affected again", c.Sum.Returned},
		{"+", "new, and affected", c.Sum.New},
		{"+", "back in a report, and affected", c.Sum.Back},
		{"−", "fixed", c.Sum.Fixed},
		{"−", "unclear: not fixed", c.Sum.Unclear},
		{"−", "gone from the reports: not fixed", c.Sum.Gone},
	} {
		if part.n > 0 {
			lines = append(lines, sumLine{part.sign, part.text, s.words.Number(part.n)})
		}
	}
	return append(lines, sumLine{"=", "affected on " + s.facts.AsOf.Text, s.words.Number(c.Sum.AffectedNow)})
}

// changeNotes say what else changed than the devices, and what is not known.
func (s *Site) changeNotes(c comparison) []string {
	var notes []string
	what := ""
	switch {
	case c.PolicyChanged && c.SettingsChanged:
		what = "The policy and the configuration have changed since."
	case c.PolicyChanged:
		what = "The policy has changed since."
	case c.SettingsChanged:
		what = "The configuration has changed since."
	}
	if what != "" {
		notes = append(notes, fmt.Sprintf("%s For that reason alone, %s another verdict.", what, s.words.Count(c.RulesAlone, "device has", "devices have")))
	}
	if n := c.Counts[memory.Unclear]; n > 0 {
		notes = append(notes, fmt.Sprintf("%s affected, and now too little is known to say whether %s still. %s as fixed.",
			s.words.Count(n, "device was", "devices were"), plural.Of(n, "it is", "they are"), plural.Of(n, "It does not count", "They do not count")))
	}
	return notes
}

// kindMeaning says what happened to the devices of a kind.
func (s *Site) kindMeaning(k kindOfChange) string {
	switch {
	case k.kind != memory.Unclear:
		return k.meaning
	case len(s.in.Policy.Ports.Retired) == 0:
		return "They were affected. Now their version" + s.orDestination("their") + " is unclear, so nobody can call them fixed."
	}
	return fmt.Sprintf("They were affected. Now their version%s is unclear, or they were last seen on port %s more than %s ago, and nobody has seen which port they use since. So nobody can call them fixed.",
		s.orDestination("their"), prose.Ports(s.in.Policy.Ports.Retired).Or(), s.words.Count(s.in.Config.Rules.WindowDays, "day", "days"))
}

// howWords say how a device was fixed.
var howWords = map[memory.How]string{
	memory.ByDeactivation: "deactivated",
	memory.ByMoving:       "now stores on-premises only",
	memory.ByBoth:         "upgraded, and uses another port",
	memory.ByUpgrade:      "upgraded",
	memory.ByPort:         "uses another port",
	memory.ByRules:        "only the rules or the configuration changed",
}

// changeWriter writes the lists, page by page.
type changeWriter struct {
	site  *Site
	rows  *rows
	pages [][]changeGroup
	// groups are the lists of the page that is being written, size the bytes of
	// their rows.
	groups []changeGroup
	size   int
	where  map[string]string // the link to each list, by its id
	// since is the heading of the current comparison, said the heading that was
	// written last.
	since, said, short string
	// tonight is true for the comparison with the last night.
	tonight bool
	// namesakes counts the changes under each name. Devices that share one show
	// their GUIDs.
	namesakes map[string]int
}

func (w *changeWriter) comparison(c comparison) {
	s, byKind := w.site, map[memory.Kind][]*memory.Change{}
	w.namesakes = map[string]int{}
	for i := range c.Changes {
		change := &c.Changes[i]
		byKind[change.Kind] = append(byKind[change.Kind], change)
		w.namesakes[change.Shown().Name]++
	}
	w.tonight = c.Comparison == s.in.Memory.Last
	w.short = "since " + s.words.Day(c.Against)
	w.since = "Device by device: " + spelling.Lowered(c.since)
	for _, k := range kindsOfChange {
		if len(byKind[k.kind]) > 0 {
			w.list(c.id+"-"+string(k.kind), k, byKind[k.kind])
		}
	}
}

func (w *changeWriter) list(id string, k kindOfChange, changes []*memory.Change) {
	s := w.site
	begin := 0
	for i, change := range changes {
		w.row(change)
		full := w.size+len(w.rows.buf) > mostChangeBytes
		if !full && i < len(changes)-1 {
			continue
		}
		g := changeGroup{
			ID: id, Label: k.word + ", " + w.short, Since: w.begun(), Word: k.word, Number: s.words.Count(len(changes), "device", "devices"),
			Meaning: s.kindMeaning(k), Open: len(w.pages) > 0 || w.tonight && len(changes) <= mostOpenChanges, Rows: w.rows.html(),
		}
		if begin > 0 || i < len(changes)-1 {
			g.Range = fmt.Sprintf("here %s to %s", s.words.Number(begin+1), s.words.Number(i+1))
		}
		if begin == 0 {
			w.where[id] = pageFile("changes", len(w.pages)) + "#" + id
			if len(w.pages) == 0 {
				w.where[id] = "#" + id
			}
		}
		w.groups, w.size = append(w.groups, g), w.size+len(w.rows.buf)
		w.rows, begin = s.newRows(), i+1
		if full {
			w.endPage()
		}
	}
}

// begun gives the comparison's heading for the first list below it on a page;
// "" for the others.
func (w *changeWriter) begun() string {
	if len(w.groups) > 0 && w.said == w.since {
		return ""
	}
	w.said = w.since
	return w.since
}

func (w *changeWriter) endPage() {
	if len(w.groups) > 0 || len(w.pages) == 0 {
		w.pages = append(w.pages, w.groups)
	}
	w.groups, w.size = nil, 0
}

// row writes a row: device, user, department, what was, and what is.
func (w *changeWriter) row(c *memory.Change) {
	r, f, privacy := w.rows, c.Shown(), w.site.in.Config.Privacy
	r.write(`<tr><th scope="row">{}`, cmp.Or(f.Name, c.GUID, "(no name)"))
	if c.GUID != "" && f.Name != "" {
		if w.namesakes[f.Name] > 1 {
			r.write(`<span class="how">{}</span>`, c.GUID)
		} else {
			r.write(`<span class="guid">{}</span>`, c.GUID)
		}
	}
	r.write(`</th>`)
	if privacy.UserNames {
		r.write(`<td>{}</td>`, privacy.User(f.Username))
	}
	r.write(`<td>{}</td><td>`, f.Department)
	w.facts(c.Then)
	r.write(`</td><td>`)
	w.facts(c.Now)
	how := howWords[c.How]
	if how == "" && c.RulesAlone {
		how = howWords[memory.ByRules]
	}
	if how != "" {
		r.write(`<span class="how">{}</span>`, how)
	}
	r.write("</td></tr>\n")
}

// facts writes what was known about a device on a night.
func (w *changeWriter) facts(f *memory.Facts) {
	r := w.rows
	if f == nil {
		r.write(`in no report`)
		return
	}
	r.text(prose.Verdict(f.Verdict))
	if f.Version != "" && f.Verdict != policy.Inactive {
		r.write(`, app {}`, device.ParseVersion(f.Version).Shown())
	}
	if f.Port != 0 {
		r.write(`, port {}`, f.Port)
	}
	if f.WaivedUntil != "" {
		r.write(`, waived until {}`, w.site.shortDayOf(f.WaivedUntil))
	}
}

// shortDayOf gives a day of the memory in the organisation's form; text that is
// no day comes back as it is.
func (s *Site) shortDayOf(text string) string {
	d, err := calendar.Parse(text)
	if err != nil {
		return text
	}
	return s.words.ShortDay(d)
}
