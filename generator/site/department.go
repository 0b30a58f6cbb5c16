package site

import (
	"fmt"

	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/prose"
)

// departmentPage is a page of a department. The first one says how many
// devices, what to do and by when, and begins the list. Further pages continue
// the list.
type departmentPage struct {
	frame
	pager
	Name string
	Slug string
	// Address is the address of this page on the site, for a file that leaves
	// it; "" for none.
	Address string
	Lead    string
	// Managers says who is responsible for the department; "" when nobody
	// knows, or when user names are private.
	Managers string
	// Otherwise says what happens to the devices if nobody does anything; ""
	// when none is affected.
	Otherwise string
	Figures   []figure
	Burndown  burndown
	// Changes has a line for each comparison in which something changed; nil
	// for none.
	Changes  []string
	Shortest shortestWay
	Tasks    []task
	// NetworkTask is one task for all devices whose port nobody has seen; ""
	// when there are none.
	NetworkTask string
	Bar         bar
	Kit         kit
	// First is false on the second page and those after it.
	First  bool
	Groups []group
	// Empty is a sentence in place of an empty list.
	Empty string
	// Choices are the groups to filter by. They are nil when the list has
	// several pages or a single group.
	Choices    []group
	Show       []string // the columns that the configuration adds
	Workbook   bool
	Standalone bool // the department has a file of its own, to forward
	// Elsewhere says where else the list is. Only the department's own file has
	// it.
	Elsewhere string
	Whole     bool // the whole list is on this page
}

// task is one thing to do, with a link to the devices that need it.
type task struct {
	group
	Href string
}

// departmentPages gives a department's pages in order.
func (s *Site) departmentPages(d *fleet.Department, sheets []sheet) []page {
	names := pageFiles(d.Slug, len(sheets))
	tasks := s.tasks(d, sheets, names)
	pages := make([]page, len(sheets))
	for i, sheet := range sheets {
		content := s.departmentPage(d, sheets, names, i)
		content.Groups = sheet.groups
		content.Tasks = tasks
		pages[i] = page{"departments/" + names[i], "department", content}
	}
	return pages
}

func (s *Site) departmentPage(d *fleet.Department, sheets []sheet, names []string, i int) *departmentPage {
	title := prose.Visible(d.Name)
	whole := len(sheets) == 1
	if i > 0 {
		title = fmt.Sprintf("%s, page %d of %d", title, i+1, len(sheets))
	}
	content := &departmentPage{
		frame:      s.frame(title, "index", "../", "cutoff.js"),
		Name:       prose.Visible(d.Name),
		Slug:       d.Slug,
		First:      i == 0,
		Lead:       s.departmentLead(d),
		Otherwise:  s.otherwise(d.Counts),
		Workbook:   s.in.Config.Workbooks,
		Standalone: s.in.Config.Standalone,
		Whole:      whole,
	}
	for _, name := range s.in.Config.Show {
		content.Show = append(content.Show, prose.Shown(name))
	}
	content.Notes = s.notes("../")
	if i == 0 {
		content.Figures = []figure{s.departmentFigure(d), s.daysFigure()}
		content.Managers = s.managers(d)
		content.Burndown = s.departmentBurndown(d)
		content.Changes = s.departmentChanges(d)
		content.Shortest = s.shortest(s.ways.Shortest(d.Devices), "../network.html", "#list", true)
		content.Kit = s.kit(d)
		content.NetworkTask = s.networkTask(d.Verdicts[policy.VerifyPort])
		content.Bar = s.bar("department", "Verdicts of this department", d.Counts, func(v policy.Verdict) string {
			return groupHref(v, sheets, names)
		})
	}
	if sheets[i].last == 0 {
		content.Empty = s.nothingListed(d)
	}
	if whole && len(sheets[0].groups) > 1 {
		content.Choices = sheets[0].groups
	}
	content.pager = s.pager(names, i, fmt.Sprintf("rows %s to %s of %s",
		s.words.Number(sheets[i].first), s.words.Number(sheets[i].last), s.words.Number(sheets[len(sheets)-1].last)))
	return content
}

// mostManagers is how many managers a page names. The rest are counted.
const mostManagers = 5

// managers says who is responsible for a department. Where user names are
// private, so are the managers' names.
func (s *Site) managers(d *fleet.Department) string {
	if len(d.Managers) == 0 || !s.in.Config.Privacy.UserNames {
		return ""
	}
	return plural.Of(len(d.Managers), "Manager", "Managers") + ": " + s.someNames(d.Managers, mostManagers)
}

