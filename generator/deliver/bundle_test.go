package deliver

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/bundle"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/publish"
)

func TestBundlesDue(t *testing.T) {
	mail := config.Mail{BundleTo: []address.Address{{Mailbox: "cio@example.org"}}, BundleEvery: 7}
	for situation, test := range map[string]struct {
		sent string
		want int
	}{
		"never sent":                 {"", 1},
		"a week is over":             {"2020-01-08 bundle", 1},
		"a week is not over":         {"2020-01-09 bundle", 0},
		"a part of it was sent":      {"2020-01-15 bundle", 1},
		"one of a later day is sent": {"2020-01-16 bundle", 0},
		"a mail about devices":       {"2020-01-15 todo sales=2", 1},
	} {
		log := &Log{}
		if test.sent != "" {
			log.Add(sent("cio@example.org", test.sent))
		}
		if got := BundlesDue(log, calendar.New(2020, 1, 15), &mail); len(got) != test.want {
			t.Errorf("%s: found %v due, want %d", situation, got, test.want)
		}
	}
}

// A site that is too large for one mail comes in several numbered mails, each below
// the budget and each with a zip that verifies. Those already sent are left out.
func TestComposeBundle(t *testing.T) {
	var large strings.Builder
	large.WriteString("guid,name,username,version,destinationUid,department\n")
	for i := range 6_000 {
		fmt.Fprintf(&large, "%d,D-%x,u%x,5.3.9,42,Department %d\n", 900000000000000000+i*7919, i*104729, i*1299709, i%30)
	}
	c := composer(buildSite(t, large.String(), calendar.New(2020, 1, 15)))
	c.Mail.Budget = 400_000
	to := []address.Address{{Mailbox: "cio@example.org"}, {Mailbox: "change@example.org"}}
	all, err := c.ComposeBundle(to, publish.Tool{Name: "cutoff", Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	parts := len(all) / 2
	if parts < 2 || len(all) != 2*parts {
		t.Fatalf("found %d mails, want several parts for each of two readers", len(all))
	}
	for i, m := range all {
		number := fmt.Sprintf("(part %d of %d)", i%parts+1, parts)
		if !strings.HasPrefix(m.Subject, "Northwind: 6,000 devices to fix of 6,000 devices, 20 days left") || !strings.HasSuffix(m.Subject, number) {
			t.Errorf("found the subject %q, want the fleet's figures and %s", m.Subject, number)
		}
		if _, differences := bundle.VerifyArchive(bytes.NewReader(m.Files[0].Content), int64(len(m.Files[0].Content))); len(differences) > 0 {
			t.Errorf("%s: found %v, want a zip that is sound", m.Files[0].Name, differences)
		}
		content, err := m.Bytes(c.Site.AsOf.Start())
		if err != nil || int64(len(content)) > c.Mail.Budget+20_000 {
			t.Errorf("%s: found a mail of %d bytes (%v), want at most %d and the words", m.Files[0].Name, len(content), err, c.Mail.Budget)
		}
	}
	c.Log.Add(all[0].Record)
	rest, err := c.ComposeBundle(to, publish.Tool{Name: "cutoff", Version: "test"})
	if err != nil || len(rest) != len(all)-1 || rest[0].ID != all[1].ID || !bytes.Equal(rest[0].Files[0].Content, all[1].Files[0].Content) {
		t.Errorf("found %d mails (%v) after one was sent, want the others as they were", len(rest), err)
	}
	ids := map[string]bool{}
	for _, m := range all {
		ids[m.ID] = true
	}
	if len(ids) != len(all) || slices.ContainsFunc(all, func(m *Message) bool { return m.Record.Kind != Bundle }) {
		t.Errorf("found %d Message-IDs for %d mails, want one each", len(ids), len(all))
	}
}
