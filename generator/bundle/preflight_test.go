package bundle

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/publish"
)

func zipOf(t *testing.T, entries map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range entries {
		in, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := in.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func holding(name string, content []byte) message {
	inside := entry{File: publish.File{Name: name}, remarks: examine(name, content)}
	return message{"a.zip", []examinedFile{{name: "a.zip", inside: []entry{inside}}}}
}

func alone(name string, content []byte) message {
	return message{name, []examinedFile{{name: name, size: int64(len(content)), remarks: examine(name, content)}}}
}

// A finding names the limit and what to do. A file one byte below a limit passes.
func TestPreflight(t *testing.T) {
	workbook := zipOf(t, map[string]string{"[Content_Types].xml": "<Types/>"})
	nested := zipOf(t, map[string]string{"a.txt": "a"})
	protected := bytes.Clone(nested)
	protected[6] |= 1
	crowd := message{"many", nil}
	for range 31 {
		crowd.files = append(crowd.files, examinedFile{name: "a.txt"})
	}
	tests := []struct {
		name    string
		profile string
		message message
		want    string // "" passes
	}{
		{"what mail carries at the limit", "gmail", alone("a.csv", make([]byte, 18_268_000)), ""},
		{"what mail carries above it", "gmail", alone("a.csv", make([]byte, 18_270_000)), "gmail: a.csv: found 25.0 MB as mail carries it, want at most 25.0 MB a message; share it as a link instead"},
		{"inbound mail", "servicenow", alone("a.csv", make([]byte, 13_800_000)), "servicenow: a.csv: found 18.9 MB as mail carries it, want at most 18.9 MB a message; share it as a link instead"},
		{"an upload counts as it is", "jira", alone("a.csv", make([]byte, 10<<20)), ""},
		{"an upload above it", "jira", alone("a.csv", make([]byte, 10<<20+1)), "jira: a.csv: found 10.5 MB, want at most 10.5 MB a file; share it as a link instead"},
		{"a message of the largest", "m365", alone("a.csv", make([]byte, 26_000_000)), "m365: a.csv: found 35.6 MB as mail carries it, want at most 35.0 MB a message; share it as a link instead"},
		{"too many files", "servicenow", crowd, "servicenow: many: found 31 files, want at most 30 a message; send them in several messages"},
		{"a script in a zip", "gmail", holding("a.js", nil), "gmail: a.zip: a.js: found a file that ends in .js, want none of that type, in a zip as little as beside it; leave it out of the site"},
		{"script in a page", "m365", holding("a.html", []byte("<p><SCRIPT >x</script>")), "m365: a.zip: a.html: found script in it, want none; take it out of the template, text or picture that it comes from"},
		{"script in an attribute", "jira", alone("a.html", []byte("<p onclick=x>")), "jira: a.html: found script in it, want none; take it out of the template, text or picture that it comes from"},
		{"script in an address", "jira", alone("a.html", []byte("<a href=' java\nscript:x'>")), "jira: a.html: found script in it, want none; take it out of the template, text or picture that it comes from"},
		{"script in a picture", "jira", alone("a.svg", []byte("<svg onload='x'/>")), "jira: a.svg: found script in it, want none; take it out of the template, text or picture that it comes from"},
		{"the word script", "gmail", alone("a.html", []byte("<p>&lt;script> on-premises</p>")), ""},
		{"an archive in a zip", "gmail", holding("static/fonts.dat", nested), "gmail: a.zip: static/fonts.dat: found an archive in an archive, want none; leave it out of the site, or unpack it there"},
		{"a workbook in a zip", "gmail", holding("data/a.xlsx", workbook), ""},
		{"a workbook alone", "m365", alone("a.xlsx", workbook), ""},
		{"a protected archive", "gmail", alone("a.dat", protected), "gmail: a.dat: found an archive with a password, want none; leave it out of the site"},
		{"a page by itself", "servicenow", alone("a.html", []byte("<p>")), "servicenow: a.html: found a file that ends in .html, want one that is not often denied or only downloaded; attach the workbook or the zip, and mail this one"},
		{"a blocked type", "m365", alone("a.MHTML", nil), "m365: a.MHTML: found a file that ends in .mhtml, want none of that type, in a zip as little as beside it; leave it out of the site"},
		{"an own limit", "ours", holding("a.svg", []byte("<svg/>")), "ours: a.zip: a.svg: found a file that ends in .svg, want none of that type, in a zip as little as beside it; leave it out of the site"},
		{"an own bound on what a zip holds", "ours", message{"b.zip", []examinedFile{{name: "b.zip", inside: make([]entry, 3)}}}, "ours: b.zip: found 3 files in it, want at most 2 in an archive; lower bundle.budget, so that the site is split into more parts"},
	}
	own := []config.Profile{{Name: "ours", Blocked: []string{"svg"}, ArchivedFiles: 2}}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			profiles, err := pick(own, []string{test.profile})
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, f := range preflight(profiles, []message{test.message}, 7_000_000) {
				found = append(found, f.String())
			}
			if diff := cmp.Diff(test.want, strings.Join(found, "\n")); diff != "" {
				t.Errorf("findings differ (-want +found):\n%s", diff)
			}
		})
	}
}

// A profile of the configuration takes the place of a built-in one.
func TestOwnProfileReplaces(t *testing.T) {
	profiles, err := pick([]config.Profile{{Name: "jira", File: 5}, {Name: "ours"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range profiles {
		names = append(names, p.Name)
	}
	if diff := cmp.Diff([]string{"gmail", "m365", "servicenow", "jira", "ours"}, names); diff != "" || profiles[3].File != 5 {
		t.Errorf("found %v", profiles)
	}
}
