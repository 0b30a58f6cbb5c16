package site

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/device"
)

var listedRow = regexp.MustCompile(`<tr data-verdict="[^"]*" data-guid="([^"]*)"`)

func guidsOf(pages ...string) []string {
	var guids []string
	for _, page := range pages {
		for _, found := range listedRow.FindAllStringSubmatch(page, -1) {
			guids = append(guids, found[1])
		}
	}
	return guids
}

// A department's own file has every row of its pages, in the same order, and
// links to no file next to it.
func TestStandalone(t *testing.T) {
	out := render(t, made{devices: 1_200, departments: 1, change: only("4.7.1", 4282)}.input(t))
	var pages []string
	for _, name := range []string{"", "-2", "-3"} {
		pages = append(pages, string(out.files["departments/sales"+name+".html"]))
	}
	own := string(out.files["data/departments/sales.html"])
	if diff := cmp.Diff(guidsOf(pages...), guidsOf(own)); diff != "" || len(guidsOf(own)) == 0 {
		t.Errorf("rows (-pages +own file):\n%s", diff)
	}
	if !strings.Contains(pages[0], `<a href="../data/departments/sales.html" download>One file to forward (HTML)</a>`) {
		t.Error("found no link to the file on the department's page")
	}
	for _, wanted := range []string{"The same list is in the workbook sales.xlsx.", `id="announcement"`, `id="questions"`} {
		if !strings.Contains(own, wanted) {
			t.Errorf("found no %q", wanted)
		}
	}
	if unwanted := regexp.MustCompile(`<script|data-tools|pager|href="[^#hm]`).FindString(strings.ReplaceAll(own[strings.Index(own, "</style>"):], `href="data:image/`, "")); unwanted != "" {
		t.Errorf("found %q", unwanted)
	}
}

// Above 5 MB, the file leaves the list to the workbook, or to the CSV file when
// there are no workbooks, and says so.
func TestStandaloneTooLarge(t *testing.T) {
	for _, workbooks := range []bool{true, false} {
		t.Run(fmt.Sprintf("workbooks %v", workbooks), func(t *testing.T) {
			out := render(t, made{devices: 7_000, departments: 1, change: func(i int, d *device.Device) {
				only("4.7.1", 4282)(i, d)
				d.Name = strings.Repeat("<", 120)
			}, configure: func(c *config.Config) { c.Workbooks = workbooks }}.input(t))
			own := string(out.files["data/departments/sales.html"])
			if n := len(guidsOf(own)); n > 0 || len(own) > 300_000 {
				t.Errorf("found %d rows and %d bytes, want none and a short file", n, len(own))
			}
			want := "The list is too long for this file: its 7,000 devices are in the " + map[bool]string{true: "workbook sales.xlsx.", false: "file sales.csv."}[workbooks]
			if !strings.Contains(own, want) || !strings.Contains(own, `<a class="task-link" href="#list">`) {
				t.Errorf("found no %q, or no task that leads to it", want)
			}
		})
	}
}

func TestWithoutStandalone(t *testing.T) {
	out := render(t, made{devices: 20, departments: 1, configure: func(c *config.Config) { c.Standalone = false }}.input(t))
	if out.files["data/departments/sales.html"] != nil || strings.Contains(string(out.files["departments/sales.html"]), "data/departments/sales.html") {
		t.Error("found the file or a link to it, want neither")
	}
}

// Scripts, pictures and links into the site that an organisation's own
// templates and texts bring along do not reach the file.
func TestStandaloneWithOwnTemplates(t *testing.T) {
	in := made{devices: 20, departments: 1}.input(t)
	in.Overrides = fstest.MapFS{
		"templates/parts/foot.html": {Data: []byte(`{{define "foot"}}<footer><script>x()</script><a href="../faq.html">a</a><a href="https://example.org/">b</a><img src="../static/icon.svg" alt="c"><p onclick="x()">d</p></footer>{{end}}`)},
		"content/announcement.md":   {Data: []byte("---\ntitle: T\n---\n\n## Where {#where}\n\n[up](#where) [in](inputs.html) [out](https://example.org/) ![mark](static/icon.svg) ![none](static/none.png)\n")},
	}
	own := string(render(t, in).files["data/departments/sales.html"])
	for _, wanted := range []string{
		`<footer>a<a href="https://example.org/">b</a>c<p>d</p></footer>`,
		`<h3 id="announcement-where">Where</h3>`,
		`<a href="#announcement-where">up</a> in <a href="https://example.org/">out</a> <img src="data:image/svg+xml;base64,`,
		` alt="mark"> none</p>`,
	} {
		if !strings.Contains(own, wanted) {
			t.Errorf("found no %q in %s", wanted, own[strings.Index(own, `id="announcement"`):])
		}
	}
}

// A file that has left the site links to the page that is still updated.
func TestStandaloneNamesTheSite(t *testing.T) {
	const address = "https://intranet.example.org/cutoff/"
	out := render(t, made{devices: 20, departments: 1, configure: func(c *config.Config) { c.SiteURL = address }}.input(t))
	want := `<a href="` + address + `departments/sales.html"`
	if !strings.Contains(string(out.files["data/departments/sales.html"]), want) || strings.Contains(string(out.files["departments/sales.html"]), want) {
		t.Errorf("want %s in the department's own file, and not on its page", want)
	}
}
