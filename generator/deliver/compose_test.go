package deliver

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	stdmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/finished"
	"example.org/cutoff/generator/fixture"
)

func composer(s *Site) *Composer {
	mail := config.Default().Mail
	return &Composer{Site: s, Mail: &mail, Log: &Log{}, SiteURL: "https://intranet.example.org/cutoff/"}
}

// mailOf composes the mail about some of a site's departments.
func mailOf(t *testing.T, c *Composer, names ...string) *Message {
	t.Helper()
	o := Owner{Address: address.Address{Name: "Sabine Weiß", Mailbox: "sabine@example.org"}}
	for _, d := range c.Site.Departments {
		if slices.Contains(names, d.Name) {
			o.Shares = append(o.Shares, whole(d))
		}
	}
	m, err := c.Compose(Due{Owner: o, Kind: Todo})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestComposeSaysWhatTheSiteSays(t *testing.T) {
	c := composer(buildSite(t, report, calendar.New(2020, 1, 15)))
	m := mailOf(t, c, "Sales")
	if want := "Sales: 2 devices to fix, 20 days left"; m.Subject != want {
		t.Errorf("subject: found %q, want %q", m.Subject, want)
	}
	for _, want := range []string{
		"Hello Sabine Weiß,",
		"2 of the devices that you answer for are still to fix: from 4 February 2020 on they will be unable to connect to the Code42 cloud, unless something is done. 20 days are left.",
		"SALES\n2 devices to fix, of 3 devices in the department.\n  Upgrade: 2\n",
		"- S1 (s1): Upgrade the Code42 app from 5.3.9",
		"The department's page: https://intranet.example.org/cutoff/departments/sales.html",
		"\n1. See whether yours is one of them: https://intranet.example.org/cutoff/find.html\n",
		"\n2. If it is, do what that page says by 3 February 2020, or ask for help with it.\n\nQuestions: Desk & Co (desk@example.org).\n",
		"You get this mail because you are listed as a manager in Sales. The figures are those of 15 January 2020.",
	} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("text: found no %q in\n%s", want, m.Text)
		}
	}
	for _, want := range []string{
		`<a href="https://intranet.example.org/cutoff/find.html?q=S1">S1</a>`,
		`&lt;script&gt;alert(1)&lt;/script&gt;`, `Desk &amp; Co`,
	} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("HTML: found no %q in\n%s", want, m.HTML)
		}
	}
	for _, other := range []string{"F1", "Großgerät", "Field", "Quiet"} {
		if strings.Contains(m.Text+m.HTML, other) {
			t.Errorf("found %q of another department, want it nowhere", other)
		}
	}
}

// The HTML has what every mail program lays out: no script, no style sheet,
// nothing that is fetched.
func TestComposeHTMLIsPlain(t *testing.T) {
	c := composer(buildSite(t, report, calendar.New(2020, 1, 15)))
	c.Trial = address.Address{Mailbox: "me@example.org"}
	m := mailOf(t, c, "Sales", "Field & <b>Service</b>", "Quiet")
	document := fixture.Page(t, []byte(m.HTML))
	allowed := strings.Fields("html head meta title body table tbody tr td th h2 p a strong br")
	for n := range document.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(allowed, n.Data) {
			t.Errorf("found an element %s, want one of %v", n.Data, allowed)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "class" || a.Key == "src" || strings.Contains(a.Val, "url(") || strings.Contains(a.Val, "ZgotmplZ") {
				t.Errorf("found %s=%q at %s, want none such", a.Key, a.Val, n.Data)
			}
		}
	}
	if !strings.Contains(m.HTML, "Field &amp; &lt;b&gt;Service&lt;/b&gt;") || !strings.Contains(m.HTML, ">=1&#43;1<") {
		t.Errorf("found hostile names changed or unescaped, want them as text:\n%s", m.HTML)
	}
}

