package memory

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"slices"
	"strings"

	"example.org/cutoff/generator/calendar"
	"example.org/cutoff/generator/fleet"
	"example.org/cutoff/generator/publish"
)

// Tonight is what a run found.
type Tonight struct {
	Fleet *fleet.Fleet
	// Record says what the night's fleet was made from. Add fills in its night and
	// its figures from the fleet.
	Record Record
	// Announced is the day of the announcement; zero if it is not known.
	Announced, Effective calendar.Day
	// PaceWindow is how many days back the pace looks.
	PaceWindow int
}

// Add adds a night. It writes the log with the night in it to sink, and replaces
// the same night if the log has it already. It gives what the memory says on this
// night, and fills in since when each device is affected. With a nil sink nothing
// is written. The log is read once, device by device, so a Log can take only one
// night.
func (l *Log) Add(tonight Tonight, sink publish.Sink) (*Account, error) {
	m := newMerge(l, tonight)
	m.writes = sink != nil
	if err := m.devices(sink); err != nil {
		return nil, err
	}
	account, err := m.account()
	if err != nil || sink == nil {
		return account, err
	}
	return account, write(sink, nightsName, func(w *bufio.Writer) error {
		_, err := w.Write(formatNights(m.records))
		return err
	})
}

// write makes one file of the memory.
func write(sink publish.Sink, name string, content func(*bufio.Writer) error) error {
	if sink == nil {
		return content(bufio.NewWriter(io.Discard))
	}
	file, err := sink.Create(name)
	if err != nil {
		return err
	}
	buffer := bufio.NewWriterSize(file, 64<<10)
	return errors.Join(content(buffer), buffer.Flush(), file.Close())
}

// merge adds tonight to the log.
type merge struct {
	log     *Log
	tonight Tonight
	// records and nights are those of the log, with tonight among them.
	records []Record
	nights  []calendar.Day
	dates   []string // the nights as text
	// at is tonight's place among the nights. The log's nights from there on move
	// by moved places: 0 if the log has tonight already, else 1.
	at, moved int
	// last and announcement compare tonight with earlier nights; nil on the first
	// night. lastAt and announcedAt are the places of those nights.
	last, announcement  *Comparison
	lastAt, announcedAt int

	tally *tally
	// writes is false if nobody wants the log. Then no line and no hash is made,
	// which saves time.
	writes bool
	facts  hash.Hash
	// now, line and rest are reused for each device.
	now  Facts
	line []byte
	rest []entry
}

func newMerge(l *Log, tonight Tonight) *merge {
	f := tonight.Fleet
	m := &merge{log: l, tonight: tonight, facts: sha256.New()}
	var again bool
	m.at, again = l.find(f.AsOf)
	m.records = slices.Clone(l.records)
	if !again {
		m.records, m.moved = slices.Insert(m.records, m.at, Record{}), 1
	}
	m.records[m.at] = recordOf(tonight)
	m.nights = (&Log{records: m.records}).nights()
	for _, night := range m.nights {
		m.dates = append(m.dates, night.String())
	}
	m.tally = newTally(m.nights[: m.at+1 : m.at+1])
	if m.lastAt = m.at - 1; m.lastAt < 0 {
		return m
	}
	m.last = m.against(m.lastAt)
	for m.announcedAt < m.lastAt && !m.nights[m.announcedAt+1].After(tonight.Announced) {
		m.announcedAt++
	}
	if m.announcement = m.last; m.announcedAt != m.lastAt {
		m.announcement = m.against(m.announcedAt)
	}
	return m
}

// against prepares the comparison with an earlier night.
func (m *merge) against(night int) *Comparison {
	c, then := newComparison(m.nights[night]), &m.records[night]
	c.PolicyChanged = then.Policy != m.tonight.Record.Policy
	c.SettingsChanged = then.Settings != m.tonight.Record.Settings
	return c
}

// recordOf gives tonight's record without the hashes that tie it to the others.
func recordOf(tonight Tonight) Record {
	f, r := tonight.Fleet, tonight.Record
	r.Night = f.AsOf
	r.Devices, r.Affected, r.Open, r.Waived = f.Counts.Devices, f.Affected, f.Open, f.Waived
	r.Verdicts = f.Verdicts
	r.Empty = nil
	for _, d := range f.Departments {
		if len(d.Devices) == 0 {
			r.Empty = append(r.Empty, d.Name)
		}
	}
	return r
}

