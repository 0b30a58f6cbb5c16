package site

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/intake"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/prose"
	"example.org/cutoff/generator/roster"
)

// document is a rendered page, parsed.
type document struct {
	name string
	root *html.Node
}

func (m *folder) documents(t *testing.T) []document {
	t.Helper()
	var documents []document
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		if path.Ext(name) != ".html" {
			continue
		}
		documents = append(documents, document{name, fixture.Page(t, m.files[name])})
	}
	return documents
}

// all gives the elements with a name; "" gives all elements.
func (d document) all(name string) []*html.Node {
	var found []*html.Node
	for n := range d.root.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// count gives the number in a data attribute.
func count(t *testing.T, n *html.Node, key string) int {
	t.Helper()
	value, _ := attribute(n, key)
	number, err := strconv.Atoi(value)
	if err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	return number
}

func TestEveryPage(t *testing.T) {
	for _, site := range many(t) {
		t.Run(site.name, func(t *testing.T) {
			for _, d := range site.out.documents(t) {
				if n := len(d.all("h1")); n != 1 {
					t.Errorf("%s: found %d h1, want one", d.name, n)
				}
				if lang, _ := attribute(d.all("html")[0], "lang"); lang == "" {
					t.Errorf("%s: found no lang", d.name)
				}
				var policy, robots, referrer string
				for _, meta := range d.all("meta") {
					content, _ := attribute(meta, "content")
					if equiv, _ := attribute(meta, "http-equiv"); equiv == "Content-Security-Policy" {
						policy = content
					}
					switch name, _ := attribute(meta, "name"); name {
					case "robots":
						robots = content
					case "referrer":
						referrer = content
					}
				}
				if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "frame-ancestors") {
					t.Errorf("%s: found the policy %q", d.name, policy)
				}
				if robots != "noindex, nofollow" || referrer != "no-referrer" {
					t.Errorf("%s: found robots %q and referrer %q", d.name, robots, referrer)
				}
				for _, n := range d.all("") {
					d.checkElement(t, n)
				}
			}
		})
	}
}

// alone reports whether the document is a department's own file, which needs no
// other file.
func (d document) alone() bool { return strings.HasPrefix(d.name, "data/") }

func (d document) checkElement(t *testing.T, n *html.Node) {
	t.Helper()
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			t.Errorf("%s: found the attribute %s on %s", d.name, a.Key, n.Data)
		}
		inside := d.alone() && strings.HasPrefix(a.Val, "data:image/")
		if (a.Key == "src" || a.Key == "href" && n.Data == "link") && strings.Contains(a.Val, ":") && !inside {
			t.Errorf("%s: %s loads %q from outside", d.name, n.Data, a.Val)
		}
		if a.Key == "href" && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
			t.Errorf("%s: found the link %q", d.name, a.Val)
		}
	}
	if n.Data == "style" && !d.alone() || n.Data == "script" && (n.FirstChild != nil || d.alone()) {
		t.Errorf("%s: found an inline %s", d.name, n.Data)
	}
	if n.Data == "th" {
		if scope, _ := attribute(n, "scope"); scope == "" {
			t.Errorf("%s: found a th without a scope", d.name)
		}
	}
	if n.Data == "table" && (n.FirstChild == nil || !slices.ContainsFunc(slices.Collect(n.ChildNodes()), func(c *html.Node) bool { return c.Data == "caption" })) {
		t.Errorf("%s: found a table without a caption", d.name)
	}
}

