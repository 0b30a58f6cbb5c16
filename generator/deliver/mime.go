package deliver

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	stdmail "net/mail"
	"regexp"
	"time"

	"github.com/wneessen/go-mail"

	"example.org/cutoff/generator/address"
)

// Bytes gives the encoded mail, in lines of ASCII that any server takes. Only an
// address outside ASCII needs a server with SMTPUTF8. The same mail with the same
// date has the same bytes.
func (m *Message) Bytes(date time.Time) ([]byte, error) {
	out := mail.NewMsg(mail.WithNoDefaultUserAgent())
	out.FromMailAddress(headerAddress(m.From))
	out.ToMailAddress(headerAddress(m.To))
	for _, copied := range m.Cc {
		out.AddCcMailAddress(headerAddress(copied))
	}
	if !m.ReplyTo.IsZero() {
		out.ReplyToMailAddress(headerAddress(m.ReplyTo))
	}
	out.Subject(oneLine(m.Subject))
	out.SetDateWithValue(date)
	out.SetMessageIDWithValue(m.ID)
	// Otherwise absence notes would answer every mail.
	out.SetGenHeader("Auto-Submitted", "auto-generated")
	out.SetGenHeader(mail.HeaderXAutoResponseSuppress, "OOF, AutoReply")
	out.SetBodyString(mail.TypeTextPlain, m.Text)
	out.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	for _, f := range m.Files {
		out.AttachReadSeeker(f.Name, bytes.NewReader(f.Content), mail.WithFileContentType(mail.ContentType(f.Type)))
	}
	var text bytes.Buffer
	if _, err := out.WriteTo(&text); err != nil {
		return nil, fmt.Errorf("write a mail: %w", err)
	}
	return settleBoundaries(text.Bytes(), m.ID), nil
}

func headerAddress(a address.Address) *stdmail.Address {
	return &stdmail.Address{Name: a.Name, Address: a.Wire()}
}

// boundary finds the random lines that separate the parts of a mail.
var boundary = regexp.MustCompile(`(?m)^ boundary=([0-9a-f]{40,})\r$`)

// settleBoundaries replaces the random lines by ones made from the Message-ID.
func settleBoundaries(text []byte, id string) []byte {
	for i, found := range boundary.FindAllSubmatch(text, -1) {
		sum := sha256.Sum256([]byte(fmt.Sprint(id, " ", i)))
		text = bytes.ReplaceAll(text, found[1], []byte("cutoff-"+hex.EncodeToString(sum[:16])))
	}
	return text
}
