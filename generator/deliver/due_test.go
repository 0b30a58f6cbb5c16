package deliver

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/cutoff/generator/address"
	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/policy"
)

func owner(mailbox string, shares ...Share) Owner {
	return Owner{address.Address{Mailbox: mailbox}, shares}
}

func whole(d *Department) Share { return Share{Department: d, Own: d.Rows, Whole: true} }

// sent is a record of a mail to somebody: "2020-01-01 todo sales=2".
func sent(to, text string) Record {
	fields := strings.Fields(text)
	night, err := calendar.Parse(fields[0])
	if err != nil {
		panic(err)
	}
	r := Record{Night: night, Kind: Kind(fields[1]), To: to, MessageID: to + text}
	for _, field := range fields[2:] {
		share := RecordShare{Whole: true}
		if _, err := fmt.Sscanf(strings.Replace(field, "=", " ", 1), "%s %d", &share.Slug, &share.Open); err != nil {
			panic(err)
		}
		r.Shares = append(r.Shares, share)
	}
	return r
}

func TestDecide(t *testing.T) {
	open := owner("a@example.org", whole(department("Sales", "S1 s1 upgrade", "S2 s2 upgrade")))
	quiet := owner("a@example.org", whole(department("Sales", "S1 s1 upgrade!", "S2 s2 check")))
	two := owner("a@example.org", whole(department("Sales", "S1 s1 upgrade")), whole(department("Field", "F1 f1 upgrade")))
	other := owner("new@example.org", whole(department("Sales")))
	part := owner("new@example.org", Share{Department: department("Sales")})
	for _, test := range []struct {
		situation string
		owner     Owner
		log       []string // of a@example.org
		phase     policy.Phase
		heartbeat int
		want      string // the kind, or why none
	}{
		{"the first mail", open, nil, policy.Announced, 0, "todo"},
		{"nothing open and never told", quiet, nil, policy.Imminent, 1, "nothing is open"},
		{"a week is not over", open, []string{"2020-01-09 todo sales=2"}, policy.Approaching, 0, "next mail on 2020-01-16"},
		{"the day before it is", open, []string{"2020-01-08 todo sales=2"}, policy.Approaching, 0, "todo"},
		{"daily when imminent", open, []string{"2020-01-14 todo sales=2"}, policy.Imminent, 0, "todo"},
		{"told today", open, []string{"2020-01-15 todo sales=2"}, policy.Imminent, 0, "got the mail for 2020-01-15"},
		{"told of one department today, not of the other", two, []string{"2020-01-15 todo sales=1"}, policy.Imminent, 0, "todo field"},
		{"told of one today, of the other yesterday", two, []string{"2020-01-14 todo field=1", "2020-01-15 todo sales=1"}, policy.Announced, 0, "next mail on 2020-01-22"},
		{"told of both today", two, []string{"2020-01-15 todo field=1 sales=1"}, policy.Imminent, 0, "got the mail for 2020-01-15"},
		{"told of a later day", open, []string{"2020-01-16 todo sales=2"}, policy.Imminent, 0, "got the mail for 2020-01-16"},
		{"another department is new", two, []string{"2020-01-14 todo sales=1"}, policy.Announced, 0, "todo"},
		{"another department was clean when told", two, []string{"2020-01-14 todo sales=1 field=0"}, policy.Announced, 0, "todo"},
		{"both departments are known", two, []string{"2020-01-13 todo field=3", "2020-01-14 todo sales=1 field=2"}, policy.Announced, 0, "next mail on 2020-01-21"},
		{"became clean", quiet, []string{"2020-01-14 todo sales=2"}, policy.Announced, 0, "clean"},
		{"was told so", quiet, []string{"2020-01-07 todo sales=2", "2020-01-08 clean sales=0"}, policy.Announced, 0, "nothing is open"},
		{"the heart beats", quiet, []string{"2020-01-01 todo sales=2", "2020-01-08 clean sales=0"}, policy.Announced, 7, "heartbeat"},
		{"between two beats", quiet, []string{"2020-01-01 todo sales=2", "2020-01-09 heartbeat sales=0"}, policy.Announced, 7, "nothing is open"},
		{"open again after it was clean", open, []string{"2020-01-01 todo sales=2", "2020-01-08 clean sales=0"}, policy.Announced, 0, "todo"},
		{"clean under another manager", other, []string{"2020-01-14 todo sales=2"}, policy.Announced, 0, "clean"},
		{"clean for one of several managers who was never told", part, []string{"2020-01-14 todo sales=2"}, policy.Announced, 0, "nothing is open"},
		{"a zip is no mail about devices", open, []string{"2020-01-14 bundle"}, policy.Announced, 0, "todo"},
	} {
		t.Run(test.situation, func(t *testing.T) {
			mail := config.Default().Mail
			mail.Heartbeat = test.heartbeat
			log := &Log{}
			for _, text := range test.log {
				log.Add(sent("a@example.org", text))
			}
			due, held := Decide([]Owner{test.owner}, log, calendar.New(2020, 1, 15), test.phase, &mail)
			var got string
			switch {
			case len(due) == 1 && len(held) == 0:
				got = string(due[0].Kind)
				if len(due[0].Shares) < len(test.owner.Shares) {
					got += " " + due[0].Shares[0].Slug
				}
			case len(held) == 1 && len(due) == 0:
				got = held[0].Why
			}
			if got != test.want {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

func TestSince(t *testing.T) {
	first := Due{Owner: owner("a@example.org", whole(department("Sales", "S0 u upgrade", "S1 u upgrade", "S2 u upgrade", "S3 u check"))), Kind: Todo}
	log := &Log{}
	log.Add(first.record(calendar.New(2020, 1, 8), "id"))
	now := owner("a@example.org", whole(department("Sales", "S0 u upgrade!", "S1 u upgrade", "S2 u ready", "S3 u change-port")))
	got := log.since(now)
	if diff := cmp.Diff(&Since{Night: calendar.New(2020, 1, 8), Open: 3, Done: 2, New: 1}, got, cmp.Comparer(func(a, b calendar.Day) bool { return a == b })); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
	if log.since(owner("b@example.org")) != nil {
		t.Error("found a comparison for somebody who never got a mail, want none")
	}
}

func TestLogText(t *testing.T) {
	due := Due{Owner: owner("a@example.org", whole(department("Sales", "S0 u upgrade"))), Kind: Todo}
	log := &Log{}
	log.Add(due.record(calendar.New(2020, 1, 8), "one"), due.record(calendar.New(2020, 1, 15), "two"), due.record(calendar.New(2020, 1, 15), "two"))
	const want = `{"night":"2020-01-08","kind":"todo","to":"a@example.org","message_id":"one","departments":[{"slug":"sales","whole":true,"open":1}]}
{"night":"2020-01-15","kind":"todo","to":"a@example.org","message_id":"two","departments":[{"slug":"sales","whole":true,"open":1,"devices":["Sales0"]}]}
`
	text := log.Marshal()
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("found (+) is not what was wanted (-):\n%s", diff)
	}
	read, err := ReadLog(append(text, `{"night":"2020-01-16"`...)) // a killed run's
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(read.Marshal())); diff != "" {
		t.Errorf("read again, found (+) is not what was wanted (-):\n%s", diff)
	}
	for _, bad := range []string{"{}\n", "no\n", `{"night":"2020","to":"a"}` + "\n"} {
		if _, err := ReadLog([]byte(bad)); err == nil || !strings.HasPrefix(err.Error(), "mail.jsonl:1: found") {
			t.Errorf("%q: found error %v, want one with its line", bad, err)
		}
	}
}
