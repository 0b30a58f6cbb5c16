package generator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"path"
	"strconv"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/download"
	"example.org/cutoff/generator/memory"
	"example.org/cutoff/generator/plural"
	"example.org/cutoff/generator/policy"
	"example.org/cutoff/generator/problem"
	"example.org/cutoff/generator/publish"
)

// MemoryError is a memory that a run cannot build on: damaged, of a newer
// format, or something else altogether. It is never forced.
type MemoryError struct {
	error
	next string
}

// Unwrap gives the reason.
func (e *MemoryError) Unwrap() error { return e.error }

// Hint says how to go on.
func (e *MemoryError) Hint() string { return e.next }

// ofMemory makes a [*MemoryError] of what is wrong with a memory, and leaves
// every other error as it is.
func ofMemory(run *Run, err error) error {
	if errors.Is(err, publish.ErrForeign) {
		return &MemoryError{err, "name a folder for the memory alone, with --memory or memory in the configuration"}
	}
	fault, ok := errors.AsType[*memory.Fault](err)
	if !ok {
		return err
	}
	next := "put a copy of the memory back; or move it away and begin a new one with --force, without the nights in it"
	if fault.Reason == memory.Newer {
		next = "a newer version of this program wrote it: run that one"
	}
	return &MemoryError{fmt.Errorf("%s/%w", problem.Visible(run.Memory), fault), next}
}

// past is what a run knows of the nights before. nil knows nothing and remembers
// nothing.
type past struct {
	log *memory.Log
	// known is false when there is no memory; forgotten has the nights that the
	// site knows all the same.
	known     bool
	forgotten []calendar.Day
	// mails is the log of the mails that were sent, which is handed on; nil for
	// none.
	mails []byte
}

// recallAttempts is how often a memory is read again that another run swaps
// meanwhile.
const recallAttempts = 3

// recall opens the memory and makes sure that it is as it was written.
func recall(run *Run) (*past, error) {
	if run.Memory == "" {
		return nil, nil
	}
	run.Progress("reading the memory")
	var err error
	for range recallAttempts {
		var p *past
		if p, err = recallOnce(run); err == nil {
			return p, nil
		}
	}
	return nil, ofMemory(run, err)
}

