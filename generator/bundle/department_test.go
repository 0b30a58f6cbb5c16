package bundle_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"example.org/cutoff/generator"
	"example.org/cutoff/generator/bundle"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/fixture"
)

var (
	guids   = regexp.MustCompile(`\b7\d{17}\b`)
	names   = regexp.MustCompile(`(?i)\b(?:pc-|user\d+\.)([a-z]+)`)
	numbers = regexp.MustCompile(`\d[\d,]*`)
)

// A department's file has all of its own listed devices and nothing of another
// department: no GUID, device, user, name or count.
func TestDepartmentFilesHaveTheirOwnOnly(t *testing.T) {
	run := newRun(t, forest(t))
	mustBundle(t, run)
	var fleetWhole, fleetOpen int
	for d := range trees {
		fleetWhole += whole(d)
		fleetOpen += open(d)
	}
	for d, tree := range trees {
		t.Run(tree, func(t *testing.T) {
			page := read(t, run.Out, "departments", strings.ToLower(tree)+".html")
			text := fixture.Shown(t, page) + fixture.WorkbookText(t, read(t, filepath.Join(run.Out, "departments", strings.ToLower(tree)+".xlsx")))

			found := map[string]bool{}
			for _, guid := range guids.FindAllString(string(page), -1) {
				found[guid] = true
			}
			for n := range open(d) {
				delete(found, guid(d, n))
			}
			if len(found) > 0 {
				t.Errorf("found GUIDs that the page should not list: %v", found)
			}
			if n := strings.Count(string(page), "<tr data-verdict=\"upgrade\" data-guid="); n != open(d) {
				t.Errorf("found %d rows, want %d", n, open(d))
			}
			for _, own := range names.FindAllStringSubmatch(string(page)+text, -1) {
				if !strings.EqualFold(own[1], tree) {
					t.Fatalf("found %s", own[0])
				}
			}
			foreign := []string{fmt.Sprint(fleetWhole), fmt.Sprint(fleetOpen)}
			for other, name := range trees {
				if other == d {
					continue
				}
				foreign = append(foreign, fmt.Sprint(open(other)), fmt.Sprint(whole(other)))
				if regexp.MustCompile(`(?i)\b` + name + `\b`).MatchString(string(page) + text) {
					t.Errorf("found the name %s", name)
				}
			}
			figures := map[string]bool{}
			for _, figure := range numbers.FindAllString(text, -1) {
				figures[strings.ReplaceAll(figure, ",", "")] = true
			}
			for _, count := range foreign {
				if figures[count] {
					t.Errorf("found the count %s of the fleet or another department", count)
				}
			}
			for _, count := range []int{open(d), whole(d)} {
				if !figures[fmt.Sprint(count)] {
					t.Errorf("found no %d, want the department's own count", count)
				}
			}
		})
	}
}

