package deliver

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/deliver/smtptest"
)

// postman talks to a test's server. Its clock stands still, and it only notes how
// long it would wait.
func postman(t *testing.T, server *smtptest.Server, security string) (*Postman, *[]time.Duration) {
	t.Helper()
	authority, err := os.ReadFile(server.CA)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	var waits []time.Duration
	now := time.Date(2020, 1, 15, 6, 0, 0, 0, time.UTC)
	return &Postman{
		Server:   Server{SMTP: config.SMTP{Host: server.Host, Port: server.Port, Security: security, Auth: "none", Seconds: 1}, Roots: roots},
		Attempts: 3,
		Sent:     func(*Message) error { return nil },
		Smaller: func(m *Message) (*Message, error) {
			smaller := *m
			smaller.Files = nil
			return &smaller, nil
		},
		Now:      func() time.Time { return now },
		Sleep:    func(d time.Duration) { waits = append(waits, d); now = now.Add(d) },
		Progress: func(string) {},
	}, &waits
}

// letters gives short mails to a@example.org, b@example.org and so on.
func letters(n int) []*Message {
	var all []*Message
	for i := range n {
		to := string(rune('a'+i)) + "@example.org"
		all = append(all, &Message{
			From: address.Address{Mailbox: "desk@example.org"}, To: address.Address{Mailbox: to},
			Subject: "Sales", Text: "Hello.\n.\n", HTML: "<p>Hello.</p>", ID: to + ".id@example.org",
		})
	}
	return all
}

// results gives "a: delivered" or "b: 550 no such user" for each.
func results(outcomes []Outcome) []string {
	var all []string
	for _, o := range outcomes {
		name, _, _ := strings.Cut(o.To.Mailbox, "@")
		text := name + ": " + o.Fault
		if o.Delivered {
			text = name + ": delivered" + o.Fault
		}
		if o.Smaller {
			text += ", smaller"
		}
		if len(o.Refused) > 0 {
			text += ", not to " + strings.Join(o.Refused, ", ")
		}
		all = append(all, text)
	}
	return all
}

func answer(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: text}
}

