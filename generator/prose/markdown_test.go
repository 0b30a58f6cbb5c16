package prose

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"example.org/cutoff/generator/fixture"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
)

const minimal = "---\ntitle: T\n---\n"

func renderString(facts Facts, text string) (Text, error) {
	return renderText("faq.md", []byte(text), facts)
}

// renderText loads a text and renders it as a page of its own.
func renderText(name string, text []byte, facts Facts) (Text, error) {
	source, err := Load(name, text, facts)
	if err != nil {
		return Text{}, err
	}
	return source.Render(facts, Place{})
}

func TestRenderTextGivesWhatAPageNeeds(t *testing.T) {
	facts := factsFor(t, policy.Approaching, "many")
	got, err := renderString(facts, `---
title: Until {{.Effective}}
summary: "{{.Organization}}: {{devices .Open}}"
phases:
  in-force:
    title: Over
---
## Who & what {#who}

{{number .Devices}} of *them*, see https://example.com/a or [here](faq.html).

### Wer ist betroffen? Größe 5

| a | b |
|---|:-:|
| 1 | ~~2~~ |

### Who & what
`)
	if err != nil {
		t.Fatal(err)
	}
	want := Text{
		Title:   "Until 4 February 2020",
		Summary: "Northwind: 2,996 devices",
		HTML: `<h2 id="who">Who &amp; what</h2>
<p>9,036 of <em>them</em>, see <a href="https://example.com/a">https://example.com/a</a> or <a href="faq.html">here</a>.</p>
<h3 id="wer-ist-betroffen-größe-5">Wer ist betroffen? Größe 5</h3>
<table>
<thead>
<tr>
<th scope="col">a</th>
<th scope="col">b</th>
</tr>
</thead>
<tbody>
<tr>
<td>1</td>
<td><del>2</del></td>
</tr>
</tbody>
</table>
<h3 id="who-what">Who &amp; what</h3>
`,
		Headings: []Heading{
			{2, "who", "Who & what"},
			{3, "wer-ist-betroffen-größe-5", "Wer ist betroffen? Größe 5"},
			{3, "who-what", "Who & what"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRenderTextShiftsHeadingsBelowThePagesOwn(t *testing.T) {
	got, err := renderString(Facts{Phase: policy.Announced}, minimal+"# One\n\n## Two\n\n###### Six\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []Heading{{2, "one", "One"}, {3, "two", "Two"}, {6, "six", "Six"}}
	if diff := cmp.Diff(want, got.Headings); diff != "" {
		t.Error(diff)
	}
}

func TestRenderTextUsesThePhasesOwnTitle(t *testing.T) {
	const text = "---\ntitle: A\nsummary: B\nphases: {in-force: {title: C}, before: {summary: D}}\n---\n"
	for _, tt := range []struct {
		phase          policy.Phase
		title, summary string
	}{
		{policy.Before, "A", "D"},
		{policy.Announced, "A", "B"},
		{policy.InForce, "C", "B"},
	} {
		got, err := renderString(factsFor(t, tt.phase, "one"), text)
		if err != nil {
			t.Fatal(err)
		}
		if got.Title != tt.title || got.Summary != tt.summary {
			t.Errorf("%s: found %q and %q, want %q and %q", tt.phase, got.Title, got.Summary, tt.title, tt.summary)
		}
	}
}

func TestRenderTextNamesTheLineOfEveryFault(t *testing.T) {
	facts := factsFor(t, policy.Announced, "many")
	for _, tt := range []struct{ name, text, want string }{
		{"no placeholder of that name", minimal + "\n{{.Nope}}",
			`faq.md:5:3: found "{{.Nope}}", want a placeholder that exists`},
		{"no link of that name, after lines that actions swallow", minimal + "{{- if .Open}}\nx\n{{- end}}\n\nsee {{.Links.Nope}}",
			`faq.md:8:13: found "{{.Links.Nope}}", want a placeholder that exists`},
		{"in the title", "---\nsummary: S\ntitle: A {{.Nope}}\n---\n",
			`faq.md:3: found "{{.Nope}}", want a placeholder that exists`},
		{"only in another phase", minimal + "{{if .InForce}}\n{{.Nope}}{{end}}",
			`faq.md:5:3: found "{{.Nope}}", want a placeholder that exists (in phase in-force)`},
		{"only with nothing affected", minimal + "{{if .Affected}}{{else}}{{.Nope}}{{end}}",
			`faq.md:4:27: found "{{.Nope}}", want a placeholder that exists (in phase before, no device affected)`},
		{"no function of that name", minimal + "{{now}}",
			`faq.md:4: found a fault (function "now" not defined), want a template that works`},
		{"an action without an end", minimal + "\n{{if .InForce}}",
			`faq.md:5: found a fault (unexpected EOF), want a template that works`},
		{"a function on the wrong value", minimal + "{{date .Open}}",
			`faq.md:4:3: found "{{date .Open}}" (error calling date: found int, want a day), want a template that works`},
		{"an unknown key", "---\ntitle: T\ntitel: T\n---\n",
			`faq.md:3:1: found unknown key "titel" (did you mean "title"?), want one of title, summary, brief, phases`},
		{"an unknown phase", "---\ntitle: T\nphases: {later: {title: T}}\n---\n",
			`faq.md:3:10: phases: found unknown key "later", want one of before, announced, approaching, imminent, in-force`},
		{"no title", "---\nsummary: S\n---\n",
			`faq.md:2:1: title: found no key "title", want the page's title`},
		{"no front matter", "# T\n",
			`faq.md:1: found no front matter, want a first line of three dashes, then title and summary`},
		{"an empty file", "",
			`faq.md:1: found no front matter, want a first line of three dashes, then title and summary`},
		{"front matter without an end", "---\ntitle: T\n",
			`faq.md:1: found front matter without an end, want a second line of three dashes`},
		{"a terminal escape", minimal + "a\n\x1b[31m",
			`faq.md:5: found a control character or a byte that is not UTF-8, want text`},
		{"a byte that is no text", minimal + "\xff",
			`faq.md:4: found a control character or a byte that is not UTF-8, want text`},
		{"an image from elsewhere, below lines that actions add", minimal + "{{range .Contacts}}\na\n\nb\n{{end}}\n\n![x](https://example.com/x.png)",
			`faq.md:10: found an image at "https://example.com/x.png", want one in the site itself`},
		{"an image without a scheme from elsewhere", minimal + "![x](//example.com/x.png)",
			`faq.md:4: found an image at "//example.com/x.png", want one in the site itself`},
		{"an image in the address", minimal + "![x](data:image/png;base64,AA==)",
			`faq.md:4: found an image at "data:image/png;base64,AA==", want one in the site itself`},
		{"an image by reference", minimal + "![x][y]\n\n[y]: http://example.com/x.png",
			`faq.md:4: found an image at "http://example.com/x.png", want one in the site itself`},
		{"one id twice", minimal + "## A {#a}\n\n## B {#a}\n",
			`faq.md:6: found the heading id "a" twice, want each once`},
		{"an id with a space", minimal + "## A {id=\"a b\"}\n",
			`faq.md:4: found a heading without a usable id, want one like {#who-is-affected}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := renderString(facts, tt.text)
			var faults problem.List
			if !errors.As(err, &faults) {
				t.Fatalf("found error %v, want a list of problems", err)
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// hostileTexts try to bring a script or something from elsewhere onto a page.
var hostileTexts = []string{
	"<script>alert(1)</script>",
	"a <script>alert(1)</script> b",
	"<img src=x onerror=alert(1)>",
	"<svg/onload=alert(1)>",
	"<iframe src='https://evil.example'></iframe>",
	"<style>@import url(https://evil.example)</style>",
	"<!-- <script>alert(1)</script> -->",
	"a <b style='x' onclick='y'>b</b>",
	"[x](javascript:alert(1))",
	"[x](JaVaScRiPt:alert(1))",
	"[x](javascript&colon;alert(1))",
	"[x](&#106;avascript:alert(1))",
	"[x](java&#10;script:alert(1))",
	"[x](&#1;javascript:alert(1))",
	"[x](javascript&amp;#58;alert(1))",
	"[x](<javascript:alert(1)>)",
	"[x](javascript\\:alert(1))",
	"[x](vbscript:x)",
	"[x](data:text/html;base64,PHNjcmlwdD4=)",
	"[x](data:image/png;base64,AA==)",
	"[x](file:///etc/passwd)",
	"[x](//evil.example/)",
	"[x](\\\\\\\\evil.example)",
	"[x](ftp://evil.example)",
	"[x][y]\n\n[y]: javascript:alert(1)",
	"[javascript:alert(1)]\n\n[javascript:alert(1)]: javascript:alert(1)",
	"<javascript:alert(1)>",
	"<ftp://evil.example>",
	"ftp://evil.example javascript:alert(1)",
	"[x](faq.html \"\\\" onclick=alert(1) \\\"\")",
	"[x](faq.html'onclick=alert(1))",
	"## x {#a onclick=alert(1) style=color:red}",
	"## x {onclick=\"alert(1)\" .a}",
	"## x {#a\"onclick=\"alert(1)}",
	"x\n===\n{#a onclick=alert(1)}",
	"| a {onclick=x} |\n|:-:|\n| <script>alert(1)</script> |",
	"```html onload=alert(1)\n<script>alert(1)</script>\n```",
	"`<script>alert(1)</script>`",
	"    <script>alert(1)</script>",
	"&lt;script&gt;alert(1)&lt;/script&gt;",
	"{{\"<script>alert(1)</script>\"}}",
	"{{printf \"[x](javascript:alert(1))\"}}",
	"[x]({{\"javascript:alert(1)\"}})",
	"{{define \"a\"}}{{\"<b>\"}}{{end}}{{template \"a\"}}",
}

func TestTextsBringInNoScript(t *testing.T) {
	for _, body := range hostileTexts {
		text, err := renderString(Facts{Phase: policy.Announced}, minimal+body+"\n")
		if err != nil {
			t.Errorf("%q: %v", body, err)
			continue
		}
		for _, harm := range harms(string(text.HTML)) {
			t.Errorf("%q: found %s in\n%s", body, harm, text.HTML)
		}
	}
}

// hostileValues try the same through a report or the configuration.
var hostileValues = []string{
	"<script>alert(1)</script>",
	"[x](javascript:alert(1))",
	"](javascript:alert(1)) [",
	"![x](https://evil.example/x.png)",
	"https://evil.example www.evil.example a@evil.example",
	"**b** _i_ ~~s~~ `c` ``",
	"a\n\n# heading\n\n- list\n1. list\n> quote\n\n    code\n\n---\n",
	"a | b |\n|---|\n",
	"\n===\n",
	"{{.Devices}} {#id onclick=x}",
	"&lt;b&gt; &#60;b&#62; \\<b\\> \\",
	"<https://evil.example>",
	"[x]: javascript:alert(1)",
	"\u202egnp.exe \u200b\u0000\x01\x1b[31m",
	"\x0112\x02",
}

func TestValuesStayPlainText(t *testing.T) {
	const body = minimal + `
{{.Organization}}

a {{.Organization}} **{{.Organization}}** {{.Organization | upper}}

- {{.Organization}}

> {{.Organization}}

| {{.Organization}} |
|---|
| {{.Organization}} |

## {{.Organization}} {#a}

[{{.Organization}}](faq.html) [x]({{.Organization}}) [y](faq.html "{{.Organization}}")

` + "`{{.Organization}}`\n"
	shape := func(organization string) (tags []string, text string) {
		facts := factsFor(t, policy.Announced, "many")
		facts.Organization = organization
		got, err := renderString(facts, body)
		if err != nil {
			t.Fatal(err)
		}
		for _, harm := range harms(string(got.HTML)) {
			t.Errorf("%q: found %s in\n%s", organization, harm, got.HTML)
		}
		tokens := html.NewTokenizer(strings.NewReader(string(got.HTML)))
		for {
			switch tokens.Next() {
			case html.ErrorToken:
				return tags, text
			case html.TextToken:
				text += string(tokens.Text())
			default:
				name, _ := tokens.TagName()
				tags = append(tags, string(name))
			}
		}
	}
	// A link to something that is no address becomes plain text.
	want, _ := shape("not an address")
	for _, value := range hostileValues {
		tags, text := shape(value)
		if strings.ContainsAny(text, "\x00\x01\x02\x1b\u202e\u200b") {
			t.Errorf("%q: found a character that does not show in %q", value, text)
		}
		if !strings.Contains(oneLine(value), " ") {
			continue // one word is the address of a page, so the link may stay
		}
		if diff := cmp.Diff(want, tags); diff != "" {
			t.Errorf("%q changes the markup:\n%s", value, diff)
		}
	}
}

func TestEscapedValuesReadAsTheyAre(t *testing.T) {
	for _, value := range append(slices.Clone(hostileValues),
		"4.8", "2020-02-04", "1,234", "4 February 2020", "Zoë's R&D", "研究", "a  b") {
		facts := Facts{Phase: policy.Announced, Organization: value}
		got, err := renderString(facts, minimal+"x{{.Organization}}x")
		if err != nil {
			t.Fatal(err)
		}
		text := strings.TrimSpace(fixture.Text(fixture.Page(t, []byte(got.HTML))))
		// Markdown shows a run of spaces as one.
		if want := "x" + oneLine(value) + "x"; text != want {
			t.Errorf("%q: found %q, want %q", value, text, want)
		}
	}
}

// harms lists everything in rendered HTML that a text must not bring in.
func harms(rendered string) []string {
	elements := strings.Fields("p h2 h3 h4 h5 h6 ul ol li a em strong del code pre blockquote hr br img table thead tbody tr th td")
	attributes := map[string][]string{
		"a": {"href", "title"}, "img": {"src", "alt", "title"}, "th": {"scope"}, "ol": {"start"}, "code": {"class"},
		"h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
	}
	var found []string
	tokens := html.NewTokenizer(strings.NewReader(rendered))
	for {
		kind := tokens.Next()
		token := tokens.Token()
		switch kind {
		case html.ErrorToken:
			return found
		case html.CommentToken, html.DoctypeToken:
			found = append(found, "a comment")
		case html.StartTagToken, html.SelfClosingTagToken:
			if !slices.Contains(elements, token.Data) {
				found = append(found, "element "+token.Data)
			}
			for _, attribute := range token.Attr {
				if !slices.Contains(attributes[token.Data], attribute.Key) {
					found = append(found, fmt.Sprintf("attribute %s of %s", attribute.Key, token.Data))
				}
				if attribute.Key == "href" && !safeAddress(attribute.Val, "http", "https", "mailto", "") ||
					attribute.Key == "src" && !safeAddress(attribute.Val, "") {
					found = append(found, fmt.Sprintf("address %q", attribute.Val))
				}
			}
		}
	}
}

// safeAddress reads an address as a browser does: it drops spaces around it and
// line breaks inside it.
func safeAddress(address string, schemes ...string) bool {
	address = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address)
	address = strings.TrimFunc(address, func(r rune) bool { return r <= ' ' })
	u, err := url.Parse(strings.ReplaceAll(address, `\`, "/"))
	if err != nil || address == "" {
		return false
	}
	return slices.Contains(schemes, u.Scheme) && (u.Scheme != "" || u.Host == "" && !strings.HasPrefix(u.Path, "/"))
}

func FuzzRenderText(f *testing.F) {
	for _, body := range hostileTexts {
		f.Add(body, "Northwind")
	}
	for _, value := range hostileValues {
		f.Add("{{.Organization}} [x]({{.Organization}})", value)
	}
	f.Add("{{if .InForce}}\n## A {#a}\n{{else}}\n![x](y.png)\n{{end}}", "x")
	f.Add("# {{range .Contacts}}{{.Name}}{{end}}\n\n[a]: <b> 'c'\n", "x")
	f.Fuzz(func(t *testing.T, body, organization string) {
		facts := Facts{Phase: policy.Announced, Organization: organization, Affected: 1, Devices: 2}
		text, err := renderString(facts, minimal+body)
		if err != nil {
			var faults problem.List
			if !errors.As(err, &faults) {
				t.Fatalf("found error %v, want a list of problems", err)
			}
			for _, fault := range faults {
				if fault.Row < 1 || fault.Row > 4+strings.Count(body, "\n")+strings.Count(body, "\r") {
					t.Errorf("found %q at row %d, want a row of the file", fault, fault.Row)
				}
				if strings.Contains(fault.String(), "\n") {
					t.Errorf("found %q, want one line", fault)
				}
			}
			return
		}
		for _, harm := range harms(string(text.HTML)) {
			t.Errorf("found %s in\n%s", harm, text.HTML)
		}
		for _, heading := range text.Headings {
			if heading.ID == "" || heading.Level < 2 {
				t.Errorf("found heading %+v, want an id and a level below the page's", heading)
			}
		}
		again, err := renderString(facts, minimal+body)
		if err != nil || cmp.Diff(text, again) != "" {
			t.Errorf("found another text the second time (%v)", err)
		}
	})
}