// departmentLead says how many of the department's devices need something, and
// by when. When none is open, it says which ones are waived or still to be
// checked.
func (s *Site) departmentLead(d *fleet.Department) string {
	if d.Counts.Devices == 0 {
		return "The reports name no device of this department."
	}
	effective := s.words.Day(s.in.Policy.Effective)
	cutOff := s.in.Fleet.Phase == policy.InForce
	today := cutOff && s.in.Fleet.AsOf == s.in.Policy.Effective
	switch {
	case d.Affected > 0 && cutOff:
		cut := plural.Of(d.Affected, "has", "have") + " been " + s.fate() + " since " + effective
		if today {
			cut = plural.Of(d.Affected, "is", "are") + " " + s.fate() + " from today, " + effective
		}
		return fmt.Sprintf("%s %s%s.", s.ofDevices(d.Affected, d.Counts.Devices), cut, s.asLastSeen(d.Devices)+s.ofThemWaived(d.Counts))
	case d.Open > 0:
		return fmt.Sprintf("%s %s action before %s.", s.ofDevices(d.Open, d.Counts.Devices), plural.Of(d.Open, "needs", "need"), effective)
	case d.Affected > 0:
		return fmt.Sprintf("%s %s waived, and will be %s on %s.", s.ofDevices(d.Affected, d.Counts.Devices), plural.Of(d.Affected, "is", "are"), s.fate(), effective)
	}
	whose := "None of its " + s.words.Count(d.Counts.Devices, "device", "devices") + " is known to"
	if d.Counts.Devices == 1 {
		whose = "Its only device is not known to"
	}
	switch {
	case today:
		return fmt.Sprintf("%s be %s from today, %s%s.", whose, s.fate(), effective, s.exceptions(d.Counts))
	case cutOff:
		return fmt.Sprintf("%s have been %s on %s%s.", whose, s.fate(), effective, s.exceptions(d.Counts))
	}
	return fmt.Sprintf("%s need action before %s%s.", whose, effective, s.exceptions(d.Counts))
}

// ofDevices begins a sentence about some of a department's devices.
func (s *Site) ofDevices(n, of int) string {
	switch {
	case of == 1:
		return "Its only device"
	case n == of && of == 2:
		return "Both devices"
	case n == of:
		return "All " + s.words.Count(of, "device", "devices")
	}
	return fmt.Sprintf("%s of %s", s.words.Number(n), s.words.Count(of, "device", "devices"))
}

// otherwise says what happens to the affected devices if nobody does anything.
func (s *Site) otherwise(counts fleet.Counts) string {
	they := plural.Of(counts.Affected, "it", "they")
	switch {
	case counts.Affected == 0:
		return ""
	case s.in.Fleet.Phase == policy.InForce:
		return fmt.Sprintf("Until that is put right, %s %s.", they, s.does(counts.Affected))
	case counts.Open == 0:
		return ""
	}
	return fmt.Sprintf("Otherwise %s %s from that day on.", plural.Of(counts.Open, "it", "they"), s.fromTheDayOn(counts.Open))
}

// ofThemWaived follows a count of affected devices and says how many of them
// are waived: a waiver does not keep a device from being cut off.
func (s *Site) ofThemWaived(counts fleet.Counts) string {
	switch {
	case counts.Waived == 0:
		return ""
	case counts.Waived == counts.Affected:
		return plural.Of(counts.Waived, ", and is waived", ", and they are waived")
	}
	return "; " + s.words.Number(counts.Waived) + " of them " + plural.Of(counts.Waived, "is", "are") + " waived"
}

// exceptions follows a sentence that no device is open. It says how many are
// waived or cannot be judged: "; 2 waived and 4 still to be checked".
func (s *Site) exceptions(counts fleet.Counts) string {
	var parts []string
	if counts.Waived > 0 {
		parts = append(parts, s.words.Number(counts.Waived)+" waived")
	}
	if check := counts.Verdicts[policy.Check]; check > 0 {
		parts = append(parts, s.words.Number(check)+" still to be checked")
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + prose.Join(parts, "and")
}

func (s *Site) nothingListed(d *fleet.Department) string {
	if d.Counts.Devices == 0 {
		return "There is nothing to list."
	}
	return "No device of this department has anything to do. The table above counts all of them."
}

// tasks answers "what do I do" on the first screen: the department's actions,
// worst first.
func (s *Site) tasks(d *fleet.Department, sheets []sheet, names []string) []task {
	var tasks []task
	for _, sheet := range sheets {
		for _, g := range sheet.groups {
			if len(tasks) > 0 && tasks[len(tasks)-1].Verdict == g.Verdict {
				continue
			}
			tasks = append(tasks, task{g, groupHref(g.Verdict, sheets, names)})
		}
	}
	return tasks
}

// groupHref links to the first page that lists a verdict; "" when none does.
func groupHref(v policy.Verdict, sheets []sheet, names []string) string {
	for i, sheet := range sheets {
		for _, g := range sheet.groups {
			if g.Verdict != v {
				continue
			}
			if i == 0 {
				return "#" + string(v)
			}
			return names[i] + "#" + string(v)
		}
	}
	return ""
}

// size gives roughly how many bytes the page will have.
func (p *departmentPage) size() int {
	size := 32 << 10
	for _, g := range p.Groups {
		for _, l := range g.Lists {
			size += len(l.Rows)
		}
	}
	return size
}
