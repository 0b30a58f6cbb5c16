package deliver

import (
	"fmt"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/config"
	"example.org/cutoff/generator/policy"
)

// Kind is why somebody gets a mail.
type Kind string

// The kinds of mail.
const (
	Todo      Kind = "todo"      // devices are open
	Clean     Kind = "clean"     // none is open any more, said for the first time
	Heartbeat Kind = "heartbeat" // none is open, said again
	Bundle    Kind = "bundle"    // the whole site as a zip
)

// Due is an owner who gets a mail now.
type Due struct {
	Owner
	Kind  Kind
	Since *Since // nil for the first mail
}

// Held is an owner who gets no mail now.
type Held struct {
	Owner
	Why string
}

// Since compares an owner's open devices with those of the last mail.
type Since struct {
	Night calendar.Day
	Open  int // how many were open then
	Done  int // how many of those are not open any more
	New   int // how many are open now that were not open then
}

// Decide says who gets a mail on the day and who does not. The first mail about a
// department with open devices never waits. Further ones wait as long as the
// setting for the phase says. After the last mail with open devices, one mail says
// that nothing is open; after that only the heartbeat does. Nobody gets two mails
// about a department for one day.
func Decide(owners []Owner, log *Log, asOf calendar.Day, phase policy.Phase, mail *config.Mail) (due []Due, held []Held) {
	for _, owner := range owners {
		if rest := log.untold(owner, asOf); len(rest) > 0 {
			owner.Shares = rest
		}
		kind, why := decide(owner, log, asOf, mail.Every[phase], mail.Heartbeat)
		if kind == "" {
			held = append(held, Held{owner, why})
			continue
		}
		due = append(due, Due{owner, kind, log.since(owner)})
	}
	return due, held
}

// decide gives the kind of mail that is due, or the reason why none is.
func decide(owner Owner, log *Log, asOf calendar.Day, every, heartbeat int) (Kind, string) {
	last := log.last(owner.Address.Key())
	switch {
	case last == nil || last.Night.Before(asOf):
	case last.Night.After(asOf) || owner.Open() == 0 || len(log.untold(owner, asOf)) == 0:
		return "", "got the mail for " + last.Night.String()
	}
	if owner.Open() > 0 {
		if last == nil || log.firstFor(owner) {
			return Todo, ""
		}
		if next := last.Night.Add(every); next.After(asOf) {
			return "", "next mail on " + next.String()
		}
		return Todo, ""
	}
	switch {
	case log.lastWasOpen(owner):
		return Clean, ""
	case last != nil && heartbeat > 0 && !last.Night.Add(heartbeat).After(asOf):
		return Heartbeat, ""
	}
	return "", "nothing is open"
}

// String gives "5 open then, 2 of them not any more, 1 new".
func (s *Since) String() string {
	return fmt.Sprintf("%d open then, %d of them not any more, %d new", s.Open, s.Done, s.New)
}
