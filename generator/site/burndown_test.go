package site

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/memory"
)

func days(t *testing.T, texts string) []calendar.Day {
	t.Helper()
	var all []calendar.Day
	for text := range strings.FieldsSeq(texts) {
		d, err := calendar.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

// The lines are in a space of 1000 by 1000, with the lowest level at 980 and
// the highest at 130.
func TestBurndownLines(t *testing.T) {
	effective := days(t, "2020-02-04")[0]
	for _, c := range []struct {
		name, nights            string
		open                    []int
		path, required, project string
		singles                 int
		last                    string
		bridges                 string
	}{
		{"two nights", "2020-01-14 2020-01-15", []int{10, 9}, "M45 130L90 215", "M90 215L992 980", "M90 215L495 980", 2, "2020-02-04", ""},
		{"a night is missing", "2020-01-13 2020-01-14 2020-01-16", []int{10, 10, 10}, "M45 130L88 130M174 130h0", "M174 130L992 980", "M174 130L992 130", 3, "2020-02-04", "M88 130L174 130"},
		{"no device on one night", "2020-01-13 2020-01-14 2020-01-15", []int{10, -1, 10}, "M45 130h0M131 130h0", "M131 130L992 980", "M131 130L992 130", 2, "2020-02-04", ""},
		{"nothing changed in between", "2020-01-12 2020-01-13 2020-01-14 2020-01-15", []int{10, 10, 10, 5}, "M45 130L127 130L168 555", "M168 555L992 980", "M168 555L292 980", 4, "2020-02-04", ""},
		{"done after the date", "2020-01-05 2020-01-15", []int{12, 10}, "M45 300h0M281 414h0", "M281 414L755 980", "M281 414L992 754", 2, "2020-02-14", "M45 300L281 414"},
		{"growing", "2020-01-05 2020-01-15", []int{8, 10}, "M45 300h0M360 130h0", "M360 130L992 980", "M360 130L992 45", 2, "2020-02-04", "M45 300L360 130"},
		{"all done", "2020-01-05 2020-01-15", []int{8, 0}, "M45 130h0M360 980h0", "", "", 2, "2020-02-04", "M45 130L360 980"},
		{"eleven days apart", "2020-01-04 2020-01-15", []int{8, 10}, "M45 300h0M381 130h0", "M381 130L992 980", "M381 130L992 45", 2, "2020-02-04", ""},
		{"after the date", "2020-02-05 2020-02-15", []int{8, 4}, "M45 130h0M773 555h0", "", "M773 555L992 683", 2, "2020-02-18", "M45 130L773 555"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := made{devices: 3}.input(t)
			nights := days(t, c.nights)
			in.Fleet.AsOf = nights[len(nights)-1]
			var series memory.Series
			for _, n := range c.open {
				series.Devices = append(series.Devices, n+1)
				for _, list := range []*[]int{&series.Open, &series.Affected} {
					*list = append(*list, max(n, 0))
				}
				series.Waived = append(series.Waived, 0)
			}
			s, err := New(in)
			if err != nil {
				t.Fatal(err)
			}
			s.in.Memory = &memory.Account{AsOf: in.Fleet.AsOf, History: memory.History{Nights: nights}}
			b := s.burndown("burndown", series, memory.NewPace(nights, c.open, effective, 14))
			got := fmt.Sprint(b.Open, " | ", b.Required, " | ", b.Projected, " | ", len(b.Nights), " | ", b.Last.ISO, " | ", b.Bridges)
			want := fmt.Sprint(c.path, " | ", c.required, " | ", c.project, " | ", c.singles, " | ", c.last, " | ", c.bridges)
			if got != want {
				t.Errorf("\nfound %s\nwant  %s", got, want)
			}
			if drawn := b.Cutoff != ""; drawn == nights[0].After(effective) {
				t.Errorf("found the line of the cutoff %v, want it where the picture has that day", drawn)
			}
		})
	}
}

func TestNiceStep(t *testing.T) {
	for highest, want := range map[int]int{1: 1, 4: 1, 5: 2, 8: 2, 9: 5, 21: 10, 64: 20, 101: 50, 400: 100, 401: 200, 24_000: 10_000} {
		if got := niceStep(highest); got != want {
			t.Errorf("niceStep(%d) = %d, want %d", highest, got, want)
		}
	}
}

// The table has the figures of every night on which one of them changed, newest
// first.
func TestBurndownTable(t *testing.T) {
	s, err := New(made{devices: 3}.input(t))
	if err != nil {
		t.Fatal(err)
	}
	nights := days(t, "2020-01-10 2020-01-11 2020-01-12 2020-01-13 2020-01-14 2020-01-15")
	series := memory.Series{Devices: []int{5, 5, 6, 6, 6, 6}, Affected: []int{3, 3, 3, 2, 2, 2}, Open: []int{3, 3, 3, 2, 1, 1}, Waived: []int{0, 0, 0, 0, 1, 1}}
	shown, more := s.burndownRows(nights, series)
	var got []string
	for _, r := range shown {
		got = append(got, strings.Join([]string{r.Day.ISO, r.Open, r.Waived, r.Affected, r.Devices}, " "))
	}
	want := []string{"2020-01-15 1 1 2 6", "2020-01-14 1 1 2 6", "2020-01-13 2 0 2 6", "2020-01-12 3 0 3 6", "2020-01-10 3 0 3 5"}
	if !slices.Equal(got, want) || more != "" {
		t.Errorf("found %q and %q, want %q", got, more, want)
	}
}

// The fleet and each department have a picture from the second night on. On the
// first night, a sentence says what is needed.
func TestBurndownOnPages(t *testing.T) {
	page := func(nights int, name string) string {
		return string(render(t, remember(made{devices: 412, departments: 9}.input(t), nights)).files[name])
	}
	for _, name := range []string{"index.html", "departments/sales.html"} {
		first, later := page(1, name), page(200, name)
		if strings.Contains(first, "<figure class=\"burndown\"") {
			t.Errorf("%s: found a picture on the first night", name)
		}
		if found := regexp.MustCompile(`<path [^>]*class="burndown-(affected|required|projected|open)"`).FindAllString(later, -1); len(found) < 6 {
			t.Errorf("%s: found %q, want three lines and their samples", name, found)
		}
		if len(later) > 150_000 {
			t.Errorf("%s: found %d bytes", name, len(later))
		}
	}
	contains(t, page(1, "index.html"), "devices are still to fix in 50 days:", "At this pace")
	contains(t, page(20, "index.html"), "At this pace, ", "The second night")
}

// A department's figures also change when devices move, and its picture says
// so.
func TestBurndownSaysWhoMoved(t *testing.T) {
	in := remember(made{devices: 60, departments: 2}.input(t), 20)
	in.Memory.Announcement.Moves = []memory.Move{
		{Name: "PC-1", From: "Legal", To: "Sales", Is: true},
		{Name: "PC-2", From: "Sales", To: "Legal", Was: true, Is: true},
		{Name: "PC-3", From: "Legal", To: "Sales", Was: true},
		{Name: "PC-4", From: "SALES", To: "Sales", Was: true, Is: true},
	}
	page := wordsOf(t, render(t, in).files["departments/sales.html"])
	contains(t, page, "1 affected device moved in from other departments (PC-1) and 1 affected device moved out (PC-2).", "PC-4")
}