func TestComposeStaysSmall(t *testing.T) {
	var large strings.Builder
	large.WriteString("guid,name,username,version,destinationUid,department\n")
	for i := range 1500 {
		fmt.Fprintf(&large, "%d,%s,%s,5.3.9,42,%s %d\n", 900000000000000000+i, strings.Repeat("ü", 200), strings.Repeat("ß", 200), strings.Repeat("ö", 150), i%50)
	}
	s := buildSite(t, large.String(), calendar.New(2020, 1, 15))
	c := composer(s)
	c.Mail.Budget = 100_000
	var all []string
	for _, d := range s.Departments {
		all = append(all, d.Name)
	}
	one, many := mailOf(t, c, all[0]), mailOf(t, c, all...)
	if size := len(one.Text) + len(one.HTML); size > bodyLimit || strings.Count(one.Text, "\n- ") < 20 {
		t.Errorf("one department: found %d bytes with %d lines of a list, want its devices in at most %d bytes", size, strings.Count(one.Text, "\n- "), bodyLimit)
	}
	if size := len(many.Text) + len(many.HTML); size > bodyLimit {
		t.Errorf("%d departments: found a body of %d bytes, want at most %d", len(all), size, bodyLimit)
	}
	content, err := many.Bytes(time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if len(content) > 100_000+2*bodyLimit {
		t.Errorf("found a mail of %d bytes, want attachments of at most 100,000", len(content))
	}
	if !strings.Contains(many.Text, "Not attached, because the mail would be too large: ") {
		t.Error("found nothing of the files that do not fit, want them named")
	}
}

// Text from a report or a roster appears in headers only as encoded words.
func TestBytesEncodeHeaders(t *testing.T) {
	c := composer(buildSite(t, report, calendar.New(2020, 1, 15)))
	c.Mail.Cc = []address.Address{{Name: "Revisión, Audit", Mailbox: "audit@bücher.example"}}
	c.Mail.Bcc = []address.Address{{Mailbox: "secret@example.org"}}
	m := mailOf(t, c, "Sales")
	m.To.Name = "Weiß\", <evil@example.org>\r\nBcc: evil@example.org"
	m.Subject = "Sales\r\nBcc: evil@example.org\r\n\r\n<script> ä"
	content, err := m.Bytes(time.Date(2020, 1, 15, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(content, func(b byte) bool { return b >= 0x80 }) {
		t.Error("found bytes beyond ASCII, want none: not every server takes them")
	}
	for line := range bytes.Lines(content) {
		if len(line) > 1000 || !bytes.HasSuffix(line, []byte("\r\n")) {
			t.Fatalf("found the line %.80q of %d bytes, want one that ends with CR LF within 1,000", line, len(line))
		}
	}
	parsed, err := stdmail.ReadMessage(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	to, err := parsed.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != "sabine@example.org" {
		t.Errorf("To: found %v (%v), want one reader", to, err)
	}
	cc, err := parsed.Header.AddressList("Cc")
	if err != nil || len(cc) != 1 || cc[0].Name != "Revisión, Audit" || cc[0].Address != "audit@xn--bcher-kva.example" {
		t.Errorf("Cc: found %v (%v), want the name and the domain in ASCII", cc, err)
	}
	if parsed.Header.Get("Bcc") != "" || bytes.Contains(content, []byte("secret@")) {
		t.Error("found the secret copy named, want it nowhere")
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
	if want := "Sales Bcc: evil@example.org <script> ä"; err != nil || subject != want {
		t.Errorf("Subject: found %q (%v), want %q", subject, err, want)
	}
	again, err := m.Bytes(time.Date(2020, 1, 15, 12, 0, 0, 0, time.UTC))
	if err != nil || !bytes.Equal(content, again) {
		t.Errorf("found other bytes the second time (%v), want the same", err)
	}
}

func TestBytesHaveTheParts(t *testing.T) {
	s := buildSite(t, report, calendar.New(2020, 1, 15))
	content, err := mailOf(t, composer(s), "Sales").Bytes(time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := stdmail.ReadMessage(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"text/plain", "text/html", "sales.html", "sales.xlsx"}
	if !s.Has("data/departments/sales.html") {
		want = slices.Delete(want, 2, 3)
	}
	if got := partsOf(t, parsed.Header.Get("Content-Type"), parsed.Body); !slices.Equal(got, want) {
		t.Errorf("found the parts %v, want %v", got, want)
	}
}

// partsOf names the leaves of a mail: attachments by file, bodies by type.
func partsOf(t *testing.T, header string, body io.Reader) (names []string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(header)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return []string{kind}
	}
	reader := multipart.NewReader(body, params["boundary"])
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return names
		}
		if err != nil {
			t.Fatal(err)
		}
		if name := part.FileName(); name != "" {
			names = append(names, name)
			continue
		}
		names = append(names, partsOf(t, part.Header.Get("Content-Type"), part)...)
	}
}

// One of several managers gets the department's figures, the rows of his or her own
// people, and a link instead of the files.
func TestComposeForOneOfSeveral(t *testing.T) {
	c := composer(buildSite(t, report, calendar.New(2020, 1, 15)))
	d := c.Site.Departments[slices.IndexFunc(c.Site.Departments, func(d *Department) bool { return d.Name == "Sales" })]
	own := slices.DeleteFunc(slices.Clone(d.Rows), func(r Row) bool { return r.Name != "S1" })
	m, err := c.Compose(Due{Owner: owner("a@example.org", Share{Department: d, Own: own}), Kind: Todo})
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "Sales: 1 device to fix, 20 days left" || len(m.Files) > 0 {
		t.Errorf("found the subject %q and %d files, want the own device and none", m.Subject, len(m.Files))
	}
	for _, want := range []string{
		"2 devices to fix, of 3 devices in the department; 1 of them belongs to your people.",
		"- S1 (s1)", "The department's page: https://intranet.example.org/cutoff/departments/sales.html",
	} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("found no %q in\n%s", want, m.Text)
		}
	}
	if strings.Contains(m.Text+m.HTML, "s2") || strings.Contains(m.Text, "Attached") {
		t.Errorf("found a row of somebody else's people, or a file, want neither:\n%s", m.Text)
	}
}

// A mail says what changed since the last one, and marks new devices.
func TestComposeSaysWhatChanged(t *testing.T) {
	c := composer(buildSite(t, report, calendar.New(2020, 1, 15)))
	d := c.Site.Departments[slices.IndexFunc(c.Site.Departments, func(d *Department) bool { return d.Name == "Sales" })]
	o := owner("a@example.org", whole(d))
	c.Log.Add(Record{
		Night: calendar.New(2020, 1, 8), Kind: Todo, To: "a@example.org", MessageID: "x",
		Shares: []RecordShare{{Slug: "sales", Whole: true, Open: 3, Devices: []string{"900000000000000001", "gone", "done"}}},
	})
	due, _ := Decide([]Owner{o}, c.Log, c.Site.AsOf, c.Site.Summary.Phase, c.Mail)
	if len(due) != 1 {
		t.Fatalf("found %d mails due, want one a week later", len(due))
	}
	m, err := c.Compose(due[0])
	if err != nil {
		t.Fatal(err)
	}
	if want := "Since the mail for 8 January 2020, when 3 were to fix: 2 of those are off the list, 1 is new on it."; !strings.Contains(m.Text, want) || !strings.Contains(m.HTML, want) {
		t.Errorf("found no %q in\n%s", want, m.Text)
	}
	if !strings.Contains(m.Text, "(s2), new: ") || strings.Contains(m.Text, "(s1), new") {
		t.Errorf("found other devices marked as new than the second:\n%s", m.Text)
	}
}

// A department's name is an input too. Characters that would change how a subject
// shows are spelled out, and a newline in it starts no new header.
func TestComposeHostileDepartment(t *testing.T) {
	c := composer(buildSite(t, report, calendar.New(2020, 1, 15)))
	d := *c.Site.Departments[0]
	d.Name = "Sales\r\nBcc: evil@example.org \u202etxt"
	m, err := c.Compose(Due{Owner: owner("a@example.org", whole(&d)), Kind: Todo})
	if err != nil {
		t.Fatal(err)
	}
	if want := "Sales Bcc: evil@example.org ⟨U+202E⟩txt: "; !strings.HasPrefix(m.Subject, want) {
		t.Errorf("found the subject %q, want it to begin with %q", m.Subject, want)
	}
	if strings.ContainsAny(m.Subject+m.Text+m.HTML, "\u202e\r") {
		t.Error("found a character that turns what follows, want its number")
	}
}

func TestComposeAfterTheDate(t *testing.T) {
	c := composer(buildSite(t, report, calendar.New(2020, 2, 4)))
	m := mailOf(t, c, "Sales")
	if want := "Sales: 2 devices to fix, cut off since 4 February 2020"; m.Subject != want {
		t.Errorf("subject: found %q, want %q", m.Subject, want)
	}
	if want := "2 of the devices that you answer for are still to fix: they have been cut off since 4 February 2020."; !strings.Contains(m.Text, want) || strings.Contains(m.Text, "By 3 February") {
		t.Errorf("found no %q, or a deadline that is over:\n%s", want, m.Text)
	}
	if want := "WHAT TO DO\nNow: do what the list says"; !strings.Contains(m.Text, want) || !strings.Contains(m.Text, "The Code42 cloud no longer lets in old versions of the Code42 app or anything on port 4282. Some of our computers need attention.") {
		t.Errorf("found no %q:\n%s", want, m.Text)
	}
}

// An instruction that is cut is of no use, however long it is.
func TestComposeShowsActionsWhole(t *testing.T) {
	old := strings.Replace(report, "5.3.9,42,Sales", "4.3.0,42,Sales", 1)
	old = strings.Replace(strings.ReplaceAll(old, "\n9", ",mac,10.6.8\n9"), "department\n", "department,os,osVersion\n", 1)
	old = strings.Replace(old, "department,mac,10.6.8\n", "department,os,osVersion\n", 1)
	m := mailOf(t, composer(buildSite(t, old, calendar.New(2020, 1, 15))), "Sales")
	for _, body := range []string{m.Text, html.UnescapeString(m.HTML)} {
		if want := "then upgrade the Code42 app from 4.3.0 to 5.4 or later."; !strings.Contains(body, want) || strings.Contains(body, "…") {
			t.Errorf("found no %q, or a sentence that is cut:\n%s", want, body)
		}
	}
}

// Figures from old data say that they are old.
func TestComposeSaysThatDataIsOld(t *testing.T) {
	dated := strings.Replace(strings.ReplaceAll(report, "\n9", ",2020-01-10\n9"), "department,2020-01-10\n", "department,lastConnected\n", 1)
	for days, want := range map[int]bool{3: false, 4: true} {
		m := mailOf(t, composer(buildSite(t, dated, calendar.New(2020, 1, 10+days))), "Sales")
		for _, body := range []string{m.Text, m.HTML} {
			if found := strings.Contains(body, "The newest data is 4 days old: the reports end on 10 January 2020."); found != want {
				t.Errorf("%d days old: says so: %v\n%s", days, found, body)
			}
		}
	}
}

func TestComposeWhenClean(t *testing.T) {
	c := composer(buildSite(t, report, calendar.New(2020, 1, 15)))
	for _, d := range c.Site.Departments {
		if d.Slug != "quiet" {
			continue
		}
		m, err := c.Compose(Due{Owner: owner("a@example.org", whole(d)), Kind: Clean})
		if err != nil {
			t.Fatal(err)
		}
		if m.Subject != "Quiet: no device is left to fix" || !strings.Contains(m.Text, "left to fix: thank you.") || len(m.Files) > 0 {
			t.Errorf("found subject %q, %d files and\n%s\nwant a short farewell", m.Subject, len(m.Files), m.Text)
		}
	}
}

// One device is "it".
func TestComposeForOneDevice(t *testing.T) {
	one := strings.Replace(report, "s2,5.3.9", "s2,7.2.0", 1)
	for day, want := range map[int]string{15: "1 of the devices that you answer for is still to fix: from 4 February 2020 on it will be unable to connect", 35: "is still to fix: it has been cut off since"} {
		m := mailOf(t, composer(buildSite(t, one, calendar.New(2020, 1, 1).Add(day-1))), "Sales")
		if !strings.Contains(m.Text, want) {
			t.Errorf("found no %q in\n%s", want, m.Text)
		}
	}
}

// A waiver is not a fix, so the last mail must not call the devices fixed.
func TestComposeWhenWaived(t *testing.T) {
	c := composer(buildSite(t, report, calendar.New(2020, 1, 15)))
	for _, d := range c.Site.Departments {
		for i := range d.Rows {
			d.Rows[i].Waived = true
		}
		d.Counts.Waived, d.Counts.Open = d.Counts.Affected, 0
		m, err := c.Compose(Due{Owner: owner("a@example.org", whole(d)), Kind: Clean})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"Sales": "2 of them are waived, not fixed."}[d.Name]
		for _, body := range []string{m.Text, m.HTML} {
			if said := strings.Contains(body, "waived"); want != "" && !strings.Contains(body, want) || said != (d.Counts.Waived > 0) {
				t.Errorf("%s: found no %q in\n%s", d.Name, want, body)
			}
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	s := buildSite(t, report, calendar.New(2020, 1, 15))
	if err := os.WriteFile(filepath.Join(s.Path, "data", "summary.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	for situation, path := range map[string]string{"a changed file": s.Path, "an empty folder": t.TempDir(), "no folder": filepath.Join(s.Path, "nowhere")} {
		_, err := Open(path)
		if _, ok := errors.AsType[*finished.Unusable](err); !ok {
			t.Errorf("%s: found error %v, want one about the site", situation, err)
		}
	}
}
