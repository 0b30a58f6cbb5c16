// Package smtptest is a mail server for tests. It listens on the loopback, keeps
// the mails that it takes, and fails as a test wants it to.
package smtptest

import (
	"bytes"
	"crypto/tls"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Server is a running server.
type Server struct {
	Host string
	Port int
	// CA is the path of the server's certificate.
	CA string

	options Options
	mutex   sync.Mutex
	mails   []Mail
	starts  int // of contents, taken or not
}

// Options say what the server offers and how it fails.
type Options struct {
	// Security is starttls, tls or none.
	Security string
	// Mechanisms are the ways to sign in; none if nobody has to. Username and
	// Password are the accepted ones. XOAUTH2 takes the password as its token.
	Mechanisms         []string
	Username, Password string
	// MostBytes is the size of the largest mail; 0 for any. With Silent, the
	// server does not announce it.
	MostBytes int64
	Silent    bool
	// UTF8 offers SMTPUTF8, Plain hides 8BITMIME.
	UTF8, Plain bool
	// Recipient accepts a recipient or gives an error. Content does so for the nth
	// content, from 1, before it is read. nil accepts everything.
	Recipient func(to string) error
	Content   func(n int) error
	// Answer is called once the nth content is taken, before the server says so.
	Answer func(n int) error
}

// ErrHang makes the server close the connection without an answer. Content and
// Answer may give it.
var ErrHang = errors.New("hang up")

// Mail is one that the server took.
type Mail struct {
	From    string
	To      []string
	Content []byte
}

// Start runs a server until the test ends.
func Start(t testing.TB, options Options) *Server {
	t.Helper()
	web := httptest.NewTLSServer(nil) // has a certificate for 127.0.0.1
	defer web.Close()
	s := &Server{Host: "127.0.0.1", CA: filepath.Join(t.TempDir(), "ca.pem"), options: options}
	if err := os.WriteFile(s.CA, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Port = listener.Addr().(*net.TCPAddr).Port
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, conn: c.Conn(), in: len(options.Mechanisms) == 0}, nil
	}))
	server.Domain = "localhost"
	server.ErrorLog = log.New(io.Discard, "", 0)
	server.AllowInsecureAuth = true
	server.EnableSMTPUTF8 = options.UTF8
	if !options.Silent {
		server.MaxMessageBytes = options.MostBytes
	}
	settings := &tls.Config{Certificates: web.TLS.Certificates}
	if options.Plain {
		listener = plainListener{listener}
	}
	switch options.Security {
	case "tls":
		listener = tls.NewListener(listener, settings)
	case "starttls":
		server.TLSConfig = settings
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return s
}

// Mails gives what the server took so far.
func (s *Server) Mails() []Mail {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.mails)
}

// plainListener hides that the server takes 8 bits.
type plainListener struct{ net.Listener }

func (l plainListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return plainConn{conn}, err
}

type plainConn struct{ net.Conn }

func (c plainConn) Write(p []byte) (int, error) {
	return c.Conn.Write(bytes.ReplaceAll(p, []byte("8BITMIME"), []byte("XOLDMIME")))
}

// session is one connection.
type session struct {
	server *Server
	conn   net.Conn
	in     bool // signed in, or need not
	mail   Mail
}

func (s *session) AuthMechanisms() []string { return s.server.options.Mechanisms }

func (s *session) Auth(mechanism string) (sasl.Server, error) {
	check := func(username, password string) error {
		if username != s.server.options.Username || password != s.server.options.Password {
			return smtp.ErrAuthFailed
		}
		s.in = true
		return nil
	}
	switch mechanism {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, username, password string) error { return check(username, password) }), nil
	case sasl.Login:
		asked, username := 0, ""
		return exchange(func(response []byte) ([]byte, bool, error) {
			switch asked++; asked {
			case 1:
				return []byte("Username:"), false, nil
			case 2:
				username = string(response)
				return []byte("Password:"), false, nil
			}
			return nil, true, check(username, string(response))
		}), nil
	case "XOAUTH2":
		return exchange(func(response []byte) ([]byte, bool, error) {
			user, rest, _ := bytes.Cut(bytes.TrimPrefix(response, []byte("user=")), []byte("\x01auth=Bearer "))
			return nil, true, check(string(user), string(bytes.TrimSuffix(rest, []byte("\x01\x01"))))
		}), nil
	}
	return nil, smtp.ErrAuthUnknownMechanism
}

// exchange is the server's side of a mechanism: its answer to each response.
type exchange func(response []byte) (challenge []byte, done bool, err error)

func (e exchange) Next(response []byte) ([]byte, bool, error) { return e(response) }

func (s *session) Reset() { s.mail = Mail{} }

func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if !s.in {
		return smtp.ErrAuthRequired
	}
	s.mail = Mail{From: from}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if decide := s.server.options.Recipient; decide != nil {
		if err := decide(to); err != nil {
			return err
		}
	}
	s.mail.To = append(s.mail.To, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	s.server.mutex.Lock()
	s.server.starts++
	n := s.server.starts
	s.server.mutex.Unlock()
	options := s.server.options
	if options.Content != nil {
		if err := s.fail(options.Content(n)); err != nil {
			return err
		}
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if options.MostBytes > 0 && int64(len(content)) > options.MostBytes {
		return smtp.ErrDataTooLarge
	}
	s.mail.Content = content
	s.server.mutex.Lock()
	s.server.mails = append(s.server.mails, s.mail)
	s.server.mutex.Unlock()
	if options.Answer != nil {
		return s.fail(options.Answer(n))
	}
	return nil
}

// fail closes the connection if the error is [ErrHang].
func (s *session) fail(err error) error {
	if errors.Is(err, ErrHang) {
		s.conn.Close()
	}
	return err
}