func TestDeliver(t *testing.T) {
	tries := map[string]int{}
	for _, test := range []struct {
		situation string
		options   smtptest.Options
		change    func(p *Postman, all []*Message)
		want      []string
		taken     int
		waits     []time.Duration
	}{
		{situation: "TLS", options: smtptest.Options{Security: "tls"}, want: []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 3},
		{situation: "STARTTLS", options: smtptest.Options{Security: "starttls"}, want: []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 3},
		{situation: "no 8BITMIME", options: smtptest.Options{Security: "none", Plain: true}, want: []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 3},
		{
			situation: "a refused recipient stops nobody else",
			options: smtptest.Options{Security: "tls", Recipient: func(to string) error {
				if to == "b@example.org" {
					return answer(550, "no such user")
				}
				return nil
			}},
			want: []string{"a: delivered", "b: 550 \"no such user\"", "c: delivered"}, taken: 2,
		},
		{
			situation: "a refused copy does not stop the mail",
			options: smtptest.Options{Security: "tls", Recipient: func(to string) error {
				if to == "gone@example.org" {
					return answer(550, "no such user")
				}
				return nil
			}},
			change: func(_ *Postman, all []*Message) {
				all[0].Cc = []address.Address{{Mailbox: "gone@example.org"}, {Mailbox: "audit@example.org"}}
			},
			want: []string{"a: delivered, not to gone@example.org", "b: delivered", "c: delivered"}, taken: 3,
		},
		{
			situation: "a temporary failure is tried again after the others",
			options: smtptest.Options{Security: "tls", Recipient: func(to string) error {
				if tries[to]++; to == "a@example.org" && tries[to] < 3 {
					return answer(451, "try again later")
				}
				return nil
			}},
			want: []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 3, waits: []time.Duration{5 * time.Second, 10 * time.Second},
		},
		{
			situation: "a temporary failure that stays",
			options:   smtptest.Options{Security: "tls", Recipient: func(string) error { return answer(450, "busy") }},
			want:      slices.Repeat([]string{`450 "busy"`}, 3), waits: []time.Duration{5 * time.Second, 10 * time.Second},
		},
		{
			situation: "too large, as the server says in advance",
			options:   smtptest.Options{Security: "tls", MostBytes: 10_000},
			change:    withFile,
			want:      []string{"a: delivered", "b: delivered, smaller", "c: delivered"}, taken: 3,
		},
		{
			situation: "too large, as it turns out",
			options:   smtptest.Options{Security: "tls", MostBytes: 10_000, Silent: true},
			change:    withFile,
			want:      []string{"a: delivered", "b: delivered, smaller", "c: delivered"}, taken: 3,
		},
		{
			situation: "too large even without files",
			options:   smtptest.Options{Security: "tls", MostBytes: 100},
			want: []string{
				"a: found a mail of 664 bytes, and the server takes 100",
				"b: found a mail of 664 bytes, and the server takes 100",
				"c: found a mail of 664 bytes, and the server takes 100",
			},
		},
		{
			situation: "the connection drops in the middle of a mail",
			options: smtptest.Options{Security: "tls", Content: func(n int) error {
				if n == 2 {
					return smtptest.ErrHang
				}
				return nil
			}},
			want: []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 3, waits: []time.Duration{5 * time.Second},
		},
		{
			situation: "a server that is too slow",
			options: smtptest.Options{Security: "tls", Content: func(n int) error {
				if n == 1 {
					time.Sleep(1500 * time.Millisecond)
				}
				return nil
			}},
			// The first mail arrives twice, because the server took it too late. Both
			// have the same Message-ID.
			want: []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 4, waits: []time.Duration{5 * time.Second},
		},
		{
			situation: "a rate limit",
			options:   smtptest.Options{Security: "tls"},
			change:    func(p *Postman, _ []*Message) { p.Pause = 2 * time.Second },
			want:      []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 3, waits: []time.Duration{2 * time.Second, 2 * time.Second},
		},
		{
			situation: "no STARTTLS where it is wanted",
			options:   smtptest.Options{Security: "none"},
			change:    func(p *Postman, _ []*Message) { p.Server.Security = "starttls" },
			want:      slices.Repeat([]string{`HOST: STARTTLS mode set to: "TLSMandatory", but target host does not support STARTTLS`}, 3),
		},
		{
			situation: "a certificate that nobody vouches for",
			options:   smtptest.Options{Security: "starttls"},
			change:    func(p *Postman, _ []*Message) { p.Server.Roots = nil },
			want:      slices.Repeat([]string{"HOST: tls: failed to verify certificate: x509: certificate signed by unknown authority"}, 3),
		},
		{
			situation: "PLAIN",
			options:   smtptest.Options{Security: "starttls", Mechanisms: []string{"PLAIN"}, Username: "cutoff", Password: "geheim ü"},
			change:    signIn("plain"),
			want:      []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 3,
		},
		{
			situation: "LOGIN",
			options:   smtptest.Options{Security: "tls", Mechanisms: []string{"LOGIN"}, Username: "cutoff", Password: "geheim ü"},
			change:    signIn("login"),
			want:      []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 3,
		},
		{
			situation: "XOAUTH2",
			options:   smtptest.Options{Security: "tls", Mechanisms: []string{"XOAUTH2"}, Username: "cutoff", Password: "geheim ü"},
			change:    signIn("xoauth2"),
			want:      []string{"a: delivered", "b: delivered", "c: delivered"}, taken: 3,
		},
		{
			situation: "a wrong password, which is not shown",
			options:   smtptest.Options{Security: "tls", Mechanisms: []string{"PLAIN"}, Username: "cutoff", Password: "another"},
			change:    signIn("plain"),
			want:      slices.Repeat([]string{`HOST: SMTP AUTH failed: 535 "5.7.8 Authentication failed"`}, 3),
		},
		{
			situation: "a server that wants one to sign in",
			options:   smtptest.Options{Security: "tls", Mechanisms: []string{"PLAIN"}},
			want:      slices.Repeat([]string{`502 "5.7.0 Please authenticate first"`}, 3),
		},
		{
			situation: "an address that the server cannot take",
			options:   smtptest.Options{Security: "tls"},
			change:    func(_ *Postman, all []*Message) { all[1].To = address.Address{Mailbox: "jürgen@bücher.example"} },
			want:      []string{"a: delivered", "jürgen: the server takes no addresses like jürgen@bücher.example, only those in ASCII", "c: delivered"}, taken: 2,
		},
		{
			situation: "an address that a newer server takes",
			options:   smtptest.Options{Security: "tls", UTF8: true},
			change:    func(_ *Postman, all []*Message) { all[1].To = address.Address{Mailbox: "jürgen@bücher.example"} },
			want:      []string{"a: delivered", "jürgen: delivered", "c: delivered"}, taken: 3,
		},
	} {
		t.Run(test.situation, func(t *testing.T) {
			server := smtptest.Start(t, test.options)
			p, waits := postman(t, server, test.options.Security)
			all := letters(3)
			if test.change != nil {
				test.change(p, all)
			}
			outcomes, err := p.Deliver(all)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for i, text := range test.want {
				if rest, ok := strings.CutPrefix(text, "HOST"); ok {
					text = fmt.Sprintf("%c: 127.0.0.1:%d%s", 'a'+i, server.Port, rest)
				} else if !strings.HasPrefix(text[1:], ": ") && !strings.HasPrefix(text, "jürgen") {
					text = fmt.Sprintf("%c: %s", 'a'+i, text)
				}
				want = append(want, text)
			}
			if got := results(outcomes); !slices.Equal(got, want) {
				t.Errorf("found %q, want %q", got, want)
			}
			if !slices.Equal(*waits, test.waits) {
				t.Errorf("found the waits %v, want %v", *waits, test.waits)
			}
			if test.situation == "a server that is too slow" {
				time.Sleep(time.Second) // until it is done with the first one
			}
			if got := len(server.Mails()); got != test.taken {
				t.Errorf("the server took %d mails, want %d", got, test.taken)
			}
		})
	}
}