// Every link leads to a file of the site, and every fragment to an element.
func TestLinks(t *testing.T) {
	// These are written by other packages.
	written := regexp.MustCompile(`^(data/(devices|problems|network|firewall-rules|changes)\.csv|data/summary\.json|data/departments/[a-z0-9-]+(\.csv|\.xlsx|-guids\.txt)|cutoff\.ics)$`)
	for _, site := range many(t) {
		t.Run(site.name, func(t *testing.T) {
			out := site.out
			ids := map[string]map[string]bool{}
			documents := out.documents(t)
			for _, d := range documents {
				ids[d.name] = map[string]bool{}
				for _, n := range d.all("") {
					id, ok := attribute(n, "id")
					if ok && ids[d.name][id] {
						t.Errorf("%s: found the id %q twice", d.name, id)
					}
					ids[d.name][id] = true
				}
			}
			for _, d := range documents {
				for _, n := range d.all("") {
					for _, key := range []string{"href", "src"} {
						link, ok := attribute(n, key)
						if !ok || strings.HasPrefix(link, "https:") || strings.HasPrefix(link, "mailto:") || strings.HasPrefix(link, "data:") {
							continue
						}
						file, fragment, _ := strings.Cut(link, "#")
						if file != "" && d.alone() {
							t.Errorf("%s: the link %q leads to another file", d.name, link)
						}
						target := d.name
						if file != "" {
							target = path.Join(path.Dir(d.name), file)
						}
						if _, ok := out.files[target]; !ok && !written.MatchString(target) {
							t.Errorf("%s: the link %q leads nowhere", d.name, link)
						}
						if fragment != "" && !ids[target][fragment] {
							t.Errorf("%s: the link %q leads to no element", d.name, link)
						}
					}
				}
			}
		})
	}
}

// Rows and counts agree with the fleet on every page.
func TestSums(t *testing.T) {
	for _, site := range many(t) {
		t.Run(site.name, func(t *testing.T) {
			in := site.input
			documents := site.out.documents(t)
			byName := map[string]document{}
			for _, d := range documents {
				byName[d.name] = d
			}
			checkBar(t, byName["index.html"], in.Fleet.Verdicts)
			for _, department := range in.Fleet.Departments {
				checkBar(t, byName["departments/"+department.Slug+".html"], department.Verdicts)
				listed, announced, here := map[string]int{}, map[string]int{}, map[string]int{}
				var guids, want []string
				for i := 0; ; i++ {
					d, ok := byName["departments/"+pageFile(department.Slug, i)]
					if !ok {
						break
					}
					for _, n := range d.all("") {
						verdict, _ := attribute(n, "data-verdict")
						if guid, ok := attribute(n, "data-guid"); ok {
							listed[verdict]++
							guids = append(guids, guid)
						}
						if _, ok := attribute(n, "data-here"); ok {
							announced[verdict] = count(t, n, "data-count")
							here[verdict] += count(t, n, "data-here")
						}
					}
				}
				expected := map[string]int{}
				for _, verdict := range policy.Verdicts() {
					if n := department.Verdicts[verdict]; n > 0 && verdict.Listed() {
						expected[string(verdict)] = n
					}
				}
				for _, found := range []map[string]int{listed, announced, here} {
					if diff := cmp.Diff(expected, found); diff != "" {
						t.Errorf("%s: rows, counts or both (-want +got):\n%s", department.Name, diff)
					}
				}
				for _, a := range department.Devices {
					if a.Verdict.Listed() {
						want = append(want, prose.Visible(a.GUID))
					}
				}
				if diff := cmp.Diff(want, guids); diff != "" {
					t.Errorf("%s: devices in the order of the pages (-want +got):\n%s", department.Name, diff)
				}
			}
			checkDepartments(t, in, byName["index.html"])
		})
	}
}

