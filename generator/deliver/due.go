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
	Clean     Kind = "clean"     // none is any more: the last mail
	Heartbeat Kind = "heartbeat" // none is, said again
	Bundle    Kind = "bundle"    // the whole site as a zip
)

// Due is an owner who gets a mail now.
type Due struct {
	Owner
	Kind  Kind
	Since *Since // nil for the first mail
}

// Held is an owner who gets none now.
type Held struct {
	Owner
	Why string
}

// Since compares an owner's open devices with those of the last mail.
type Since struct {
	Night calendar.Day
	Open  int // then
	Done  int // of those then, how many are not open any more
	New   int // open now that were not then
}

// Decide says who is due a mail on the day and who is not. The first mail about a
// department with open devices never waits; further ones wait as long as the
// phase's frequency says. Somebody with nothing open is told so once after the
// last mail with open devices, then by the heartbeat. Nobody is told of a
// department twice for one day.
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

// decide gives the kind of mail that is due, or why there is none.
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

// String says what happened since the last mail.
func (s *Since) String() string {
	return fmt.Sprintf("%d open then, %d of them not any more, %d new", s.Open, s.Done, s.New)
}