func withFile(_ *Postman, all []*Message) {
	all[1].Files = []File{{"sales.html", "text/html", bytes.Repeat([]byte("x"), 20_000)}}
}

func signIn(how string) func(*Postman, []*Message) {
	return func(p *Postman, _ []*Message) {
		p.Server.Auth, p.Server.Username, p.Server.Secret = how, "cutoff", "geheim ü"
	}
}

// A mail that cannot be remembered ends the run. Otherwise it would be sent again.
func TestDeliverStopsWithoutALog(t *testing.T) {
	server := smtptest.Start(t, smtptest.Options{Security: "tls"})
	p, _ := postman(t, server, "tls")
	full := errors.New("no space left on device")
	p.Sent = func(m *Message) error {
		if m.To.Mailbox == "b@example.org" {
			return full
		}
		return nil
	}
	if _, err := p.Deliver(letters(3)); !errors.Is(err, full) {
		t.Errorf("found error %v, want %v", err, full)
	}
	if got := len(server.Mails()); got != 2 {
		t.Errorf("the server took %d mails, want 2", got)
	}
}

// All copies are in the envelope. Blind copies are nowhere else.
func TestDeliverCopies(t *testing.T) {
	server := smtptest.Start(t, smtptest.Options{Security: "none"})
	p, _ := postman(t, server, "none")
	m := letters(1)[0]
	m.Cc, m.Bcc = []address.Address{{Mailbox: "cc@example.org"}}, []address.Address{{Mailbox: "bcc@example.org"}}
	if _, err := p.Deliver([]*Message{m}); err != nil {
		t.Fatal(err)
	}
	got := server.Mails()[0]
	if want := []string{"a@example.org", "cc@example.org", "bcc@example.org"}; !slices.Equal(got.To, want) || got.From != "desk@example.org" {
		t.Errorf("found %s to %v, want desk@example.org to %v", got.From, got.To, want)
	}
	if bytes.Contains(got.Content, []byte("bcc@")) || !bytes.Contains(got.Content, []byte("Cc: <cc@example.org>")) || !bytes.Contains(got.Content, []byte("Message-ID: <a@example.org.id@example.org>")) {
		t.Errorf("found other headers than wanted:\n%s", got.Content)
	}
}

func TestDeliverWithoutAServer(t *testing.T) {
	server := smtptest.Start(t, smtptest.Options{Security: "none"})
	p, waits := postman(t, server, "none")
	p.Server.Port = 1 // nobody listens there
	outcomes, err := p.Deliver(letters(2))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if o.Delivered || !strings.Contains(o.Fault, "connection refused") {
			t.Errorf("found %q, want the connection refused", o.Fault)
		}
	}
	if len(*waits) != 2 {
		t.Errorf("found the waits %v, want two", *waits)
	}
}
