package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.org/cutoff/generator/config"
)

func overrides(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestOverrides(t *testing.T) {
	in := made{devices: 30, departments: 2}.input(t)
	in.Overrides = overrides(map[string]string{
		"templates/pages/faq.html":  `{{define "main"}}<h1>{{.Text.Title | upper}}</h1>{{template "own" .}}{{end}}`,
		"templates/parts/own.html":  `{{define "own"}}<p>Ours, {{number 12345}}.</p>{{end}}`,
		"content/announcement.md":   "---\ntitle: Our own words\nsummary: In short.\n---\n\n## So it is\n\nOn {{.Effective}}.\n",
		"static/css/part/tasks.css": ".task { color: red; }\n",
		"static/css/own.css":        ".ours { color: green; }\n",
		"static/picture.png":        "PNG",
		".gitkeep":                  "",
	})
	out := render(t, in)
	for name, want := range map[string]string{
		"faq.html":           "<p>Ours, 12,345.</p>",
		"index.html":         "Our own words",
		"static/cutoff.css":  ".task { color: red; }",
		"static/picture.png": "PNG",
	} {
		if !strings.Contains(string(out.files[name]), want) {
			t.Errorf("%s: found no %q", name, want)
		}
	}
	if sheet := string(out.files["static/cutoff.css"]); !strings.Contains(sheet, ".ours") || strings.Contains(sheet, ".task--upgrade") {
		t.Error("static/cutoff.css: own styles do not stand in place of ours, and behind them")
	}
}

func TestNewFaults(t *testing.T) {
	for _, c := range []struct {
		name      string
		files     map[string]string
		configure func(*config.Config)
		want      string // how the message begins
	}{
		{"template does not parse", map[string]string{"templates/pages/faq.html": "{{define \"main\"}}\n{{if}}\n{{end}}"}, nil,
			"templates/pages/faq.html:2: found missing value for if, want "},
		{"template names an unknown function", map[string]string{"templates/parts/foot.html": "{{define \"foot\"}}\n\n{{shout .Title}}{{end}}"}, nil,
			"templates/parts/foot.html:3: found function \"shout\" not defined, want "},
		{"template names an unknown field", map[string]string{"templates/pages/find.html": "{{define \"main\"}}\n<h1>{{.Colour}}</h1>{{end}}"}, nil,
			"templates/pages/find.html:2:"},
		{"template ends in the middle of a tag", map[string]string{"templates/pages/faq.html": "{{define \"main\"}}<h1 {{if .Title}}class=\"{{end}}>x</h1>{{end}}"}, nil,
			"templates/pages/faq.html:1"},
		{"text names an unknown placeholder", map[string]string{"content/faq.md": "---\ntitle: T\n---\n\n{{.Colour}}\n"}, nil,
			"content/faq.md:5"},
		{"override replaces nothing", map[string]string{"templates/pages/indx.html": "x"}, nil,
			"templates/pages/indx.html: found an override that replaces nothing, want "},
		{"override outside the three folders", map[string]string{"pages/index.html": "x"}, nil,
			"pages/index.html: found an override that replaces nothing, want "},
		{"text where the program keeps its own", map[string]string{"templates/content/default/faq.md": "x"}, nil,
			"templates/content/default/faq.md: found an override that replaces nothing, want "},
		{"accent too light", nil, func(c *config.Config) { c.Look.Accent = "#ffff00" }, "look.accent: found #ffff00"},
		{"accent on tokens without grounds", map[string]string{"static/css/tokens.css": ":root {}"}, func(c *config.Config) { c.Look.Accent = "#000080" },
			"static/css/tokens.css: found no --paper"},
		{"logo without a picture", nil, func(c *config.Config) { c.Look.Logo = "logo.png" }, "look.logo: found no picture"},
		{"host that a shell would run", nil, func(c *config.Config) { c.TestHosts = []string{"a.example.org", "b;reboot"} },
			`connection_test.hosts[1]: found "b;reboot", want a host name or an address`},
		{"host that is an option", nil, func(c *config.Config) { c.TestHosts = []string{"-e"} },
			`connection_test.hosts[0]: found "-e", want a host name or an address`},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := made{devices: 10, departments: 1, configure: c.configure}.input(t)
			if c.files != nil {
				in.Overrides = overrides(c.files)
			}
			_, err := New(in)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}

func TestMissingTextIsNamed(t *testing.T) {
	in := made{devices: 3}.input(t)
	in.Texts = fstest.MapFS{"announcement.md": {Data: []byte("---\ntitle: T\n---\n")}}
	if _, err := New(in); err == nil || !strings.Contains(err.Error(), "read text: open faq.md") {
		t.Errorf("found error %v, want one that names faq.md", err)
	}
}