func recallOnce(run *Run) (*past, error) {
	p := &past{log: &memory.Log{}}
	folder, err := publish.Open(run.Memory, publish.Memory)
	if err != nil {
		return nil, err
	}
	if folder == nil {
		p.forgotten, err = otherNights(run)
		return p, err
	}
	defer folder.Close()
	p.known = true
	_, differences, err := publish.Verify(folder.FS(), publish.Memory)
	if err != nil {
		return nil, err
	}
	if len(differences) > 0 {
		d := differences[0]
		return nil, &memory.Fault{Reason: memory.Damaged, Place: d.Name, Found: "the file " + string(d.Change) + " since it was written", Want: "it as it was"}
	}
	p.mails, err = fs.ReadFile(folder.FS(), memory.MailName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	p.log, err = memory.Open(folder.FS())
	return p, err
}

// otherNights gives the nights other than this one that the site knows. A site
// from before there was a memory knows none, and neither does what is no site.
func otherNights(run *Run) ([]calendar.Day, error) {
	site, err := publish.Open(run.Out, publish.Site)
	if err != nil || site == nil {
		return nil, nil
	}
	defer site.Close()
	text, err := fs.ReadFile(site.FS(), download.HistoryName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, err := download.Nights(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", problem.Visible(run.Out), err)
	}
	var others []calendar.Day
	for _, night := range all {
		if night.Until(run.AsOf) != 0 {
			others = append(others, night)
		}
	}
	return others, nil
}

func (p *past) close() {
	if p != nil {
		_ = p.log.Close()
	}
}

// gone says that there should be a memory and is none; "" when all is well.
func (p *past) gone() string {
	if p == nil || p.known || len(p.forgotten) == 0 {
		return ""
	}
	n := len(p.forgotten)
	return fmt.Sprintf("memory: found none, although the site knows %s, the last of them %s, want the memory that it was made with", plural.Count(n, "other night", "other nights"), p.forgotten[n-1])
}

// before gives the record of the last night before a day.
func (p *past) before(day calendar.Day) (memory.Record, bool) {
	if p == nil {
		return memory.Record{}, false
	}
	return p.log.Before(day)
}

// with lays the run's night beside those before it. The log with it in goes to
// the night, unless that is nil.
func (p *past) with(run *Run, o *Outcome, n *night) (*memory.Account, error) {
	if p == nil {
		return nil, nil
	}
	run.Progress("comparing with the nights before")
	var sink publish.Sink
	if n != nil {
		sink, n.latest = n.stage, p.log.Latest(run.AsOf)
		if p.mails != nil {
			if err := n.stage.WriteFile(memory.MailName, p.mails); err != nil {
				return nil, err
			}
		}
	}
	account, err := p.log.Add(memory.Tonight{
		Fleet: o.Fleet, Record: record(run, o),
		Announced: run.Policy.Announced, Effective: run.Policy.Effective, PaceWindow: run.Config.PaceDays,
	}, sink)
	return account, ofMemory(run, err)
}

// night is a memory that is being written.
type night struct {
	stage  *publish.Stage
	latest calendar.Day // of all nights in it
}

// beginNight takes the memory's lock; nil when nothing is remembered.
func beginNight(run *Run) (*night, error) {
	if run.Memory == "" {
		return nil, nil
	}
	stage, err := publish.Begin(run.Memory, publish.Memory)
	if err != nil {
		return nil, ofMemory(run, err)
	}
	return &night{stage: stage}, nil
}

// Abort leaves the memory as it was, unless it was committed.
func (n *night) Abort() {
	if n != nil {
		_ = n.stage.Abort()
	}
}

// commit publishes the memory. Its manifest says nothing of the run, so that the
// memory depends on its nights alone.
func (n *night) commit(run *Run) error {
	if n == nil {
		return nil
	}
	_, err := n.stage.Commit(publish.About{Tool: run.Tool, AsOf: n.latest.String()})
	return err
}

// record says what the night's fleet came from.
func record(run *Run, o *Outcome) memory.Record {
	r := memory.Record{
		Tool:   run.Tool.Name + " " + run.Tool.Version,
		Policy: digest(run.Policy.Text), PolicyID: run.Policy.ID,
		Settings: settingsHash(run), Forced: len(o.Forced) > 0,
	}
	if run.Config.Text != nil {
		r.Configuration = digest(run.Config.Text)
	}
	for _, file := range o.Files {
		r.Inputs = append(r.Inputs, memory.Input{Kind: string(file.Kind), SHA256: file.SHA256, Name: path.Base(file.Path)})
	}
	return r
}

// settingsHash is the hash of every setting that can change a verdict. How the
// configuration is written, and where the inputs lie, does not matter.
func settingsHash(run *Run) string {
	c := run.Config
	rules := c.Rules
	rules.ApproachingDays, rules.ImminentDays, rules.DateLayout = 0, 0, ""
	text, err := json.Marshal(struct {
		Rules     policy.Settings
		Columns   map[string][]string
		DateOrder string
		Networks  []netip.Prefix
		Domains   []string
		Devices   map[string]string
		Outcomes  [2][]string
	}{rules, c.Columns, string(c.DateOrder), c.EvidenceNetworks, c.EvidenceDomains, c.EvidenceDevices, [2][]string{c.EvidenceSuccesses, c.EvidenceFailures}})
	if err != nil {
		panic("unreachable: settings are plain values: " + err.Error())
	}
	return digest(text)
}

// Pace says in one sentence whether the open devices will be done in time; "" on
// the first night.
func (o *Outcome) Pace() string {
	if o.Memory == nil || o.Memory.Pace == nil {
		return ""
	}
	return o.Memory.Pace.Sentence(memory.Wording{Day: calendar.Day.String, Number: strconv.Itoa})
}