// devices goes through the log and tonight's fleet side by side.
func (m *merge) devices(sink publish.Sink) error {
	var in io.Reader = strings.NewReader("")
	if m.log.devices != nil {
		in = m.log.devices
	}
	log, err := newStories(in, m.log.nights())
	if err != nil {
		return err
	}
	return write(sink, devicesName, func(w *bufio.Writer) error {
		tonight := inLogOrder(m.tonight.Fleet.Devices)
		known, err := log.next()
		for err == nil {
			key, now := tonight.head()
			switch {
			case known == nil && now == nil:
				return nil
			case known == nil, now != nil && compareKeys(key, known.key) < 0:
				err = m.device(w, &story{key: key}, now)
				tonight.drop()
				continue
			case now != nil && key == known.key:
				err = m.device(w, known, now)
				tonight.drop()
			default:
				err = m.device(w, known, nil)
			}
			if err == nil {
				known, err = log.next()
			}
		}
		return err
	})
}

// device adds tonight to one device's story. a is what tonight's fleet says about
// it; nil if no report has it.
func (m *merge) device(w *bufio.Writer, known *story, a *fleet.Assessed) error {
	for i := range known.entries {
		if e := &known.entries[i]; e.night >= m.at {
			// This night comes after one that is being inserted.
			e.night += m.moved
		}
	}
	var now *Facts
	if a != nil {
		m.now = FactsOf(a)
		now = &m.now
		if m.writes {
			m.facts.Write(m.fullLine(known.key, now))
		}
	}
	kept, rest := m.lay(known, now)
	m.compare(known, kept, now, a)
	if !m.writes || len(kept)+len(rest) == 0 {
		return nil
	}
	m.line = append(append(m.line[:0], known.key...), '\n')
	if len(kept) > 0 {
		m.line = append(m.line, known.text[:kept[len(kept)-1].end]...)
	}
	m.line = appendEntries(m.line, kept, rest, m.dates)
	_, err := w.Write(m.line)
	return err
}

// fullLine gives a device with all its values, for the hash of the night's facts.
func (m *merge) fullLine(key string, now *Facts) []byte {
	m.line = append(m.line[:0], key...)
	m.line = append(appendFields(m.line, &Facts{}, now), '\n')
	return m.line
}

// lay puts tonight among a device's entries. kept are those before tonight, which
// stay as they are. rest are tonight's and later ones.
func (m *merge) lay(known *story, now *Facts) (kept, rest []entry) {
	before := 0
	for before < len(known.entries) && known.entries[before].night < m.at {
		before++
	}
	kept, m.rest = known.entries[:before], m.rest[:0]
	add := func(night int, was, is *Facts) {
		switch {
		case is == nil && was != nil:
			m.rest = append(m.rest, entry{night: night})
		case is != nil && (was == nil || *was != *is):
			m.rest = append(m.rest, entry{night: night, present: true, facts: *is})
		}
	}
	add(m.at, known.at(m.at-1), now)
	if next := m.at + 1; next < len(m.nights) {
		add(next, now, known.at(next))
		for _, e := range known.entries[before:] {
			if e.night > next {
				m.rest = append(m.rest, e)
			}
		}
	}
	return kept, m.rest
}

// compare counts a device night by night and notes what changed.
func (m *merge) compare(known *story, kept []entry, now *Facts, a *fleet.Assessed) {
	var (
		was    *Facts
		before earlier
		since  = -1
	)
	for i := range kept {
		e := &kept[i]
		var is *Facts
		if e.present {
			is = &e.facts
			if !is.affected() {
				since = -1
			} else if since < 0 {
				since = e.night
			}
			before.seen, before.affected = true, before.affected || is.affected()
		}
		m.tally.move(e.night, was, is)
		was = is
	}
	m.tally.move(m.at, was, now)
	if a != nil && now.affected() {
		a.AffectedSince = m.tonight.Fleet.AsOf
		if since >= 0 {
			a.AffectedSince = m.nights[since]
		}
	}
	if m.last == nil {
		return
	}
	m.last.take(known.key, known.at(m.lastAt), now, before)
	if m.announcement != m.last {
		// Nothing before the night of the announcement counts here.
		m.announcement.take(known.key, known.at(m.announcedAt), now, earlier{})
	}
}

// account checks the earlier nights against their records and gives the account.
func (m *merge) account() (*Account, error) {
	m.tally.sumUp()
	empty := make([][]string, m.at+1)
	for i := range empty {
		if i < m.at {
			if err := m.tally.check(i, &m.records[i]); err != nil {
				return nil, err
			}
		}
		empty[i] = m.records[i].Empty
	}
	account := &Account{
		AsOf: m.tonight.Fleet.AsOf, Last: m.last, Announcement: m.announcement,
		History: m.tally.history(empty),
	}
	if m.writes {
		m.records[m.at].facts = hex.EncodeToString(m.facts.Sum(nil))
		account.Chain = chain(m.records[:m.at+1])
	}
	account.Pace = NewPace(account.History.Nights, account.History.Fleet.Open, m.tonight.Effective, m.tonight.PaceWindow)
	return account, nil
}