func checkBar(t *testing.T, d document, want map[policy.Verdict]int) {
	t.Helper()
	got := map[policy.Verdict]int{}
	for _, n := range d.all("tr") {
		if verdict, ok := attribute(n, "data-verdict"); ok {
			if _, listed := attribute(n, "data-guid"); !listed {
				got[policy.Verdict(verdict)] = count(t, n, "data-count")
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: verdicts (-want +got):\n%s", d.name, diff)
	}
}

func checkDepartments(t *testing.T, in Input, index document) {
	t.Helper()
	var got, want [][]string
	for _, n := range index.all("a") {
		href, _ := attribute(n, "href")
		if !strings.HasPrefix(href, "departments/") {
			continue
		}
		row := []string{href}
		for cell := range n.Parent.Parent.ChildNodes() {
			if cell.Data == "td" && cell.FirstChild != nil && cell.FirstChild.Type == html.TextNode {
				row = append(row, cell.FirstChild.Data)
			}
		}
		got = append(got, row[:6]) // the change and the pace are tested apart
	}
	w := prose.NewWords(in.Config.Look)
	for _, d := range in.Fleet.Departments {
		want = append(want, []string{
			"departments/" + d.Slug + ".html",
			w.Number(d.Open), w.Number(d.Waived), w.Number(d.Verdicts[policy.Check]), w.Number(d.Counts.Devices), percentDone(d.Counts),
		})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("departments of the index (-want +got):\n%s", diff)
	}
}

// A list continues on another page after 500 rows, and earlier when the page
// would be too large to open.
func TestSheets(t *testing.T) {
	for _, c := range []struct {
		name    string
		devices int
		change  func(int, *device.Device)
		pages   [][2]int
	}{
		{"nothing listed", 4, only("7.0.1", 443), [][2]int{{0, 0}}},
		{"one page, full", 500, only("4.7.1", 443), [][2]int{{1, 500}}},
		{"one row more", 501, only("4.7.1", 443), [][2]int{{1, 500}, {501, 501}}},
		{"three pages", 1_200, only("4.7.1", 443), [][2]int{{1, 500}, {501, 1000}, {1001, 1200}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := New(made{devices: c.devices, departments: 1, change: c.change}.input(t))
			if err != nil {
				t.Fatal(err)
			}
			var got [][2]int
			for _, sheet := range s.sheets(s.in.Fleet.Departments[0]) {
				got = append(got, [2]int{sheet.first, sheet.last})
			}
			if diff := cmp.Diff(c.pages, got); diff != "" {
				t.Errorf("rows of the pages (-want +got):\n%s", diff)
			}
		})
	}
	const mostBytes = 500_000
	wide := made{devices: 1_500, departments: 1, change: func(i int, d *device.Device) {
		only("4.7.1", 4282)(i, d)
		d.Name, d.Username = strings.Repeat("<", 200), strings.Repeat("&", 200)
		d.Destinations = append(d.Destinations, device.Destination{Name: strings.Repeat("\u200b", 200)})
	}}
	for name, content := range render(t, wide.input(t)).files {
		most := mostBytes
		if (document{name: name}).alone() {
			most = standaloneLimit
		}
		if len(content) > most {
			t.Errorf("%s has %d bytes, want %d or fewer", name, len(content), most)
		}
	}
}

// The pages of a fleet of a hundred thousand stay small.
func TestLargeFleet(t *testing.T) {
	out := render(t, made{devices: 100_000, departments: 400}.input(t))
	for name, content := range out.files {
		limit := 500_000
		switch {
		case name == "index.html":
			limit = 150_000
		case strings.HasPrefix(name, "static/find/"):
			limit = 100_000
		}
		if len(content) > limit {
			t.Errorf("%s has %d bytes, want %d or fewer", name, len(content), limit)
		}
	}
}

// The table of twelve thousand departments continues on further pages, with
// each department on one of them.
func TestManyDepartments(t *testing.T) {
	in := made{devices: 100}.input(t)
	one := in.Fleet.Departments[0]
	in.Fleet.Departments = nil
	for i := range 12_000 {
		d := *one
		d.Name, d.Slug, d.Devices = fmt.Sprintf("Branch of region %05d", i), fmt.Sprintf("branch-%05d", i), nil
		in.Fleet.Departments = append(in.Fleet.Departments, &d)
	}
	s, err := New(in)
	if err != nil {
		t.Fatal(err)
	}
	linked := map[string]int{}
	for _, p := range s.pages {
		content, err := s.renderPage(new(bytes.Buffer), p.template, p.content)
		if err != nil {
			t.Fatal(err)
		}
		if len(content) > 500_000 || p.name == "index.html" && len(content) > 150_000 {
			t.Errorf("%s has %d bytes", p.name, len(content))
		}
		for _, found := range regexp.MustCompile(`"departments/(branch-\d+).html"`).FindAllStringSubmatch(string(content), -1) {
			linked[found[1]]++
		}
	}
	for _, d := range in.Fleet.Departments {
		if linked[d.Slug] != 1 {
			t.Fatalf("%s is linked from %d pages, want 1", d.Slug, linked[d.Slug])
		}
	}
}

func TestSameBytes(t *testing.T) {
	in := made{devices: 3_000, departments: 7}.input(t)
	first := render(t, in)
	for range 3 {
		if diff := cmp.Diff(first.files, render(t, in).files); diff != "" {
			t.Fatalf("another run gives other bytes:\n%s", diff)
		}
	}
}

func TestWriteReportsFaults(t *testing.T) {
	s, err := New(made{devices: 20, departments: 2}.input(t))
	if err != nil {
		t.Fatal(err)
	}
	out := newFolder()
	out.full = true
	if err := s.Write(out); err == nil || !strings.Contains(err.Error(), errFull.Error()) {
		t.Errorf("error %v, want %v", err, errFull)
	}
}

func TestPrivacy(t *testing.T) {
	address := regexp.MustCompile(`(?:10\.20|203\.0\.113)\.\d+\.\d+`)
	for _, c := range []struct {
		name            string
		privacy         config.Privacy
		mails, users    bool
		find, devicesAt bool
	}{
		{"defaults", config.Privacy{UserNames: true, FleetFiles: true}, false, true, true, true},
		{"with addresses of people", config.Privacy{UserNames: true, FleetFiles: true, Emails: true}, true, true, true, true},
		{"without user names", config.Privacy{FleetFiles: true}, false, false, true, true},
		{"without the whole fleet", config.Privacy{UserNames: true}, false, true, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := render(t, made{devices: 300, departments: 3, configure: func(conf *config.Config) { conf.Privacy = c.privacy }}.input(t))
			var mails, users, find, devices bool
			for name, content := range out.files {
				text := string(content)
				mails = mails || strings.Contains(text, "@northwind.example")
				users = users || strings.Contains(text, "b.okafor")
				find = find || strings.HasPrefix(name, "static/find/")
				devices = devices || strings.Contains(text, "data/devices.csv")
				if found := address.FindString(text); found != "" && name != "network.html" {
					t.Errorf("%s shows the address %s", name, found)
				}
			}
			got := fmt.Sprint(mails, users, find, devices)
			if want := fmt.Sprint(c.mails, c.users, c.find, c.devicesAt); got != want {
				t.Errorf("mail addresses, user names, search, devices.csv: found %s, want %s", got, want)
			}
		})
	}
}

// The inputs page has the ledger of hundreds of files, and stays below its
// bound however many and however odd they are.
func TestManyInputs(t *testing.T) {
	in := made{devices: 20, departments: 2}.input(t)
	in.Files, in.Fleet.Exemptions = nil, nil
	for i := range 500 {
		in.Files = append(in.Files, intake.File{Path: fmt.Sprintf("exports/night/report-%03d.csv", i), Kind: intake.Report, SHA256: strings.Repeat("a", 64),
			Notes: []string{"It has no column of GUIDs."}})
	}
	page := string(render(t, in).files["inputs.html"])
	for _, file := range in.Files {
		if !strings.Contains(page, file.Path) {
			t.Errorf("found no %s, want the ledger of each file", file.Path)
		}
	}
	if got := strings.Count(page, "It has no column of GUIDs."); got != 1 || !strings.Contains(page, "report-000.csv and 499 other files") {
		t.Errorf("found a note that all files share %d times, want it once, with their number", got)
	}

	odd := strings.Repeat(`<"&'`, 100)
	for i := range 3_000 {
		in.Files = append(in.Files, intake.File{Path: odd + fmt.Sprint(i), Kind: intake.Connections, SHA256: strings.Repeat("a", 64), Notes: []string{odd + fmt.Sprint(i)}})
		in.Problems = append(in.Problems, problem.Problem{Position: problem.Position{File: odd, Row: i}, Kind: problem.Kind(fmt.Sprint("kind-", i%20)), Message: odd + odd})
		in.Fleet.Exemptions = append(in.Fleet.Exemptions, roster.Exemption{Standing: roster.Unused,
			Waiver: device.Waiver{Device: odd, Reason: odd, Owner: odd, Approver: odd, Expires: in.Fleet.AsOf}})
	}
	page = string(render(t, in).files["inputs.html"])
	if len(page) > 500_000 {
		t.Errorf("found %d bytes, want at most 500,000", len(page))
	}
	for _, want := range []string{" more are in data/summary.json.", "more notes are left out", "3,000 waivers, of which the first "} {
		if !strings.Contains(page, want) {
			t.Errorf("found no %q, want what is left out to be counted", want)
		}
	}
}