// A department's file works alone. Its Content-Security-Policy allows only its own
// styles and the pictures inside it, nothing in it runs, and no link leads to a
// file beside it.
func TestDepartmentFileStandsAlone(t *testing.T) {
	logo := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>`
	site := grove(t, func(run *generator.Run) {
		run.Config.Look.Logo, run.Logo = "logo.svg", []byte(logo)
		run.Config.Contacts = []config.Contact{{Name: "Desk", Email: "desk@example.org"}}
	})
	run := newRun(t, site)
	mustBundle(t, run)
	pages, err := filepath.Glob(filepath.Join(run.Out, "departments", "*.html"))
	if err != nil || len(pages) != 3 {
		t.Fatalf("found %d pages (%v), want 3", len(pages), err)
	}
	for _, path := range pages {
		t.Run(filepath.Base(path), func(t *testing.T) {
			page := read(t, path)
			document := fixture.Page(t, page)
			ids := map[string]bool{}
			var styles, policies, headings []string
			for n := range document.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				switch n.Data {
				case "script", "link", "iframe", "object", "base":
					if n.Data != "link" || !strings.Contains(rendered(n), "data:image/svg+xml") {
						t.Errorf("found %s", rendered(n))
					}
				case "style":
					sum := sha256.Sum256([]byte(n.FirstChild.Data))
					styles = append(styles, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
				case "h1", "h2", "h3", "h4":
					headings = append(headings, n.Data)
				}
				for _, a := range n.Attr {
					switch {
					case a.Key == "id" && ids[a.Val]:
						t.Errorf("found the id %s twice", a.Val)
					case a.Key == "id":
						ids[a.Val] = true
					case a.Key == "style", strings.HasPrefix(a.Key, "on"):
						t.Errorf("found the attribute %s", a.Key)
					case a.Key == "src" && !strings.HasPrefix(a.Val, "data:image/"):
						t.Errorf("found src=%q", a.Val)
					case a.Key == "content" && strings.Contains(a.Val, "default-src"):
						policies = append(policies, a.Val)
					}
				}
			}
			for n := range document.Descendants() {
				for _, a := range n.Attr {
					if a.Key == "href" && n.Data == "a" || a.Key == "aria-labelledby" {
						checkReference(t, a, ids)
					}
				}
			}
			if want := "default-src 'none'; style-src " + strings.Join(styles, " ") + "; img-src data:; base-uri 'none'; form-action 'none'"; len(policies) != 1 || policies[0] != want {
				t.Errorf("found the policies %q, want %q", policies, want)
			}
			if n := len(slices.DeleteFunc(headings, func(h string) bool { return h != "h1" })); n != 1 {
				t.Errorf("found %d h1, want 1", n)
			}
			if !strings.Contains(string(page), base64.StdEncoding.EncodeToString([]byte(logo))) {
				t.Error("found no logo in the page")
			}
			for _, want := range []string{`id="announcement"`, `id="questions"`, `id="list"`} {
				if !strings.Contains(string(page), want) {
					t.Errorf("found no %s", want)
				}
			}
		})
	}
}

func checkReference(t *testing.T, a html.Attribute, ids map[string]bool) {
	t.Helper()
	value := a.Val
	if a.Key == "aria-labelledby" {
		for id := range strings.FieldsSeq(value) {
			if !ids[id] {
				t.Errorf("found aria-labelledby=%q, want ids of the page", value)
			}
		}
		return
	}
	switch fragment, local := strings.CutPrefix(value, "#"); {
	case local && !ids[fragment]:
		t.Errorf("found a link to %s, which is not on the page", value)
	case !local && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "mailto:"):
		t.Errorf("found a link to %s", value)
	}
}

func rendered(n *html.Node) string {
	var out strings.Builder
	_ = html.Render(&out, n)
	return out.String()
}

// A picture with a script is left out everywhere, and so are styles from
// elsewhere. Script in the organisation's own frame is taken out.
func TestOwnLookWithoutScript(t *testing.T) {
	site := grove(t, func(run *generator.Run) {
		run.Config.Look.Logo = "logo.svg"
		run.Logo = []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
		run.Overrides = fstest.MapFS{
			"static/css/own.css": {Data: []byte(`@import "https://example.org/a.css"; .brand::after{content:"</style><b>";background:url(https://example.org/a.png)} .top{background:url("icon.svg")}`)},
			"templates/parts/foot.html": {Data: []byte(`{{define "foot"}}<footer onclick="x()"><a href="javascript:x()">a</a><a href="../index.html">b</a>` +
				`<img src="https://example.org/a.png" alt="c"><noscript>d</noscript><iframe src="e"></iframe></footer>{{end}}`)},
		}
	})
	run := newRun(t, site)
	result := mustBundle(t, run)
	if findings := slices.DeleteFunc(result.Findings, func(f bundle.Finding) bool { return f.Remark }); len(findings) > 0 {
		t.Errorf("found %v", findings)
	}
	files := contents(t, read(t, run.Out, result.Archives[0].Name))
	if _, there := files["static/logo.svg"]; there {
		t.Error("found the logo in the zip, want it left out: it brings a script")
	}
	files["willow"] = string(read(t, run.Out, "departments", "willow.html"))
	for name, content := range files {
		if found := runningPage.FindString(content); path.Ext(name) == ".html" && found != "" {
			t.Errorf("%s: found %q", name, found)
		}
		if strings.Contains(content, "logo.svg") && name != "manifest.json" {
			t.Errorf("%s: found the logo", name)
		}
	}
	own := files["willow"]
	for _, unwanted := range []string{"@import", "url(https", "url(icon", "<img", "iframe", "</style><b>", `href="..`, "javascript"} {
		if strings.Contains(own, unwanted) {
			t.Errorf("found %q", unwanted)
		}
	}
	for _, wanted := range []string{"url(data:image/svg+xml;base64,", "<footer><a>a</a>bcd</footer>"} {
		if !strings.Contains(own, wanted) {
			t.Errorf("found no %q in %s", wanted, own[strings.Index(own, "<footer"):])
		}
	}
}

// The bundle has no page but the departments' files, and has their workbooks if
// the site has them.
func TestFilesOfTheBundle(t *testing.T) {
	for _, workbooks := range []bool{true, false} {
		t.Run(fmt.Sprintf("workbooks %v", workbooks), func(t *testing.T) {
			run := newRun(t, grove(t, func(run *generator.Run) { run.Config.Workbooks = workbooks }))
			mustBundle(t, run)
			var pages, books int
			err := filepath.WalkDir(run.Out, func(path string, entry os.DirEntry, err error) error {
				switch filepath.Ext(path) {
				case ".html":
					pages++
				case ".xlsx":
					books++
				case ".js":
					t.Errorf("found %s", path)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if want := map[bool]int{true: 3, false: 0}[workbooks]; pages != 3 || books != want {
				t.Errorf("found %d pages and %d workbooks, want 3 and %d", pages, books, want)
			}
		})
	}
}
