package deliver

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/problem"
)

// Server is where mails go.
type Server struct {
	config.SMTP
	// Secret is the password or the access token; "" for none.
	Secret string
	// Roots vouch for the server's certificate; nil for the system's.
	Roots *x509.CertPool
}

// fault is why a mail was not taken.
type fault struct {
	err error
	// passing: a later attempt may help. server: every mail would fail in the same
	// way. broken: the connection cannot be used any more. tooLarge: the server
	// takes no mail of that size.
	passing, server, broken, tooLarge bool
}

// Error gives the fault in one line, even if the server answered several.
func (f *fault) Error() string { return problem.Visible(oneLine(f.err.Error())) }

// line is a connection to a server.
type line struct {
	client  *smtp.Client
	timeout time.Duration
}

// call connects, encrypts and signs in as the settings say. A server that does not
// offer what they want gets no mail.
func (s Server) call() (*line, *fault) {
	timeout := time.Duration(s.Seconds) * time.Second
	options := []mail.Option{
		mail.WithPort(s.Port), mail.WithTimeout(timeout),
		mail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}),
	}
	switch s.Security {
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if kind, ok := map[string]mail.SMTPAuthType{
		"plain": mail.SMTPAuthPlain, "login": mail.SMTPAuthLogin, "xoauth2": mail.SMTPAuthXOAUTH2,
	}[s.Auth]; ok {
		options = append(options, mail.WithSMTPAuth(kind), mail.WithUsername(s.Username), mail.WithPassword(s.Secret))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, &fault{err: err, server: true}
	}
	connected, err := client.DialToSMTPClientWithContext(context.Background())
	if err != nil {
		f := faultOf(err)
		f.err = fmt.Errorf("%s: %w", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), err)
		f.server = true
		return nil, f
	}
	return &line{connected, timeout}, nil
}

// faultOf classifies an error. If the server answered, its code decides. A
// connection that broke may work the next time. A bad certificate, or something
// that the server does not offer, will not change.
func faultOf(err error) *fault {
	f := &fault{err: err}
	if answer, ok := errors.AsType[*textproto.Error](err); ok {
		f.passing = answer.Code/100 == 4
		f.tooLarge, f.broken = answer.Code == 552, answer.Code == 421
		return f
	}
	f.broken = true
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return f
	}
	_, ofNetwork := errors.AsType[net.Error](err)
	f.passing = ofNetwork || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	return f
}

// send hands one mail to the server. Without a fault the server has it. refused
// has the addresses of the copies that it did not take.
func (l *line) send(m *Message, content []byte) (refused []string, f *fault) {
	_, most := l.client.Extension("SIZE")
	if limit, _ := strconv.Atoi(most); limit > 0 && len(content) > limit { // 0 where it does not say
		return nil, &fault{err: fmt.Errorf("found a mail of %d bytes, and the server takes %d", len(content), limit), tooLarge: true}
	}
	for _, a := range slices.Concat([]address.Address{m.From, m.To}, m.Cc, m.Bcc) {
		if ok, _ := l.client.Extension("SMTPUTF8"); a.NeedsUTF8() && !ok {
			return nil, &fault{err: errors.New("the server takes no addresses like " + a.Mailbox + ", only those in ASCII")}
		}
	}
	recipient := func(a address.Address) error {
		return l.do(func() error { return l.client.Rcpt("<" + a.Wire() + ">") })
	}
	err := l.do(func() error { return l.client.Mail("<" + m.From.Wire() + ">") })
	if err == nil {
		err = recipient(m.To)
	}
	if err != nil {
		return nil, l.rest(err)
	}
	for _, copied := range slices.Concat(m.Cc, m.Bcc) {
		err := recipient(copied)
		if err == nil {
			continue
		}
		if f := faultOf(err); f.broken {
			return nil, f
		}
		refused = append(refused, copied.Mailbox)
	}
	if err := l.content(content); err != nil {
		return nil, l.rest(err)
	}
	return refused, nil
}

// do runs one command within the time that the server has for it.
func (l *line) do(command func() error) error {
	if err := l.client.UpdateDeadline(l.timeout); err != nil {
		return err
	}
	return command()
}

// content sends the mail itself in pieces. The timeout begins anew with each.
func (l *line) content(text []byte) error {
	var body io.WriteCloser
	err := l.do(func() (err error) {
		body, err = l.client.Data()
		return err
	})
	if err != nil {
		return err
	}
	for piece := range slices.Chunk(text, 64<<10) {
		if err := l.do(func() error { _, err := body.Write(piece); return err }); err != nil {
			return err
		}
	}
	return l.do(body.Close)
}

// rest resets the connection after a fault, so that it can take the next mail.
func (l *line) rest(err error) *fault {
	f := faultOf(err)
	if !f.broken && l.do(l.client.Reset) != nil {
		f.broken = true
	}
	return f
}

// hangUp says QUIT before it closes the connection. drop just closes it.
func (l *line) hangUp() {
	if l.do(l.client.Quit) != nil {
		l.drop()
	}
}

func (l *line) drop() { _ = l.client.Close() }
