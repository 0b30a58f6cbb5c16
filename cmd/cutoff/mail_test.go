package main

import (
	"bytes"
	"fmt"
	"io"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"example.org/cutoff/generator/deliver/smtptest"
)

// postOffice gives each story of TestStories a mail server of its own, and these
// commands:
//
//	settle FILE       fill in the server's $SMTP_PORT and $SMTP_CA
//	collect FILE      write what the server took since the last time, a line a
//	                  mail: recipients, subject, attachments
type postOffice struct{ t *testing.T }

// key finds a story's server.
type officeKey struct{}

type office struct {
	server *smtptest.Server
	seen   int
}

func (p postOffice) open(env *testscript.Env) {
	env.Values[officeKey{}] = &office{server: smtptest.Start(p.t, smtptest.Options{
		Security: "starttls", Mechanisms: []string{"PLAIN"}, Username: "cutoff", Password: "open sesame",
		Recipient: func(to string) error {
			if strings.HasPrefix(to, "nobody@") {
				return fmt.Errorf("no such user")
			}
			return nil
		},
	})}
}

func (postOffice) settle(ts *testscript.TestScript, _ bool, args []string) {
	server := ts.Value(officeKey{}).(*office).server
	text := strings.NewReplacer("$SMTP_PORT", strconv.Itoa(server.Port), "$SMTP_CA", server.CA).Replace(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

func (postOffice) collect(ts *testscript.TestScript, _ bool, args []string) {
	o := ts.Value(officeKey{}).(*office)
	var lines []string
	taken := o.server.Mails()
	for _, m := range taken[o.seen:] {
		subject, files := look(m.Content)
		lines = append(lines, strings.Join(m.To, " ")+": "+subject+": "+strings.Join(files, " ")+"\n")
	}
	o.seen = len(taken)
	slices.Sort(lines)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(lines, "")), 0o644))
}

// look gives a mail's subject and the names of its files.
func look(content []byte) (subject string, files []string) {
	parsed, err := mail.ReadMessage(bytes.NewReader(content))
	if err != nil {
		return err.Error(), nil
	}
	body, err := io.ReadAll(parsed.Body)
	if err != nil {
		return err.Error(), nil
	}
	for line := range strings.Lines(string(body)) {
		if _, name, ok := strings.Cut(line, `filename="`); ok {
			files = append(files, strings.TrimRight(name, "\"\r\n"))
		}
	}
	return parsed.Header.Get("Subject"), files
}

// A run that is killed right after the server took a mail goes on where it
// stopped: that one mail comes twice, with the same Message-ID, and no other.
func TestMailAfterAKill(t *testing.T) {
	program, err := exec.LookPath("cutoff")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var running *exec.Cmd
	server := smtptest.Start(t, smtptest.Options{Security: "none", Answer: func(n int) error {
		if n == 3 {
			_ = running.Process.Kill()
			return smtptest.ErrHang
		}
		return nil
	}})
	const managers = 5
	roster := "username,department,manager_email\n"
	report := "guid,name,username,version,destinationUid\n"
	for i := range managers {
		roster += fmt.Sprintf("u%d,Department %d,m%d@example.org\n", i, i, i)
		report += fmt.Sprintf("90000000000000000%d,D%d,u%d,5.3.9,42\n", i, i, i)
	}
	for name, text := range map[string]string{
		"roster.csv": roster, "report.csv": report,
		"cutoff.yaml": fmt.Sprintf("reports: report.csv\nroster: roster.csv\nmail: {from: desk@example.org, per_minute: 60000, smtp: {host: 127.0.0.1, port: %d, security: none}}\n", server.Port),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) (string, error) {
		running = exec.Command(program, args...)
		running.Dir = folder
		running.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1579046400") // 15 January 2020
		output, err := running.CombinedOutput()
		return string(output), err
	}
	if output, err := run("build"); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if output, err := run("mail", "site"); err == nil {
		t.Fatalf("the run was not killed:\n%s", output)
	}
	output, err := run("mail", "site")
	if err != nil || !strings.Contains(output, "3 sent, 0 not delivered, 2 not due") {
		t.Fatalf("the second run: %v\n%s", err, output)
	}
	output, err = run("mail", "site")
	if err != nil || !strings.Contains(output, "0 sent, 0 not delivered, 5 not due") {
		t.Fatalf("the third run: %v\n%s", err, output)
	}
	count := map[string]int{}
	for _, m := range server.Mails() {
		parsed, err := mail.ReadMessage(bytes.NewReader(m.Content))
		if err != nil {
			t.Fatal(err)
		}
		count[parsed.Header.Get("Message-ID")]++
	}
	twice := 0
	for _, n := range count {
		if n > 1 {
			twice++
		}
	}
	if len(count) != managers || len(server.Mails()) != managers+1 || twice != 1 {
		t.Errorf("found %d mails, %v by Message-ID, want each of %d once and one of them twice", len(server.Mails()), count, managers)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".site-memory*")); len(left) > 0 {
		t.Errorf("found %v left beside the memory, want nothing", left)
	}
}
