package main

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/deliver"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
	"example.org/cutoff/generator/spelling"
)

// trial sends everybody's mail to one address, and remembers none of it.
func (c *mailCommand) trial(s *session, round *mailRound) error {
	postman, err := c.postman(s, round)
	if err != nil {
		return err
	}
	messages, _, err := round.everybody()
	if err != nil {
		return err
	}
	postman.Sent = func(*deliver.Message) error { return nil }
	return c.deliver(s, round, postman, messages, nil)
}

// send sends the mails that are due, and remembers them.
func (c *mailCommand) send(s *session, round *mailRound) (err error) {
	postman, err := c.postman(s, round)
	if err == nil {
		err = c.fresh(s, round)
	}
	if err != nil {
		return err
	}
	folder, err := round.set.memoryFolder(absolute(c.Site), c.Memory)
	if err != nil {
		return err
	}
	kept, err := deliver.OpenLog(folder)
	if err != nil {
		return err
	}
	defer func() {
		switch closed := kept.Close(); {
		case errors.Is(closed, publish.ErrLocked): // nothing is lost
			s.warn(closed.Error())
		default:
			err = errors.Join(err, closed)
		}
	}()
	round.composer.Log = kept.Log
	mail, site := &round.set.Config.Mail, round.site
	s.warnStrangers(round)
	due, held := deliver.Decide(round.owners, kept.Log, site.AsOf, site.Summary.Phase, mail)
	messages, err := round.compose(due)
	if err != nil {
		return err
	}
	if len(c.Only) == 0 {
		zips, err := round.composer.ComposeBundle(deliver.BundlesDue(kept.Log, site.AsOf, mail), tool())
		if err != nil {
			return err
		}
		messages = append(messages, zips...)
	}
	postman.Sent = func(m *deliver.Message) error { return kept.Add(m.Record) }
	return c.deliver(s, round, postman, messages, held)
}

// warnStrangers warns about departments in mail.managers that the site does not
// have, because nobody gets a mail for a misspelt one.
func (s *session) warnStrangers(round *mailRound) {
	for _, name := range slices.Sorted(maps.Keys(round.set.Config.Mail.Managers)) {
		if !slices.ContainsFunc(round.site.Departments, func(d *deliver.Department) bool { return spelling.Fold(d.Name) == name }) {
			s.warn("mail.managers: found " + problem.Quote(name) + ", and the site has no such department")
		}
	}
}

// fresh refuses a site that is older than yesterday, because managers should not act
// on old figures.
func (c *mailCommand) fresh(s *session, round *mailRound) error {
	today, err := s.asOf("", calendar.Day{})
	if err != nil || c.Force {
		return err
	}
	if age := round.site.AsOf.Until(today); age > 1 {
		return inputError(hinted{fmt.Errorf("%s: found the site of %s, %d days old, want one of today or yesterday", problem.Visible(c.Site), round.site.AsOf, age), "cutoff build, then mail; or --force"})
	}
	return nil
}

// postman reads from the settings how mails are sent.
func (c *mailCommand) postman(s *session, round *mailRound) (*deliver.Postman, error) {
	set := round.set
	mail := set.Config.Mail
	key := "mail.from"
	if !mail.From.IsZero() {
		key = "mail.smtp.host"
	}
	if mail.From.IsZero() || mail.SMTP.Host == "" {
		return nil, hinted{badSetting(set.Config, key, "found nothing, want it: mails cannot be sent without"), "cutoff mail SITE --dry-run --out mails"}
	}
	server := deliver.Server{SMTP: mail.SMTP}
	var err error
	if server.Secret, err = s.secret(set, mail.SMTP); err != nil {
		return nil, err
	}
	if mail.SMTP.CA != "" {
		text, err := os.ReadFile(within(set.base, mail.SMTP.CA))
		server.Roots = x509.NewCertPool()
		if err != nil || !server.Roots.AppendCertsFromPEM(text) {
			return nil, badSetting(set.Config, "mail.smtp.ca", "found no file with certificates in PEM, want one")
		}
	}
	return &deliver.Postman{
		Server: server, Attempts: mail.SMTP.Attempts, Pause: time.Minute / time.Duration(mail.PerMinute),
		Smaller: round.composer.WithoutFiles,
		Now:     time.Now, Sleep: time.Sleep, Progress: s.progress(c.Progress),
	}, nil
}

// secret reads the password or the token. It is never shown.
func (s *session) secret(set *settings, smtp config.SMTP) (string, error) {
	key, file := "mail.smtp.password_file", smtp.PasswordFile
	switch {
	case smtp.Auth == "none":
		return "", nil
	case smtp.Auth == "xoauth2":
		key, file = "mail.smtp.token_file", smtp.TokenFile
	case smtp.PasswordEnv != "":
		if secret := s.getenv(smtp.PasswordEnv); secret != "" {
			return secret, nil
		}
		return "", badSetting(set.Config, "mail.smtp.password_env", "found no variable of this name in the environment, want one with the password")
	}
	text, err := os.ReadFile(within(set.base, file))
	if err != nil {
		return "", badSetting(set.Config, key, "found "+problem.Cause(err).Error()+", want a file")
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	if line = bytes.TrimSuffix(line, []byte("\r")); len(line) == 0 {
		return "", badSetting(set.Config, key, "found an empty first line, want the secret there")
	}
	return string(line), nil
}

// deliver sends mails and shows what became of each. It gives an error if a mail was
// not delivered or a department has nobody to tell.
func (c *mailCommand) deliver(s *session, round *mailRound, postman *deliver.Postman, messages []*deliver.Message, held []deliver.Held) error {
	if most := round.set.Config.Mail.Most; len(messages) > most {
		return hinted{fmt.Errorf("found %d mails to send, want at most %d in one run (mail.most); none was sent", len(messages), most), "cutoff mail SITE --dry-run shows them; raise mail.most when they are right"}
	}
	outcomes, stopped := postman.Deliver(messages)
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	failed := 0
	for _, o := range outcomes {
		state, note := "sent", o.Subject
		if !o.Delivered {
			failed++
			state, note = "failed", o.Fault
			if o.Fault == "" {
				state, note = "not sent", "the run ended before"
			}
		}
		if o.Smaller {
			note += " (without its files: too large for the server)"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", state, problem.Visible(o.To.Mailbox), problem.Visible(note))
		if len(o.Refused) > 0 {
			s.warn(fmt.Sprintf("%s: the server took no copy for %s", problem.Visible(o.To.Mailbox), problem.Visible(strings.Join(o.Refused, ", "))))
		}
	}
	for _, h := range held {
		fmt.Fprintf(table, "none due\t%s\t%s\n", problem.Visible(h.Address.Mailbox), problem.Visible(h.Names()+": "+h.Why))
	}
	table.Flush()
	fmt.Fprintf(s.stdout, "%d sent, %d not delivered, %d not due\n", len(outcomes)-failed, failed, len(held))
	s.warnUnanswered(round.unanswered)
	if stopped != nil {
		return stopped
	}
	var lost []string
	if failed > 0 {
		lost = append(lost, fmt.Sprintf("%s not delivered", plural.Count(failed, "mail", "mails")))
	}
	if n := len(round.unanswered); n > 0 {
		lost = append(lost, fmt.Sprintf("%s with nobody to tell", plural.Count(n, "department", "departments")))
	}
	if len(lost) > 0 {
		return fmt.Errorf("found %s, want everybody told", strings.Join(lost, " and "))
	}
	return nil
}
