package deliver

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"strings"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/templates"
)

// Message is one mail, complete.
type Message struct {
	To address.Address
	// Cc and Bcc get a copy. Bcc is not named in the mail.
	Cc, Bcc       []address.Address
	From, ReplyTo address.Address
	Subject       string
	Text, HTML    string
	Files         []File
	// ID is the Message-ID without its angle brackets. The same mail of the same
	// night has the same one, so that a mail program can tell a repeated mail.
	ID string
	// Record is what the log keeps once a server has taken the mail.
	Record Record
	due    *Due // nil for a zip
}

// File is an attachment.
type File struct {
	Name, Type string
	Content    []byte
}

// Composer writes mails about a site.
type Composer struct {
	Site *Site
	Mail *config.Mail
	// SiteURL is the address at which the site is served; "" if it is not known.
	SiteURL string
	// Log has what was sent before; it must not be nil.
	Log *Log
	// Trial gets every mail instead of its reader; zero for no trial.
	Trial address.Address
}

// bodyLimit is how many bytes text and HTML of a mail may have together. Gmail
// clips a body near 102 KB.
const bodyLimit = 90_000

// mostRows is how many devices of a department a mail names at most.
const mostRows = 25

// Compose writes an owner's mail. An error is a fault of the site's texts or of
// this program.
func (c *Composer) Compose(d Due) (*Message, error) {
	m := &Message{To: d.Address, Cc: c.Mail.Cc, Bcc: c.Mail.Bcc, From: c.from(), ReplyTo: c.Mail.ReplyTo, due: &d}
	files, leftOut, err := c.files(d)
	if err != nil {
		return nil, err
	}
	m.Files = files
	for rows, parts := mostRows, len(d.Shares); ; {
		l := c.letter(d, rows, parts)
		for _, f := range files {
			l.Attached = append(l.Attached, f.Name)
		}
		l.LeftOut = leftOut
		if !c.Trial.IsZero() {
			l.Trial, l.Subject = d.Address.String(), "[Trial] "+l.Subject
		}
		m.Subject = l.Subject
		if err := c.fill(m, "letter", l); err != nil {
			return nil, err
		}
		if len(m.Text)+len(m.HTML) < bodyLimit || parts == 0 {
			break
		}
		if rows > 0 {
			rows /= 2
		} else {
			parts /= 2
		}
	}
	m.ID = c.id(m.From, d.Kind, d.Address.Key(), d.Names())
	m.Record = d.record(c.Site.AsOf, m.ID)
	if !c.Trial.IsZero() {
		m.To, m.Cc, m.Bcc = c.Trial, nil, nil
	}
	return m, nil
}

// from gives the sender. A mail that is only previewed needs no sender in the
// settings, so it gets one that cannot receive mail.
func (c *Composer) from() address.Address {
	if c.Mail.From.IsZero() {
		return address.Address{Name: "cutoff", Mailbox: "cutoff@example.invalid"}
	}
	return c.Mail.From
}

// id gives a Message-ID that depends on the night, the kind of mail, the reader
// and the part.
func (c *Composer) id(from address.Address, kind Kind, to, part string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{c.Site.AsOf.String(), string(kind), to, part}, "\x00")))
	_, domain, _ := strings.Cut(from.Wire(), "@")
	return c.Site.AsOf.String() + "." + hex.EncodeToString(sum[:12]) + "@" + domain
}

// fill renders both bodies of a mail from the templates name.txt and name.html.
func (c *Composer) fill(m *Message, name string, facts any) error {
	source, err := templates.Files.ReadFile("mail/" + name + ".txt")
	if err != nil {
		return fmt.Errorf("read a mail's text: %w", err)
	}
	funcs := c.Site.Texts.Funcs()
	m.Text, err = c.Site.Texts.Fill("mail/"+name+".txt", string(source), facts, func(text string) string { return text }, funcs)
	if err != nil {
		return err
	}
	page, err := template.New(name+".html").Funcs(funcs).ParseFS(templates.Files, "mail/"+name+".html")
	if err != nil {
		return fmt.Errorf("read a mail's HTML: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, facts); err != nil {
		return fmt.Errorf("write a mail's HTML: %w", err)
	}
	m.HTML = out.String()
	return nil
}

// files gives the attachments of an owner's mail: the page and the workbook of
// each department that the owner answers for as a whole and that has open devices.
// leftOut names those that do not fit into the budget.
func (c *Composer) files(d Due) (files []File, leftOut []string, err error) {
	room := c.Mail.Budget
	for _, share := range d.Shares {
		if !share.Whole || share.Open() == 0 || d.Kind != Todo {
			continue
		}
		for _, try := range []struct {
			wanted             bool
			ending, contentype string
		}{
			{c.Mail.File, ".html", "text/html"},
			{c.Mail.Workbook, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		} {
			name := "data/departments/" + share.Slug + try.ending
			if !try.wanted || !c.Site.Has(name) {
				continue
			}
			content, err := c.Site.Read(name)
			if err != nil {
				return nil, nil, err
			}
			if room -= encodedSize(len(content)); room < 0 {
				room += encodedSize(len(content))
				leftOut = append(leftOut, share.Slug+try.ending)
				continue
			}
			files = append(files, File{share.Slug + try.ending, try.contentype, content})
		}
	}
	return files, leftOut, nil
}

// encodedSize is how many bytes a file of n bytes has in a mail: base64 in lines
// of 76 characters.
func encodedSize(n int) int64 {
	encoded := int64(n+2) / 3 * 4
	return encoded + 2*(encoded/76+1)
}

// WithoutFiles writes an owner's mail again without its files. The mail names the
// files that were left out.
func (c *Composer) WithoutFiles(m *Message) (*Message, error) {
	smaller, settings := *c, *c.Mail
	settings.Budget = 0
	smaller.Mail = &settings
	return smaller.Compose(*m.due)
}
