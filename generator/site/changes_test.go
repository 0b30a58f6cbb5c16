package site

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/prose"
)

// wordsOf gives a page's words without its markup.
func wordsOf(t *testing.T, page []byte) string {
	t.Helper()
	var text strings.Builder
	for n := range fixture.Page(t, page).Descendants() {
		if n.Type == html.TextNode {
			text.WriteString(" " + n.Data)
		}
	}
	return strings.Join(strings.Fields(text.String()), " ")
}

func TestChangesExplainTheFigure(t *testing.T) {
	in := remember(made{devices: 60, departments: 2}.input(t), 20)
	last, now := in.Memory.Last, in.Fleet.AsOf
	last.Sum = memory.Sum{AffectedThen: 70, NewlyAffected: 5, Returned: 4, New: 3, Back: 2, Fixed: 9, Unclear: 6, Gone: 1, AffectedNow: 68}
	last.PolicyChanged, last.SettingsChanged, last.RulesAlone = false, true, 2
	page := wordsOf(t, render(t, in).files["changes.html"])
	newWords := prose.NewWords(in.Config.Look)
	for _, want := range []string{
		"68 devices are affected on 16 December 2019, 70 on 15 December 2019.",
		fmt.Sprintf("Since the last night, %s How the number", newWords.Day(last.Against)),
		"70 affected on 15 December 2019 + 5 newly affected + 4 affected again + 3 new, and affected + 2 back in a report, and affected − 9 fixed − 6 unclear: not fixed − 1 gone from the reports: not fixed = 68 affected on " + newWords.Day(now),
		"The configuration has changed since. For that reason alone, 2 devices have another verdict.",
		"Since the first night on record, 27 November 2019",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("found no %q in\n%.1500s", want, page)
		}
	}
}

// Every device that changed is there once in each comparison, also when its
// list continues on further pages. None of these is too large.
func TestChangesAreParted(t *testing.T) {
	in := remember(made{devices: 3_000, departments: 5}.input(t), 20)
	c := in.Memory.Announcement
	c.Changes = nil
	for i, a := range in.Fleet.Devices {
		now := memory.FactsOf(a)
		now.Name = strings.Repeat("<", 100) + now.Name
		c.Changes = append(c.Changes, memory.Change{Kind: cycle(memory.Kinds(), i/1000), GUID: a.GUID, Then: &now, Now: &now})
	}
	found := map[string]int{}
	pages := 0
	for name, content := range render(t, in).files {
		if !strings.HasPrefix(name, "changes") {
			continue
		}
		pages++
		if len(content) > 500_000 {
			t.Errorf("%s has %d bytes", name, len(content))
		}
		for _, guid := range regexp.MustCompile(`class="guid">(\d+)<`).FindAllStringSubmatch(string(content), -1) {
			found[guid[1]]++
		}
	}
	if pages < 3 {
		t.Errorf("found %d pages, want several", pages)
	}
	for _, change := range in.Memory.Last.Changes {
		found[change.GUID]--
	}
	for guid, n := range found {
		if n != 1 {
			t.Errorf("%s stands %d times below the announcement, want once", guid, n)
		}
	}
	if len(found) != 3_000 {
		t.Errorf("found %d devices, want 3,000", len(found))
	}
}

func TestFirstNightHasNoChanges(t *testing.T) {
	out := render(t, remember(made{devices: 30, departments: 1}.input(t), 1))
	contains(t, string(out.files["changes.html"]), "This is the first night on record", "Device by device")
	contains(t, string(out.files["departments/sales.html"]), "Sales", "Which devices changed")
	contains(t, string(out.files["index.html"]), "All departments", "Pace")
}

// When both comparisons are with the same night, its rows are shown once.
func TestChangesOnTheSecondNight(t *testing.T) {
	in := remember(made{devices: 30, departments: 1}.input(t), 2)
	in.Memory.Announcement = in.Memory.Last
	page := string(render(t, in).files["changes.html"])
	if got := strings.Count(page, "Device by device"); got != 1 {
		t.Errorf("found %d lists, want one", got)
	}
}

func TestDepartmentsSayWhatChanged(t *testing.T) {
	in := remember(made{devices: 40, departments: 1}.input(t), 20)
	last := in.Memory.Last
	last.Changes = slices.DeleteFunc(last.Changes, func(c memory.Change) bool { return c.Kind != memory.Fixed && c.Kind != memory.Gone })
	in.Memory.Announcement = last
	out := render(t, in)
	want := fmt.Sprintf("Since the last night, %s: %d gone from the reports and %d fixed.", prose.NewWords(in.Config.Look).Day(last.Against), last.Counts[memory.Gone], last.Counts[memory.Fixed])
	contains(t, wordsOf(t, out.files["departments/sales.html"]), want+" Which devices changed", "")
	alone := wordsOf(t, out.files["data/departments/sales.html"])
	contains(t, alone, want, "Which devices changed")
}

func TestPaceWords(t *testing.T) {
	for _, c := range []struct {
		name string
		made made
		open []int
		want string
	}{
		{"done", made{devices: 4, change: only("7.0.1", 443)}, []int{3, 0}, "−3 done"},
		{"fast enough", made{devices: 4, change: only("4.7.1", 443)}, []int{10, 4}, "−6 on track"},
		{"too slow", made{devices: 4, change: only("4.7.1", 443)}, []int{4, 4}, "0 late"},
		{"growing", made{devices: 4, change: only("4.7.1", 443)}, []int{3, 4}, "+1 late"},
		{"after the date", made{devices: 4, asOf: afterwards, change: only("4.7.1", 443)}, []int{10, 4}, "−6 late"},
		{"not there before", made{devices: 4, change: only("4.7.1", 443)}, []int{-1, 4}, "– –"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := c.made.input(t)
			in = remember(in, 2)
			h := &in.Memory.History
			series := memory.Series{Devices: []int{10, 10}, Affected: c.open, Open: c.open, Waived: []int{0, 0}}
			if c.open[0] < 0 {
				series.Devices[0] = 0
			}
			h.Departments[0].Series = series
			s, err := New(in)
			if err != nil {
				t.Fatal(err)
			}
			got := s.weekChange(&series, s.weekAgo()) + " " + s.paceWord(in.Fleet.Departments[0], &series)
			if got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// hows are the ways in which a device can be fixed.
var hows = []memory.How{memory.ByDeactivation, memory.ByMoving, memory.ByBoth, memory.ByUpgrade, memory.ByPort, memory.ByRules}

func TestEveryKindOfChangeHasWords(t *testing.T) {
	s, err := New(made{devices: 3}.input(t))
	if err != nil {
		t.Fatal(err)
	}
	kinds := slices.Sorted(slices.Values(memory.Kinds()))
	var shown []memory.Kind
	seen := map[string]bool{}
	for _, k := range kindsOfChange {
		shown = append(shown, k.kind)
		seen[k.word], seen[s.kindMeaning(k)] = true, true
	}
	if slices.Sort(shown); !slices.Equal(shown, kinds) {
		t.Errorf("the page has %q, want %q", shown, kinds)
	}
	for _, how := range hows {
		seen[howWords[how]] = true
	}
	if want := 2*len(kinds) + len(hows); len(seen) != want || seen[""] {
		t.Errorf("found %d texts, want %d: %q", len(seen), want, slices.Sorted(maps.Keys(seen)))
	}
}
