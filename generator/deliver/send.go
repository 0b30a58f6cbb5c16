package deliver

import (
	"fmt"
	"time"
)

// Postman takes mails to a server. After a fault that may pass, it tries a mail
// again after the others, with longer and longer waits. A mail that cannot be
// delivered does not stop the others.
type Postman struct {
	Server Server
	// Attempts is how often a mail is tried. Pause is the least time from one mail
	// to the next.
	Attempts int
	Pause    time.Duration
	// Sent is called for each mail that the server took, before the next one is
	// sent. Its error ends the run, because a mail that is not remembered would be
	// sent again.
	Sent func(*Message) error
	// Smaller gives a mail again without its files, for a server that takes no
	// mail of that size.
	Smaller func(*Message) (*Message, error)
	// Now and Sleep are the clock.
	Now   func() time.Time
	Sleep func(time.Duration)
	// Progress is told each step as it begins.
	Progress func(step string)

	line *line     // the connection; nil for none
	last time.Time // when the last mail was begun
}

// Outcome is what became of a mail.
type Outcome struct {
	*Message
	Delivered bool
	// Fault says why it was not delivered; "" when it was.
	Fault string
	// Refused has the copies that the server did not take.
	Refused []string
	// Smaller is set when the files were left out, because the server takes no
	// mail of that size.
	Smaller bool
}

// firstWait is how long a second attempt waits; each further one waits twice as
// long as the one before.
const firstWait = 5 * time.Second

// Deliver sends mails in their order and says what became of each.
func (p *Postman) Deliver(messages []*Message) ([]Outcome, error) {
	defer func() { p.hangUp() }()
	outcomes, waiting := make([]Outcome, len(messages)), make([]int, len(messages))
	for i, m := range messages {
		outcomes[i].Message, waiting[i] = m, i
	}
	wait := firstWait
	for attempt := 1; ; attempt++ {
		var again []int
		for n, i := range waiting {
			fault, err := p.try(&outcomes[i])
			if err != nil {
				return outcomes, err
			}
			if fault == nil {
				continue
			}
			outcomes[i].Fault = fault.Error()
			if fault.server { // all others would fail in the same way
				for _, other := range waiting[n+1:] {
					outcomes[other].Fault = fault.Error()
				}
				if fault.passing {
					again = append(again, waiting[n:]...)
					break
				}
				return outcomes, nil
			}
			if fault.passing {
				again = append(again, i)
			}
		}
		if len(again) == 0 || attempt >= p.Attempts {
			return outcomes, nil
		}
		p.hangUp()
		p.Progress(fmt.Sprintf("trying %d again in %s", len(again), wait))
		p.Sleep(wait)
		wait *= 2
		waiting = again
	}
}

// try sends one mail once. If the mail is too large, it sends it again without its
// files.
func (p *Postman) try(o *Outcome) (*fault, error) {
	fault := p.send(o)
	if fault != nil && fault.tooLarge && len(o.Files) > 0 && o.Record.Kind != Bundle { // which is there for its file alone
		smaller, err := p.Smaller(o.Message)
		if err != nil {
			return nil, err
		}
		o.Message, o.Smaller = smaller, true
		fault = p.send(o)
	}
	if fault != nil {
		return fault, nil
	}
	o.Delivered, o.Fault = true, ""
	return nil, p.Sent(o.Message)
}

func (p *Postman) send(o *Outcome) *fault {
	content, err := o.Bytes(p.Now())
	if err != nil {
		return &fault{err: err}
	}
	if p.line == nil {
		line, fault := p.Server.call()
		if fault != nil {
			return fault
		}
		p.line = line
	}
	if rest := p.Pause - p.Now().Sub(p.last); !p.last.IsZero() && rest > 0 {
		p.Sleep(rest)
	}
	p.last = p.Now()
	p.Progress("sending to " + o.To.Mailbox)
	refused, fault := p.line.send(o.Message, content)
	o.Refused = refused
	if fault != nil && fault.broken {
		p.line.drop()
		p.line = nil
	}
	return fault
}

func (p *Postman) hangUp() {
	if p.line != nil {
		p.line.hangUp()
		p.line = nil
	}
}
